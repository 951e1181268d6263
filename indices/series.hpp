#pragma once

#include <vector>

#include "indices/bilateral.hpp"
#include "indices/dissimilarity.hpp"
#include "indices/panel.hpp"

namespace fairprice::indices {

/// A bilateral formula over the periods of a panel, of matched products in each comparison.
struct SeriesOptions {
  Formula formula = Formula::fisher;
  FormulaOptions formula_options;
  std::size_t weight_period = 0;  ///< young and lowe
};

/// The first period that has products; the number of periods when none has.
std::size_t first_with_products(const Panel& panel);

/// Each period against period `base`, which is 1; when that has no product, no period has a value. A period without a value has a status of its own; others do not suffer from it.
std::vector<IndexValue> fixed_base_series(const Panel& panel, const SeriesOptions& options, std::size_t base = 0);

/// Links of each period to the one before, multiplied up; the first that has products is 1. From a link without a value on there are none (its status).
std::vector<IndexValue> chained_series(const Panel& panel, const SeriesOptions& options);

/// The first period that has products is 1; each later one is linked to the earlier one that is least unlike it; of equally unlike ones the latest. Quadratic in the periods.
std::vector<IndexValue> similarity_linked_series(const Panel& panel, const SeriesOptions& options, Dissimilarity measure);

}  // namespace fairprice::indices
