#include "engine/publishing/words.hpp"

#include <array>

#include "engine/publishing/csv_buffer.hpp"

namespace fairprice::publishing {

namespace {

struct Words {
  std::string_view code, zh, en;
};

template <std::size_t kCount>
std::string_view say(const std::array<Words, kCount>& table, std::string_view code, Language language) {
  for (const Words& words : table)
    if (words.code == code) return language == Language::zh ? words.zh : words.en;
  return code;
}

constexpr std::array<Words, 5> kDecisionWords = {{
    {"within_range", "合理", "within range"},
    {"evidence_required", "价格举证", "price evidence required"},
    {"reduce_or_delist", "降价或下架", "reduce or delist"},
    {"check_data", "数据存疑", "check the data"},
    {"no_reference", "无可比参照", "no reference"},
}};

constexpr std::array<Words, 4> kEstimateWords = {{
    {"too_few", "市售配置太少（每个参数至少 5 个，共至少 20 个）",
     "too few market configurations (at least five for each parameter, and twenty)"},
    {"outside", "该配置超出市售配置的范围", "the configuration lies outside of what the market sells"},
    {"too_wide", "95 % 区间宽于 ±20 %", "its 95 % interval is wider than ±20 %"},
    {"not_fitted", "回归没有唯一解", "the regression has no unique answer"},
}};

constexpr std::array<Words, 5> kIndicatorWords = {{
    {"index_price", "指数价格", "index price"},
    {"procurement_average", "政采市场平均价", "procurement market average"},
    {"ecommerce_average", "电商市场平均价", "e-commerce market average"},
    {"store_average", "实体市场平均价", "physical-store market average"},
    {"own_index_price", "自编指数价格", "own index price"},
}};

constexpr std::array<Words, 21> kNotices = {{
    {"identity_conflict", "条码与品牌、型号互相矛盾，请核对商品信息。",
     "The barcode and the brand or model contradict each other: check what the product is."},
    {"pack_unconfirmed", "标题或规格与包装数量不一致，请核对包装。", "Title or specification contradict the pack size: check the pack."},
    {"unit_mismatch", "单位无法换算为该产品的基本单位，请核对单位。",
     "The unit cannot be brought to the product's base unit: check the unit."},
    {"factor:10", "价格与参照相差约 10 倍，可能是小数点错位。",
     "The price is about ten times, or a tenth of, the reference: perhaps a slipped decimal point."},
    {"factor:100", "价格与参照相差约 100 倍，可能是小数点错位。",
     "The price is about a hundred times, or a hundredth of, the reference: perhaps a slipped decimal point."},
    {"index_conflict", "指数价格与市场平均价的中位数相差超过政策界限，参照存疑。",
     "The index price and the median of the market averages differ by more than the policy allows: the reference is doubtful."},
    {"indicator_conflict", "各指标之间相差超过政策界限，参照存疑。",
     "The indicators differ among themselves by more than the policy allows: the reference is doubtful."},
    {"thin_evidence", "参照依据的卖家较少。", "The reference rests on few sellers."},
    {"stale_reference", "参照依据的数据较旧。", "The reference rests on old data."},
    {"weakened", "按差率应降价或下架；因参照存疑，先要求举证。",
     "By its ratio it would be cut or delisted; because the reference is doubtful, evidence is asked for first."},
    {"abnormally_low", "价格明显低于参照，请留意质量与履约。", "The price is far below the reference: mind quality and delivery."},
    {"above_ecommerce", "价格高于电商市场平均价。", "The price is above the e-commerce market average."},
    {"above_lowest_supplier", "价格高于商城内同款最低价。", "The price is above the lowest listing of the same product in the mall."},
    {"raised_before_promotion", "促销原价高于此前成交价（先涨后降），请核实。",
     "The promotion's original price is above earlier deals (raised before the promotion): please verify."},
    {"price_jump", "价格比上期大幅上涨。", "The price has jumped since the last period."},
    {"government_only_model", "市场渠道未见此型号，而有配置相同的市售型号（政采专供迹象）。",
     "No market channel sells this model, yet one of the same configuration is sold: a sign of a government-only model."},
    {"product_flood", "该产品过半供应商同时被标记，更可能是参照有误。",
     "More than half of the product's suppliers are flagged at once: more likely the reference is wrong."},
    {"category_flood", "该品目大量商品同时被标记，更可能是参照有误。",
     "Many listings of the category are flagged at once: more likely the reference is wrong."},
    {"justified", "价格在已认可的举证价之内。", "The price is at or below one that was justified by evidence."},
    {"safe_harbour", "价格未高于上次公布的最高合理价，处于宽限期内。",
     "The price is not above the highest fair price last published: it is within the period of grace."},
    {"far", "价格与参照相差超过 5 倍，请先核对数据。", "The price is more than five times away from the reference: check the data first."},
}};

constexpr std::array<Words, 6> kAbsences = {{
    {"too_few_sellers", "卖家数量不足", "too few sellers"},
    {"dispersed", "卖家价格过于分散", "the sellers' prices are too far apart"},
    {"no_source", "没有来源", "no source"},
    {"too_old", "来源过旧", "the source is too old"},
    {"no_level", "缺少品目指数，无法换算到本期", "no category level to bring it to the period"},
    {"own", "只有自家来源", "only own sources"},
}};

constexpr std::array<Words, 7> kFates = {{
    {"used", "采用", "used"},
    {"own", "自家，不计", "own, left out"},
    {"excluded", "人工剔除", "struck out by a person"},
    {"out_of_window", "不在期间内", "outside the window"},
    {"not_comparable", "不可比（类型、税或状态）", "not comparable (kind, tax or status)"},
    {"out_of_stock", "缺货", "out of stock"},
    {"unmatched", "未识别", "unmatched"},
}};

std::string decimal(Int128 value, int places) {
  CsvBuffer text;
  text.put_decimal(value, places);
  return std::string(text.bytes());
}

}  // namespace

std::string_view decision_words(rules::Decision decision, Language language) {
  return say(kDecisionWords, decision_name(decision), language);
}

std::string_view indicator_words(rules::Indicator indicator, Language language) {
  return say(kIndicatorWords, indicator_name(indicator), language);
}

std::string notice_sentence(std::string_view notice, Language language) {
  if (!notice.starts_with("pack:")) return std::string(say(kNotices, notice, language));
  const std::string quotient(notice.substr(5));
  return language == Language::zh
             ? "价格约为参照的 " + quotient + " 倍，与另一种包装相符，请核对包装或单位。"
             : "The price is about " + quotient + " times the reference, which fits another pack: check pack and unit.";
}

std::string_view absence_words(std::string_view code, Language language) { return say(kAbsences, code, language); }

std::string currency_words(const rules::Policy& policy, Language language) {
  if (policy.currency != "CNY") return policy.currency;
  return language == Language::zh ? "元" : "yuan";
}

std::string_view estimate_words(std::string_view reason, Language language) { return say(kEstimateWords, reason, language); }

std::string_view fate_words(std::string_view fate, Language language) { return say(kFates, fate, language); }

std::string percent(Ratio ratio) { return decimal(Int128{ratio.numerator} * 100'000'000 / ratio.denominator, 6) + " %"; }

std::string percent(Int128 part, Int128 whole) {
  if (whole <= 0) return "-";
  CsvBuffer text;
  text.put_money(Money::from_wide(divide_rounded(part * 10'000, whole) * Money::kPerFen));  // two decimals, as an amount in fen has
  return std::string(text.bytes()) + " %";
}

std::string band_words(const rules::Policy& policy, std::size_t band, Language language) {
  const std::string name = language == Language::zh ? "差率" : "ratio";
  const auto limit = [&](std::size_t i) { return percent(policy.bands[i].value); };
  const rules::Band& here = policy.bands[band];
  const std::string above = here.limit == rules::Band::Limit::at_most ? " ≤ " : " < ";
  if (band == 0) return here.limit == rules::Band::Limit::none ? std::string() : name + above + limit(band);
  const bool below_excludes_limit = policy.bands[band - 1].limit == rules::Band::Limit::below;
  if (here.limit == rules::Band::Limit::none) return name + (below_excludes_limit ? " ≥ " : " > ") + limit(band - 1);
  return limit(band - 1) + (below_excludes_limit ? " ≤ " : " < ") + name + above + limit(band);
}

std::string fen_text(Int128 fen) {
  CsvBuffer text;
  text.put_fen(fen);
  return std::string(text.bytes());
}

std::string money_text(Money amount) {
  if (!assessment::present(amount)) return {};
  CsvBuffer text;
  text.put_money(amount);
  return std::string(text.bytes());
}

}  // namespace fairprice::publishing
