#include "indices/means.hpp"

#include <cmath>

namespace fairprice::indices {

double power_mean(std::span<const double> values, std::span<const double> weights, double r) {
  constexpr double kSmall = 1e-3;  // below it Σ w xʳ is all but Σ w, and what differs would be lost
  const bool small = r != 0 && std::abs(r) < kSmall;
  double sum = 0;
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    total += weight;
    if (r == 1)
      sum += weight * values[i];
    else if (r == -1)
      sum += weight / values[i];
    else if (r == 0)
      sum += weight * std::log(values[i]);
    else if (small)
      sum += weight * std::expm1(r * std::log(values[i]));
    else
      sum += weight * std::pow(values[i], r);
  }
  const double mean = sum / total;
  if (r == 1) return mean;
  if (r == -1) return 1 / mean;
  if (r == 0) return std::exp(mean);
  if (small) return std::exp(std::log1p(mean) / r);
  return std::pow(mean, 1 / r);
}

double logarithmic_mean(double a, double b) {
  if (a <= 0 || b <= 0) return 0;
  if (a == b) return a;
  // With a / b = 1 + x: b x / log1p(x), which stays exact where a and b are nearly equal.
  const double x = (a - b) / b;
  return b * x / std::log1p(x);
}

}  // namespace fairprice::indices
