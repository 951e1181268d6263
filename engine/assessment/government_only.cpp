#include "engine/assessment/government_only.hpp"

#include <set>
#include <tuple>

namespace fairprice::assessment {

using ingest::kNone;

void mark_government_only(const ingest::Month& month, Assessments& assessments) {
  const auto sold_by_market = [&](std::uint32_t product) { return month.quotes.has(product) || !month.index_of.of(product).empty(); };
  const auto candidate = [&](const Assessment& assessment) {
    const ingest::Listing& listing = month.listings[assessment.row];
    return assessment.decision == rules::Decision::no_reference && listing.product != kNone && listing.spec != kNone &&
           listing.brand != kNone && listing.category != kNone && !sold_by_market(listing.product);
  };
  std::vector<Assessment*> candidates;
  for (Assessment& assessment : assessments.listings)
    if (candidate(assessment)) candidates.push_back(&assessment);
  if (candidates.empty()) return;

  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> market;  // brand, category, configuration
  const auto add = [&](std::uint32_t product, std::uint32_t spec) {
    const std::uint32_t brand = month.keys->product_brand(product);
    if (brand == kNone || spec == kNone) return;
    if (month.category_of[product] != kNone) market.emplace(brand, month.category_of[product], spec);
  };
  for (const auto& row : month.quotes.specs) add(row.product, row.spec);
  for (const auto& row : month.index)
    if (row.product != kNone) add(row.product, row.spec);
  for (Assessment* assessment : candidates) {
    const ingest::Listing& listing = month.listings[assessment->row];
    if (market.contains({listing.brand, listing.category, listing.spec})) assessment->notices.add(rules::Notice::government_only_model);
  }
}

}  // namespace fairprice::assessment
