#include "engine/publishing/csv_buffer.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace fairprice::publishing {

namespace {

constexpr std::size_t kNumberRoom = 64;  // the longest 128-bit number has 39 digits

constexpr std::array<char, 200> digit_pairs() {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}
constexpr auto kPairs = digit_pairs();

char* write_pair(char* to, std::uint64_t below_hundred) {
  std::memcpy(to, &kPairs[2 * below_hundred], 2);
  return to + 2;
}

char* write_digits(char* to, std::uint64_t value) {
  std::array<char, 20> digits;
  std::size_t first = digits.size();
  while (value >= 100) {
    first -= 2;
    std::memcpy(&digits[first], &kPairs[2 * (value % 100)], 2);
    value /= 100;
  }
  if (value >= 10) {
    first -= 2;
    std::memcpy(&digits[first], &kPairs[2 * value], 2);
  } else {
    digits[--first] = static_cast<char>('0' + value);
  }
  std::memcpy(to, &digits[first], digits.size() - first);
  return to + (digits.size() - first);
}

char* write_wide(char* to, UInt128 value) {
  if (value <= UINT64_MAX) return write_digits(to, static_cast<std::uint64_t>(value));
  std::array<char, 40> digits;
  std::size_t first = digits.size();
  for (; value != 0; value /= 10) digits[--first] = static_cast<char>('0' + static_cast<int>(value % 10));
  return std::copy(digits.begin() + static_cast<std::ptrdiff_t>(first), digits.end(), to);
}

constexpr UInt128 magnitude_of(Int128 value) { return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value); }

/// What a spreadsheet reads as the start of a formula.
constexpr bool starts_formula(char c) { return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r'; }

bool needs_quotes(std::string_view text) {
  bool needs = false;  // without an early exit the compiler makes one vector loop of it; most cells are short
  for (const char c : text) needs |= (c == ',') | (c == '"') | (c == '\n') | (c == '\r');
  return needs;
}

char* copy_doubling_quotes(char* to, std::string_view text) {
  for (const char c : text) {
    if (c == '"') *to++ = '"';
    *to++ = c;
  }
  return to;
}

}  // namespace

void CsvBuffer::grow(std::size_t bytes) {
  capacity_ = std::max(capacity_ * 2, std::max<std::size_t>(size_ + bytes, 4096));
  auto bigger = std::make_unique_for_overwrite<char[]>(capacity_);
  if (size_ > 0) std::memcpy(bigger.get(), data_.get(), size_);
  data_ = std::move(bigger);
}

void CsvBuffer::put_text(std::string_view first, std::string_view second, std::string_view third) {
  char* const start = room(2 * (first.size() + second.size() + third.size()) + 3);
  char* to = start;
  const std::string_view leading = !first.empty() ? first : !second.empty() ? second : third;
  if (leading.empty()) return;
  const bool guarded = starts_formula(leading.front());
  if (needs_quotes(first) || needs_quotes(second) || needs_quotes(third)) [[unlikely]] {
    *to++ = '"';
    if (guarded) *to++ = '\'';
    for (const std::string_view part : {first, second, third}) to = copy_doubling_quotes(to, part);
    *to++ = '"';
  } else {
    if (guarded) *to++ = '\'';
    for (const std::string_view part : {first, second, third}) {
      part.copy(to, part.size());  // memcpy, but for a part that is absent
      to += part.size();
    }
  }
  size_ += static_cast<std::size_t>(to - start);
}

void CsvBuffer::put_integer(std::int64_t value) {
  char* const start = room(kNumberRoom);
  char* to = start;
  if (value < 0) *to++ = '-';
  to = write_digits(to, static_cast<std::uint64_t>(magnitude_of(value)));
  size_ += static_cast<std::size_t>(to - start);
}

void CsvBuffer::put_money(Money amount) {
  char* const start = room(kNumberRoom);
  char* to = start;
  if (amount.ten_thousandths() < 0) *to++ = '-';
  const auto count = static_cast<std::uint64_t>(magnitude_of(amount.ten_thousandths()));
  to = write_digits(to, count / Money::kPerYuan);
  const std::uint64_t behind = count % Money::kPerYuan;
  *to++ = '.';
  to = write_pair(to, behind / 100);
  if (behind % 100 != 0) to = write_pair(to, behind % 100);
  size_ += static_cast<std::size_t>(to - start);
}

void CsvBuffer::put_fen(Int128 fen) {
  char* const start = room(kNumberRoom);
  char* to = start;
  if (fen < 0) *to++ = '-';
  const UInt128 magnitude = magnitude_of(fen);
  to = write_wide(to, magnitude / 100);
  *to++ = '.';
  to = write_pair(to, static_cast<std::uint64_t>(magnitude % 100));
  size_ += static_cast<std::size_t>(to - start);
}

void CsvBuffer::put_decimal(Int128 value, int places) {
  char* const start = room(kNumberRoom);
  char* to = start;
  std::uint64_t scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  if (value < 0) *to++ = '-';
  const UInt128 magnitude = magnitude_of(value);
  to = write_wide(to, magnitude / scale);
  auto behind = static_cast<std::uint64_t>(magnitude % scale);
  if (behind != 0) *to++ = '.';
  for (; behind != 0; behind %= scale) {
    scale /= 10;
    *to++ = static_cast<char>('0' + behind / scale);
  }
  size_ += static_cast<std::size_t>(to - start);
}

void CsvBuffer::put_millionths(std::int64_t value) {
  char* const start = room(kNumberRoom);
  char* to = start;
  if (value < 0) *to++ = '-';
  const auto count = static_cast<std::uint64_t>(magnitude_of(value));
  to = write_digits(to, count / 1'000'000);
  const std::uint64_t behind = count % 1'000'000;
  *to++ = '.';
  to = write_pair(to, behind / 10'000);
  to = write_pair(to, behind / 100 % 100);
  to = write_pair(to, behind % 100);
  size_ += static_cast<std::size_t>(to - start);
}

void CsvBuffer::put_ratio(Int128 numerator, Int128 denominator) {
  // Prices below 10^8 yuan and references of the same size leave 64 bits enough for the million.
  constexpr std::int64_t kNarrow = INT64_MAX / 1'000'000;
  if (numerator <= kNarrow && numerator >= -kNarrow && denominator <= INT64_MAX) [[likely]] {
    const auto narrow = static_cast<std::int64_t>(numerator);
    const std::int64_t magnitude = divide_rounded_64((narrow < 0 ? -narrow : narrow) * 1'000'000, static_cast<std::int64_t>(denominator));
    put_millionths(narrow < 0 ? -magnitude : magnitude);
    return;
  }
  const Int128 wide = divide_rounded(numerator * 1'000'000, denominator);
  if (wide <= INT64_MAX && wide >= -INT64_MAX) {
    put_millionths(static_cast<std::int64_t>(wide));
    return;
  }
  char* const start = room(kNumberRoom);
  char* to = start;
  if (wide < 0) *to++ = '-';
  to = write_wide(to, magnitude_of(wide) / 1'000'000);
  size_ += static_cast<std::size_t>(to - start);
  const std::string behind = std::to_string(static_cast<std::uint64_t>(magnitude_of(wide) % 1'000'000));
  put_plain(".");
  put_plain(std::string_view("000000").substr(behind.size()));
  put_plain(behind);
}

void CsvBuffer::put_date(Date date) {
  if (!date.present()) return;
  put_plain(date.to_string());
}

}  // namespace fairprice::publishing
