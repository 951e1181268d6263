#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "indices/panel.hpp"

namespace fairprice::indices {

/// Fills gaps with the change of what is there (CPI Manual 2020, chapter 6, "overall mean" and "class mean" imputation): a product without a price
/// in a period has its price of the period before, observed or imputed, times the Jevons index of the products of its class that were observed in both.
/// A class without such products takes the change of all; where there is none either, the price stays as it was. A product has no price before
/// its first one, and at most `longest` imputed ones in a row: what stays away that long is gone. Imputed quantities are 0.
/// `class_of`: by number of the product; one that it does not hold, and an empty one altogether, is class 0: the overall mean. Prices that would be no positive
/// finite number stay as they were. O(products × periods).
Panel imputed(const Panel& panel, const std::vector<std::uint32_t>& class_of = {},
              std::size_t longest = std::numeric_limits<std::size_t>::max());

}  // namespace fairprice::indices
