#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace fairprice::ingest {

/// The text's first 24 bytes as three words, zeros behind: for texts that 24 readable bytes follow from their start on, as those in a block.
struct PaddedWords {
  std::uint64_t word[3];
  static PaddedWords of(std::string_view text) {
    PaddedWords words;
    std::memcpy(words.word, text.data(), sizeof words.word);
    const std::size_t size = text.size();
    words.word[0] &= mask(size);
    words.word[1] &= size > 8 ? mask(size - 8) : 0;
    words.word[2] &= size > 16 ? mask(size - 16) : 0;
    return words;
  }

 private:
  static std::uint64_t mask(std::size_t bytes) { return bytes >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * bytes)) - 1; }
};

/// What a thread looked up lately, in front of a table that all share: short texts of which there are few, each asked for thousands of
/// times. A text that comes in place of another only costs the other a look-up.
template <class Value, std::size_t kPlaces>
class SpellingMemo {
  static_assert((kPlaces & (kPlaces - 1)) == 0);

 public:
  /// The value of a text in a block; `look_up(text)` when it is not remembered. Not for empty texts.
  template <class LookUp>
  Value of(std::string_view text, LookUp&& look_up) {
    if (text.size() > 24) return look_up(text);
    const PaddedWords words = PaddedWords::of(text);
    const std::uint64_t mixed =
        (words.word[0] ^ (words.word[1] << 23 | words.word[1] >> 41) ^ words.word[2] * 0xD6E8FEB86659FD93U) * 0x9E3779B97F4A7C15U;
    Place& place = places_[(mixed >> 32 ^ mixed >> 50) % kPlaces];
    if (((place.word[0] ^ words.word[0]) | (place.word[1] ^ words.word[1]) | (place.word[2] ^ words.word[2]) |
         (place.size ^ text.size())) == 0)
      return place.value;
    const Value value = look_up(text);
    place = {{words.word[0], words.word[1], words.word[2]}, static_cast<std::uint32_t>(text.size()), value};
    return value;
  }

 private:
  struct Place {
    std::uint64_t word[3] = {};
    std::uint32_t size = 0;
    Value value{};
  };
  std::array<Place, kPlaces> places_{};
};

}  // namespace fairprice::ingest
