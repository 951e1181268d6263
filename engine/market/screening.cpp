#include "engine/market/screening.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/base/int128.hpp"

namespace fairprice::market {

namespace {

// Widths: prices are below 2^60, so distances below 1.2 x 10^26; a policy's constants are below 10^4 and have at most 4 decimals.
constexpr std::int64_t kOne = 100'000'000;  // distances are counts of 10^-8

/// s(x) = max(x, c) / min(x, c) - 1, rounded half away from zero to 10^-8.
Int128 ratio_distance(std::int64_t x, std::int64_t c) {
  const std::int64_t low = std::min(x, c);
  const std::int64_t gap = std::max(x, c) - low;
  // Below 9 x 10^10 (900 yuan) the product fits into 64 bits, where a division costs a fifth.
  if (gap < 90'000'000'000) return divide_rounded_64(gap * kOne, low);
  return divide_rounded(Int128{gap} * kOne, low);
}

/// The largest whole count of 10^-8 that is not above a threshold: s is whole, so s <= threshold means s <= this.
constexpr std::int64_t whole_counts(Ratio threshold) {
  return static_cast<std::int64_t>(Int128{threshold.numerator} * kOne / threshold.denominator);
}

/// Cuts prices off both ends until `keep` holds. Enough, because each method keeps a run: its distances grow away from the median.
template <class Keep>
KeptRun cut_ends(std::size_t n, Keep&& keep) {
  KeptRun run{0, n};
  while (run.first < run.last && !keep(run.first)) ++run.first;
  while (run.last > run.first && !keep(run.last - 1)) --run.last;
  return run;
}

/// The price that is place-th (from 0) in nearness to the median c: the prices below c, read downwards, and the others, read upwards,
/// are each ordered by nearness already, so the two are merged. `right_first(l, r)`: r >= c is at least as near as l < c.
template <class RightFirst>
std::int64_t nearest_price(std::span<const std::int64_t> sorted, std::int64_t c, std::size_t place, RightFirst&& right_first) {
  std::size_t right = sorted.size() / 2;  // the upper middle price is never below the median
  while (right > 0 && sorted[right - 1] >= c) --right;
  std::size_t left = right;  // the next on the left is left - 1
  for (;; --place) {
    const bool take_right = right < sorted.size() && (left == 0 || right_first(sorted[left - 1], sorted[right]));
    const std::int64_t price = take_right ? sorted[right] : sorted[left - 1];
    if (place == 0) return price;
    if (take_right)
      ++right;
    else
      --left;
  }
}

/// Called once or twice for every product, so it divides at most twice, and not at all in a market that agrees:
///  - s(x) <= F for a whole F needs no s: rounding half away makes s <= F exactly when (high - low) / low < F + 1/2, that is
///    2 x 10^8 (high - low) < (2 F + 1) low. F is at most 10^12 (max_distance), so 128 bits hold both sides.
///  - the order by s is the order by ratio, r / c against c / l, that is l r against c c; equal ratios have equal s.
///  - D only ever raises the limit above the floor, and never above max_distance: where all prices are within the floor, or the
///    floor is at max_distance, D does not matter; beyond max_distance, neither does how large it is.
KeptRun by_ratio_z(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::size_t n = sorted.size();
  const std::int64_t c = median_of_sorted(sorted);
  const auto within = [&](std::int64_t most) {
    const Int128 threshold = 2 * Int128{most} + 1;
    return cut_ends(n, [&](std::size_t i) {
      const std::int64_t low = std::min(sorted[i], c);
      const std::int64_t high = std::max(sorted[i], c);
      return Int128{high - low} * 2 * kOne < threshold * low;
    });
  };
  const std::int64_t most = whole_counts(policy.max_distance);
  const std::int64_t floor = whole_counts(policy.floor);
  const KeptRun by_floor = within(std::min(floor, most));
  if (by_floor.count() == n || floor >= most) return by_floor;
  const Int128 square = Int128{c} * c;
  const std::int64_t middle = nearest_price(sorted, c, n / 2, [&](std::int64_t l, std::int64_t r) { return Int128{l} * r <= square; });
  const Int128 d = ratio_distance(middle, c);  // of an even count the larger of the middle two
  std::int64_t product = 0;
  Int128 spread = 0;  // the whole counts of cutoff x D
  if (d <= INT64_MAX && !__builtin_mul_overflow(static_cast<std::int64_t>(d), policy.cutoff.numerator, &product))
    spread = product / policy.cutoff.denominator;
  else
    spread = d * policy.cutoff.numerator / policy.cutoff.denominator;
  if (spread <= floor) return by_floor;
  return within(static_cast<std::int64_t>(std::min<Int128>(spread, most)));
}

KeptRun by_modified_z(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::size_t n = sorted.size();
  const std::int64_t c = median_of_sorted(sorted);
  const auto deviation = [c](std::int64_t x) { return x > c ? x - c : c - x; };
  const auto nth = [&](std::size_t place) {
    return deviation(nearest_price(sorted, c, place, [c](std::int64_t l, std::int64_t r) { return r - c <= c - l; }));
  };
  const std::int64_t m = n % 2 == 1 ? nth(n / 2) : divide_rounded_64(nth(n / 2 - 1) + nth(n / 2), 2);
  const Int128 limit = std::max(Int128{m} * policy.cutoff.numerator * policy.floor.denominator,
                                Int128{c} * policy.floor.numerator * policy.cutoff.denominator);
  const Int128 scale = Int128{policy.cutoff.denominator} * policy.floor.denominator;
  return cut_ends(n, [&](std::size_t i) { return deviation(sorted[i]) * scale <= limit; });
}

/// Quartiles by nearest rank: the ceil(n/4)-th and ceil(3n/4)-th smallest.
template <class Values>
auto quartiles(const Values& sorted) {
  const std::size_t n = sorted.size();
  return std::make_pair(sorted[(n + 3) / 4 - 1], sorted[(3 * n + 3) / 4 - 1]);
}

KeptRun by_tukey(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const auto [q1, q3] = quartiles(sorted);
  const Int128 scale = policy.fences.denominator;
  const Int128 reach = Int128{q3 - q1} * policy.fences.numerator;
  const Int128 least = q1 * scale - reach;
  const Int128 most = q3 * scale + reach;
  return cut_ends(sorted.size(), [&](std::size_t i) { return sorted[i] * scale >= least && sorted[i] * scale <= most; });
}

/// a x b in 192 bits, high part first, so that pairs compare as numbers. a < 2^127.
std::pair<UInt128, std::uint64_t> wide_product(Int128 a, std::int64_t b) {
  const auto factor = static_cast<UInt128>(b);
  const UInt128 low = static_cast<std::uint64_t>(a) * factor;
  return {(static_cast<UInt128>(a) >> 64) * factor + (low >> 64), static_cast<std::uint64_t>(low)};
}

/// Hidiroglou & Berthelot (1986), Survey Methodology 12(1), 73-83: effects symmetric about the median, fences from their quartiles.
KeptRun by_hidiroglou_berthelot(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::size_t n = sorted.size();
  const std::int64_t c = median_of_sorted(sorted);
  std::vector<Int128> s(n);
  for (std::size_t i = 0; i < n; ++i) s[i] = sorted[i] >= c ? ratio_distance(sorted[i], c) : -ratio_distance(sorted[i], c);
  const Int128 mu = n % 2 == 1 ? s[n / 2] : divide_rounded(s[n / 2 - 1] + s[n / 2], 2);
  const auto [q1, q3] = quartiles(s);
  // -reach x max(mu - q1, share |mu|, floor) <= s - mu <= reach x max(q3 - mu, share |mu|, floor), all over the denominators.
  const Int128 scale = Int128{policy.median_share.denominator} * policy.floor.denominator;
  const Int128 share = (mu < 0 ? -mu : mu) * policy.median_share.numerator * policy.floor.denominator;
  const Int128 floor = Int128{policy.floor.numerator} * kOne * policy.median_share.denominator;
  const Int128 least = std::max(share, floor);
  const auto down = wide_product(std::max((mu - q1) * scale, least), policy.reach.numerator);
  const auto up = wide_product(std::max((q3 - mu) * scale, least), policy.reach.numerator);
  return cut_ends(n, [&](std::size_t i) {
    const Int128 gap = (s[i] - mu) * scale;
    return gap < 0 ? wide_product(-gap, policy.reach.denominator) <= down : wide_product(gap, policy.reach.denominator) <= up;
  });
}

}  // namespace

std::int64_t median_of_sorted(std::span<const std::int64_t> sorted) {
  const std::size_t n = sorted.size();
  if (n % 2 == 1) return sorted[n / 2];
  const std::int64_t low = sorted[n / 2 - 1];
  std::int64_t sum = 0;
  if (low < 0 || __builtin_add_overflow(low, sorted[n / 2], &sum))
    return static_cast<std::int64_t>(divide_rounded(Int128{low} + sorted[n / 2], 2));
  return divide_rounded_64(sum, 2);
}

std::int64_t mean_of(std::span<const std::int64_t> values) {
  std::int64_t narrow = 0;
  bool fits = true;  // nearly always: then one 64-bit division does
  for (const std::int64_t value : values) fits = fits && value >= 0 && !__builtin_add_overflow(narrow, value, &narrow);
  if (fits) return divide_rounded_64(narrow, static_cast<std::int64_t>(values.size()));
  Int128 sum = 0;
  for (const std::int64_t value : values) sum += value;
  return static_cast<std::int64_t>(divide_rounded(sum, static_cast<Int128>(values.size())));
}

std::int64_t statistic_of_sorted(std::span<const std::int64_t> sorted, const rules::Statistic& statistic) {
  using Kind = rules::Statistic::Kind;
  switch (statistic.kind) {
    case Kind::median: return median_of_sorted(sorted);
    case Kind::mean: return mean_of(sorted);
    case Kind::lowest: return sorted.front();
    case Kind::highest: return sorted.back();
    case Kind::mean_of_lowest: return mean_of(sorted.first(std::min(sorted.size(), static_cast<std::size_t>(statistic.argument))));
    case Kind::percentile: break;
  }
  const std::size_t rank = (static_cast<std::size_t>(statistic.argument) * sorted.size() + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

bool is_dispersed(std::span<const std::int64_t> sorted, KeptRun kept, const rules::MarketPolicy& policy) {
  const auto screened = static_cast<Int128>(sorted.size() - kept.count());
  if (screened * policy.max_screened_share.denominator > static_cast<Int128>(sorted.size()) * policy.max_screened_share.numerator)
    return true;
  if (kept.count() == 0) return false;
  return Int128{sorted[kept.last - 1]} * policy.max_spread.denominator > Int128{sorted[kept.first]} * policy.max_spread.numerator;
}

KeptRun screen(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  if (sorted.empty()) return {};
  switch (policy.method) {
    case rules::ScreeningMethod::ratio_z: return by_ratio_z(sorted, policy);
    case rules::ScreeningMethod::modified_z: return by_modified_z(sorted, policy);
    case rules::ScreeningMethod::tukey: return by_tukey(sorted, policy);
    case rules::ScreeningMethod::hidiroglou_berthelot: return by_hidiroglou_berthelot(sorted, policy);
    case rules::ScreeningMethod::none: break;
  }
  return {0, sorted.size()};
}

}  // namespace fairprice::market
