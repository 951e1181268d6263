#include "rules/decision.hpp"

#include <array>

namespace fairprice::rules {

std::string_view decision_name(Decision decision) {
  constexpr std::array<std::string_view, kDecisions> kNames = {"within_range", "evidence_required", "reduce_or_delist", "check_data",
                                                               "no_reference"};
  return kNames[static_cast<std::size_t>(decision)];
}

std::string_view decision_name_zh(Decision decision) {
  constexpr std::array<std::string_view, kDecisions> kNames = {"合理", "价格举证", "降价或下架", "数据存疑", "无可比参照"};
  return kNames[static_cast<std::size_t>(decision)];
}

std::string_view notice_name(Notice notice) {
  constexpr std::array<std::string_view, kNotices> kNames = {"index_conflict",
                                                             "indicator_conflict",
                                                             "thin_evidence",
                                                             "stale_reference",
                                                             "weakened",
                                                             "abnormally_low",
                                                             "above_ecommerce",
                                                             "above_lowest_supplier",
                                                             "raised_before_promotion",
                                                             "price_jump",
                                                             "government_only_model",
                                                             "product_flood",
                                                             "category_flood",
                                                             "justified",
                                                             "safe_harbour"};
  return kNames[static_cast<std::size_t>(notice)];
}

std::string_view check_reason_name(CheckReason reason) {
  switch (reason) {
    case CheckReason::identity_conflict: return "identity_conflict";
    case CheckReason::pack_unconfirmed: return "pack_unconfirmed";
    case CheckReason::unit_mismatch: return "unit_mismatch";
    case CheckReason::factor_10: return "factor:10";
    case CheckReason::factor_100: return "factor:100";
    case CheckReason::pack: return "pack";
    case CheckReason::none:
    case CheckReason::far: break;
  }
  return "";
}

}  // namespace fairprice::rules
