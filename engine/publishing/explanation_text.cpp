#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ratio.hpp"
#include "engine/base/text.hpp"
#include "engine/publishing/explanation.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::publishing {

using assessment::Evidence;
using assessment::Explanation;
using assessment::present;
using assessment::RolledIndex;
using assessment::SellerVote;
using assessment::SourceRow;
using rules::Decision;

namespace {

class Letter {
 public:
  Letter(const Explanation& explanation, const rules::PolicySet& policy, Language language)
      : one_(explanation), judged_(explanation.assessment), policy_(policy.of(explanation.category)), language_(language),
        currency_(currency_words(policy_, language)) {}

  std::string write() {
    conclusion();
    consequence();
    estimate();
    notices();
    ladder();
    for (const Evidence& evidence : one_.evidence)
      if (!evidence.sellers.empty()) sellers(evidence);
    rows();
    return std::move(text_);
  }

 private:
  bool zh() const { return language_ == Language::zh; }
  template <class... Parts>
  void line(const char* zh_form, const char* en_form, const Parts&... parts) {
    add_line(fmt::format(fmt::runtime(zh() ? zh_form : en_form), parts...));
  }
  /// A line with what could not be seen written out: a name from outside must not break a letter, or command a terminal.
  void add_line(const std::string& text) { text_ += quoted_for_message(text, SIZE_MAX) + "\n"; }
  void title(const char* zh_text, const char* en_text) {
    text_ += '\n';
    text_ += zh() ? zh_text : en_text;
    text_ += '\n';
  }
  std::string for_pack(UnitPrice price) const { return money_text(price.for_pack(one_.listing.k)); }
  std::string per_unit() const {
    const std::string pack = PackUnits::from_ten_thousandths(one_.listing.pack_size).to_string();
    if (one_.unit.empty()) return pack == "1" ? "" : "/" + pack;
    return pack == "1" ? "/" + one_.unit : "/" + pack + one_.unit;
  }
  std::string place(const SourceRow& row) const { return fmt::format("{}:{}", row.file, row.line); }

  void conclusion();
  void consequence();
  void estimate();
  void notices();
  void ladder();
  void index_line(const char* number, rules::Indicator indicator, const RolledIndex& index);
  void evidence_line(const std::string& label, const Evidence& evidence);
  void sellers(const Evidence& evidence);
  void rows();

