#include "indices/panel_methods.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "indices/connected.hpp"

namespace fairprice::indices {

namespace {

struct Cell {
  std::uint32_t product;
  std::uint32_t period;  ///< from the window's first
  double price;
  double quantity;
};

/// The window's observations, product by product.
std::vector<Cell> cells_of(const Panel& panel, std::size_t first, std::size_t count, Sample sample) {
  if (first + count > panel.periods()) throw std::invalid_argument("the window ends behind the panel");
  std::vector<Cell> cells;
  for (std::size_t t = 0; t < count; ++t) {
    const Panel::Period period = panel.period(first + t);
    for (std::size_t i = 0; i < period.size(); ++i)
      cells.push_back({period.products[i], static_cast<std::uint32_t>(t), period.prices[i], period.quantities[i]});
  }
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.product < b.product; });
  if (sample == Sample::all) return cells;
  std::vector<Cell> kept;
  for (std::size_t i = 0; i < cells.size();) {
    std::size_t end = i;
    while (end < cells.size() && cells[end].product == cells[i].product) ++end;
    if (end - i == count)
      kept.insert(kept.end(), cells.begin() + static_cast<std::ptrdiff_t>(i), cells.begin() + static_cast<std::ptrdiff_t>(end));
    i = end;
  }
  return kept;
}

template <class Take>
void each_product(const std::vector<Cell>& cells, Take&& take) {
  for (std::size_t i = 0; i < cells.size();) {
    std::size_t end = i;
    while (end < cells.size() && cells[end].product == cells[i].product) ++end;
    take(std::span<const Cell>(cells.data() + i, end - i));
    i = end;
  }
}

/// Periods that share products (with weight) with the window's first, through others if need be.
std::vector<Eigen::Index> with_first(Connected& connected, const std::vector<bool>& counted) {
  std::vector<Eigen::Index> result;
  for (std::size_t t = 1; t < counted.size(); ++t)
    if (counted[t] && connected.same(0, t)) result.push_back(static_cast<Eigen::Index>(t));
  return result;
}

/// Periods whose observations weigh something that a number can hold.
std::vector<bool> counted_of(const std::vector<double>& value) {
  std::vector<bool> counted;
  for (const double one : value) counted.push_back(one > 0 && std::isfinite(one));
  return counted;
}

/// Before anything is solved: 1 in the first period, and why the others that cannot be had have nothing. Without the first nothing can be had.
std::vector<IndexValue> none_yet(const std::vector<double>& value, const std::vector<bool>& counted, Status empty) {
  std::vector<IndexValue> series(counted.size(), {0, Status::disconnected});
  for (std::size_t t = 0; t < counted.size(); ++t)
    if (!counted[t]) series[t] = {0, value[t] > 0 ? Status::out_of_range : empty};
  if (series.empty()) return series;
  if (counted[0])
    series[0] = {1, Status::ok};
  else
    std::fill(series.begin(), series.end(), series[0]);
  return series;
}

std::vector<IndexValue> out_of_range(std::vector<IndexValue> series, const std::vector<Eigen::Index>& asked) {
  for (const Eigen::Index t : asked) series[static_cast<std::size_t>(t)] = {0, Status::out_of_range};
  return series;
}

}  // namespace

