#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indices/bilateral.hpp"
#include "indices/dissimilarity.hpp"
#include "indices/extension.hpp"
#include "indices/panel.hpp"
#include "indices/panel_methods.hpp"

namespace fairprice::indexing {

/// A method of `fairprice index compute`.
struct Method {
  enum class Kind { bilateral, geks, geary_khamis, time_product_dummy };
  Kind kind = Kind::bilateral;
  indices::Formula formula = indices::Formula::fisher;  ///< of bilateral and geks
  bool weighted = true;                                 ///< wtpd, not tpd

  bool multilateral() const { return kind != Kind::bilateral; }
};
/// `jevons`, `marshall-edgeworth`, `geks-tornqvist`, `geary-khamis`, `wtpd` …
std::optional<Method> find_method(std::string_view name);
/// All names, in the order of the documentation.
std::vector<std::string> method_names();

/// How a series is made. What a method does not use is not looked at.
struct SeriesRequest {
  Method method;
  bool chained = false;
  std::optional<std::size_t> base;  ///< nothing: the first period that has products
  bool all_products = false;        ///< unit-value: every product of each period, not the matched ones
  indices::Sample sample = indices::Sample::all;
  enum class Impute { none, carry, mean };
  Impute impute = Impute::none;  ///< missing prices: carried forward, or moved with those that are there
  indices::FormulaOptions formula_options;
  std::optional<std::size_t> weight_period;  ///< young and lowe; nothing: the first period that has products
  std::optional<indices::Dissimilarity> link;
  std::size_t window = 0;  ///< 0: all periods
  indices::Splice splice = indices::Splice::mean;
  indices::ObservationWeights observation_weights = indices::ObservationWeights::shares;
};

/// A value or a status for each period of the panel.
std::vector<indices::IndexValue> compute(const indices::Panel& panel, const SeriesRequest& request);

}  // namespace fairprice::indexing
