#include "engine/matching/logistic.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace fairprice::matching {

namespace {

constexpr double kLeastSpread = 0.05;  // so that a feature that the examples hardly show is not blown up
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

double log_likelihood_loss(double log_odds, double label) {
  const double softplus = log_odds > 30 ? log_odds : std::log1p(std::exp(log_odds));
  return softplus - label * log_odds;
}

}  // namespace

double probability(double log_odds) { return 1 / (1 + std::exp(-std::clamp(log_odds, -40.0, 40.0))); }

double Logistic::operator()(const Features& features) const {
  double sum = bias;
  for (std::size_t i = 0; i < kFeatures; ++i) sum += weight[i] * (static_cast<double>(features[i]) - mean[i]) / spread[i];
  return sum;
}

Logistic standardised(std::span<const Example> examples) {
  Logistic model;
  double all = 0;
  for (const Example& one : examples) all += one.weight;
  for (std::size_t i = 0; i < kFeatures; ++i) {
    double sum = 0;
    double squares = 0;
    for (const Example& one : examples) {
      const double value = static_cast<double>(one.features[i]);
      sum += one.weight * value;
      squares += one.weight * value * value;
    }
    model.mean[i] = all > 0 ? sum / all : 0;
    model.spread[i] = all > 0 ? std::max(kLeastSpread, std::sqrt(std::max(0.0, squares / all - model.mean[i] * model.mean[i]))) : 1;
  }
  return model;
}

Logistic fit_logistic(std::span<const Example> examples, const Logistic& prior, double pull) {
  const auto rows = static_cast<Eigen::Index>(examples.size());
  constexpr auto kColumns = static_cast<Eigen::Index>(kFeatures) + 1;
  Matrix x(rows, kColumns);
  Eigen::VectorXd y(rows);
  Eigen::VectorXd w(rows);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const Example& one = examples[static_cast<std::size_t>(row)];
    for (std::size_t i = 0; i < kFeatures; ++i)
      x(row, static_cast<Eigen::Index>(i)) = (static_cast<double>(one.features[i]) - prior.mean[i]) / prior.spread[i];
    x(row, kColumns - 1) = 1;
    y[row] = one.label;
    w[row] = one.weight;
  }
  Eigen::VectorXd start(kColumns);
  for (std::size_t i = 0; i < kFeatures; ++i) start[static_cast<Eigen::Index>(i)] = prior.weight[i];
  start[kColumns - 1] = prior.bias;
  Eigen::VectorXd penalty = Eigen::VectorXd::Constant(kColumns, pull);
  penalty[kColumns - 1] = 1e-3;  // how common matches are is the examples' own affair

  const auto loss_of = [&](const Eigen::VectorXd& weights) {
    const Eigen::VectorXd z = x * weights;
    double sum = 0;
    for (Eigen::Index row = 0; row < rows; ++row) sum += w[row] * log_likelihood_loss(z[row], y[row]);
    return sum + 0.5 * (penalty.array() * (weights - start).array().square()).sum();
  };
  Eigen::VectorXd weights = start;
  double loss = loss_of(weights);
  for (int round = 0; round < 50; ++round) {
    const Eigen::VectorXd z = x * weights;
    Eigen::VectorXd residual(rows);
    Eigen::VectorXd curvature(rows);
    for (Eigen::Index row = 0; row < rows; ++row) {
      const double p = probability(z[row]);
      residual[row] = w[row] * (p - y[row]);
      curvature[row] = w[row] * std::max(p * (1 - p), 1e-6);
    }
    const Eigen::VectorXd gradient = x.transpose() * residual + (penalty.array() * (weights - start).array()).matrix();
    Eigen::MatrixXd hessian = x.transpose() * curvature.asDiagonal() * x;
    hessian.diagonal() += penalty;
    const Eigen::VectorXd step = hessian.ldlt().solve(gradient);
    double length = 1;
    double next = loss_of(weights - step);
    while (!(next < loss) && length > 1e-4) {
      length /= 2;
      next = loss_of(weights - length * step);
    }
    if (!(next < loss)) break;
    weights -= length * step;
    const bool settled = loss - next < 1e-7 * std::abs(loss);
    loss = next;
    if (settled) break;
  }
  Logistic model = prior;
  for (std::size_t i = 0; i < kFeatures; ++i) model.weight[i] = weights[static_cast<Eigen::Index>(i)];
  model.bias = weights[kColumns - 1];
  return model;
}

}  // namespace fairprice::matching
