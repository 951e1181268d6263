#include "indices/geks.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "indices/connected.hpp"

namespace fairprice::indices {

namespace {

/// What the comparisons need of an observation, made once.
struct Prepared {
  std::vector<std::size_t> begin;
  std::vector<std::uint32_t> products;
  std::vector<double> a;      ///< logarithm of the price, or the price
  std::vector<double> b;      ///< expenditure, quantity, or its root
  std::vector<double> total;  ///< expenditure of each period
};

Prepared prepared(const Panel& panel, Formula formula) {
  Prepared result;
  result.begin.push_back(0);
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    double total = 0;
    for (std::size_t i = 0; i < period.size(); ++i) {
      const double price = period.prices[i];
      const double quantity = period.quantities[i];
      total += price * quantity;
      const bool logarithm = formula == Formula::jevons || formula == Formula::tornqvist;
      result.products.push_back(period.products[i]);
      result.a.push_back(logarithm ? std::log(price) : price);
      result.b.push_back(formula == Formula::tornqvist ? price * quantity : formula == Formula::walsh ? std::sqrt(quantity) : quantity);
    }
    result.total.push_back(total);
    result.begin.push_back(result.products.size());
  }
  return result;
}

/// Calls take(i, j) for every product that periods s and t have in common.
template <class Take>
void each_match(const Prepared& p, std::size_t s, std::size_t t, Take&& take) {
  std::size_t i = p.begin[s];
  std::size_t j = p.begin[t];
  const std::size_t end_i = p.begin[s + 1];
  const std::size_t end_j = p.begin[t + 1];
  while (i < end_i && j < end_j) {
    const std::uint32_t a = p.products[i];
    const std::uint32_t b = p.products[j];
    if (a == b) take(i, j);
    i += a <= b;
    j += b <= a;
  }
}

struct Result {
  double logarithm = 0;
  Status status = Status::ok;
};

Result ratio(double above, double below, std::size_t matches) {
  if (matches == 0) return {0, Status::no_match};
  if (below <= 0 || above <= 0) return {0, Status::no_quantities};
  const double logarithm = std::log(above / below);
  return std::isfinite(logarithm) ? Result{logarithm, Status::ok} : Result{0, Status::out_of_range};
}

Result jevons(const Prepared& p, std::size_t s, std::size_t t) {
  double sum = 0;
  std::size_t count = 0;
  each_match(p, s, t, [&](std::size_t i, std::size_t j) {
    sum += p.a[j] - p.a[i];
    ++count;
  });
  return count == 0 ? Result{0, Status::no_match} : Result{sum / static_cast<double>(count), Status::ok};
}

Result tornqvist(const Prepared& p, std::size_t s, std::size_t t, ShareBasis shares) {
  double v0 = 0, v1 = 0, sum0 = 0, sum1 = 0;
  std::size_t count = 0;
  each_match(p, s, t, [&](std::size_t i, std::size_t j) {
    const double change = p.a[j] - p.a[i];
    v0 += p.b[i];
    v1 += p.b[j];
    sum0 += p.b[i] * change;
    sum1 += p.b[j] * change;
    ++count;
  });
  if (count == 0) return {0, Status::no_match};
  if (v0 <= 0 || v1 <= 0) return {0, Status::no_quantities};
  if (shares == ShareBasis::period) {
    v0 = p.total[s];
    v1 = p.total[t];
  }
  return {(sum0 / v0 + sum1 / v1) / 2, Status::ok};
}

Result fisher(const Prepared& p, std::size_t s, std::size_t t) {
  double p0q0 = 0, p1q0 = 0, p0q1 = 0, p1q1 = 0;
  std::size_t count = 0;
  each_match(p, s, t, [&](std::size_t i, std::size_t j) {
    p0q0 += p.a[i] * p.b[i];
    p1q0 += p.a[j] * p.b[i];
    p0q1 += p.a[i] * p.b[j];
    p1q1 += p.a[j] * p.b[j];
    ++count;
  });
  const Result laspeyres = ratio(p1q0, p0q0, count);
  const Result paasche = ratio(p1q1, p0q1, count);
  if (laspeyres.status != Status::ok) return laspeyres;
  if (paasche.status != Status::ok) return paasche;
  return {(laspeyres.logarithm + paasche.logarithm) / 2, Status::ok};
}

Result walsh(const Prepared& p, std::size_t s, std::size_t t) {
  double above = 0, below = 0;
  std::size_t count = 0;
  each_match(p, s, t, [&](std::size_t i, std::size_t j) {
    const double quantity = p.b[i] * p.b[j];
    above += p.a[j] * quantity;
    below += p.a[i] * quantity;
    ++count;
  });
  return ratio(above, below, count);
}

}  // namespace

