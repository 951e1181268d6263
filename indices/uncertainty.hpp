#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "indices/panel.hpp"
#include "indices/status.hpp"

namespace fairprice::indices {

/// How sure a series is, by leaving out one group of observations after another: products, or shops (Quenouille 1949, Tukey 1958).
struct Jackknife {
  std::vector<IndexValue> index;       ///< of all observations
  std::vector<double> standard_error;  ///< of the logarithm of the index, by period; 0 where it or a replicate has no value
  std::vector<double> lower, upper;    ///< exp(ln index ∓ t·error), Student's t with groups − 1 degrees of freedom; 0 as above
  std::size_t groups = 0;              ///< at least 2, else there are no errors
};

/// `group[i]` is the group of observations[i]. `series` makes the index of a panel; it is called once and once more for each group. O(groups × series).
Jackknife jackknife(const std::vector<Observation>& observations, const std::vector<std::uint32_t>& group, std::size_t periods,
                    const std::function<std::vector<IndexValue>(const Panel&)>& series, double confidence = 0.95);

}  // namespace fairprice::indices
