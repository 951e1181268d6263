#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Linear regression as hedonic price models need it: least squares, weighted or robust, with errors that hold under unequal variances.
namespace fairprice::indices {

/// Rows of explanatory variables, one after another. A constant is a column of ones, which the caller puts in.
struct Design {
  std::size_t columns = 0;
  std::vector<double> values;  ///< rows × columns
  std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
  std::span<const double> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

enum class Estimator : std::uint8_t {
  least_squares,  ///< with weights: weighted least squares
  huber  ///< Huber's M-estimate: k = 1.345, scale by the median absolute residual / 0.6745, reweighted until it stands (Huber 1981)
};

enum class FitStatus : std::uint8_t {
  ok,
  too_few,        ///< not more observations than columns
  collinear,      ///< a column is a combination of others: `aliased` says which
  not_finite,     ///< a value is no finite number, or a weight is negative
  not_converged,  ///< the robust weights did not come to rest
  no_scale  ///< half of the rows or more lie exactly on the robust fit and others do not: there is no scale to weigh these by, nor an error
};
std::string_view fit_status_name(FitStatus status);

/// How the covariance of the coefficients is estimated.
enum class ErrorKind : std::uint8_t {
  classical,  ///< σ² (X'X)⁻¹: equal variances
  hc0,        ///< White 1980
  hc1,        ///< HC0 × n/(n − k) (Hinkley 1977)
  hc3         ///< residuals divided by 1 − leverage (MacKinnon and White 1985, Long and Ervin 2000)
};

struct Regression {
  FitStatus status = FitStatus::ok;
  std::size_t aliased = 0;  ///< with collinear: a column that the others make up
  std::size_t observations = 0;
  std::vector<double> coefficients;
  std::vector<double> residuals;
  std::vector<double> leverages;           ///< diagonal of the hat matrix, 0 to 1
  std::vector<double> variance_inflation;  ///< by column, 1 and above; 0 for a column that is constant (its coefficient is the constant)
  double sigma = 0;                        ///< of the residuals, n − k degrees of freedom; with huber the robust scale
  double r_squared = 0;                    ///< of least squares
  double adjusted_r_squared = 0;

  bool ok() const { return status == FitStatus::ok; }
  std::size_t degrees_of_freedom() const { return observations - coefficients.size(); }
  /// Standard errors of the coefficients. With huber classical and robust ones are those of the reweighted regression's last step.
  std::vector<double> standard_errors(ErrorKind kind) const;

  std::vector<double> inverse;      ///< (X'WX)⁻¹, columns × columns
  std::vector<double> root;         ///< A with A A' = (X'WX)⁻¹, columns × columns: from the triangular factor, which keeps more digits
  double highest_leverage = 0;      ///< of the rows as points that are predicted: x' (X'WX)⁻¹ x without their own weight
  std::vector<double> least, most;  ///< by column: the lowest and highest value of the rows
  std::vector<double> weighted;     ///< the rows as fitted, multiplied by the root of their weight
  std::vector<double> roots;        ///< of the weights
};

/// Fits y = Xβ + ε. `weights` empty: all alike; else one a row, not negative. QR decomposition: O(rows × columns²).
Regression fit(const Design& design, std::span<const double> y, std::span<const double> weights = {},
               Estimator estimator = Estimator::least_squares);

struct Prediction {
  double value = 0;  ///< of y
  double lower = 0;  ///< the interval for one new observation at this level of confidence
  double upper = 0;
  double leverage = 0;
  /// The point lies outside of what the data span: a value is beyond those of its column, or the point's leverage is above that of every row (the ellipsoid round
  /// the design, Cook 1977), so the prediction extrapolates. A row of the data never does.
  bool extrapolates = false;
};

/// `confidence` between 0 and 1, e.g. 0.95: Student's t with the regression's degrees of freedom. `row` has the design's columns.
Prediction predict(const Regression& regression, std::span<const double> row, double confidence = 0.95);

}  // namespace fairprice::indices