Geks::Geks(const Panel& panel, Formula formula, std::size_t reach, ShareBasis shares)
    : reach_(std::max<std::size_t>(reach, 1)), links_(panel.periods() * reach_) {
  if (formula != Formula::jevons && formula != Formula::fisher && formula != Formula::tornqvist && formula != Formula::walsh)
    throw std::invalid_argument("GEKS is over jevons, fisher, tornqvist or walsh, not " + std::string(formula_name(formula)));
  const Prepared p = prepared(panel, formula);
  for (std::size_t t = 0; t < panel.periods(); ++t)
    for (std::size_t distance = 1; distance < reach_ && distance <= t; ++distance) {
      const std::size_t s = t - distance;
      const Result result = formula == Formula::jevons      ? jevons(p, s, t)
                            : formula == Formula::fisher    ? fisher(p, s, t)
                            : formula == Formula::tornqvist ? tornqvist(p, s, t, shares)
                                                            : walsh(p, s, t);
      links_[t * reach_ + distance] = {result.logarithm, result.status};
    }
}

std::vector<IndexValue> Geks::window(std::size_t first, std::size_t count) const {
  if (count > reach_ || (first + count) * reach_ > links_.size())
    throw std::invalid_argument("the window is wider than the table or ends behind it");
  std::vector<double> mean(count, 0);  // of the logarithms of period t against all others
  for (std::size_t t = 0; t < count; ++t)
    for (std::size_t s = 0; s < t; ++s) {
      const Link& one = link(first + s, first + t);
      if (one.status != Status::ok) return least_squares(first, count);
      mean[t] += one.logarithm;
      mean[s] -= one.logarithm;
    }
  std::vector<IndexValue> series(count);
  for (std::size_t t = 0; t < count; ++t)
    series[t] = t == 0 ? IndexValue{1, Status::ok} : checked(std::exp((mean[t] - mean[0]) / static_cast<double>(count)));
  return series;
}

std::vector<IndexValue> Geks::least_squares(std::size_t first, std::size_t count) const {
  Connected connected(count);
  Status missing = Status::no_match;
  const auto n = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd laplacian = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd flow = Eigen::VectorXd::Zero(n);
  for (std::size_t t = 0; t < count; ++t)
    for (std::size_t s = 0; s < t; ++s) {
      const Link& one = link(first + s, first + t);
      if (one.status != Status::ok) {
        missing = one.status;
        continue;
      }
      connected.join(s, t);
      const auto i = static_cast<Eigen::Index>(s);
      const auto j = static_cast<Eigen::Index>(t);
      laplacian(i, i) += 1;
      laplacian(j, j) += 1;
      laplacian(i, j) -= 1;
      laplacian(j, i) -= 1;
      flow(i) -= one.logarithm;
      flow(j) += one.logarithm;
    }
  std::vector<IndexValue> series(count, {0, missing == Status::no_match ? Status::disconnected : missing});
  series[0] = {1, Status::ok};
  // Periods that hang together with the first; the others have no index against it.
  std::vector<Eigen::Index> with_first;
  for (std::size_t t = 1; t < count; ++t)
    if (connected.same(0, t)) with_first.push_back(static_cast<Eigen::Index>(t));
  if (with_first.empty()) return series;
  const Eigen::VectorXd logarithms = laplacian(with_first, with_first).ldlt().solve(flow(with_first));
  for (std::size_t k = 0; k < with_first.size(); ++k)
    series[static_cast<std::size_t>(with_first[k])] = checked(std::exp(logarithms(static_cast<Eigen::Index>(k))));
  return series;
}

}  // namespace fairprice::indices
