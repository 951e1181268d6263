#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/cases/run_prices.hpp"

/// What changed from one recorded run to another.
namespace fairprice::cases {

/// The place of a decision in the counts; kNotThere for a listing that the run does not have.
inline constexpr std::size_t kNotThere = rules::kDecisions;

struct ListingChange {
  const PriceRow* before = nullptr;                                                           ///< nothing: it came
  const PriceRow* now = nullptr;                                                              ///< nothing: it went
  enum class Price : std::uint8_t { same, dearer, cheaper, unknown } price = Price::unknown;  ///< per base unit
};

struct RunDiff {
  std::array<std::array<std::int64_t, kNotThere + 1>, kNotThere + 1> decisions{};  ///< [before][now], also of what is the same
  std::int64_t before = 0, now = 0;                                                ///< listings
  std::int64_t dearer = 0, cheaper = 0, same_price = 0, not_comparable = 0;        ///< of those in both
  /// Every listing that came, went, or has another decision or price: newly flagged first, then no longer flagged, other decisions, prices; of each the
  /// highest above the monitoring price first, then by listing.
  std::vector<ListingChange> changes;
};

/// The rows point into the tables.
RunDiff compare_runs(const PriceTable& before, const PriceTable& now);

}  // namespace fairprice::cases
