#include "indices/panel.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace fairprice::indices {

Panel::Panel(std::span<const Observation> observations, std::size_t periods, PanelReport* report) : begin_(periods + 1, 0) {
  std::vector<Observation> rows;
  rows.reserve(observations.size());
  PanelReport counts;
  for (const Observation& row : observations) {
    const bool usable =
        row.period < periods && std::isfinite(row.price) && row.price > 0 && std::isfinite(row.quantity) && row.quantity >= 0;
    if (usable)
      rows.push_back(row);
    else
      ++counts.rejected;
  }
  // Quantities and prices too, so that sums do not depend on the order of the rows.
  std::sort(rows.begin(), rows.end(), [](const Observation& a, const Observation& b) {
    return std::tie(a.period, a.product, a.price, a.quantity) < std::tie(b.period, b.product, b.price, b.quantity);
  });
  products_.reserve(rows.size());
  prices_.reserve(rows.size());
  quantities_.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i + 1;
    while (end < rows.size() && rows[end].period == rows[i].period && rows[end].product == rows[i].product) ++end;
    double quantity = 0;
    double value = 0;
    double price = 0;
    for (std::size_t k = i; k < end; ++k) {
      quantity += rows[k].quantity;
      value += rows[k].price * rows[k].quantity;
      price += rows[k].price;
    }
    counts.aggregated += end - i - 1;
    products_.push_back(rows[i].product);
    prices_.push_back(end - i == 1 ? rows[i].price : quantity > 0 ? value / quantity : price / static_cast<double>(end - i));
    quantities_.push_back(quantity);
    begin_[rows[i].period + 1] = products_.size();
    i = end;
  }
  for (std::size_t t = 1; t < begin_.size(); ++t) begin_[t] = std::max(begin_[t], begin_[t - 1]);
  if (report != nullptr) *report = counts;
}

Panel::Period Panel::period(std::size_t t) const {
  const std::size_t from = begin_[t];
  const std::size_t count = begin_[t + 1] - from;
  return {{products_.data() + from, count}, {prices_.data() + from, count}, {quantities_.data() + from, count}};
}

Panel carried(const Panel& panel) {
  std::unordered_map<std::uint32_t, double> price;  // the last one; at first the product's first
  for (std::size_t t = panel.periods(); t-- > 0;) {
    const Panel::Period period = panel.period(t);
    for (std::size_t i = 0; i < period.size(); ++i) price[period.products[i]] = period.prices[i];
  }
  std::vector<std::uint32_t> products;
  products.reserve(price.size());
  for (const auto& entry : price) products.push_back(entry.first);
  std::sort(products.begin(), products.end());
  std::vector<Observation> rows;
  rows.reserve(products.size() * panel.periods());
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    std::size_t at = 0;
    for (const std::uint32_t product : products) {
      double quantity = 0;
      if (at < period.size() && period.products[at] == product) {
        price[product] = period.prices[at];
        quantity = period.quantities[at++];
      }
      rows.push_back({static_cast<std::uint32_t>(t), product, price[product], quantity});
    }
  }
  return {rows, panel.periods()};
}

}  // namespace fairprice::indices
