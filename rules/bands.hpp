#pragma once

#include <optional>

#include "engine/base/money.hpp"
#include "rules/policy.hpp"

namespace fairprice::rules {

/// The band in which (price - reference) / reference falls, compared as fractions of integers. reference > 0.
/// Returns its position in policy.bands.
int band_of(Money price, Money reference, const Policy& policy);

/// The policy's decision before weakening: check_data by factor or pack comes before this (see check_data.hpp).
inline Decision decide(Money price, Money reference, const Policy& policy) {
  return policy.bands[static_cast<std::size_t>(band_of(price, reference, policy))].decision;
}

/// The highest price in whole fen that is still within range (合理区间上限); empty when there is none above zero.
/// `payable_numerator / payable_denominator` is the promised discount when the policy judges the payable price, else 1/1:
/// then the highest list price whose payable price (rounded to Money) is within range.
std::optional<Money> max_fair_price(Money reference, const Policy& policy, Ratio discount = {1, 1});

/// Whether the policy has a band that asks for evidence between the first and the last: what weakening falls back to.
bool has_evidence_band(const Policy& policy);

}  // namespace fairprice::rules
