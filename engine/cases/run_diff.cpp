#include "engine/cases/run_diff.hpp"

#include <algorithm>

namespace fairprice::cases {

namespace {

using Price = ListingChange::Price;

Price price_change(const PriceRow& before, const PriceRow& now) {
  if (!before.comparable(now)) return Price::unknown;
  if (before.same_price(now)) return Price::same;
  return is_dearer(now, before, {0, 1}) ? Price::dearer : Price::cheaper;
}

bool is_flagged(const PriceRow* row) { return row != nullptr && rules::is_flagged(row->decision); }

/// Which list a change belongs to; the lowest first.
int rank(const ListingChange& change) {
  if (is_flagged(change.now) && !is_flagged(change.before)) return change.now->decision == rules::Decision::reduce_or_delist ? 0 : 1;
  if (is_flagged(change.now) && change.now->decision != change.before->decision) return 2;
  if (is_flagged(change.before) && !is_flagged(change.now)) return 3;
  if (change.before != nullptr && change.now != nullptr) return change.before->decision != change.now->decision ? 4 : 5;
  return 6;
}

/// Price against monitoring price, as a fraction; 0 without one.
struct Excess {
  Int128 price = 0, reference = 1;
  static Excess of(const ListingChange& change) {
    const PriceRow& row = change.now != nullptr ? *change.now : *change.before;
    if (row.monitoring_price.ten_thousandths() <= 0) return {};
    return {row.price.ten_thousandths(), row.monitoring_price.ten_thousandths()};
  }
};

bool comes_first(const ListingChange& a, const ListingChange& b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  const Excess one = Excess::of(a), other = Excess::of(b);
  if (one.price * other.reference != other.price * one.reference) return one.price * other.reference > other.price * one.reference;
  return (a.now != nullptr ? a.now : a.before)->listing < (b.now != nullptr ? b.now : b.before)->listing;
}

std::size_t place_of(const PriceRow* row) { return row == nullptr ? kNotThere : static_cast<std::size_t>(row->decision); }

}  // namespace

RunDiff compare_runs(const PriceTable& before, const PriceTable& now) {
  RunDiff diff;
  diff.before = static_cast<std::int64_t>(before.rows.size());
  diff.now = static_cast<std::int64_t>(now.rows.size());
  auto old = before.rows.begin();
  auto current = now.rows.begin();
  while (old != before.rows.end() || current != now.rows.end()) {
    ListingChange change;
    const bool has_old = old != before.rows.end();
    const bool has_now = current != now.rows.end();
    if (has_old && (!has_now || old->listing <= current->listing)) change.before = &*old;
    if (has_now && (!has_old || current->listing <= old->listing)) change.now = &*current;
    if (change.before != nullptr) ++old;
    if (change.now != nullptr) ++current;
    ++diff.decisions[place_of(change.before)][place_of(change.now)];
    if (change.before != nullptr && change.now != nullptr) {
      change.price = price_change(*change.before, *change.now);
      switch (change.price) {
        case Price::same: ++diff.same_price; break;
        case Price::dearer: ++diff.dearer; break;
        case Price::cheaper: ++diff.cheaper; break;
        case Price::unknown: ++diff.not_comparable; break;
      }
      const bool differs = change.before->decision != change.now->decision || change.price == Price::dearer ||
                           change.price == Price::cheaper || (change.price == Price::unknown && change.before->price != change.now->price);
      if (!differs) continue;
    }
    diff.changes.push_back(change);
  }
  std::sort(diff.changes.begin(), diff.changes.end(), comes_first);
  return diff;
}

}  // namespace fairprice::cases
