#include "engine/letters/letter.hpp"

#include <algorithm>
#include <set>

#include "engine/base/shipped.hpp"
#include "engine/base/text.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::letters {

using cases::CaseListing;

namespace {

/// The names of the indicators in a basis, in words: "2:median(procurement_average+ecommerce_average)" -> "2: median(procurement market average, e-commerce average)".
std::string basis_words(std::string basis, Language language) {
  for (int i = 0; i < rules::kIndicators; ++i) {
    const auto indicator = static_cast<rules::Indicator>(i);
    const std::string code(rules::indicator_name(indicator));
    const std::string words(publishing::indicator_words(indicator, language));
    // own_index_price holds index_price: only whole names.
    for (std::size_t at = basis.find(code); at != std::string::npos; at = basis.find(code, at + 1)) {
      const auto is_of_name = [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); };
      if ((at > 0 && is_of_name(basis[at - 1])) || (at + code.size() < basis.size() && is_of_name(basis[at + code.size()]))) continue;
      basis.replace(at, code.size(), words);
      at += words.size() - 1;
    }
  }
  return basis.empty() ? (language == Language::zh ? "无" : "nothing") : basis;
}

std::string ratio_of(const CaseListing& listing) {
  const Int128 reference = listing.monitoring_price.ten_thousandths();
  if (reference <= 0) return "-";
  return publishing::percent(Int128{listing.price.ten_thousandths()} - reference, reference);
}

/// Until when: a day once the supplier was told, working days before.
std::string time_words(const std::string& deadline, bool estimated, std::int64_t days, Language language) {
  const std::string number = std::to_string(days);
  if (language == Language::zh) {
    if (deadline.empty()) return "收到通知次日起 " + number + " 个工作日内";
    return " " + deadline + "（含当日" + (estimated ? "，节假日安排公布前为估计" : "") + "）前";
  }
  if (deadline.empty()) return "within " + number + " working days from the day after this notice";
  return "by the end of " + deadline + (estimated ? " (an estimate until the year's days off are published)" : "");
}

}  // namespace

namespace {

/// Texts from outside have no line ends nor control characters in a letter.
void clean(Row& row) {
  for (auto& [name, value] : row) value = quoted_for_message(value, 2000);
}

}  // namespace

Fields fields_of(const cases::Case& one, const std::string& today, Language language) {
  Fields fields;
  std::set<std::string> suppliers;
  const std::string nothing = language == Language::zh ? "无" : "none";
  std::vector<Row>& listings = fields.sections["listings"];
  for (const auto& [id, listing] : one.listings) {
    suppliers.insert(listing.supplier);
    if (!listing.offered) continue;
    const auto amount = [&](Money money) { return money.ten_thousandths() < 0 ? nothing : publishing::money_text(money); };
    listings.push_back({{"listing", id},
                        {"supplier", listing.supplier},
                        {"price", amount(listing.price)},
                        {"monitoring_price", amount(listing.monitoring_price)},
                        {"max_fair_price", amount(listing.max_fair_price)},
                        {"ratio", ratio_of(listing)},
                        {"basis", basis_words(listing.basis, language)},
                        {"match", listing.match},
                        {"units_12m", listing.units_12m.empty() ? "0" : listing.units_12m}});
  }
  std::string names;
  for (const std::string& name : suppliers) names += (names.empty() ? "" : ", ") + name;
  const bool reduce = one.state == rules::CaseState::awaiting_reduction || one.state == rules::CaseState::frozen ||
                      (one.state == rules::CaseState::opened && (one.continued || one.decision == rules::Decision::reduce_or_delist));
  fields.sections["evidence"].resize(reduce ? 0 : 1);
  fields.sections["reduction"].resize(reduce ? 1 : 0);
  fields.texts = {{"case", one.id},
                  {"party", one.party},
                  {"suppliers", names},
                  {"product", one.product},
                  {"category", one.category.empty() ? nothing : one.category},
                  {"decision", std::string(publishing::decision_words(one.decision, language))},
                  {"opened_on", one.opened_on},
                  {"notified_on", one.notified_on.empty() ? nothing : one.notified_on},
                  {"receipt", one.receipt.empty() ? nothing : one.receipt},
                  {"previous", one.previous.empty() ? nothing : one.previous},
                  {"deadline", time_words(one.deadline, one.deadline_estimated, reduce ? one.reduction_days : one.evidence_days, language)},
                  {"objection", time_words(one.objection_until, false, one.objection_days, language)},
                  {"objection_days", std::to_string(one.objection_days)},
                  {"today", today}};
  clean(fields.texts);
  for (Row& row : listings) clean(row);
  return fields;
}

bool has_letter(const cases::Case& one) {
  return one.state == rules::CaseState::opened || one.state == rules::CaseState::awaiting_evidence ||
         one.state == rules::CaseState::awaiting_reduction || one.state == rules::CaseState::frozen;
}

std::string plain(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    for (const std::string_view mark : {"## ", "# "})
      if (line.starts_with(mark)) {
        line.remove_prefix(mark.size());
        break;
      }
    result.append(line).append("\n");
  }
  return result;
}

std::string_view shipped_template(Language language) {
  return shipped_file(language == Language::zh ? "letters/notice.zh.txt" : "letters/notice.en.txt");
}

}  // namespace fairprice::letters
