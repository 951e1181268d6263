#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/charts/chart.hpp"

namespace fairprice::charts {

namespace {
constexpr double kDrawable = 1e300;
}

std::vector<double> Scale::ticks() const {
  std::vector<double> result;
  const auto count = static_cast<int>(std::lround((high - low) / step));
  for (int i = 0; i <= count; ++i) result.push_back(low + step * i);
  return result;
}

std::string Scale::label(double value, int more) const {
  const double largest = std::max(std::abs(low), std::abs(high));
  if (largest >= 1e6 || step < 1e-6) {
    // As many digits as tell a step from the next.
    const int digits = std::clamp(static_cast<int>(std::ceil(std::log10(largest / step))) + 1, 4, 13);
    return fmt::format("{:.{}g}", value, digits + more);
  }
  return fmt::format("{:.{}f}", value, decimals + more);
}

Scale scale_of(double low, double high, int count) {
  // Sums of what follows must stay finite, and steps well above what a double can tell apart.
  low = std::clamp(low, -kDrawable, kDrawable);
  high = std::clamp(high, -kDrawable, kDrawable);
  const double largest = std::max(std::abs(low), std::abs(high));
  if (!(high - low > std::max(largest * 1e-10, 1 / kDrawable))) {  // one value, or as good as one, or none: some room round it
    const double room = largest <= 1 / kDrawable ? 1 : largest * 0.05;
    low -= room;
    high += room;
  }
  const double rough = (high - low) / std::max(1, count);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  Scale scale;
  scale.step = power * 10;
  for (const double factor : {1.0, 2.0, 5.0})
    if (power * factor >= rough * (1 - 1e-9)) {
      scale.step = power * factor;
      break;
    }
  scale.low = std::floor(low / scale.step + 1e-9) * scale.step;
  scale.high = std::ceil(high / scale.step - 1e-9) * scale.step;
  scale.decimals = std::clamp(static_cast<int>(-std::floor(std::log10(scale.step) + 1e-9)), 0, 9);
  return scale;
}

double Scale::height_of(double value) const { return std::clamp((value - low) / (high - low), 0.0, 1.0); }

std::pair<double, double> range_of(const Chart& chart) {
  std::optional<double> low, high;
  for (const Line& line : chart.lines)
    for (const auto& value : line.values) {
      if (!value) continue;
      low = low ? std::min(*low, *value) : *value;
      high = high ? std::max(*high, *value) : *value;
    }
  return {low.value_or(1), high.value_or(1)};
}

std::vector<std::size_t> labelled(std::size_t periods, std::size_t count) {
  std::vector<std::size_t> result;
  if (periods == 0) return result;
  count = std::max<std::size_t>(count, 1);
  std::size_t every = (periods + count - 1) / count;
  // Months are best told by quarters and years.
  for (const std::size_t nice : std::initializer_list<std::size_t>{1, 2, 3, 6, 12, 24, 60, 120})
    if (nice >= every) {
      every = nice;
      break;
    }
  for (std::size_t i = 0; i < periods; i += every) result.push_back(i);
  return result;
}

}  // namespace fairprice::charts
