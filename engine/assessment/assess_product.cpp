#include <algorithm>

#include "engine/assessment/assess.hpp"
#include "engine/ingest/values.hpp"
#include "rules/bands.hpp"
#include "rules/check_data.hpp"

namespace fairprice::assessment {

using ingest::kNone;
using rules::CheckReason;
using rules::Decision;
using rules::MatchBasis;
using rules::Notice;

namespace {

Ratio discount_of(const ingest::Listing& listing, const rules::Policy& policy) {
  if (policy.judge != rules::Judge::payable || listing.discount < 0) return {1, 1};
  return {listing.discount, 1'000'000};
}

/// a < ratio x b
bool below(Money a, Ratio ratio, Money b) {
  return Int128{a.ten_thousandths()} * ratio.denominator < Int128{b.ten_thousandths()} * ratio.numerator;
}

}  // namespace

std::uint32_t group_of(const ingest::Month& month, const ingest::Listing& listing) {
  return listing.supplier == kNone ? market::kNobody : month.group_of[listing.supplier];
}

void assess_product(const ingest::Month& month, const rules::PolicySet& policies, ProductMarket& market,
                    std::span<const std::uint32_t> rows, std::span<Assessment> results) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ingest::Listing& listing = month.listings[rows[i]];
    Assessment& result = results[i];
    result = {};
    result.row = rows[i];
    const rules::Policy& policy = policy_of(month, policies, listing.category);
    const Ratio discount = discount_of(listing, policy);
    result.judged =
        discount == Ratio{1, 1}
            ? listing.price
            : Money::from_wide(divide_rounded(Int128{listing.price.ten_thousandths()} * discount.numerator, discount.denominator));
    if (listing.product == kNone) continue;
    result.base_unit = month.base_unit[listing.product];
    if (listing.identity_conflict || listing.pack_unconfirmed || (listing.unit != kNone && listing.unit != result.base_unit)) {
      result.decision = Decision::check_data;
      result.reason = listing.identity_conflict  ? CheckReason::identity_conflict
                      : listing.pack_unconfirmed ? CheckReason::pack_unconfirmed
                                                 : CheckReason::unit_mismatch;
      continue;
    }
    const Reference& reference = market.reference(group_of(month, listing), policy);
    const LadderAnswer ladder = answer_ladder(reference, listing.k, month.period, policy, result);
    if (present(result.indicators[2]) && Int128{result.judged.ten_thousandths()} * policy.notices.above_ecommerce.denominator >
                                             Int128{result.indicators[2].ten_thousandths()} * policy.notices.above_ecommerce.numerator)
      result.notices.add(Notice::above_ecommerce);
    if (!present(result.monitoring_price)) continue;  // no_reference
    const Money monitoring = result.monitoring_price;
    if (const auto fair = rules::max_fair_price(monitoring, policy, discount)) result.max_fair_price = *fair;
    if (below(result.judged, policy.notices.abnormally_low, monitoring)) result.notices.add(Notice::abnormally_low);

    Decision decision = rules::decide(result.judged, monitoring, policy);
    const bool far = Int128{result.judged.ten_thousandths()} * policy.check_factor < monitoring.ten_thousandths() ||
                     Int128{monitoring.ten_thousandths()} * policy.check_factor < result.judged.ten_thousandths();
    if (far || decision == Decision::reduce_or_delist) {
      const auto suspicion = rules::suspect_data(result.judged, monitoring, listing.k, market.packs(), policy);
      if (suspicion.reason != CheckReason::none) {
        decision = Decision::check_data;
        result.reason = suspicion.reason;
        result.other_pack = suspicion.other;
      }
    }
    if (decision == Decision::reduce_or_delist && policy.weakening) {
      const auto basis = static_cast<MatchBasis>(listing.basis);
      const bool doubtful = ladder.weak || basis == MatchBasis::title || basis == MatchBasis::similar ||
                            result.notices.has(Notice::index_conflict) || result.notices.has(Notice::indicator_conflict) ||
                            result.notices.has(Notice::thin_evidence) || result.notices.has(Notice::stale_reference);
      if (doubtful) {
        result.notices.add(Notice::weakened);
        if (rules::has_evidence_band(policy)) decision = Decision::evidence_required;
      }
    }
    result.decision = decision;
  }
}

