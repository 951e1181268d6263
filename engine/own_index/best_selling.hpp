#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/int128.hpp"

namespace fairprice::own_index {

/// What one supplier sold at one price.
struct Sale {
  std::int64_t price;      ///< UnitPrice count, above 0
  Int128 units;            ///< base units, any scale that all sales share; above 0
  std::uint32_t supplier;  ///< its number
};

/// The best-selling price (畅销价): the price at which most units are sold. Found as the narrowest range of prices (by the ratio of its ends; of equal
/// ones the lowest) in which more than half of all units were sold, by at least `suppliers` different ones; of it the median by units, which is a price
/// that was paid. One big sale decides nothing, since a range needs several suppliers. Nothing when there is no such range.
/// O(n log n) for n sales; reorders them.
std::optional<std::int64_t> best_selling_price(std::vector<Sale>& sales, std::size_t suppliers);

}  // namespace fairprice::own_index
