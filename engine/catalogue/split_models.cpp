#include <algorithm>
#include <map>

#include "engine/catalogue/identity.hpp"

namespace fairprice::catalogue {

using ingest::kNone;

void split_models(ingest::Month& month, const std::vector<std::string>& kept) {
  std::map<std::uint32_t, std::vector<std::size_t>> rows_of;  // only products that have more than one kept form
  std::vector<const std::string*> first_form(month.keys->products.size(), nullptr);
  for (std::size_t row = 0; row < month.index.size(); ++row) {
    const std::uint32_t product = month.index[row].model_product;
    if (product == kNone) continue;
    if (first_form[product] == nullptr)
      first_form[product] = &kept[row];
    else if (*first_form[product] != kept[row])
      rows_of[product];
  }
  if (rows_of.empty()) return;
  for (std::size_t row = 0; row < month.index.size(); ++row)
    if (const auto found = rows_of.find(month.index[row].model_product); found != rows_of.end()) found->second.push_back(row);

  for (const auto& [product, rows] : rows_of) {
    std::vector<std::string> forms;
    for (const std::size_t a : rows)
      for (const std::size_t b : rows) {
        const auto& one = month.index[a];
        const auto& other = month.index[b];
        if (one.use == ingest::RowUse::excluded || other.use == ingest::RowUse::excluded)
          continue;  // taken out, so no evidence of two models
        if (kept[a] != kept[b] && one.period == other.period && one.own == other.own && one.index_price >= 0 && other.index_price >= 0 &&
            one.index_price != other.index_price)
          forms.push_back(kept[a]);
      }
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    if (forms.empty()) continue;
    const std::uint32_t brand = month.keys->product_brand(product);
    month.keys->split_model(brand, forms);
    for (const std::size_t row : rows) {
      const bool one_of_them = std::binary_search(forms.begin(), forms.end(), kept[row]);
      month.index[row].model_product = one_of_them ? month.keys->product(brand, kept[row]) : kNone;
    }
  }
}

}  // namespace fairprice::catalogue
