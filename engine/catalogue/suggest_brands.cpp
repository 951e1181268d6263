#include "engine/catalogue/suggest_brands.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/base/text.hpp"

namespace fairprice::catalogue {

using ingest::kNone;

namespace {

constexpr std::size_t kLeastModel = 5;
constexpr std::int64_t kLeastModels = 2;

bool is_distinctive(std::string_view model) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
  return model.size() >= kLeastModel && std::any_of(model.begin(), model.end(), digit) && std::any_of(model.begin(), model.end(), letter);
}

/// What stands with which brands, by what it is: a barcode, or a model.
using BrandsOf = std::map<std::string, std::set<std::uint32_t>>;

/// Adds, for each unknown brand that stands beside exactly one known one, what they share.
void compare(const BrandsOf& brands_of, const std::set<std::uint32_t>& known,
             std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>>& shared) {
  for (const auto& [what, brands] : brands_of) {
    std::vector<std::uint32_t> of_dictionary, others;
    for (const std::uint32_t brand : brands) (known.contains(brand) ? of_dictionary : others).push_back(brand);
    if (of_dictionary.size() != 1) continue;
    for (const std::uint32_t other : others) shared[{other, of_dictionary.front()}].push_back(what);
  }
}

}  // namespace

std::vector<BrandSuggestion> suggest_brands(const ingest::Month& month) {
  const ingest::Keys& keys = *month.keys;
  std::set<std::uint32_t> known;
  for (const auto& [alias, name] : keys.dictionaries().brands)
    if (const std::uint32_t brand = keys.brands.find(canonical_text(name)); brand != kNone) known.insert(brand);

  BrandsOf by_barcode, by_model;
  const auto add = [&](std::uint64_t gtin, std::uint32_t product) {
    if (product == kNone || keys.product_brand(product) == kNone) return;
    const std::uint32_t brand = keys.product_brand(product);
    if (gtin != 0) {
      std::string digits = std::to_string(gtin);
      by_barcode[digits.insert(0, 14 - digits.size(), '0')].insert(brand);
    }
    const std::string_view model = keys.products[keys.base_of(product)].substr(4);
    if (is_distinctive(model)) by_model[std::string(model)].insert(brand);
  };
  for (const auto& row : month.index) add(row.gtin, row.model_product);
  for (const auto& row : month.listings)
    if (!row.probe) add(row.gtin, row.model_product);
  // Orders are left out: what they state themselves is no longer known once they have their product.
  for (const auto& [gtin, product] : month.quotes.taught) add(gtin, product);
  for (std::uint32_t product = 0; product < month.quotes.quoted.size(); ++product)
    if (month.quotes.has(product)) add(0, product);

  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>> barcodes, models;
  compare(by_barcode, known, barcodes);
  compare(by_model, known, models);
  std::erase_if(models, [](const auto& entry) { return static_cast<std::int64_t>(entry.second.size()) < kLeastModels; });
  std::vector<BrandSuggestion> result;
  const auto propose = [&](const auto& shared, const char* evidence) {
    for (const auto& [pair, what] : shared) {
      if (barcodes.contains(pair) && &shared != &barcodes) continue;
      result.push_back({std::string(keys.brands[pair.first]), std::string(keys.brands[pair.second]), evidence,
                        static_cast<std::int64_t>(what.size()), what.front()});
    }
  };
  propose(barcodes, "barcode");
  propose(models, "model");
  std::sort(result.begin(), result.end(), [](const BrandSuggestion& a, const BrandSuggestion& b) {
    return std::tie(a.alias, a.brand, a.evidence) < std::tie(b.alias, b.brand, b.evidence);
  });
  return result;
}

}  // namespace fairprice::catalogue
