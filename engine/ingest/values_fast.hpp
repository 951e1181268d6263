#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "engine/base/date.hpp"

/// The commonest ways of writing a cell, read eight bytes at a time. Each says "not mine" for everything else, and the slow twin
/// in values*.cpp decides; tests/fuzz and tests/engine/ingest hold the two against each other.
namespace fairprice::ingest::fast {

static_assert(std::endian::native == std::endian::little, "the first character is taken to be the lowest byte");

inline constexpr std::uint64_t kZeros = 0x3030303030303030;  // "00000000"

/// Whether neither end can be white space or a shielding apostrophe. The cell is not empty.
inline bool has_plain_ends(std::string_view cell) {
  const auto first = static_cast<unsigned char>(cell.front());
  const auto last = static_cast<unsigned char>(cell.back());
  // White space beyond ASCII starts with C2, E1, E2 or E3; ideographs start with E4 to E9.
  const bool front = first > '\'' ? first < 0x80 || first > 0xE3 : first > ' ' && first < '\'';
  if (!front) return false;
  if (last < 0x80) return last > ' ';
  if (cell.size() < 3) return false;
  return static_cast<unsigned char>(cell[cell.size() - 3]) > 0xE3 && (static_cast<unsigned char>(cell[cell.size() - 2]) & 0xC0) == 0x80;
}

/// The 1 to 8 characters as a little-endian word that ends with the last one; '0' in front. Reads nothing beyond the text.
inline std::uint64_t right_aligned(const char* text, std::size_t size) {
  std::uint64_t word = 0;
  if (size >= 4) {
    std::uint32_t head = 0, tail = 0;
    std::memcpy(&head, text, 4);
    std::memcpy(&tail, text + size - 4, 4);
    word = std::uint64_t{head} << (64 - 8 * size) | std::uint64_t{tail} << 32;
  } else {
    for (std::size_t i = 0; i < size; ++i) word |= std::uint64_t{static_cast<unsigned char>(text[size - 1 - i])} << (56 - 8 * i);
  }
  return size == 8 ? word : word | kZeros >> (8 * size);
}

inline bool all_digits(std::uint64_t word) {
  constexpr std::uint64_t kUpper = 0xF0F0F0F0F0F0F0F0;
  return ((word & kUpper) | (((word + 0x0606060606060606) & kUpper) >> 4)) == 0x3333333333333333;
}

/// The number that eight digits write: pairs, then fours, then all eight.
inline std::uint32_t eight_digits(std::uint64_t word) {
  word -= kZeros;
  word = word * 10 + (word >> 8);  // every other byte holds a pair
  constexpr std::uint64_t kPairs = 0x000000FF000000FF;
  const std::uint64_t outer = (word & kPairs) * (100 + (std::uint64_t{1'000'000} << 32));
  const std::uint64_t inner = ((word >> 16) & kPairs) * (1 + (std::uint64_t{10'000} << 32));
  return static_cast<std::uint32_t>((outer + inner) >> 32);
}

/// The number of up to eight characters, as right_aligned gives them: digits with at most one dot between them and at most 4 decimals. The
/// count of 1/10000, else -1.
inline std::int64_t decimal_of_word(std::uint64_t word, std::size_t size) {
  constexpr std::int64_t kScale[] = {10'000, 1'000, 100, 10, 1};
  const std::uint64_t no_dot = word ^ 0x2E2E2E2E2E2E2E2E;
  // The lowest set bit is the dot's (higher ones may be a borrow's).
  const std::uint64_t dots = (no_dot - 0x0101010101010101) & ~no_dot & 0x8080808080808080;
  std::size_t decimals = 0;
  if (dots != 0) {
    const auto dot = static_cast<std::size_t>(std::countr_zero(dots)) / 8;
    decimals = 7 - dot;
    if (decimals == 0 || decimals > 4 || dot + size == 8) return -1;
    const std::uint64_t whole = word & ((std::uint64_t{1} << (8 * dot)) - 1);
    const std::uint64_t fraction = word >> (8 * dot + 8) << (8 * dot + 8);
    word = whole << 8 | fraction | '0';
  }
  if (!all_digits(word)) return -1;
  return eight_digits(word) * kScale[decimals];
}

inline std::int64_t plain_decimal(std::string_view cell) {
  const std::size_t size = cell.size();
  return size == 0 || size > 8 ? -1 : decimal_of_word(right_aligned(cell.data(), size), size);
}

/// The same of a cell in a block, behind whose start at least eight bytes can be read.
inline std::int64_t plain_decimal_in_block(std::string_view cell) {
  const std::size_t size = cell.size();
  if (size == 0 || size > 8) return -1;
  std::uint64_t word = 0;
  std::memcpy(&word, cell.data(), 8);
  word <<= 64 - 8 * size;
  return decimal_of_word(size == 8 ? word : word | kZeros >> (8 * size), size);
}

/// "0.95" (where the heading names no unit), "95%", "9.5折", "95折": the count of 10^-6. Else -1.
inline std::int32_t plain_discount(std::string_view cell, bool bare) {
  constexpr std::string_view kZhe = "折";
  constexpr std::int64_t kOne = 10'000;  // of plain_decimal
  if (cell.ends_with('%')) {
    const std::int64_t percent = plain_decimal(cell.substr(0, cell.size() - 1));
    return percent > 0 && percent <= 100 * kOne ? static_cast<std::int32_t>(percent) : -1;
  }
  if (cell.ends_with(kZhe)) {
    const std::int64_t zhe = plain_decimal(cell.substr(0, cell.size() - kZhe.size()));
    if (zhe <= 0 || zhe >= 100 * kOne) return -1;
    return static_cast<std::int32_t>(zhe <= 10 * kOne ? zhe * 10 : zhe);
  }
  if (!bare) return -1;
  const std::int64_t share = plain_decimal(cell);
  return share >= kOne / 2 && share <= kOne ? static_cast<std::int32_t>(share * 100) : -1;
}

inline std::uint64_t eight_bytes(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, 8);
  return word;
}

/// Whether the eight characters are a time of day, "23:59:59".
inline bool is_time(const char* text) {
  const std::uint64_t word = eight_bytes(text);
  const std::uint64_t digits = (word & 0xFFFF) | (word >> 8 & 0xFFFF0000) | (word >> 16 & 0xFFFF00000000) | (kZeros & 0xFFFF000000000000);
  if (text[2] != ':' || text[5] != ':' || !all_digits(digits)) return false;
  const std::uint32_t number = eight_digits(digits) / 100;  // HHMMSS
  return number < 240'000 && number / 100 % 100 < 60 && number % 100 < 60;
}

/// "2023-11-05", also followed by " 10:20:30" or "T10:20:30": a time without an offset is UTC+8 already and changes no day. Else absent.
inline Date plain_date(std::string_view cell) {
  if (cell.size() != 10 && cell.size() != 19) return Date();
  const std::uint64_t head = eight_bytes(cell.data());      // YYYY-MM-
  const std::uint64_t tail = eight_bytes(cell.data() + 2);  // YY-MM-DD
  const std::uint64_t digits = (head & 0xFFFFFFFF) | (head >> 8 & 0x0000FFFF00000000) | (tail & 0xFFFF000000000000);
  if (cell[4] != '-' || cell[7] != '-' || !all_digits(digits)) return Date();
  if (cell.size() == 19 && ((cell[10] != ' ' && cell[10] != 'T') || !is_time(cell.data() + 11))) return Date();
  const auto number = static_cast<int>(eight_digits(digits));  // YYYYMMDD
  const int year = number / 10'000, month = number / 100 % 100, day = number % 100;
  return Date::exists(year, month, day) ? Date::of(year, month, day) : Date();
}

}  // namespace fairprice::ingest::fast
