#include "engine/assessment/government_only.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "engine/catalogue/product_category.hpp"

namespace fairprice::assessment {

using ingest::kNone;

namespace {

constexpr std::ptrdiff_t kLeastStated = 2;

/// The configuration in a product's name when it states enough to be told by: at least two attributes.
std::string_view telling_configuration(const ingest::Keys& keys, std::uint32_t product) {
  const std::string_view text = keys.configuration(product);
  if (text.empty()) return {};
  const std::ptrdiff_t parts = 1 + std::count(text.begin(), text.end(), '/');
  return parts - std::count(text.begin(), text.end(), '?') >= kLeastStated ? text : std::string_view();
}

}  // namespace

void mark_government_only(const ingest::Month& month, Assessments& assessments) {
  const ingest::Keys& keys = *month.keys;
  const auto sold_by_market = [&](std::uint32_t product) { return month.quotes.has(product) || !month.index_of.of(product).empty(); };
  std::vector<std::uint8_t> sold_model(keys.products.size(), 0);  // by product without configuration: sold in any
  for (std::uint32_t product = 0; product < month.base_unit.size(); ++product)
    if (sold_by_market(product)) sold_model[keys.base_of(product)] = 1;
  const auto candidate = [&](const Assessment& assessment) {
    const ingest::Listing& listing = month.listings[assessment.row];
    return assessment.decision == rules::Decision::no_reference && listing.product != kNone && listing.brand != kNone &&
           listing.category != kNone && sold_model[keys.base_of(listing.product)] == 0 &&
           (listing.spec != kNone || !telling_configuration(keys, listing.product).empty());
  };
  std::vector<Assessment*> candidates;
  for (Assessment& assessment : assessments.listings)
    if (candidate(assessment)) candidates.push_back(&assessment);
  if (candidates.empty()) return;

  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> specs;              // brand, category, specification
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string_view>> configurations;  // brand, category, configuration
  const auto add = [&](std::uint32_t product, std::uint32_t spec) {
    const std::uint32_t brand = keys.product_brand(product);
    if (brand == kNone || spec == kNone) return;
    if (month.category_of[product] != kNone) specs.emplace(brand, month.category_of[product], spec);
  };
  for (const auto& row : month.quotes.specs) add(row.product, row.spec);
  for (const auto& row : month.index)
    if (row.product != kNone) add(row.product, row.spec);
  for (std::uint32_t product = 0; product < month.base_unit.size(); ++product) {
    const std::string_view configuration = telling_configuration(keys, product);
    if (configuration.empty() || !sold_by_market(product)) continue;
    const std::uint32_t category = catalogue::product_category(month, product);
    if (category != kNone) configurations.emplace(keys.product_brand(product), category, configuration);
  }
  for (Assessment* assessment : candidates) {
    const ingest::Listing& listing = month.listings[assessment->row];
    const std::string_view configuration = telling_configuration(keys, listing.product);
    if ((listing.spec != kNone && specs.contains({listing.brand, listing.category, listing.spec})) ||
        (!configuration.empty() && configurations.contains({listing.brand, listing.category, configuration})))
      assessment->notices.add(rules::Notice::government_only_model);
  }
}

}  // namespace fairprice::assessment
