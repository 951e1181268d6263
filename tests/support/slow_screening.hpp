#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "rules/policy.hpp"

/// The slow twin of engine/market/screening: every formula as the contract writes it, on exact fractions of unlimited size, each price
/// judged for itself. It shares no line with the engine.
namespace fairprice::slow {

using Whole = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;

inline const Whole kOne = 100'000'000;  // distances are counts of 10^-8

inline Whole magnitude(const Whole& value) { return value < 0 ? Whole(-value) : value; }

/// Half away from zero.
inline Whole rounded(const Fraction& value) {
  const Whole numerator = boost::multiprecision::numerator(value);
  const Whole denominator = boost::multiprecision::denominator(value);
  Whole result = (2 * magnitude(numerator) + denominator) / (2 * denominator);
  if (numerator < 0) result = -result;
  return result;
}

inline Fraction fraction(Ratio ratio) { return Fraction(ratio.numerator, ratio.denominator); }

/// Of an even count the rounded mean of the middle two.
inline Whole median(std::vector<Whole> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  if (n % 2 == 1) return values[n / 2];
  return rounded(Fraction(Whole(values[n / 2 - 1] + values[n / 2]), 2));
}

inline Whole mean(const std::vector<Whole>& values) {
  Whole sum = 0;
  for (const Whole& value : values) sum += value;
  return rounded(Fraction(sum, values.size()));
}

/// The ceil(part x n / whole)-th smallest, by counting up to it.
inline Whole nearest_rank(std::vector<Whole> values, std::size_t part, std::size_t whole) {
  std::sort(values.begin(), values.end());
  std::size_t rank = 1;
  while (rank * whole < part * values.size()) ++rank;
  return values[rank - 1];
}

/// max(x, c) / min(x, c) - 1 as a count of 10^-8.
inline Whole ratio_distance(const Whole& x, const Whole& c) { return rounded((Fraction(std::max(x, c), std::min(x, c)) - 1) * kOne); }

inline bool keeps_ratio_z(const std::vector<Whole>& prices, const Whole& x, const rules::ScreeningPolicy& policy) {
  const Whole c = median(prices);
  std::vector<Whole> distances;
  for (const Whole& price : prices) distances.push_back(ratio_distance(price, c));
  std::sort(distances.begin(), distances.end());
  const Whole d = distances[distances.size() / 2];  // from 0: of an even count the larger of the middle two
  const Fraction s = ratio_distance(x, c);
  return s <= fraction(policy.max_distance) * kOne &&
         s <= std::max(Fraction(fraction(policy.cutoff) * d), Fraction(fraction(policy.floor) * kOne));
}

inline bool keeps_modified_z(const std::vector<Whole>& prices, const Whole& x, const rules::ScreeningPolicy& policy) {
  const Whole c = median(prices);
  std::vector<Whole> gaps;
  for (const Whole& price : prices) gaps.push_back(magnitude(price - c));
  const Fraction gap = magnitude(x - c);
  return gap <= std::max(Fraction(fraction(policy.cutoff) * median(gaps)), Fraction(fraction(policy.floor) * c));
}

inline bool keeps_tukey(const std::vector<Whole>& prices, const Whole& x, const rules::ScreeningPolicy& policy) {
  const Fraction q1 = nearest_rank(prices, 1, 4);
  const Fraction q3 = nearest_rank(prices, 3, 4);
  const Fraction reach = fraction(policy.fences) * (q3 - q1);
  return Fraction(x) >= q1 - reach && Fraction(x) <= q3 + reach;
}

/// x/c - 1 above the median, 1 - c/x below.
inline Whole effect(const Whole& x, const Whole& c) {
  return x >= c ? rounded((Fraction(x, c) - 1) * kOne) : rounded((1 - Fraction(c, x)) * kOne);
}

inline bool keeps_hidiroglou_berthelot(const std::vector<Whole>& prices, const Whole& x, const rules::ScreeningPolicy& policy) {
  const Whole c = median(prices);
  std::vector<Whole> effects;
  for (const Whole& price : prices) effects.push_back(effect(price, c));
  const Fraction mu = median(effects);
  const Fraction least =
      std::max(Fraction(fraction(policy.median_share) * (mu < 0 ? Fraction(-mu) : mu)), Fraction(fraction(policy.floor) * kOne));
  const Fraction down = std::max(Fraction(mu - nearest_rank(effects, 1, 4)), least);
  const Fraction up = std::max(Fraction(nearest_rank(effects, 3, 4) - mu), least);
  const Fraction gap = effect(x, c) - mu;
  return gap >= -fraction(policy.reach) * down && gap <= fraction(policy.reach) * up;
}

/// Which of the prices a screening keeps, by position.
inline std::vector<bool> screen(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy) {
  const std::vector<Whole> prices(sorted.begin(), sorted.end());
  std::vector<bool> kept;
  for (const Whole& x : prices) switch (policy.method) {
      case rules::ScreeningMethod::ratio_z: kept.push_back(keeps_ratio_z(prices, x, policy)); break;
      case rules::ScreeningMethod::modified_z: kept.push_back(keeps_modified_z(prices, x, policy)); break;
      case rules::ScreeningMethod::tukey: kept.push_back(keeps_tukey(prices, x, policy)); break;
      case rules::ScreeningMethod::hidiroglou_berthelot: kept.push_back(keeps_hidiroglou_berthelot(prices, x, policy)); break;
      case rules::ScreeningMethod::none: kept.push_back(true); break;
    }
  return kept;
}

/// More than the policy's share of the sellers screened out, or those kept differ by more than the policy's factor.
inline bool dispersed(std::span<const std::int64_t> sorted, const std::vector<bool>& kept, const rules::MarketPolicy& policy) {
  std::vector<Whole> left;
  for (std::size_t i = 0; i < sorted.size(); ++i)
    if (kept[i]) left.emplace_back(sorted[i]);
  const Fraction screened = Fraction(Whole(sorted.size() - left.size()), Whole(sorted.size()));
  if (screened > fraction(policy.max_screened_share)) return true;
  if (left.empty()) return false;
  return Fraction(*std::max_element(left.begin(), left.end()), *std::min_element(left.begin(), left.end())) > fraction(policy.max_spread);
}

}  // namespace fairprice::slow
