#include "rules/bands.hpp"

#include <algorithm>

namespace fairprice::rules {

namespace {

/// band_of for a price that may be beyond 64 bits.
int wide_band_of(Int128 price, Money reference, const Policy& policy) {
  const Int128 excess = price - reference.ten_thousandths();
  for (std::size_t i = 0; i + 1 < policy.bands.size(); ++i) {
    const Band& band = policy.bands[i];
    const Int128 left = excess * band.value.denominator;
    const Int128 right = Int128{reference.ten_thousandths()} * band.value.numerator;
    if (band.limit == Band::Limit::at_most ? left <= right : left < right) return static_cast<int>(i);
  }
  return static_cast<int>(policy.bands.size()) - 1;
}

}  // namespace

int band_of(Money price, Money reference, const Policy& policy) { return wide_band_of(price.ten_thousandths(), reference, policy); }

std::optional<Money> max_fair_price(Money reference, const Policy& policy, Ratio discount) {
  const Band& band = policy.bands.front();
  const auto within = [&](Int128 fen) {
    const Int128 exact = fen * Money::kPerFen * discount.numerator;
    const Int128 payable = discount.numerator == discount.denominator ? fen * Money::kPerFen : divide_rounded(exact, discount.denominator);
    return wide_band_of(payable, reference, policy) == 0;
  };
  // About reference x (1 + limit) / discount; then to the exact fen, because the payable price is rounded.
  const Int128 numerator =
      Int128{reference.ten_thousandths()} * (Int128{band.value.denominator} + band.value.numerator) * discount.denominator;
  const Int128 denominator = Int128{band.value.denominator} * discount.numerator * Money::kPerFen;
  Int128 fen = numerator / denominator;
  while (within(fen + 1)) ++fen;
  while (fen > 0 && !within(fen)) --fen;
  if (fen <= 0) return std::nullopt;
  constexpr Int128 kHighest = INT64_MAX / Money::kPerFen;  // no price can be so high: a discount near nothing on a reference near the limit
  return Money::from_wide(std::min(fen, kHighest) * Money::kPerFen);
}

bool has_evidence_band(const Policy& policy) {
  return std::any_of(policy.bands.begin(), policy.bands.end(),
                     [](const Band& band) { return band.decision == Decision::evidence_required; });
}

}  // namespace fairprice::rules
