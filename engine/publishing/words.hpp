#pragma once

#include <string>
#include <string_view>

#include "engine/assessment/assessment.hpp"
#include "engine/base/problem.hpp"
#include "rules/policy.hpp"

/// How decisions, notices and rungs are said to people, in both languages. Files keep the codes.
namespace fairprice::publishing {

std::string_view decision_words(rules::Decision decision, Language language);     ///< "price evidence required"
std::string_view indicator_words(rules::Indicator indicator, Language language);  ///< "procurement market average"
/// One sentence: what a notice or a reason of check_data, as it stands in the notices column, tells a reader.
std::string notice_sentence(std::string_view notice, Language language);
/// Why an indicator or population gave no price.
std::string_view absence_words(std::string_view code, Language language);
/// Why there is no estimate: "its 95 % interval is wider than ±20 %".
std::string_view estimate_words(std::string_view reason, Language language);
/// What became of a source row.
std::string_view fate_words(std::string_view fate, Language language);

/// Behind an amount: 元 or yuan; for a policy in another currency its code.
std::string currency_words(const rules::Policy& policy, Language language);

/// 0.2 -> "20 %"
std::string percent(Ratio ratio);
/// part / whole with two decimals: "0.02 %"; "-" where there is nothing to divide by.
std::string percent(Int128 part, Int128 whole);
/// "ratio <= 20 %", "20 % < ratio < 50 %": where a band lies.
std::string band_words(const rules::Policy& policy, std::size_t band, Language language);
std::string money_text(Money amount);  ///< empty when absent
std::string fen_text(Int128 fen);

}  // namespace fairprice::publishing