  const Explanation& one_;
  const assessment::Assessment& judged_;
  const rules::Policy& policy_;
  Language language_;
  std::string currency_;
  std::string text_;
};

void Letter::conclusion() {
  line("商品 {}：{}（{}）", "Listing {}: {} ({})", one_.listing_id, decision_words(judged_.decision, language_),
       decision_name(judged_.decision));
  line("初步结论，提示核实，不认定任何违规。", "A preliminary conclusion: a signal to verify, not a finding against anyone.");
  text_ += '\n';
  line("产品 {}；品目 {}；供应商 {}；{}", "Product {}; category {}; supplier {}; {}",
       one_.product.empty() ? (zh() ? "未识别" : "not recognised") : one_.product, one_.category.empty() ? "-" : one_.category,
       one_.supplier_id.empty() ? "-" : one_.supplier_id,
       one_.listing_file.empty() ? (zh() ? "自查" : "a question") : fmt::format("{}:{}", one_.listing_file, one_.listing_line));
  line("商品价格 {} {}{}", "Listed price {} {}{}", money_text(one_.listing.price), currency_, per_unit());
  if (judged_.judged != one_.listing.price)
    line("按承诺折扣率计算的应付价 {} {}（本策略以应付价判断）",
         "Payable price {} {}, list price x promised discount: the policy judges this one", money_text(judged_.judged), currency_);
  if (!present(judged_.monitoring_price)) {
    line("没有监测价格，因此没有差率。", "There is no monitoring price, hence no ratio.");
    return;
  }
  const Int128 reference = judged_.monitoring_price.ten_thousandths();
  const Int128 above = judged_.judged.ten_thousandths() - reference;
  const std::string price = money_text(judged_.judged);
  const std::string monitoring = money_text(judged_.monitoring_price);
  line("监测价格 {} {}，来自 {}", "Monitoring price {} {}, from {}", monitoring, currency_, one_.basis);
  line("差率 =（价格 − 监测价格）/ 监测价格 =（{0} − {1}）/ {1} = {2}（{3}）",
       "Ratio = (price − reference) / reference = ({0} − {1}) / {1} = {2} ({3})", price, monitoring, ratio_to_string(above, reference),
       percent(above, reference));
  if (one_.band >= 0 && judged_.decision != Decision::check_data) {
    const auto band = static_cast<std::size_t>(one_.band);
    line("适用条款：策略 {} 第 {} 档，{} → {}", "Policy line: {}, band {}: {} → {}", one_.policy_name, one_.band + 1,
         band_words(policy_, band, language_), decision_name(policy_.bands[band].decision));
  }
  if (present(judged_.max_fair_price))
    line("合理区间上限 {} {}", "Highest fair price {} {}", money_text(judged_.max_fair_price), currency_);
}

void Letter::consequence() {
  title("后续", "What follows");
  switch (judged_.decision) {
    case Decision::within_range: line("无需处理。", "Nothing has to be done."); break;
    case Decision::evidence_required:
      line("供应商可在收到通知后 {} 个工作日内提交价格举证材料，或自行降至合理区间。",
           "The supplier may submit evidence for the price within {} working days of the notice, or lower it into the fair range.",
           policy_.deadlines.first.evidence);
      break;
    case Decision::reduce_or_delist:
      line("供应商应在收到通知后 {} 个工作日内降至合理区间，也可在 {} 个工作日内提出异议；逾期由人工决定是否下架。",
           "The supplier is asked to lower the price into the fair range within {} working days of the notice, or to object within {}; "
           "only a person takes the listing down.",
           policy_.deadlines.first.reduction, policy_.deadlines.first.objection);
      break;
    case Decision::check_data:
      line("先由人核对价格、单位、包装与型号；供应商可在收到通知后 {} 个工作日内更正或确认。",
           "A person looks at price, unit, pack and model first; the supplier may mend or confirm them within {} working days of the "
           "notice.",
           policy_.deadlines.first.evidence);
      break;
    case Decision::no_reference:
      line("没有可比的市场证据，不作价格判断。", "There is no market evidence to compare with; the price is not judged.");
      break;
  }
  if (one_.held_by_flood)
    line("同时被标记的商品太多，更可能是参照有误：须由具名人员核对参照并放行后才立案，在此之前不通知供应商。",
         "So many listings are flagged at once that the reference is more likely wrong: no case opens, and the supplier is not notified, "
         "until a named person has looked at the reference and released it.");
}

/// Advice, and called so.
void Letter::estimate() {
  if (!one_.estimate) return;
  const assessment::Estimate& estimate = *one_.estimate;
  title("按配置的估计（仅供参考，不是监测价格）", "Estimate by configuration (advice, no monitoring price)");
  line("识别到的配置：{}", "Configuration as read: {}", estimate.configuration);
  if (present(estimate.price))
    line("同类配置的市场价约 {} {}，95 % 的单个价格在 {} 至 {} 之间；依据 {} 个市售配置、{} 个参数（{}），R² {}",
         "Such a configuration costs about {} {}, 95 of 100 single prices lie between {} and {}; from {} market configurations and {} "
         "parameters "
         "({}), R² {}",
         money_text(estimate.price), currency_, money_text(estimate.lower), money_text(estimate.upper), estimate.observations,
         estimate.parameters, estimate.characteristics, ratio_to_string(estimate.r_squared, 1'000'000));
  else
    line("没有估计价：{}", "No estimate: {}", estimate_words(estimate.reason, language_));
  for (std::size_t i = 0; i < estimate.nearest.size(); ++i)
    line("  相近的市售产品：{}，{} {}", "  near: {}, {} {}", one_.nearest[i], money_text(estimate.nearest[i].price), currency_);
}

void Letter::notices() {
  if (one_.notices.empty() && judged_.reason != rules::CheckReason::far) return;
  title("提示", "Notices");
  if (judged_.reason == rules::CheckReason::far) text_ += notice_sentence("far", language_) + "\n";
  for (std::string_view rest = one_.notices; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view code = rest.substr(0, end);
    line("{}（{}）", "{} ({})", notice_sentence(code, language_), code);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void Letter::index_line(const char* number, rules::Indicator indicator, const RolledIndex& index) {
  const std::string_view name = indicator_words(indicator, language_);
  if (!index.present) {
    line("  {} {}：无（{}）", "  {} {}: none ({})", number, name,
         absence_words(index.why_absent.empty() ? "no_source" : index.why_absent, language_));
    return;
  }
  std::string from;
  for (const SourceRow& row : one_.rows)
    if (row.table == "index" && row.fate == "used" && row.date == index.period.to_string() && row.unit_price == index.published)
      from = place(row);
  line("  {0} {1}：{2} {7}，{3} 的 {4} {7}{5}，{6}", "  {0} {1}: {2} {7}, that of {3}: {4} {7}{5}, {6}", number, name,
       for_pack(index.rolled), index.period.to_string(), for_pack(index.published),
       index.level_s.empty() ? std::string() : fmt::format(" × {} / {}", index.level_t, index.level_s), from, currency_);
}

void Letter::evidence_line(const std::string& label, const Evidence& evidence) {
  const auto own = static_cast<std::size_t>(
      std::count_if(evidence.sellers.begin(), evidence.sellers.end(), [](const SellerVote& vote) { return vote.why == "own"; }));
  const std::string sellers =
      zh() ? fmt::format("采用 {} 家，筛除 {} 家，回避自家 {} 家", evidence.kept, evidence.screened, own)
           : fmt::format("sellers: {} kept, {} screened out, {} own left out", evidence.kept, evidence.screened, own);
  if (evidence.present) {
    line("  {}：{} {}；{}", "  {}: {} {}; {}", label, money_text(evidence.in_pack), currency_, sellers);
  } else {
    line("  {}：无（{}）；{}", "  {}: none ({}); {}", label, absence_words(evidence.absent_why, language_), sellers);
  }
}

void Letter::ladder() {
  title("参照的由来", "Where the reference comes from");
  if (one_.rung > 0) {
    line("参照阶梯第 {} 级作答：{}；共采用 {} 个来源，筛除 {} 个", "Rung {} of the ladder answers: {}; sources kept {}, screened out {}",
         one_.rung, one_.basis, judged_.sources_kept, judged_.sources_screened);
  } else {
    line("参照阶梯没有一级能作答。", "No rung of the ladder has what it needs.");
  }
  index_line("1", rules::Indicator::index_price, one_.index);
  constexpr std::array<rules::Indicator, 3> kAverages = {rules::Indicator::procurement_average, rules::Indicator::ecommerce_average,
                                                         rules::Indicator::store_average};
  int number = 2;
  for (const Evidence& evidence : one_.evidence) {
    const auto known =
        std::find_if(kAverages.begin(), kAverages.end(), [&](rules::Indicator i) { return indicator_name(i) == evidence.name; });
    evidence_line(known == kAverages.end() ? evidence.name : fmt::format("{} {}", number++, indicator_words(*known, language_)), evidence);
  }
  if (present(judged_.market_median)) {
    const Int128 market = judged_.market_median.ten_thousandths();
    const Int128 above = judged_.judged.ten_thousandths() - market;
    line("  5 价格偏离度：（{0} − {1}）/ {1} = {2}，{1} 为市场平均价的中位数",
         "  5 deviation degree: ({0} − {1}) / {1} = {2}; {1} is the median of the market averages", money_text(judged_.judged),
         money_text(judged_.market_median), ratio_to_string(above, market));
  }
  if (one_.own_index.present) index_line("*", rules::Indicator::own_index_price, one_.own_index);
  if (!one_.own_sellers.empty())
    line("  自家（供应商、其集团及店铺），不计入任何指标：{}", "  Own (the supplier, its group and shops), left out of every indicator: {}",
         fmt::join(one_.own_sellers, ", "));
  line("  金额均折算为本商品的单位与包装。", "  All amounts are in the unit and pack of this listing.");
}

void Letter::sellers(const Evidence& evidence) {
  std::string name = evidence.name;
  for (int i = 0; i < rules::kIndicators; ++i)
    if (indicator_name(static_cast<rules::Indicator>(i)) == evidence.name)
      name = indicator_words(static_cast<rules::Indicator>(i), language_);
  text_ += '\n';
  line("{}：每个卖家一票{}", "{}: one vote a seller{}", name,
       evidence.median.count() > 0
           ? fmt::format(fmt::runtime(zh() ? "，中位数 {} {}" : ", median {} {}"), for_pack(evidence.median), currency_)
           : std::string());
  for (const SellerVote& vote : evidence.sellers) {
    std::string places;
    for (const std::size_t row : vote.rows)
      if (row < one_.rows.size()) places += (places.empty() ? "" : ", ") + place(one_.rows[row]);
    const std::string what = vote.kept           ? (zh() ? "采用" : "kept")
                             : vote.why == "own" ? (zh() ? "自家，不计" : "own, left out")
                                                 : (zh() ? "离群，筛除" : "screened out: too far from the median");
    line("  {}  {} {}  {}  {}", "  {}  {} {}  {}  {}", vote.seller, for_pack(vote.price), currency_, what, places);
  }
}

void Letter::rows() {
  if (one_.rows.empty()) return;
  title("全部来源行", "All source rows");
  for (const SourceRow& row : one_.rows) {
    std::string text = "  " + place(row);
    for (const std::string_view part : {std::string_view(row.date), std::string_view(row.seller)})
      if (!part.empty()) text += "  " + std::string(part);
    if (row.unit_price.count() > 0) text += "  " + for_pack(row.unit_price);
    text += "  " + std::string(fate_words(row.fate, language_));
    if (!row.note.empty()) text += "  (" + row.note + ")";
    add_line(text);
  }
}

}  // namespace

std::string explanation_text(const Explanation& explanation, const rules::PolicySet& policy, Language language) {
  return Letter(explanation, policy, language).write();
}

}  // namespace fairprice::publishing
