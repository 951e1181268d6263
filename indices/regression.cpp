#include "indices/regression.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace fairprice::indices {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<const Matrix>;
using Vector = Eigen::Map<const Eigen::VectorXd>;

Eigen::Index at(std::size_t i) { return static_cast<Eigen::Index>(i); }

bool all_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// The scale of residuals: their median absolute value, made the standard deviation's where they are normal.
double scale_of(std::span<const double> residuals) {
  std::vector<double> absolute;
  absolute.reserve(residuals.size());
  for (const double one : residuals) absolute.push_back(std::abs(one));
  return median(std::move(absolute)) / 0.6745;
}

/// One weighted least squares fit. Sets everything but the robust parts.
void solve(const Design& design, std::span<const double> y, std::span<const double> roots, Regression& result) {
  const std::size_t n = design.rows();
  const std::size_t k = design.columns;
  result.weighted.assign(design.values.begin(), design.values.end());
  Eigen::VectorXd right(at(n));
  for (std::size_t i = 0; i < n; ++i) {
    const double root = roots.empty() ? 1 : roots[i];
    for (std::size_t j = 0; j < k; ++j) result.weighted[i * k + j] *= root;
    right(at(i)) = y[i] * root;
  }
  const Rows x(result.weighted.data(), at(n), at(k));
  // Columns of one size, so that the rank does not hang on units.
  Eigen::VectorXd norms(at(k));
  for (std::size_t j = 0; j < k; ++j) norms(at(j)) = x.col(at(j)).norm() > 0 ? x.col(at(j)).norm() : 1;
  const Eigen::MatrixXd scaled = x * norms.cwiseInverse().asDiagonal();
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(scaled);
  qr.setThreshold(1e-9);
  if (qr.rank() < at(k)) {
    result.status = FitStatus::collinear;
    result.aliased = static_cast<std::size_t>(qr.colsPermutation().indices()(qr.rank()));
    return;
  }
  const Eigen::VectorXd coefficients = norms.cwiseInverse().asDiagonal() * qr.solve(right);
  result.coefficients.assign(coefficients.data(), coefficients.data() + k);
  // (X'X)⁻¹ from the triangular factor: R⁻¹R⁻ᵀ, its columns in the pivots' order.
  const Eigen::MatrixXd triangle = qr.matrixR().topLeftCorner(at(k), at(k)).triangularView<Eigen::Upper>();
  const Eigen::MatrixXd inverse_triangle = triangle.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(at(k), at(k)));
  const Eigen::MatrixXd unpivoted = norms.cwiseInverse().asDiagonal() * (qr.colsPermutation() * inverse_triangle);
  const Matrix inverse = unpivoted * unpivoted.transpose();
  result.inverse.assign(inverse.data(), inverse.data() + k * k);
  const Matrix root = unpivoted;
  result.root.assign(root.data(), root.data() + k * k);
  const Eigen::VectorXd leverages = (x * unpivoted).rowwise().squaredNorm();
  result.leverages.assign(leverages.data(), leverages.data() + n);
  const Rows plain(design.values.data(), at(n), at(k));
  result.highest_leverage = (plain * unpivoted).rowwise().squaredNorm().maxCoeff();
  const Eigen::VectorXd residuals = Vector(y.data(), at(n)) - plain * coefficients;
  result.residuals.assign(residuals.data(), residuals.data() + n);
}

void describe(const Design& design, std::span<const double> y, Regression& result) {
  const std::size_t n = design.rows();
  const std::size_t k = design.columns;
  const auto weight = [&](std::size_t i) { return result.roots.empty() ? 1 : result.roots[i] * result.roots[i]; };
  double total = 0;
  double mean = 0;
  for (std::size_t i = 0; i < n; ++i) {
    total += weight(i);
    mean += weight(i) * y[i];
  }
  mean /= total;
  double left = 0;
  double all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    left += weight(i) * result.residuals[i] * result.residuals[i];
    all += weight(i) * (y[i] - mean) * (y[i] - mean);
  }
  const auto free = static_cast<double>(result.degrees_of_freedom());
  result.sigma = std::sqrt(left / free);
  const bool constant = all <= 1e-24 * total * (1 + mean * mean);  // but for rounding
  result.r_squared = constant ? 0 : 1 - left / all;
  result.adjusted_r_squared = 1 - (1 - result.r_squared) * static_cast<double>(n - 1) / free;
  result.variance_inflation.assign(k, 0);
  for (std::size_t j = 0; j < k; ++j) {
    double column_mean = 0;
    for (std::size_t i = 0; i < n; ++i) column_mean += weight(i) * design.row(i)[j];
    column_mean /= total;
    double spread = 0;
    for (std::size_t i = 0; i < n; ++i) spread += weight(i) * (design.row(i)[j] - column_mean) * (design.row(i)[j] - column_mean);
    if (spread > 0) result.variance_inflation[j] = spread * result.inverse[j * k + j];
  }
}

