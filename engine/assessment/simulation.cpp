#include "engine/assessment/simulation.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

namespace fairprice::assessment {

using ingest::kNone;
using rules::Decision;

namespace {

/// A supplier's dealings in a product.
std::uint64_t pair_of(std::uint32_t supplier, std::uint32_t product) { return std::uint64_t{supplier} << 32 | product; }

/// Value of counting orders, yuan × 10^8, by supplier and product.
std::unordered_map<std::uint64_t, Int128> order_values(const ingest::Month& month, int months) {
  std::unordered_map<std::uint64_t, Int128> values;
  const std::int32_t from = first_day(month.period.minus_months(months - 1)).days();
  const std::int32_t to = last_day(month.period).days();
  for (const ingest::Order& order : month.orders)
    if (order.use == ingest::RowUse::used && order.product != kNone && order.date.days() >= from && order.date.days() <= to)
      values[pair_of(order.supplier, order.product)] += Int128{order.quantity} * order.unit_price.ten_thousandths();
  return values;
}

/// Adds listings up to a Weight.
class Sum {
 public:
  void add(const ingest::Listing& listing) {
    suppliers_.push_back(listing.supplier);
    if (listing.product != kNone) pairs_.push_back(pair_of(listing.supplier, listing.product));
  }
  Weight weight(const std::unordered_map<std::uint64_t, Int128>& values) {
    const auto listings = static_cast<std::int64_t>(suppliers_.size());
    keep_one_of_each(suppliers_);
    keep_one_of_each(pairs_);
    Int128 value = 0;
    for (const std::uint64_t pair : pairs_)
      if (const auto found = values.find(pair); found != values.end()) value += found->second;
    return {listings, static_cast<std::int64_t>(suppliers_.size()), divide_rounded(value, 1'000'000)};  // rounded to the fen once
  }

 private:
  template <class Value>
  static void keep_one_of_each(std::vector<Value>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }
  std::vector<std::uint32_t> suppliers_;
  std::vector<std::uint64_t> pairs_;
};

struct AffectedSum {
  Sum sum;
  std::int64_t stricter = 0, milder = 0;
};

std::vector<Affected> most_affected(std::map<std::string, AffectedSum>& sums, const std::unordered_map<std::uint64_t, Int128>& values,
                                    std::size_t most) {
  std::vector<Affected> result;
  for (auto& [name, one] : sums) result.push_back({name, one.sum.weight(values), one.stricter, one.milder});
  std::stable_sort(result.begin(), result.end(), [](const Affected& a, const Affected& b) {
    return std::tie(a.weight.order_fen, a.weight.listings) > std::tie(b.weight.order_fen, b.weight.listings);
  });
  if (result.size() > most) result.resize(most);
  return result;
}

}  // namespace

Simulation compare_policies(const ingest::Month& month, const Assessments& before, const Assessments& after, int months, std::size_t most) {
  Simulation result;
  const auto values = order_values(month, months);
  std::array<std::array<Sum, rules::kDecisions>, rules::kDecisions> movements;
  std::map<std::string, AffectedSum> suppliers, categories;
  for (std::size_t i = 0; i < before.listings.size(); ++i) {
    const Assessment& old = before.listings[i];
    const Assessment& now = after.listings[i];  // both are sorted by listing
    const ingest::Listing& listing = month.listings[old.row];
    ++result.listings;
    movements[static_cast<std::size_t>(old.decision)][static_cast<std::size_t>(now.decision)].add(listing);
    if (old.decision == now.decision) {
      result.other_fair_price += old.max_fair_price != now.max_fair_price ? 1 : 0;
      continue;
    }
    ++result.changed;
    const std::string category(listing.category == kNone ? std::string_view() : month.keys->categories[listing.category]);
    for (AffectedSum* one : {&suppliers[std::string(month.keys->suppliers[listing.supplier])], &categories[category]}) {
      one->sum.add(listing);
      one->stricter += rules::is_flagged(now.decision) && !rules::is_flagged(old.decision) ? 1 : 0;
      one->milder += rules::is_flagged(old.decision) && !rules::is_flagged(now.decision) ? 1 : 0;
    }
  }
  for (std::size_t from = 0; from < movements.size(); ++from)
    for (std::size_t to = 0; to < movements.size(); ++to)
      if (const Weight weight = movements[from][to].weight(values); weight.listings > 0)
        result.movements.push_back({static_cast<Decision>(from), static_cast<Decision>(to), weight});
  result.suppliers = most_affected(suppliers, values, most);
  result.categories = most_affected(categories, values, most);
  return result;
}

}  // namespace fairprice::assessment