std::vector<IndexValue> geary_khamis(const Panel& panel, std::size_t first, std::size_t count, Sample sample) {
  const std::vector<Cell> cells = cells_of(panel, first, count, sample);
  std::vector<double> value(count, 0);
  for (const Cell& cell : cells) value[cell.period] += cell.price * cell.quantity;
  const std::vector<bool> counted = counted_of(value);
  std::vector<IndexValue> series = none_yet(value, counted, cells.empty() ? Status::no_match : Status::no_quantities);
  if (count == 0 || !counted[0]) return series;
  // With x = 1/P: x_t V_t = Σ_n q_tn b_n = Σ_s x_s Σ_n q_tn p_sn q_sn / Q_n: a homogeneous system whose solution with x_first = 1 is asked.
  const auto n = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd system = Eigen::MatrixXd::Zero(n, n);
  Connected connected(count);
  each_product(cells, [&](std::span<const Cell> product) {
    double total = 0;
    std::size_t sold = count;
    for (const Cell& cell : product) {
      if (!counted[cell.period]) continue;
      total += cell.quantity;
      if (cell.quantity <= 0) continue;
      if (sold != count) connected.join(sold, cell.period);
      sold = cell.period;
    }
    if (total <= 0) return;
    for (const Cell& t : product)
      for (const Cell& s : product)
        if (counted[t.period] && counted[s.period]) system(t.period, s.period) += t.quantity / total * (s.price * s.quantity);
  });
  for (std::size_t t = 0; t < count; ++t) {
    const auto i = static_cast<Eigen::Index>(t);
    if (!counted[t]) continue;
    system.row(i) /= value[t];
    system(i, i) -= 1;
  }
  const std::vector<Eigen::Index> asked = with_first(connected, counted);
  if (asked.empty()) return series;
  if (!system(asked, asked).allFinite() || !system(asked, 0).allFinite()) return out_of_range(std::move(series), asked);
  const Eigen::VectorXd inverse = system(asked, asked).partialPivLu().solve(-system(asked, 0));
  for (std::size_t k = 0; k < asked.size(); ++k)
    series[static_cast<std::size_t>(asked[k])] = checked(1 / inverse(static_cast<Eigen::Index>(k)));
  return series;
}

std::vector<IndexValue> time_product_dummy(const Panel& panel, std::size_t first, std::size_t count, ObservationWeights weights,
                                           Sample sample) {
  const std::vector<Cell> cells = cells_of(panel, first, count, sample);
  std::vector<double> value(count, 0);
  for (const Cell& cell : cells) value[cell.period] += weights == ObservationWeights::none ? 1 : cell.price * cell.quantity;
  const std::vector<bool> counted = counted_of(value);
  const Status empty = weights == ObservationWeights::none || cells.empty() ? Status::no_match : Status::no_quantities;
  std::vector<IndexValue> series = none_yet(value, counted, empty);
  if (count == 0 || !counted[0]) return series;
  const auto weight = [&](const Cell& cell) {
    if (weights == ObservationWeights::none) return 1.0;
    if (!counted[cell.period]) return 0.0;
    const double expenditure = cell.price * cell.quantity;
    return weights == ObservationWeights::shares ? expenditure / value[cell.period] : expenditure;
  };
  // The products' effects are put out by their normal equations: γ_n is the weighted mean of ln p − δ.
  const auto n = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(n);
  Connected connected(count);
  std::vector<double> w;
  std::vector<double> logarithm;
  each_product(cells, [&](std::span<const Cell> product) {
    w.clear();
    logarithm.clear();
    double total = 0;
    double sum = 0;
    std::size_t sold = count;
    for (const Cell& cell : product) {
      w.push_back(weight(cell));
      logarithm.push_back(std::log(cell.price));
      total += w.back();
      sum += w.back() * logarithm.back();
      if (w.back() <= 0) continue;
      if (sold != count) connected.join(sold, cell.period);
      sold = cell.period;
    }
    if (total <= 0) return;
    const double mean = sum / total;
    for (std::size_t i = 0; i < product.size(); ++i) {
      right(product[i].period) += w[i] * (logarithm[i] - mean);
      normal(product[i].period, product[i].period) += w[i];
      for (std::size_t j = 0; j < product.size(); ++j) normal(product[i].period, product[j].period) -= w[i] * w[j] / total;
    }
  });
  const std::vector<Eigen::Index> asked = with_first(connected, counted);
  if (asked.empty()) return series;
  if (!normal(asked, asked).allFinite() || !right(asked).allFinite()) return out_of_range(std::move(series), asked);
  const Eigen::VectorXd levels = normal(asked, asked).ldlt().solve(right(asked));
  for (std::size_t k = 0; k < asked.size(); ++k)
    series[static_cast<std::size_t>(asked[k])] = checked(std::exp(levels(static_cast<Eigen::Index>(k))));
  return series;
}

}  // namespace fairprice::indices
