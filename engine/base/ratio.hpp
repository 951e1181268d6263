#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/int128.hpp"

namespace fairprice {

/// An exact decimal number as a fraction: numerator / denominator, the denominator a power of ten (1 .. 10^9).
/// Thresholds of a policy are Ratios, so that 20 % is 20/100 and nothing near it.
struct Ratio {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  /// Reads "0.20", "5.1891", "-1", "3"; at most 9 decimals, magnitude below 10^9. Nothing else is accepted (no exponent).
  static std::optional<Ratio> parse(std::string_view text);
  /// As few digits as say it exactly: "0.2", "5.1891".
  std::string to_string() const;

  friend constexpr bool operator==(Ratio a, Ratio b) { return Int128{a.numerator} * b.denominator == Int128{b.numerator} * a.denominator; }
};

/// numerator / denominator printed with 6 decimals, rounded half away from zero. denominator > 0.
std::string ratio_to_string(Int128 numerator, Int128 denominator);

}  // namespace fairprice
