#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "engine/assessment/assessment.hpp"
#include "engine/assessment/reference.hpp"

namespace fairprice::assessment {

using Progress = std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t whole)>;

/// Assesses every listing that is no probe. The result depends on the month and the policy alone.
/// `spent`: null, or the month's own quotes when nothing asks for them afterwards. Each partition's go back to the system as soon as its
/// products are assessed, which makes room for the assessments. `estimates`: whether listings without reference get one.
Assessments assess_month(const ingest::Month& month, const rules::PolicySet& policy, int threads, const Progress& progress,
                         ingest::QuoteTable* spent = nullptr, bool estimates = true);

/// Assesses the rows of `rows` (all of one product, or none) as section 6 has it, but for what depends on other listings' decisions
/// (above_lowest_supplier, floods). `market` is open at the product.
void assess_product(const ingest::Month& month, const rules::PolicySet& policy, ProductMarket& market, std::span<const std::uint32_t> rows,
                    std::span<Assessment> results);

/// Adds above_lowest_supplier to the listings of one product, `results` in the order of `rows`, probes among them.
void compare_with_lowest(const ingest::Month& month, const rules::PolicySet& policy, std::span<const std::uint32_t> rows,
                         std::span<Assessment> results);

using market::policy_of;

/// The group that a listing's supplier belongs to; market::kNobody for a probe without supplier.
std::uint32_t group_of(const ingest::Month& month, const ingest::Listing& listing);

/// Promotions: whether the original price is above the listing's own lowest deal before the start (section 6).
bool raised_before_promotion(const ingest::Month& month, std::span<const std::uint32_t> deals, const ingest::Listing& listing,
                             const rules::Policy& policy);

/// Rows of the product's counting orders of the listing's supplier in the window: sum of quantity x k', count of 10^-8.
Int128 units_sold(const ingest::Month& month, const ingest::Listing& listing, const rules::Policy& policy);

}  // namespace fairprice::assessment
