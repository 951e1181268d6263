#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.hpp"
#include "engine/base/money.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

namespace fairprice::assessment {

/// An amount that may be absent; absent is a negative count, which no price can be.
inline constexpr Money kAbsent = Money::from_ten_thousandths(-1);
constexpr bool present(Money amount) { return amount.ten_thousandths() >= 0; }

/// What is said of one listing: a row of assessments.csv. All amounts are in the listing's own unit and pack.
struct Assessment {
  std::uint32_t row = 0;  ///< of Month::listings
  std::uint32_t sources_kept = 0;
  std::uint32_t sources_screened = 0;
  std::uint32_t base_unit = ingest::kNone;                              ///< Keys::units
  Money judged;                                                         ///< price, or price x promised discount, as the policy says
  std::array<Money, 4> indicators{kAbsent, kAbsent, kAbsent, kAbsent};  ///< index_price, procurement, e-commerce, store
  Money market_median = kAbsent;  ///< m of the deviation degree: median of those of indicators 2, 3, 4 that are present
  Money monitoring_price = kAbsent;
  Money max_fair_price = kAbsent;
  Date newest_source;
  std::uint8_t rung = 0;    ///< the answering rung, counted from 1; 0 = none
  std::uint8_t inputs = 0;  ///< bit i = rules::Indicator i went into it
  rules::Decision decision = rules::Decision::no_reference;
  rules::CheckReason reason = rules::CheckReason::none;
  ingest::ShortPackUnits other_pack;  ///< k' of reason `pack`
  rules::Notices notices;
};
static_assert(sizeof(Assessment) == 96);

/// A row of flagged.csv beyond its assessment.
struct Flagged {
  std::uint32_t assessment = 0;  ///< of Assessments::listings
  Int128 units_numerator = 0;    ///< sum of quantity x k' over the supplier's counting orders of the product; count of 10^-8
  bool has_units = false;        ///< not where the listing's k or product is in doubt
  Int128 fen_at_risk = 0;        ///< (price - monitoring price) x units, in fen; below zero when the price is
  bool has_money_at_risk = false;
};

/// A row of orders.csv.
struct OrderAssessment {
  std::uint32_t row = 0;  ///< of Month::orders
  Money highest_promised_price = kAbsent;
  Money monitoring_price = kAbsent;
};

/// A listing whose decision people changed: a row of overrides.csv.
struct Override {
  std::string listing_id, product, product_without;
  rules::Decision decision = rules::Decision::no_reference;
  rules::Decision decision_without = rules::Decision::no_reference;
  Money monitoring_price = kAbsent;
  Money monitoring_price_without = kAbsent;
};

/// A row of review.csv.
struct Review {
  std::uint32_t row = 0;                     ///< of Month::listings
  std::string reason;                        ///< unmatched, split_model, ambiguous_barcode, barcode_unknown_to_market, …: docs/formats.md
  std::string brand, model, title, barcode;  ///< cells of the source row as they stand
  std::vector<std::string> candidates;
};

/// A row of estimates.csv: what the market asks for such a thing, where nothing equal is sold.
struct Estimate {
  static constexpr std::size_t kNearest = 3;
  struct Near {
    std::uint32_t product = ingest::kNone;
    Money price;                ///< in the listing's unit and pack
    std::int64_t distance = 0;  ///< count of 10^-6
  };
  std::uint32_t row = 0;      ///< of Month::listings
  std::string configuration;  ///< as read: `I5-1240P 16G 512G-SSD`
  std::string reason;         ///< `estimated`, or why there is no estimate
  Money price = kAbsent;      ///< the median price of such a configuration; all in the listing's unit and pack
  Money lower = kAbsent;      ///< of the 95 % prediction interval
  Money upper = kAbsent;
  std::uint32_t observations = 0, parameters = 0;
  std::int32_t r_squared = 0;   ///< count of 10^-6
  std::string characteristics;  ///< that went in, joined by `+`
  std::vector<Near> nearest;    ///< the nearest configurations that the market sells
};

struct Share {
  Int128 part = 0;
  Int128 whole = 0;
};

struct CategoryCounts {
  std::array<std::int64_t, rules::kDecisions> by_decision{};
};

/// Everything a run says; summary.json prints the counts.
struct Assessments {
  std::vector<Assessment> listings;     ///< sorted by listing_id as bytes
  std::vector<Flagged> flagged;         ///< sorted by money at risk, highest first, absent last, then by listing_id
  std::vector<OrderAssessment> orders;  ///< of the period, sorted by order_id, line
  std::vector<Review> review;           ///< sorted by listing_id
  std::vector<Override> overrides;      ///< sorted by listing_id
  std::vector<Estimate> estimates;      ///< of listings without reference that say what they are made of; sorted by listing_id

  std::array<std::int64_t, rules::kDecisions> by_decision{};
  std::map<std::string, CategoryCounts> by_category;
  std::map<std::string, std::int64_t> by_basis;  ///< monitoring_basis, "" for none
  std::array<std::int64_t, rules::kMatchBases> by_match{};
  std::array<std::int64_t, rules::kNotices> by_notice{};
  std::array<std::int64_t, 8> by_reason{};
  Share coverage, high_price_by_listing, high_price_by_product, high_price_by_order_value;
  std::int64_t products = 0;
  std::int64_t orders_with_promise = 0, orders_above_promise = 0;
  std::vector<std::string> ambiguous_barcodes;                    ///< sorted
  std::vector<std::string> flooded_products, flooded_categories;  ///< sorted
};

/// "2:median(procurement_average+ecommerce_average)": number and name of the rung that answered; empty when none did.
std::string monitoring_basis(const Assessment& assessment, const rules::Policy& policy);

/// The notices column: the reason of check_data first, then the notices in their order, joined by `;`.
std::string notices_text(const Assessment& assessment, PackUnits own);

}  // namespace fairprice::assessment
