#pragma once

#include <cstddef>

#include "indices/panel.hpp"
#include "indices/status.hpp"

namespace fairprice::indices {

/// How the prices of the products of two periods changed, and how sure that is.
struct MatchedChange {
  IndexValue index;             ///< the Jevons index: the geometric mean of the relatives (CPI Manual 2020, chapter 8, elementary indices)
  std::size_t matched = 0;      ///< products in both periods
  double standard_error = 0;    ///< of the logarithm of the index; 0 with fewer than two matched products
  double lower = 0, upper = 0;  ///< Student's t with matched − 1 degrees of freedom; 0 without an error
};

/// Of a mean the jackknife by product is the mean's own standard error, s/√n, so no product need be left out in turn: linear in both periods. A change
/// of no product has the status no_match. Throws std::invalid_argument for a confidence that does not lie between 0 and 1.
MatchedChange matched_change(const Panel& panel, std::size_t base, std::size_t compared, double confidence = 0.95);

}  // namespace fairprice::indices
