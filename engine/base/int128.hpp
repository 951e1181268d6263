#pragma once

#include <cstdint>

namespace fairprice {

__extension__ typedef __int128 Int128;            // NOLINT(modernize-use-using): __extension__ goes with typedef alone
__extension__ typedef unsigned __int128 UInt128;  // NOLINT(modernize-use-using)

/// numerator / denominator for 64 bits, rounded half up. numerator >= 0, denominator > 0.
constexpr std::int64_t divide_rounded_64(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t quotient = numerator / denominator;
  const std::int64_t remainder = numerator % denominator;
  return quotient + (remainder >= denominator - remainder ? 1 : 0);
}

/// numerator / denominator, rounded half away from zero: the one rounding of the project. denominator > 0.
constexpr Int128 divide_rounded(Int128 numerator, Int128 denominator) {
  const bool negative = numerator < 0;
  const UInt128 magnitude = negative ? -static_cast<UInt128>(numerator) : static_cast<UInt128>(numerator);
  const auto divisor = static_cast<UInt128>(denominator);
  if (magnitude <= INT64_MAX && divisor <= INT64_MAX) {  // as nearly always: the processor divides these itself
    const std::int64_t narrow = divide_rounded_64(static_cast<std::int64_t>(magnitude), static_cast<std::int64_t>(divisor));
    return negative ? -Int128{narrow} : Int128{narrow};
  }
  UInt128 quotient = magnitude / divisor;
  const UInt128 remainder = magnitude % divisor;
  if (remainder >= divisor - remainder) ++quotient;
  return negative ? -static_cast<Int128>(quotient) : static_cast<Int128>(quotient);
}

}  // namespace fairprice
