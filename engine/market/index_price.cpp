#include <algorithm>
#include <tuple>

#include "engine/market/market.hpp"

namespace fairprice::market {

Levels::Levels(const ingest::Month& month) {
  for (const auto& row : month.levels)
    if (row.use != ingest::RowUse::excluded) entries_.push_back({row.category, row.period.index(), row.own, row.level});
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.category, a.period, a.own) < std::tie(b.category, b.period, b.own); });
}

std::optional<std::int64_t> Levels::level(std::uint32_t category, Period period, bool own) const {
  const auto key = std::make_tuple(category, period.index(), own);
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), key, [](const Entry& a, const auto& wanted) {
    return std::make_tuple(a.category, a.period, a.own) < wanted;
  });
  if (found == entries_.end() || std::make_tuple(found->category, found->period, found->own) != key) return std::nullopt;
  return found->level;
}

std::optional<Levels::Pair> Levels::between(std::uint32_t category, Period s, Period t) const {
  if (category == ingest::kNone) return std::nullopt;
  for (const bool own : {false, true}) {
    const auto then = level(category, s, own);
    const auto now = level(category, t, own);
    if (then && now) return Pair{*then, *now};
  }
  return std::nullopt;
}

IndexAnswer index_price(const ingest::Month& month, const Levels& levels, std::uint32_t product, bool own, const rules::Policy& policy,
                        int max_age_months) {
  const int oldest = max_age_months >= 0 ? max_age_months : policy.windows.index_months;
  const ingest::IndexPrice* newest = nullptr;
  for (const std::uint32_t row : month.index_of.of(product)) {
    const auto& price = month.index[row];
    const int age = month.period - price.period;
    if (price.own != own || price.index_price < 0 || price.use == ingest::RowUse::excluded || age < 0 || age > oldest) continue;
    if (newest == nullptr || price.period > newest->period) newest = &price;
  }
  IndexAnswer answer;
  if (newest == nullptr) return answer;
  answer.published = newest->index_price;
  answer.period = newest->period;
  answer.offset = newest->offset;
  answer.price = newest->index_price;
  const int age = month.period - newest->period;
  if (age > 0) {
    const auto pair = levels.between(newest->category, newest->period, month.period);
    const auto within = [&](Ratio bound, int sign) {  // sign +1: I(t)/I(s) >= bound, -1: <= bound
      return sign * (Int128{pair->now} * bound.denominator - Int128{pair->then} * bound.numerator) >= 0;
    };
    if (pair && within(policy.roll_at_least, 1) && within(policy.roll_at_most, -1)) {
      answer.levels = pair;
      answer.price = UnitPrice::from_wide(divide_rounded(Int128{newest->index_price} * pair->now, pair->then)).count();
    } else if (age > policy.windows.index_unrolled_months) {
      answer.why = IndexAnswer::Why::too_old;
      return answer;
    }
  }
  answer.why = answer.price > 0 ? IndexAnswer::Why::present : IndexAnswer::Why::none;
  return answer;
}

}  // namespace fairprice::market
