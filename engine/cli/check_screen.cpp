#include "engine/cli/check_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/cli/terminal.hpp"
#include "engine/cli/text.hpp"
#include "engine/publishing/assessment_row.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

using assessment::Assessment;
using assessment::present;
using publishing::currency_words;
using publishing::decision_words;
using publishing::money_text;
using publishing::percent;
using Align = TextTable::Align;
using rules::Decision;

namespace {

/// What a supplier can do about a decision.
std::string advice(Decision decision, const Assessment& one, const rules::Policy& policy, Language language) {
  const bool zh = language == Language::zh;
  const std::string fair = money_text(one.max_fair_price);
  switch (decision) {
    case Decision::within_range: return zh ? "价格合理，可以上架。" : "The price is fair: list it as it is.";
    case Decision::evidence_required:
      return zh ? fmt::format("上架后会被要求举证（通知后 {} 个工作日内）。可降到 {} {}以内，或准备合同、发票等证明。",
                              policy.deadlines.first.evidence, fair, currency_words(policy, language))
                : fmt::format(
                      "Evidence would be asked for, within {} working days of the notice. Lower the price to {} at most, or have contracts "
                      "or invoices ready.",
                      policy.deadlines.first.evidence, fair);
    case Decision::reduce_or_delist:
      return zh ? fmt::format("上架后会被要求降价，否则下架。请降到 {} {}以内。", fair, currency_words(policy, language))
                : fmt::format("A cut would be asked for, or the listing taken down. Lower the price to {} at most.", fair);
    case Decision::check_data:
      return zh ? "请先核对价格、单位、包装数量和型号：更像录入错误，而不是价格偏高。"
                : "Check price, unit, pack size and model first: this looks more like a typing error than like a high price.";
    case Decision::no_reference:
      return zh ? "本期没有可比的市场证据。请核对品牌、型号或条码；如无误，价格暂无法判断。"
                : "This month has no market evidence to compare with. Check brand, model or barcode; if they are right, the price cannot "
                  "be judged yet.";
  }
  return {};
}

std::string ratio_text(const Assessment& one) {
  if (!present(one.monitoring_price)) return {};
  const Int128 reference = one.monitoring_price.ten_thousandths();
  const Int128 above = one.judged.ten_thousandths() - reference;
  return (above > 0 ? "+" : "") + percent(above, reference);
}

const rules::Policy& policy_for(const Answers& answers, const rules::PolicySet& policy, const Assessment& one) {
  return policy.of(publishing::text_of(answers.month->keys->categories, answers.month->listings[one.row].category));
}

std::string product_of(const Answers& answers, const Assessment& one) {
  const std::uint32_t product = answers.month->listings[one.row].product;
  return product == ingest::kNone ? std::string() : answers.month->keys->product_name(product);
}

void print_one(Page& page, const Answers& answers, const rules::PolicySet& set, const Assessment& one, Language language) {
  const rules::Policy& policy = policy_for(answers, set, one);
  const bool zh = language == Language::zh;
  const std::string product = product_of(answers, one);
  page.line(fmt::format("{}: {} ({})",
                        product.empty() ? std::string(Text{"未识别的产品", "a product that was not recognised"}.in(language)) : product,
                        decision_words(one.decision, language), decision_name(one.decision)),
            Style::bold);
  TextTable table({Align::left, Align::right, Align::left});
  table.row(
      {zh ? "价格" : "price", money_text(answers.month->listings[one.row].price), std::string(publishing::unit_of(*answers.month, one))});
  if (present(one.monitoring_price)) {
    table.row({zh ? "监测价格" : "reference", money_text(one.monitoring_price), monitoring_basis(one, policy)});
    table.row({zh ? "差率" : "ratio", ratio_text(one), zh ? "（价格 − 监测价格）/ 监测价格" : "(price − reference) / reference"});
    if (present(one.max_fair_price)) table.row({zh ? "最高合理价" : "fair up to", money_text(one.max_fair_price), ""});
  }
  table.print(page);
  const std::string notices = notices_text(one, answers.month->listings[one.row].k);
  for (std::string_view rest = notices; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    page.line("  " + publishing::notice_sentence(rest.substr(0, end), language));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  page.line(advice(one.decision, one, policy, language));
}

void print_many(Page& page, const Answers& answers, const rules::PolicySet& policy, Language language) {
  const bool zh = language == Language::zh;
  TextTable table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::right, Align::left});
  table.row({zh ? "商品" : "listing", zh ? "产品" : "product", zh ? "价格" : "price", zh ? "监测价格" : "reference", zh ? "差率" : "ratio",
             zh ? "最高合理价" : "fair up to", zh ? "结论" : "decision"});
  std::array<const Assessment*, rules::kDecisions> example{};
  std::array<std::int64_t, rules::kDecisions> counts{};
  for (const Assessment& one : answers.assessments) {
    const ingest::Listing& listing = answers.month->listings[one.row];
    table.row({shortened(publishing::text_of(answers.month->keys->listings, listing.listing), 20), shortened(product_of(answers, one), 30),
               money_text(listing.price), money_text(one.monitoring_price), ratio_text(one), money_text(one.max_fair_price),
               std::string(decision_name(one.decision)) + " " + std::string(decision_name_zh(one.decision))});
    const auto decision = static_cast<std::size_t>(one.decision);
    ++counts[decision];
    if (example[decision] == nullptr) example[decision] = &one;
  }
  table.print(page);
  page.line();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const auto decision = static_cast<Decision>(i);
    std::string what;
    if (decision == Decision::evidence_required || decision == Decision::reduce_or_delist)
      what = zh ? "请把价格降到最高合理价以内，或准备证明材料。" : "Lower the price to the highest fair one, or have evidence ready.";
    else
      what = advice(decision, *example[i], policy_for(answers, policy, *example[i]), language);
    page.line(fmt::format("{} {}: {}", grouped(counts[i]), decision_name(decision), what));
  }
}

}  // namespace

std::string check_screen(const Answers& answers, const rules::PolicySet& policy, Language language, bool colour) {
  Page page(colour);
  if (answers.assessments.size() == 1)
    print_one(page, answers, policy, answers.assessments[0], language);
  else
    print_many(page, answers, policy, language);
  return page.text();
}

int check_status(const Answers& answers) {
  constexpr std::array<std::pair<Decision, int>, 4> kOrder = {
      {{Decision::reduce_or_delist, 11}, {Decision::evidence_required, 10}, {Decision::check_data, 13}, {Decision::no_reference, 12}}};
  for (const auto& [decision, status] : kOrder)
    for (const Assessment& one : answers.assessments)
      if (one.decision == decision) return status;
  return 0;
}

}  // namespace fairprice::cli
