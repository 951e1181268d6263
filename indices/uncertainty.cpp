#include "indices/uncertainty.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

namespace fairprice::indices {

Jackknife jackknife(const std::vector<Observation>& observations, const std::vector<std::uint32_t>& group, std::size_t periods,
                    const std::function<std::vector<IndexValue>(const Panel&)>& series, double confidence) {
  if (group.size() != observations.size()) throw std::invalid_argument("each observation needs its group");
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("a confidence lies between 0 and 1");
  std::vector<std::uint32_t> groups = group;
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  Jackknife result;
  result.groups = groups.size();
  result.index = series(Panel(observations, periods));
  const std::size_t length = result.index.size();
  result.standard_error.assign(length, 0);
  result.lower.assign(length, 0);
  result.upper.assign(length, 0);
  if (groups.size() < 2) return result;
  std::vector<double> sum(length, 0), squares(length, 0);
  std::vector<bool> all(length, true);
  for (const std::uint32_t left_out : groups) {
    std::vector<Observation> rest;
    rest.reserve(observations.size());
    for (std::size_t i = 0; i < observations.size(); ++i)
      if (group[i] != left_out) rest.push_back(observations[i]);
    const std::vector<IndexValue> replicate = series(Panel(rest, periods));
    for (std::size_t t = 0; t < length; ++t) {
      if (!replicate[t].ok() || !result.index[t].ok()) {
        all[t] = false;
        continue;
      }
      const double off = std::log(replicate[t].value / result.index[t].value);
      sum[t] += off;
      squares[t] += off * off;
    }
  }
  const auto n = static_cast<double>(groups.size());
  const double quantile = boost::math::quantile(boost::math::students_t(n - 1), (1 + confidence) / 2);
  for (std::size_t t = 0; t < length; ++t) {
    if (!all[t]) continue;
    const double mean = sum[t] / n;
    result.standard_error[t] = std::sqrt(std::max(0.0, (n - 1) / n * (squares[t] - n * mean * mean)));
    const double half = quantile * result.standard_error[t];
    result.lower[t] = result.index[t].value * std::exp(-half);
    result.upper[t] = result.index[t].value * std::exp(half);
  }
  return result;
}

}  // namespace fairprice::indices
