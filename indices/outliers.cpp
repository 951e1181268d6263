#include "indices/outliers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fairprice::indices {

namespace {

constexpr std::size_t kLeast = 3;

std::vector<double> sorted(std::span<const double> values) {
  std::vector<double> result(values.begin(), values.end());
  std::sort(result.begin(), result.end());
  return result;
}

/// Type 7: at (n − 1)·p between order statistics.
double quantile(const std::vector<double>& sorted_values, double p) {
  const double place = static_cast<double>(sorted_values.size() - 1) * p;
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted_values.size() - 1);
  return sorted_values[below] + (place - static_cast<double>(below)) * (sorted_values[above] - sorted_values[below]);
}

Marks beyond(std::span<const double> values, double low, double high) {
  Marks marks;
  marks.reserve(values.size());
  for (const double value : values) marks.push_back(value < low || value > high);
  return marks;
}

struct Quartiles {
  double q1, median, q3;
};

Quartiles quartiles(std::span<const double> values) {
  const std::vector<double> order = sorted(values);
  return {quantile(order, 0.25), quantile(order, 0.5), quantile(order, 0.75)};
}

}  // namespace

Marks fixed_cutoff(std::span<const double> relatives, double upper, double lower) { return beyond(relatives, lower, upper); }

Marks robust_z(std::span<const double> relatives, Cutoffs cutoffs) {
  if (relatives.size() < kLeast) return Marks(relatives.size(), false);
  const double median = quantile(sorted(relatives), 0.5);
  std::vector<double> distances;
  for (const double one : relatives) distances.push_back(std::abs(one - median));
  std::sort(distances.begin(), distances.end());
  const double deviation = 1.4826 * quantile(distances, 0.5);
  return beyond(relatives, median - cutoffs.lower * deviation, median + cutoffs.upper * deviation);
}

Marks quartile_method(std::span<const double> relatives, Cutoffs cutoffs, double a) {
  if (relatives.size() < kLeast) return Marks(relatives.size(), false);
  const Quartiles q = quartiles(relatives);
  const double least = std::abs(a * q.median);
  return beyond(relatives, q.median - cutoffs.lower * std::max(q.median - q.q1, least),
                q.median + cutoffs.upper * std::max(q.q3 - q.median, least));
}

Marks resistant_fences(std::span<const double> relatives, Cutoffs cutoffs, double a) {
  if (relatives.size() < kLeast) return Marks(relatives.size(), false);
  const Quartiles q = quartiles(relatives);
  const double range = std::max(q.q3 - q.q1, std::abs(a * q.median));
  return beyond(relatives, q.q1 - cutoffs.lower * range, q.q3 + cutoffs.upper * range);
}

Marks kimber(std::span<const double> relatives, Cutoffs cutoffs, double a) {
  if (relatives.size() < kLeast) return Marks(relatives.size(), false);
  const Quartiles q = quartiles(relatives);
  const double least = std::abs(a * q.median);
  return beyond(relatives, q.q1 - cutoffs.lower * std::max(q.median - q.q1, least),
                q.q3 + cutoffs.upper * std::max(q.q3 - q.median, least));
}

Marks tukey_algorithm(std::span<const double> relatives, Cutoffs cutoffs) {
  const std::vector<double> order = sorted(relatives);
  if (order.size() < kLeast) return Marks(relatives.size(), false);
  const double low = quantile(order, 0.05);
  const double high = quantile(order, 0.95);
  std::vector<double> middle;
  for (const double one : order)
    if (one >= low && one <= high && one != 1) middle.push_back(one);
  if (middle.empty()) return Marks(relatives.size(), false);
  double mean = 0;
  for (const double one : middle) mean += one;
  mean /= static_cast<double>(middle.size());
  double above = 0, below = 0;
  std::size_t count_above = 0, count_below = 0;
  for (const double one : middle) {
    if (one >= mean) above += one, ++count_above;
    if (one <= mean) below += one, ++count_below;
  }
  above /= static_cast<double>(count_above);
  below /= static_cast<double>(count_below);
  return beyond(relatives, mean - cutoffs.lower * (mean - below), mean + cutoffs.upper * (above - mean));
}

Marks hidiroglou_berthelot(std::span<const double> base, std::span<const double> compared, double c, double u, double a) {
  if (base.size() != compared.size()) throw std::invalid_argument("each price needs its price in the other period");
  if (base.size() < kLeast) return Marks(base.size(), false);
  std::vector<double> relatives;
  for (std::size_t i = 0; i < base.size(); ++i) relatives.push_back(compared[i] / base[i]);
  const double median = quantile(sorted(relatives), 0.5);
  std::vector<double> effects;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const double change = relatives[i] < median ? 1 - median / relatives[i] : relatives[i] / median - 1;
    effects.push_back(change * std::pow(std::max(base[i], compared[i]), u));
  }
  return quartile_method(effects, {c, c}, a);
}

}  // namespace fairprice::indices
