#include "indices/imputation.hpp"

#include <cmath>
#include <map>

namespace fairprice::indices {

namespace {

struct Known {
  double price = 0;
  std::size_t gone = 0;  ///< imputed periods in a row
};

struct Mean {
  double logarithms = 0;
  std::size_t count = 0;
  double change() const { return count == 0 ? 1 : std::exp(logarithms / static_cast<double>(count)); }
};

}  // namespace

Panel imputed(const Panel& panel, const std::vector<std::uint32_t>& class_of, std::size_t longest) {
  const auto class_number = [&](std::uint32_t product) { return product < class_of.size() ? class_of[product] : 0; };
  std::map<std::uint32_t, Known> known;  // by product, so that sums do not depend on where memory lies
  std::vector<Observation> rows;
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    Mean all;
    std::map<std::uint32_t, Mean> classes;
    for (std::size_t i = 0; i < period.size(); ++i) {
      const auto before = known.find(period.products[i]);
      if (before == known.end() || before->second.gone > 0) continue;  // observed in both
      const double logarithm = std::log(period.prices[i]) - std::log(before->second.price);
      Mean& mean = classes[class_number(period.products[i])];
      mean.logarithms += logarithm, ++mean.count;
      all.logarithms += logarithm, ++all.count;
    }
    std::size_t at = 0;
    for (auto entry = known.begin(); entry != known.end();) {
      const std::uint32_t product = entry->first;
      while (at < period.size() && period.products[at] < product) ++at;
      if (at < period.size() && period.products[at] == product) {
        ++entry;
        continue;
      }
      if (++entry->second.gone > longest) {
        entry = known.erase(entry);
        continue;
      }
      const auto mean = classes.find(class_number(product));
      const double price = entry->second.price * (mean != classes.end() ? mean->second : all).change();
      if (std::isfinite(price) && price > 0) entry->second.price = price;
      rows.push_back({static_cast<std::uint32_t>(t), product, entry->second.price, 0});
      ++entry;
    }
    for (std::size_t i = 0; i < period.size(); ++i) {
      known[period.products[i]] = {period.prices[i], 0};
      rows.push_back({static_cast<std::uint32_t>(t), period.products[i], period.prices[i], period.quantities[i]});
    }
  }
  return {rows, panel.periods()};
}

}  // namespace fairprice::indices
