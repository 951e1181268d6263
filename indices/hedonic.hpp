#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "indices/regression.hpp"
#include "indices/status.hpp"

/// Indices of goods that change: the price of what a good is made of, by regression of the logarithm of its price on its characteristics.
/// Sources: CPI Manual 2020, chapter on quality adjustment; CPI Theory, chapter 8; Handbook on Residential Property Price Indices (2013), ch. 5.
namespace fairprice::indices {

/// A good sold in a period: its price and characteristics. All of one data set have the same characteristics, without the constant.
struct HedonicData {
  std::size_t characteristics = 0;
  std::vector<double> values;          ///< rows × characteristics
  std::vector<double> prices;          ///< above 0
  std::vector<std::uint32_t> periods;  ///< from 0
  std::size_t rows() const { return prices.size(); }
  std::size_t period_count() const;
};

/// ln p = α + Σ β z + Σ δ_t: one regression over all periods; the first period has no dummy.
struct TimeDummyModel {
  Regression regression;              ///< columns: constant, characteristics, periods 1, 2 …
  std::size_t first_dummy = 0;        ///< column of period 1
  std::vector<IndexValue> index;      ///< exp(δ_t): the ratio of geometric means, quality held
  std::vector<IndexValue> corrected;  ///< exp(δ_t − ½ var δ_t), nearly unbiased for the median (Kennedy 1981), classical variance
};
TimeDummyModel time_dummy(const HedonicData& data, Estimator estimator = Estimator::least_squares);

/// A regression of its own in each period; each period is compared with the one before at the mean characteristics of either, and the two are
/// averaged geometrically (a Fisher-type, that is a Törnqvist-type, imputation index without weights), chained.
struct ImputationIndex {
  std::vector<Regression> regressions;        ///< by period
  std::vector<IndexValue> double_imputation;  ///< both prices of a comparison are imputed
  std::vector<IndexValue> single_imputation;  ///< the observed price is kept: equal to the double one under least squares with a constant
};
/// A period with fewer than `rows_per_parameter` rows for each column of its regression is not fitted (FitStatus::too_few), and has no index; nor has
/// any period after one that could not be fitted.
ImputationIndex imputation(const HedonicData& data, Estimator estimator = Estimator::least_squares, std::size_t rows_per_parameter = 0);

/// How a predicted logarithm becomes a price.
enum class Retransformation : std::uint8_t {
  median,     ///< exp(ŷ): the median price where errors are symmetric
  lognormal,  ///< exp(ŷ + σ²/2): the mean price where errors are normal
  smearing    ///< exp(ŷ) × the mean of exp(residual): the mean price whatever the errors (Duan 1983)
};
/// The factor on exp(ŷ).
double retransformation_factor(const Regression& regression, Retransformation how);

}  // namespace fairprice::indices
