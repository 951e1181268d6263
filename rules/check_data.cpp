#include "rules/check_data.hpp"

#include "rules/bands.hpp"

namespace fairprice::rules {

namespace {

/// |a - b| <= tolerance x b
bool near(Int128 a, Int128 b, Ratio tolerance) {
  const Int128 gap = a > b ? a - b : b - a;
  return gap * tolerance.denominator <= b * tolerance.numerator;
}

}  // namespace

DataSuspicion suspect_data(Money price, Money reference, PackUnits own, std::span<const PackUnits> packs, const Policy& policy) {
  const Int128 p = price.ten_thousandths();
  const Int128 m = reference.ten_thousandths();
  const bool far = p * policy.check_factor < m || p > m * policy.check_factor;
  DataSuspicion suspicion;
  if (!far && decide(price, reference, policy) != Decision::reduce_or_delist) return suspicion;
  if (far) {
    suspicion.reason = CheckReason::far;
    for (const auto& [factor, reason] : {std::pair{10, CheckReason::factor_10}, {100, CheckReason::factor_100}})
      if (near(p, m * factor, policy.check_tolerance) || near(p * factor, m, policy.check_tolerance)) {
        suspicion.reason = reason;
        return suspicion;
      }
  }
  // |p - q m| with q = k'/k: of the fitting ones the smallest gap, compared as |p k - k' m|; then the smallest k'.
  Int128 best = -1;
  for (const PackUnits other : packs) {
    if (other <= own) continue;
    const Int128 a = p * own.ten_thousandths();
    const Int128 b = m * other.ten_thousandths();
    const Int128 gap = a > b ? a - b : b - a;
    if (!near(a, b, policy.check_tolerance)) continue;
    if (best >= 0 && (gap > best || (gap == best && suspicion.other <= other))) continue;
    best = gap;
    suspicion.reason = CheckReason::pack;
    suspicion.other = other;
  }
  return suspicion;
}

std::string quotient_to_string(PackUnits other, PackUnits own) {
  std::string text = ratio_to_string(other.ten_thousandths(), own.ten_thousandths());
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace fairprice::rules
