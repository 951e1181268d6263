#pragma once

#include <cstdint>

namespace fairprice {

/// Who sells in a shop. `unknown` where the quote does not say.
enum class ShopType : std::uint8_t { unknown, self_operated, flagship, third_party };

}  // namespace fairprice
