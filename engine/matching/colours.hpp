#pragma once

#include <cstdint>
#include <string_view>

namespace fairprice::matching {

/// The number of the colour that a token names in English or Chinese, 0 for none. BLACK, BLK and 黑色 are one colour.
std::uint8_t colour_of(std::string_view token);

}  // namespace fairprice::matching
