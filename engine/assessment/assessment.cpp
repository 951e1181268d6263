#include "engine/assessment/assessment.hpp"

#include "rules/check_data.hpp"

namespace fairprice::assessment {

std::string monitoring_basis(const Assessment& assessment, const rules::Policy& policy) {
  if (assessment.rung == 0) return {};
  const rules::Rung& rung = policy.ladder[assessment.rung - 1U];
  std::string name = std::to_string(assessment.rung) + ":";
  if (rung.population != rules::Population::none)
    return name.append(rung.statistic.to_string()).append("(").append(rules::population_name(rung.population)).append(")");
  std::string inputs;
  for (int i = 0; i < rules::kIndicators; ++i)
    if ((assessment.inputs >> i & 1U) != 0)
      inputs.append(inputs.empty() ? "" : "+").append(rules::indicator_name(static_cast<rules::Indicator>(i)));
  if (rung.indicators.size() == 1) return name.append(inputs);
  return name.append(rung.statistic.to_string()).append("(").append(inputs).append(")");
}

std::string notices_text(const Assessment& assessment, PackUnits own) {
  std::string text(rules::check_reason_name(assessment.reason));
  if (assessment.reason == rules::CheckReason::pack) text.append(":").append(rules::quotient_to_string(assessment.other_pack, own));
  for (int n = 0; n < rules::kNotices; ++n) {
    const auto notice = static_cast<rules::Notice>(n);
    if (assessment.notices.has(notice)) text.append(text.empty() ? "" : ";").append(rules::notice_name(notice));
  }
  return text;
}

}  // namespace fairprice::assessment
