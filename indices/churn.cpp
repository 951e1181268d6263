#include "indices/churn.hpp"

#include <stdexcept>

namespace fairprice::indices {

std::vector<Churn> churn(const Panel& panel) {
  std::vector<Churn> result(panel.periods());
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period now = panel.period(t);
    Churn& one = result[t];
    one.products = now.size();
    one.entered = now.size();
    if (t == 0) continue;
    const Panel::Period before = panel.period(t - 1);
    double value = 0, value_before = 0, matched = 0, matched_before = 0;
    for (std::size_t i = 0; i < now.size(); ++i) value += now.prices[i] * now.quantities[i];
    for (std::size_t i = 0; i < before.size(); ++i) value_before += before.prices[i] * before.quantities[i];
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() && j < now.size()) {
      if (before.products[i] == now.products[j]) {
        ++one.matched;
        matched += now.prices[j] * now.quantities[j];
        matched_before += before.prices[i] * before.quantities[i];
        ++i;
        ++j;
      } else if (before.products[i] < now.products[j]) {
        ++i;
      } else {
        ++j;
      }
    }
    one.entered = now.size() - one.matched;
    one.left = before.size() - one.matched;
    one.matched_value = value > 0 ? matched / value : 0;
    one.matched_value_before = value_before > 0 ? matched_before / value_before : 0;
  }
  return result;
}

std::vector<IndexValue> rebased(const std::vector<IndexValue>& series, std::size_t base) {
  if (base >= series.size()) return std::vector<IndexValue>(series.size(), {0, Status::no_period});
  std::vector<IndexValue> result = series;
  for (IndexValue& one : result) {
    if (!series[base].ok())
      one = series[base];
    else if (one.ok())
      one = checked(one.value / series[base].value);
  }
  return result;
}

std::vector<IndexValue> linked(const std::vector<IndexValue>& earlier, const std::vector<IndexValue>& later, std::size_t overlap) {
  if (overlap >= earlier.size() || later.empty()) throw std::invalid_argument("the series have no period in common");
  std::vector<IndexValue> result(earlier.begin(), earlier.begin() + static_cast<std::ptrdiff_t>(overlap) + 1);
  const IndexValue level = result.back();
  for (std::size_t t = 1; t < later.size(); ++t) {
    const IndexValue& one = later[t];
    if (!level.ok())
      result.push_back(level);
    else if (!later.front().ok())
      result.push_back(later.front());
    else
      result.push_back(one.ok() ? checked(level.value * one.value / later.front().value) : one);
  }
  return result;
}

}  // namespace fairprice::indices
