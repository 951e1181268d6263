#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "rules/policy.hpp"

namespace fairprice::market {

/// The prices that a screening keeps: sorted[first, last). With every method it is a contiguous run of the sorted prices.
struct KeptRun {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t count() const { return last - first; }
};

/// Screens seller prices by the policy's method (docs/method.md, "Screening"). `sorted`: UnitPrice counts, ascending, each > 0,
/// below 2^60; n = 0 keeps nothing. Exact: distances are counts of 10^-8, thresholds are compared as integers.
/// Linear in n after the sort, no allocation for n <= 256 (hidiroglou_berthelot may allocate).
/// The slow twin that tests hold it against: tests/support/slow_screening.hpp.
KeptRun screen(std::span<const std::int64_t> sorted, const rules::ScreeningPolicy& policy);

/// The median of ascending values, n > 0: of an even count the mean of the middle two, rounded half away from zero.
std::int64_t median_of_sorted(std::span<const std::int64_t> sorted);

/// Their mean, rounded half away from zero; the sum is taken in 128 bits. n > 0.
std::int64_t mean_of(std::span<const std::int64_t> values);

/// A rung's statistic over ascending prices, n > 0. percentile:p is the ceil(p n / 100)-th smallest; mean_of_lowest:k takes all when fewer.
std::int64_t statistic_of_sorted(std::span<const std::int64_t> sorted, const rules::Statistic& statistic);

/// More than the policy's share screened out of n, or highest kept above max_spread x lowest kept.
bool is_dispersed(std::span<const std::int64_t> sorted, KeptRun kept, const rules::MarketPolicy& policy);

}  // namespace fairprice::market
