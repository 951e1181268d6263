#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fairprice::ingest {

/// A decimal number >= 0 as read from a cell, cut at 10^-8 but so that it can still be rounded and compared exactly.
struct Number {
  static constexpr std::int64_t kOne = 100'000'000;      ///< `fraction` counts 1/kOne
  static constexpr std::int64_t kHuge = 10'000'000'000;  ///< `whole` is at most this: larger than anything that is accepted

  std::int64_t whole = 0;
  std::int64_t fraction = 0;
  int next_digit = 0;   ///< the ninth decimal
  bool beyond = false;  ///< a digit other than 0 from the ninth decimal on

  bool is_zero() const { return whole == 0 && fraction == 0 && !beyond; }
};

enum class Grouping : std::uint8_t { none, by_three };

/// Digits, with `by_three` also grouped by three, each group behind the same one of comma, space and apostrophe; then a dot and
/// digits, or nothing. Takes what it read off `text`, which is canonical; leaves it alone when there is no number in front.
std::optional<Number> read_number(std::string_view& text, Grouping grouping = Grouping::by_three);

}  // namespace fairprice::ingest