void fit_huber(const Design& design, std::span<const double> y, std::span<const double> weights, Regression& result) {
  constexpr double kTurn = 1.345;  // 95 % efficiency where errors are normal
  constexpr int kMost = 500;
  std::vector<double> roots(y.size());
  double nothing = 1;  // what is left of rounding
  for (const double one : y) nothing = std::max(nothing, std::abs(one));
  nothing *= 1e-11;
  for (int step = 0; step < kMost; ++step) {
    const double scale = scale_of(result.residuals);
    if (scale <= nothing) {
      const bool all_fit =
          std::all_of(result.residuals.begin(), result.residuals.end(), [&](double one) { return std::abs(one) <= nothing; });
      if (!all_fit) result.status = FitStatus::no_scale;
      return;
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double far = std::abs(result.residuals[i]) / scale;
      roots[i] = std::sqrt((weights.empty() ? 1 : weights[i]) * (far <= kTurn ? 1 : kTurn / far));
    }
    const std::vector<double> before = result.residuals;
    solve(design, y, roots, result);
    if (!result.ok()) return;
    double moved = 0;
    double size = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      moved += (result.residuals[i] - before[i]) * (result.residuals[i] - before[i]);
      size += before[i] * before[i];
    }
    result.roots = roots;
    if (moved <= 1e-26 * size) return;
  }
  result.status = FitStatus::not_converged;
}

}  // namespace

std::string_view fit_status_name(FitStatus status) {
  switch (status) {
    case FitStatus::ok: return "ok";
    case FitStatus::too_few: return "too_few";
    case FitStatus::collinear: return "collinear";
    case FitStatus::not_finite: return "not_finite";
    case FitStatus::not_converged: return "not_converged";
    case FitStatus::no_scale: return "no_scale";
  }
  return "";
}

Regression fit(const Design& design, std::span<const double> y, std::span<const double> weights, Estimator estimator) {
  Regression result;
  result.observations = design.rows();
  if (y.size() != design.rows() || (!weights.empty() && weights.size() != y.size()))
    throw std::invalid_argument("a regression needs a y, and a weight, for each row");
  if (!all_finite(design.values) || !all_finite(y) || !all_finite(weights) ||
      std::any_of(weights.begin(), weights.end(), [](double weight) { return weight < 0; })) {
    result.status = FitStatus::not_finite;
    return result;
  }
  if (design.columns == 0 || design.rows() <= design.columns) {
    result.status = FitStatus::too_few;
    return result;
  }
  for (const double weight : weights) result.roots.push_back(std::sqrt(weight));
  solve(design, y, result.roots, result);
  if (!result.ok()) return result;
  if (estimator == Estimator::huber) fit_huber(design, y, weights, result);
  if (!result.ok()) return result;
  describe(design, y, result);
  result.least.assign(design.columns, std::numeric_limits<double>::infinity());
  result.most.assign(design.columns, -std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < design.rows(); ++i)
    for (std::size_t j = 0; j < design.columns; ++j) {
      result.least[j] = std::min(result.least[j], design.row(i)[j]);
      result.most[j] = std::max(result.most[j], design.row(i)[j]);
    }
  if (estimator == Estimator::huber) result.sigma = scale_of(result.residuals);
  return result;
}

std::vector<double> Regression::standard_errors(ErrorKind kind) const {
  const std::size_t k = coefficients.size();
  std::vector<double> errors(k);
  if (kind == ErrorKind::classical) {
    for (std::size_t j = 0; j < k; ++j) errors[j] = sigma * std::sqrt(inverse[j * k + j]);
    return errors;
  }
  const Rows x(weighted.data(), at(observations), at(k));
  Eigen::VectorXd squares(at(observations));
  for (std::size_t i = 0; i < observations; ++i) {
    double residual = residuals[i] * (roots.empty() ? 1 : roots[i]);
    if (kind == ErrorKind::hc3) residual /= std::max(1 - leverages[i], 1e-12);
    squares(at(i)) = residual * residual;
  }
  const Rows bread(inverse.data(), at(k), at(k));
  const Eigen::MatrixXd covariance = bread * (x.transpose() * squares.asDiagonal() * x) * bread;
  const double factor = kind == ErrorKind::hc1 ? static_cast<double>(observations) / static_cast<double>(degrees_of_freedom()) : 1;
  for (std::size_t j = 0; j < k; ++j) errors[j] = std::sqrt(covariance(at(j), at(j)) * factor);
  return errors;
}

Prediction predict(const Regression& regression, std::span<const double> row, double confidence) {
  const std::size_t k = regression.coefficients.size();
  if (!regression.ok() || row.size() != k) throw std::invalid_argument("a prediction needs a fit and a value for each of its columns");
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("a confidence lies between 0 and 1");
  const Rows root(regression.root.data(), at(k), at(k));
  const Vector point(row.data(), at(k));
  Prediction result;
  result.value = Vector(regression.coefficients.data(), at(k)).dot(point);
  result.leverage = (root.transpose() * point).squaredNorm();
  result.extrapolates = result.leverage > regression.highest_leverage * (1 + 1e-6);
  for (std::size_t j = 0; j < k; ++j) result.extrapolates |= row[j] < regression.least[j] || row[j] > regression.most[j];
  const boost::math::students_t distribution(static_cast<double>(regression.degrees_of_freedom()));
  const double t = boost::math::quantile(distribution, (1 + confidence) / 2);
  const double half = t * regression.sigma * std::sqrt(1 + result.leverage);
  result.lower = result.value - half;
  result.upper = result.value + half;
  return result;
}

}  // namespace fairprice::indices
