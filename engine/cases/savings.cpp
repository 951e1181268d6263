#include "engine/cases/savings.hpp"

#include <algorithm>

namespace fairprice::cases {

namespace {

constexpr int kMonths = 12;
constexpr Int128 kPerFen = Int128{100'000'000} * 1'000'000;  // units of 10^-8 times prices of 10^-8, in a fen

std::int64_t per_unit(Money price, PackUnits k) { return price.ten_thousandths() < 0 || !k.valid() ? -1 : UnitPrice::of(price, k).count(); }

/// What a base unit was asked for, was compared with, and is asked for since: of the deal's listing, else of the case's cheapest.
struct Asked {
  std::int64_t flagged = INT64_MAX, monitoring = -1, now = -1;
};

Asked asked_of(const Case& one, const std::string& listing) {
  const auto of = [](const CaseListing& each) {
    return Asked{per_unit(each.flagged_price, each.flagged_k), per_unit(each.flagged_monitoring, each.flagged_k),
                 per_unit(each.price, each.k)};
  };
  if (const auto own = one.listings.find(listing); own != one.listings.end()) return of(own->second);
  Asked lowest;
  for (const auto& [id, each] : one.listings)
    if (const Asked asked = of(each); asked.flagged >= 0 && asked.flagged < lowest.flagged) lowest = asked;
  return lowest;
}

}  // namespace

Savings& Savings::operator+=(const Savings& other) {
  deals += other.deals;
  units += other.units;
  gross += other.gross;
  prudent += other.prudent;
  net_of_index += other.net_of_index;
  to_new_price += other.to_new_price;
  to_monitoring += other.to_monitoring;
  index_known = index_known && other.index_known;
  return *this;
}

Savings savings_of(const Case& one, const std::vector<const Deal*>& deals, const LevelOf& level, const std::string& from,
                   const std::string& to, std::vector<SavedDeal>* list) {
  Savings sum;
  const auto closed = Date::parse(one.closed_on);
  if (one.state != rules::CaseState::reduced || !closed) return sum;
  const std::string last = closed->minus_months(-kMonths).to_string();
  const auto then = level(one.category, one.opened_in);
  for (const Deal* deal : deals) {
    if (deal->date <= one.closed_on || deal->date > last || deal->date < from || deal->date > to) continue;
    const Asked asked = asked_of(one, deal->listing);
    if (asked.flagged < 0 || asked.flagged == INT64_MAX) continue;
    const Int128 units = Int128{deal->quantity} * deal->k.ten_thousandths();
    const Int128 paid = UnitPrice::of(deal->unit_price, deal->k).count();
    std::optional<std::int64_t> prudent;
    if (one.mean_deal_before >= 0) prudent = std::min(asked.flagged, one.mean_deal_before);
    const auto now = level(one.category, deal->date.substr(0, 7));
    Int128 moved = asked.flagged;
    if (then && now && *then > 0)
      moved = divide_rounded(Int128{asked.flagged} * *now, *then);
    else
      sum.index_known = false;
    const Int128 gross = units * (asked.flagged - paid);
    const Int128 careful = prudent ? units * (*prudent - paid) : Int128{0};
    ++sum.deals;
    sum.units += units;
    sum.gross += gross;
    sum.prudent += careful;
    sum.net_of_index += units * (moved - paid);
    if (asked.now >= 0 && asked.now < asked.flagged) sum.to_new_price += units * (asked.flagged - asked.now);
    if (asked.monitoring >= 0) sum.to_monitoring += units * (asked.flagged - asked.monitoring);
    if (list != nullptr) list->push_back({deal, asked.flagged, prudent, divide_rounded(gross, kPerFen), divide_rounded(careful, kPerFen)});
  }
  for (Int128* amount : {&sum.gross, &sum.prudent, &sum.net_of_index, &sum.to_new_price, &sum.to_monitoring})
    *amount = divide_rounded(*amount, kPerFen);  // once
  return sum;
}

}  // namespace fairprice::cases
