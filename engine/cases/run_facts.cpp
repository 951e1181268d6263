#include "engine/cases/run_facts.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "engine/market/market.hpp"
#include "rules/bands.hpp"

namespace fairprice::cases {

using assessment::Assessment;
using ingest::kNone;
using rules::Decision;
using rules::Notice;

namespace {

std::string units_text(const assessment::Flagged& flagged, PackUnits k) {
  if (!flagged.has_units) return {};
  // Σ quantity × k′ / k as flagged.csv has it: a count of 10^-8 over k in 10^-4 is a count of 1/10000.
  const Int128 count = divide_rounded(flagged.units_numerator, k.ten_thousandths());
  return PackUnits::from_ten_thousandths(static_cast<std::int64_t>(std::min<Int128>(count, INT64_MAX))).to_string();
}

bool has_doubtful_reference(rules::Notices notices) {
  for (const Notice notice : {Notice::weakened, Notice::index_conflict, Notice::indicator_conflict, Notice::thin_evidence,
                              Notice::stale_reference, Notice::product_flood, Notice::category_flood})
    if (notices.has(notice)) return true;
  return false;
}

/// What the party was paid a base unit, on average.
std::int64_t mean_deal(const ingest::Month& month, std::uint32_t product, const std::string& party) {
  constexpr std::int32_t kDays = 90;
  const std::int32_t last = last_day(month.period).days();
  Int128 units = 0, value = 0;  // counts of 10^-8
  for (const std::uint32_t row : month.orders_of.of(product)) {
    const ingest::Order& order = month.orders[row];
    if (order.use != ingest::RowUse::used || !order.k.valid() || order.date.days() > last || order.date.days() <= last - kDays ||
        order.supplier == kNone || month.party_of[order.supplier] != party)
      continue;
    units += Int128{order.quantity} * order.k.ten_thousandths();
    value += Int128{order.quantity} * order.unit_price.ten_thousandths();
  }
  return units > 0 ? static_cast<std::int64_t>(divide_rounded(value * 100'000'000, units)) : -1;
}

ListingFacts facts_of(const ingest::Month& month, const Assessment& a, const rules::Policy& policy, const assessment::Flagged* flagged) {
  const ingest::Listing& row = month.listings[a.row];
  ListingFacts facts;
  facts.id = month.keys->listings[row.listing];
  CaseListing& one = facts.listing;
  one.supplier = month.keys->suppliers[row.supplier];
  one.price = one.flagged_price = row.price;
  one.flagged_monitoring = a.monitoring_price;
  one.k = one.flagged_k = row.k;
  one.monitoring_price = a.monitoring_price;
  one.max_fair_price = a.max_fair_price;
  one.decision = rules::decision_name(a.decision);
  one.basis = assessment::monitoring_basis(a, policy);
  one.match = rules::match_basis_name(static_cast<rules::MatchBasis>(row.basis));
  one.notices = assessment::notices_text(a, row.k);
  if (flagged != nullptr) {
    one.units_12m = units_text(*flagged, row.k);
    if (flagged->has_money_at_risk)
      one.fen_at_risk = static_cast<std::int64_t>(std::clamp<Int128>(flagged->fen_at_risk, -INT64_MAX, INT64_MAX));
  }
  facts.decision = a.decision;
  facts.by_bands = a.decision;
  if (a.decision == Decision::check_data)
    facts.by_bands = rules::is_untrusted(a.reason) || !assessment::present(a.monitoring_price)
                         ? Decision::no_reference
                         : rules::decide(a.judged, a.monitoring_price, policy);
  facts.unit_price = row.k.valid() ? UnitPrice::of(row.price, row.k).count() : 0;
  facts.days = policy.deadlines;
  facts.doubtful = has_doubtful_reference(a.notices);
  facts.spared = a.notices.has(Notice::justified) || a.notices.has(Notice::safe_harbour);
  // In a flood the reference is likelier wrong than the suppliers, but not where a published index price answers for the product.
  const bool by_index = (a.inputs & (1U << static_cast<unsigned>(rules::Indicator::index_price))) != 0;
  if (a.notices.has(Notice::category_flood))
    facts.held = "category:" + std::string(month.keys->categories[row.category]);
  else if (a.notices.has(Notice::product_flood) && !by_index)
    facts.held = "product:" + month.keys->product_name(row.product);
  return facts;
}

}  // namespace

std::vector<PartyFacts> party_facts(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                                    const std::set<PartyProduct>& wanted) {
  // Products by number, so that no name is made of a listing that nobody asks for.
  std::vector<std::uint8_t> asked(month.base_unit.size(), 0);
  if (!wanted.empty()) {
    std::set<std::string_view> names;
    for (const auto& [party, product] : wanted) names.insert(product);
    for (std::uint32_t product = 0; product < asked.size(); ++product)
      if (!month.listings_of.of(product).empty() && names.contains(month.keys->product_name(product))) asked[product] = 1;
  }
  std::vector<std::uint32_t> flagged_at(assessments.listings.size(), kNone);
  for (std::uint32_t i = 0; i < assessments.flagged.size(); ++i) flagged_at[assessments.flagged[i].assessment] = i;
  const auto is_of_a_case = [](Decision decision) { return rules::is_flagged(decision) || decision == Decision::check_data; };
  // Of a product that somebody is flagged for, most listings are of parties that nobody asks for: nothing is made of them.
  std::set<std::pair<std::string_view, std::uint32_t>> flagged;
  for (const Assessment& a : assessments.listings) {
    const ingest::Listing& row = month.listings[a.row];
    if (row.product == kNone || !is_of_a_case(a.decision)) continue;
    asked[row.product] |= 2;
    flagged.emplace(month.party_of[row.supplier], row.product);
  }

  std::map<PartyProduct, PartyFacts> all;
  for (std::uint32_t i = 0; i < assessments.listings.size(); ++i) {
    const Assessment& a = assessments.listings[i];
    const ingest::Listing& row = month.listings[a.row];
    if (row.product == kNone || asked[row.product] == 0) continue;
    const bool own = (asked[row.product] & 2) != 0 && flagged.contains({month.party_of[row.supplier], row.product});
    if (!own && (asked[row.product] & 1) == 0) continue;
    PartyProduct key{month.party_of[row.supplier], month.keys->product_name(row.product)};
    if (!own && !wanted.contains(key)) continue;
    PartyFacts& facts = all[key];
    const std::uint32_t place = flagged_at[i];
    facts.listings.push_back(
        facts_of(month, a, market::policy_of(month, policy, row.category), place == kNone ? nullptr : &assessments.flagged[place]));
    if (facts.category.empty() && row.category != kNone) facts.category = month.keys->categories[row.category];
    if (facts.listings.size() == 1) facts.mean_deal = mean_deal(month, row.product, key.first);
  }
  std::vector<PartyFacts> result;
  for (auto& [key, facts] : all) {
    facts.party = key.first;
    facts.product = key.second;
    result.push_back(std::move(facts));  // listings come sorted by id
  }
  return result;
}

}  // namespace fairprice::cases
