#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/assessment/reference.hpp"

namespace fairprice::assessment {

/// Estimates for listings without reference, from what the market asks for other configurations of their category (docs/method.md, "Estimates"). Advice:
/// never a monitoring price, never a decision. Gathers market prices while products are assessed, because their quotes may go afterwards.
class EstimateMarket {
 public:
  /// `asked` false: nothing is gathered, and conclude() fills nothing.
  EstimateMarket(const ingest::Month& month, const rules::PolicySet& policy, bool asked);

  /// Whether the product's market price is of use: its category has a listing that may need an estimate, and it is known what it is made of.
  bool wants(std::uint32_t product) const { return product < wanted_.size() && wanted_[product] != 0; }
  /// Takes the price of an opened product: the median of its e-commerce and store averages, as a newcomer is told them. One thread a partition.
  void take(std::uint32_t product, ProductMarket& market);

  /// Fills assessments.estimates from the decisions.
  void conclude(Assessments& assessments) const;

 private:
  const ingest::Month& month_;
  const rules::PolicySet& policy_;
  std::vector<std::uint8_t> wanted_;                          ///< by product
  std::unordered_map<std::uint32_t, std::uint32_t> spec_of_;  ///< by product that the market sells: Keys::specs
  std::array<std::vector<std::pair<std::uint32_t, std::int64_t>>, ingest::QuoteTable::kPartitions> prices_;
};

}  // namespace fairprice::assessment
