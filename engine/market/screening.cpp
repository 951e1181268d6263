#include "engine/market/screening.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/base/int128.hpp"

namespace fairprice::market {

namespace {

constexpr std::int64_t kOne = 100'000'000;  // distances are counts of 10^-8

/// numerator / denominator of a ratio as a count of 10^-8, for thresholds that are added up; exact comparisons use the fraction.
constexpr Int128 scaled(Ratio ratio) { return Int128{ratio.numerator} * kOne; }

/// No distance is counted beyond 2 x 10^9: a policy's thresholds are below 10^4, and products of four of these numbers stay within 128 bits.
constexpr Int128 kFarthest = Int128{200'000'000} * 1'000'000'000;

/// s(x) = max(x, c) / min(x, c) - 1, rounded half away from zero to 10^-8.
Int128 ratio_distance(std::int64_t x, std::int64_t c) {
  const std::int64_t high = std::max(x, c);
  const std::int64_t low = std::min(x, c);
  // Up to 9 * 10^10 the product fits into 64 bits, where a division costs a fifth.
  if (high - low < 90'000'000'000) return divide_rounded_64((high - low) * kOne, low);
  return std::min(divide_rounded(Int128{high - low} * kOne, low), kFarthest);
}

/// The distances of sorted prices fall towards the median and rise behind it, so those of the left part and of the right part are each
/// sorted once read outwards. The place-th smallest (from 0) by merging the two; `distance(i)` of sorted[i].
template <class Distance>
Int128 nth_distance(std::size_t n, std::size_t middle, std::size_t place, Distance&& distance) {
  std::size_t left = middle;  // next on the left is left - 1
  std::size_t right = middle;
  Int128 on_left = left > 0 ? distance(left - 1) : 0;
  Int128 on_right = right < n ? distance(right) : 0;
  for (std::size_t taken = 0;; ++taken) {
    const bool take_right = right < n && (left == 0 || on_right <= on_left);
    const Int128 value = take_right ? on_right : on_left;
    if (taken == place) return value;
    if (take_right) {
      if (++right < n) on_right = distance(right);
    } else if (--left > 0) {
      on_left = distance(left - 1);
    }
  }
}

/// Keeps the run around the median in which `keep(i)` holds; distances grow outwards, so the first failure ends a side.
template <class Keep>
KeptRun run_around(std::size_t n, std::size_t middle, Keep&& keep) {
  KeptRun run{middle, middle};
  while (run.first > 0 && keep(run.first - 1)) --run.first;
  while (run.last < n && keep(run.last)) ++run.last;
  return run;
}

KeptRun by_ratio_z(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::size_t n = sorted.size();
  const std::int64_t c = median_of_sorted(sorted);
  const auto distance = [&](std::size_t i) { return ratio_distance(sorted[i], c); };
  const std::size_t middle = static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), c) - sorted.begin());
  const Int128 d = nth_distance(n, middle, n / 2, distance);  // of an even count the larger of the middle two
  // s <= max(cutoff * D, floor) and s <= max_distance, all over the product of the denominators.
  const Int128 by_spread = d * policy.cutoff.numerator * policy.floor.denominator;
  const Int128 by_floor = scaled(policy.floor) * policy.cutoff.denominator;
  const Int128 limit = std::max(by_spread, by_floor);
  const Int128 scale = Int128{policy.cutoff.denominator} * policy.floor.denominator;
  const Int128 most = scaled(policy.max_distance);
  return run_around(n, middle, [&](std::size_t i) {
    const Int128 s = distance(i);
    return s * policy.max_distance.denominator <= most && s * scale <= limit;
  });
}

KeptRun by_modified_z(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::size_t n = sorted.size();
  const std::int64_t c = median_of_sorted(sorted);
  const auto distance = [&](std::size_t i) { return Int128{sorted[i] > c ? sorted[i] - c : c - sorted[i]}; };
  const std::size_t middle = static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), c) - sorted.begin());
  Int128 m = nth_distance(n, middle, n / 2, distance);
  if (n % 2 == 0) m = divide_rounded(m + nth_distance(n, middle, n / 2 - 1, distance), 2);
  const Int128 limit = std::max(m * policy.cutoff.numerator * policy.floor.denominator, Int128{c} * policy.floor.numerator * policy.cutoff.denominator);
  const Int128 scale = Int128{policy.cutoff.denominator} * policy.floor.denominator;
  return run_around(n, middle, [&](std::size_t i) { return distance(i) * scale <= limit; });
}

/// Quartiles by nearest rank: the ceil(n/4)-th and ceil(3n/4)-th smallest.
template <class Values>
auto quartiles(const Values& sorted) {
  const std::size_t n = sorted.size();
  return std::make_pair(sorted[(n + 3) / 4 - 1], sorted[(3 * n + 3) / 4 - 1]);
}

KeptRun by_tukey(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const auto [q1, q3] = quartiles(sorted);
  const Int128 reach = Int128{q3 - q1} * policy.fences.numerator;
  const Int128 scale = policy.fences.denominator;
  const auto keep = [&, low = q1, high = q3](std::int64_t x) { return x * scale >= low * scale - reach && x * scale <= high * scale + reach; };
  KeptRun run{0, sorted.size()};
  while (run.first < run.last && !keep(sorted[run.first])) ++run.first;
  while (run.last > run.first && !keep(sorted[run.last - 1])) --run.last;
  return run;
}

/// Hidiroglou & Berthelot (1986), Survey Methodology 12(1), 73-83: effects symmetric about the median, fences from their quartiles.
KeptRun by_hidiroglou_berthelot(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::size_t n = sorted.size();
  const std::int64_t c = median_of_sorted(sorted);
  std::vector<Int128> s(n);
  for (std::size_t i = 0; i < n; ++i) s[i] = sorted[i] >= c ? ratio_distance(sorted[i], c) : -ratio_distance(sorted[i], c);
  const Int128 mu = n % 2 == 1 ? s[n / 2] : divide_rounded(s[n / 2 - 1] + s[n / 2], 2);
  const auto [q1, q3] = quartiles(s);
  const Int128 share = (mu < 0 ? -mu : mu) * policy.median_share.numerator * policy.floor.denominator;
  const Int128 floor = scaled(policy.floor) * policy.median_share.denominator;
  const Int128 scale = Int128{policy.median_share.denominator} * policy.floor.denominator;
  const Int128 least = std::max(share, floor);
  const Int128 down = std::max((mu - q1) * scale, least) * policy.reach.numerator;
  const Int128 up = std::max((q3 - mu) * scale, least) * policy.reach.numerator;
  const auto keep = [&](Int128 value) {
    const Int128 gap = (value - mu) * scale * policy.reach.denominator;
    return gap >= -down && gap <= up;
  };
  KeptRun run{0, n};
  while (run.first < run.last && !keep(s[run.first])) ++run.first;
  while (run.last > run.first && !keep(s[run.last - 1])) --run.last;
  return run;
}

}  // namespace

std::int64_t median_of_sorted(std::span<const std::int64_t> sorted) {
  const std::size_t n = sorted.size();
  if (n % 2 == 1) return sorted[n / 2];
  return static_cast<std::int64_t>(divide_rounded(Int128{sorted[n / 2 - 1]} + sorted[n / 2], 2));
}

std::int64_t mean_of(std::span<const std::int64_t> values) {
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
  if (screened * policy.max_screened_share.denominator > static_cast<Int128>(sorted.size()) * policy.max_screened_share.numerator) return true;
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
