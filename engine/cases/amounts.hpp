#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fairprice::cases {

/// "1380", "1380.5", "0.0125": a decimal of at most 4 places, not below zero, as a count of 1/10000. What Money::to_string and PackUnits::to_string write, and
/// nothing else.
std::optional<std::int64_t> ten_thousandths_of(std::string_view text);

}  // namespace fairprice::cases