void compare_with_lowest(const ingest::Month& month, const rules::PolicySet& policies, std::span<const std::uint32_t> rows,
                         std::span<Assessment> results) {
  struct Price {
    std::int64_t price, k;
    std::uint32_t group;
  };
  const auto lower = [](const Price& a, const Price& b) { return Int128{a.price} * b.k < Int128{b.price} * a.k; };
  // The lowest price, and the lowest of any other group than its: one of the two is everyone's lowest other supplier.
  std::optional<Price> lowest;
  std::optional<Price> second;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ingest::Listing& listing = month.listings[rows[i]];
    if (listing.probe || listing.excluded || results[i].decision == Decision::check_data || results[i].notices.has(Notice::abnormally_low))
      continue;
    const Price price{listing.price.ten_thousandths(), listing.k.ten_thousandths(), group_of(month, listing)};
    if (!lowest || lower(price, *lowest)) {
      if (lowest && lowest->group != price.group) second = lowest;
      lowest = price;
    } else if (price.group != lowest->group && (!second || lower(price, *second))) {
      second = price;
    }
  }
  if (!lowest) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ingest::Listing& listing = month.listings[rows[i]];
    if (rules::is_untrusted(results[i].reason)) continue;
    const auto& other = lowest->group == group_of(month, listing) ? second : lowest;
    if (!other) continue;
    const Ratio threshold = policy_of(month, policies, listing.category).notices.above_lowest_supplier;
    if (Int128{listing.price.ten_thousandths()} * other->k * threshold.denominator >
        Int128{other->price} * listing.k.ten_thousandths() * threshold.numerator)
      results[i].notices.add(Notice::above_lowest_supplier);
  }
}

bool raised_before_promotion(const ingest::Month& month, std::span<const std::uint32_t> deals, const ingest::Listing& listing,
                             const rules::Policy& policy) {
  if (listing.promotion_start == Date::kNone || listing.original_price.ten_thousandths() <= 0) return false;
  const Date start = Date::from_days(listing.promotion_start);
  const Date week = start.plus_days(-policy.notices.promotion_days);
  const Date year = start.minus_months(policy.notices.promotion_months);
  const auto counts = [&](const ingest::Order& order) {
    return order.use != ingest::RowUse::excluded && order.status == static_cast<std::uint8_t>(ingest::OrderStatus::counts);
  };
  Date from = week;
  Date to = start.plus_days(-1);
  const auto any_between = [&] {
    return std::any_of(deals.begin(), deals.end(), [&](std::uint32_t row) {
      return counts(month.orders[row]) && month.orders[row].date >= from && month.orders[row].date <= to;
    });
  };
  if (!any_between()) {
    Date latest;
    for (const std::uint32_t row : deals) {
      const ingest::Order& order = month.orders[row];
      if (counts(order) && order.date >= year && order.date < week) latest = std::max(latest, order.date);
    }
    if (!latest.present()) return false;
    from = to = latest;
  }
  return std::any_of(deals.begin(), deals.end(), [&](std::uint32_t row) {
    const ingest::Order& order = month.orders[row];
    return counts(order) && order.date >= from && order.date <= to &&
           Int128{listing.original_price.ten_thousandths()} * order.k.ten_thousandths() >
               Int128{order.unit_price.ten_thousandths()} * listing.k.ten_thousandths();
  });
}

Int128 units_sold(const ingest::Month& month, const ingest::Listing& listing, const rules::Policy& policy) {
  const std::int32_t from = first_day(month.period.minus_months(policy.windows.orders_months - 1)).days();
  Int128 units = 0;
  if (listing.product == kNone) return units;
  for (const std::uint32_t row : month.orders_of.of(listing.product)) {
    const ingest::Order& order = month.orders[row];
    if (order.supplier == listing.supplier && order.use == ingest::RowUse::used && order.date.days() >= from)
      units += Int128{order.quantity} * order.k.ten_thousandths();
  }
  return units;
}

}  // namespace fairprice::assessment
