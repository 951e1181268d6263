#include "engine/assessment/summarise.hpp"

#include <algorithm>
#include <unordered_map>

#include "engine/assessment/assess.hpp"
#include "engine/ingest/values.hpp"

namespace fairprice::assessment {

using ingest::kNone;
using rules::Decision;
using rules::Notice;

void mark_floods(const ingest::Month& month, const rules::PolicySet& policy, Assessments& assessments) {
  const auto products = static_cast<std::uint32_t>(month.base_unit.size());
  std::vector<std::uint32_t> place(month.listings.size(), kNone);
  std::vector<bool> has_flag(products, false);
  struct Count {
    std::int64_t priced = 0, flagged = 0;
  };
  std::vector<Count> categories(month.keys->categories.size());
  for (std::uint32_t i = 0; i < assessments.listings.size(); ++i) {
    const Assessment& a = assessments.listings[i];
    place[a.row] = i;
    if (!present(a.monitoring_price)) continue;
    const ingest::Listing& listing = month.listings[a.row];
    const bool flagged = rules::is_flagged(a.decision);
    if (flagged) has_flag[listing.product] = true;
    if (listing.category == kNone) continue;
    ++categories[listing.category].priced;
    categories[listing.category].flagged += flagged;
  }

  std::vector<std::pair<std::uint32_t, bool>> groups;
  for (std::uint32_t product = 0; product < products; ++product) {
    if (!has_flag[product]) continue;
    groups.clear();
    for (const std::uint32_t row : month.listings_of.of(product)) {
      if (place[row] == kNone || !present(assessments.listings[place[row]].monitoring_price)) continue;
      groups.emplace_back(group_of(month, month.listings[row]), rules::is_flagged(assessments.listings[place[row]].decision));
    }
    std::sort(groups.begin(), groups.end());
    std::int64_t all = 0;
    std::int64_t flagged = 0;
    for (std::size_t i = 0; i < groups.size(); ++i)
      if (i + 1 == groups.size() || groups[i + 1].first != groups[i].first) {  // true sorts last: the group's last entry tells
        ++all;
        flagged += groups[i].second;
      }
    bool named = false;
    for (const std::uint32_t row : month.listings_of.of(product)) {
      if (place[row] == kNone) continue;
      Assessment& a = assessments.listings[place[row]];
      const auto& notices = policy_of(month, policy, month.listings[row].category).notices;
      if (!rules::is_flagged(a.decision) || all < notices.product_flood_suppliers ||
          flagged * notices.product_flood_share.denominator <= all * notices.product_flood_share.numerator)
        continue;
      a.notices.add(Notice::product_flood);
      if (!named) assessments.flooded_products.push_back(month.keys->product_name(product));
      named = true;
    }
  }
  for (std::uint32_t category = 0; category < categories.size(); ++category) {
    const auto& notices = policy_of(month, policy, category).notices;
    Count& count = categories[category];
    const bool flood = count.flagged >= notices.category_flood_listings && count.flagged > 0 &&
                       count.flagged * notices.category_flood_share.denominator > count.priced * notices.category_flood_share.numerator;
    if (flood)
      assessments.flooded_categories.emplace_back(month.keys->categories[category]);
    else
      count.flagged = 0;
  }
  if (!assessments.flooded_categories.empty())
    for (Assessment& a : assessments.listings) {
      const std::uint32_t category = month.listings[a.row].category;
      if (rules::is_flagged(a.decision) && category != kNone && categories[category].flagged > 0) a.notices.add(Notice::category_flood);
    }
  std::sort(assessments.flooded_products.begin(), assessments.flooded_products.end());
  std::sort(assessments.flooded_categories.begin(), assessments.flooded_categories.end());
}

void list_flagged(const ingest::Month& month, const rules::PolicySet& policy, Assessments& assessments) {
  for (std::uint32_t i = 0; i < assessments.listings.size(); ++i) {
    const Assessment& a = assessments.listings[i];
    if (!rules::is_flagged(a.decision) && a.decision != Decision::check_data) continue;
    const ingest::Listing& listing = month.listings[a.row];
    Flagged flagged;
    flagged.assessment = i;
    flagged.has_units = !rules::is_untrusted(a.reason);
    if (flagged.has_units) flagged.units_numerator = units_sold(month, listing, policy_of(month, policy, listing.category));
    if (present(a.monitoring_price)) {
      // (price - monitoring price) x units / k: units are a count of 10^-8, k of 10^-4; rounded once, to the fen.
      const Int128 gap = Int128{listing.price.ten_thousandths()} - a.monitoring_price.ten_thousandths();
      const Int128 denominator = Int128{listing.k.ten_thousandths()} * 10'000 * Money::kPerFen;
      const Int128 whole = flagged.units_numerator / denominator;
      const Int128 rest = flagged.units_numerator % denominator;
      flagged.fen_at_risk = gap * whole + divide_rounded(gap * rest, denominator);
      flagged.has_money_at_risk = true;
    }
    assessments.flagged.push_back(flagged);
  }
  std::stable_sort(assessments.flagged.begin(), assessments.flagged.end(), [](const Flagged& a, const Flagged& b) {
    if (a.has_money_at_risk != b.has_money_at_risk) return a.has_money_at_risk;
    return a.has_money_at_risk && a.fen_at_risk > b.fen_at_risk;
  });
}

void settle_orders(const ingest::Month& month, Assessments& assessments) {
  for (OrderAssessment& order : assessments.orders) {
    const ingest::Order& row = month.orders[order.row];
    const ingest::PeriodOrder& shown = month.period_orders[row.in_period];
    if (!present(shown.list_price) || shown.discount < 0) continue;
    const Int128 exact = Int128{shown.list_price.ten_thousandths()} * shown.discount;  // count of 10^-10 yuan
    order.highest_promised_price = Money::from_wide(divide_rounded(exact, Int128{1'000'000} * Money::kPerFen) * Money::kPerFen);
    ++assessments.orders_with_promise;
    assessments.orders_above_promise += row.unit_price > order.highest_promised_price;
  }
  const auto key = [&](const OrderAssessment& order) {
    const ingest::Order& row = month.orders[order.row];
    const ingest::PeriodOrder& shown = month.period_orders[row.in_period];
    return std::make_tuple(std::string_view(shown.order_id), std::string_view(shown.line), std::string_view(shown.status),
                           shown.list_price.ten_thousandths(), shown.discount, row.unit_price.ten_thousandths(),
                           order.highest_promised_price.ten_thousandths(), order.monitoring_price.ten_thousandths());
  };
  std::sort(assessments.orders.begin(), assessments.orders.end(),
            [&](const OrderAssessment& a, const OrderAssessment& b) { return key(a) < key(b); });
}

void count_results(const ingest::Month& month, const rules::PolicySet& policy, Assessments& result) {
  std::vector<std::uint8_t> product_state(month.base_unit.size(), 0);  // bit 0: seen, 1: priced, 2: flagged
  std::vector<CategoryCounts> categories(month.keys->categories.size() + 1);
  std::map<std::pair<const rules::Policy*, std::uint32_t>, std::int64_t> bases;  // policy; rung and inputs
  std::map<std::pair<const rules::Policy*, std::uint32_t>, const Assessment*> example;
  for (const Assessment& a : result.listings) {
    const ingest::Listing& listing = month.listings[a.row];
    const auto decision = static_cast<std::size_t>(a.decision);
    ++result.by_decision[decision];
    ++categories[listing.category == kNone ? categories.size() - 1 : listing.category].by_decision[decision];
    ++result.by_match[listing.basis];
    ++result.by_reason[static_cast<std::size_t>(a.reason)];
    for (int n = 0; n < rules::kNotices; ++n)
      if (a.notices.has(static_cast<Notice>(n))) ++result.by_notice[static_cast<std::size_t>(n)];
    const auto key = std::make_pair(&policy_of(month, policy, listing.category), std::uint32_t{a.rung} << 8 | a.inputs);
    if (bases[key]++ == 0) example[key] = &a;
    const bool priced = present(a.monitoring_price);
    const bool flagged = rules::is_flagged(a.decision);
    ++result.coverage.whole;
    result.coverage.part += priced;
    result.high_price_by_listing.whole += priced;
    result.high_price_by_listing.part += flagged;
    if (listing.product != kNone)
      product_state[listing.product] |= static_cast<std::uint8_t>(1U | (priced ? 2U : 0U) | (flagged ? 4U : 0U));
  }
  for (const auto& [key, count] : bases) result.by_basis[monitoring_basis(*example[key], *key.first)] += count;
  for (std::size_t c = 0; c < categories.size(); ++c) {
    std::int64_t sum = 0;
    for (const std::int64_t n : categories[c].by_decision) sum += n;
    if (sum > 0)
      result.by_category[c + 1 == categories.size() ? std::string() : std::string(month.keys->categories[static_cast<std::uint32_t>(c)])] =
          categories[c];
  }
  for (const std::uint8_t state : product_state) {
    result.products += state & 1U;
    result.high_price_by_product.whole += (state & 2U) != 0;
    result.high_price_by_product.part += (state & 4U) != 0;
  }
  // By value: the counting orders of a supplier's product count as flagged when one of its listings of that product is.
  std::unordered_map<std::uint64_t, std::uint8_t> sold;
  const auto key = [](std::uint32_t supplier, std::uint32_t product) { return std::uint64_t{supplier} << 32 | product; };
  for (const Assessment& a : result.listings) {
    const ingest::Listing& listing = month.listings[a.row];
    if (listing.product == kNone || !rules::is_flagged(a.decision)) continue;
    sold[key(listing.supplier, listing.product)] = 1;
  }
  std::vector<bool> priced_product(month.base_unit.size(), false);
  for (std::size_t product = 0; product < product_state.size(); ++product) priced_product[product] = (product_state[product] & 2U) != 0;
  for (const ingest::Order& order : month.orders) {
    if (order.use != ingest::RowUse::used || order.product == kNone || !priced_product[order.product]) continue;
    const Int128 value = Int128{order.unit_price.ten_thousandths()} * order.quantity;
    result.high_price_by_order_value.whole += value;
    if (sold.contains(key(order.supplier, order.product))) result.high_price_by_order_value.part += value;
  }
  result.ambiguous_barcodes = month.ambiguous_barcodes;
}

}  // namespace fairprice::assessment
