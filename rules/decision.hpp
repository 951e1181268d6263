#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/match_basis.hpp"

namespace fairprice::rules {

/// What is said of a listing. Spelt as printed.
enum class Decision : std::uint8_t { within_range, evidence_required, reduce_or_delist, check_data, no_reference };
inline constexpr int kDecisions = 5;
std::string_view decision_name(Decision decision);     ///< "within_range"
std::string_view decision_name_zh(Decision decision);  ///< "合理"

/// Flagged: the two decisions that a case is opened for.
constexpr bool is_flagged(Decision decision) { return decision == Decision::evidence_required || decision == Decision::reduce_or_delist; }

using fairprice::kMatchBases;
using fairprice::match_basis_name;
using fairprice::MatchBasis;

/// Notices in the order in which they are printed. A set of them is a bit mask (bit = position here).
enum class Notice : std::uint8_t {
  index_conflict,
  indicator_conflict,
  thin_evidence,
  stale_reference,
  weakened,
  abnormally_low,
  above_ecommerce,
  above_lowest_supplier,
  raised_before_promotion,
  price_jump,
  government_only_model,
  product_flood,
  category_flood,
  justified,
  safe_harbour,
};
inline constexpr int kNotices = 15;
std::string_view notice_name(Notice notice);

class Notices {
 public:
  constexpr void add(Notice notice) { bits_ = static_cast<std::uint16_t>(bits_ | (1U << static_cast<unsigned>(notice))); }
  constexpr bool has(Notice notice) const { return ((bits_ >> static_cast<unsigned>(notice)) & 1U) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool operator==(const Notices&) const = default;

 private:
  std::uint16_t bits_ = 0;
};

/// Why a listing is check_data; printed before the notices. `pack` carries q, `far` is a price beyond the factor that no
/// power of ten and no pack explains (nothing is printed for it).
enum class CheckReason : std::uint8_t { none, identity_conflict, pack_unconfirmed, unit_mismatch, factor_10, factor_100, pack, far };
std::string_view check_reason_name(CheckReason reason);  ///< "factor:10"; "pack" without its q; "" for none and far

/// The row itself is in doubt, and its price has not been compared with anything.
constexpr bool is_untrusted(CheckReason reason) {
  return reason == CheckReason::identity_conflict || reason == CheckReason::pack_unconfirmed || reason == CheckReason::unit_mismatch;
}

}  // namespace fairprice::rules
