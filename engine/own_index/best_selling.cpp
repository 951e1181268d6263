#include "engine/own_index/best_selling.hpp"

#include <algorithm>
#include <unordered_map>

namespace fairprice::own_index {

std::optional<std::int64_t> best_selling_price(std::vector<Sale>& sales, std::size_t suppliers) {
  std::sort(sales.begin(), sales.end(),
            [](const Sale& a, const Sale& b) { return a.price != b.price ? a.price < b.price : a.supplier < b.supplier; });
  Int128 all = 0;
  for (const Sale& sale : sales) all += sale.units;
  std::unordered_map<std::uint32_t, std::size_t> inside;  // sales of each supplier in [first, last)
  Int128 units = 0;
  std::size_t last = 0;
  struct Range {
    std::size_t first, last;
    Int128 units;
  };
  std::optional<Range> narrowest;
  for (std::size_t first = 0; first < sales.size(); ++first) {
    while (last < sales.size() && (units * 2 <= all || inside.size() < suppliers)) {
      units += sales[last].units;
      ++inside[sales[last].supplier];
      ++last;
    }
    if (units * 2 <= all || inside.size() < suppliers) break;
    const auto narrower = [&](const Range& than) {  // compares highest/lowest of both ranges; prices are below 2^60
      return Int128{sales[last - 1].price} * sales[than.first].price < Int128{sales[than.last - 1].price} * sales[first].price;
    };
    if (!narrowest || narrower(*narrowest)) narrowest = Range{first, last, units};
    units -= sales[first].units;
    if (--inside[sales[first].supplier] == 0) inside.erase(sales[first].supplier);
  }
  if (!narrowest) return std::nullopt;
  // All that was sold at its highest price belongs to a range.
  for (; narrowest->last < sales.size() && sales[narrowest->last].price == sales[narrowest->last - 1].price; ++narrowest->last)
    narrowest->units += sales[narrowest->last].units;
  Int128 up_to = 0;
  for (std::size_t i = narrowest->first; i < narrowest->last; ++i) {
    up_to += sales[i].units;
    if (up_to * 2 >= narrowest->units) return sales[i].price;
  }
  return std::nullopt;
}

}  // namespace fairprice::own_index
