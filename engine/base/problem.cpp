#include "engine/base/problem.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/base/text.hpp"

namespace fairprice {

namespace {

/// How a code reads behind "price "12,99.0" ...": what is wrong, and what is expected. An empty `expected` says nothing more.
struct Wording {
  std::string_view name;
  std::string_view wrong_en, expected_en;
  std::string_view wrong_zh, expected_zh;
};

// In the order of ProblemCode.
constexpr std::array<Wording, kProblemCodes> kWordings = {{
    {"missing-value", "is empty", "a value", "为空", "应填写内容"},
    {"not-an-amount", "is not an amount", "e.g. 1299.00", "不是金额", "例如 1299.00"},
    {"not-positive", "is not above 0", "e.g. 1299.00", "不大于 0", "例如 1299.00"},
    {"too-large", "is too large", "below 100000000 yuan", "过大", "应小于 100000000 元"},
    {"rounds-to-zero", "rounds to 0", "at least 0.0001 yuan", "舍入后为 0", "应至少 0.0001 元"},
    {"floor-price", "is a starting price", "one price, e.g. 1299.00", "是起价", "应为一个确定的价格，例如 1299.00"},
    {"price-range", "is a range of prices", "one price, e.g. 1299.00", "是价格区间", "应为一个确定的价格，例如 1299.00"},
    {"price-on-request", "gives no price", "one price, e.g. 1299.00", "没有给出价格", "应为一个确定的价格，例如 1299.00"},
    {"tax-exclusive", "is a price without tax", "the price with tax, e.g. 1299.00", "是不含税价", "应为含税价，例如 1299.00"},
    {"bad-quantity", "is not a quantity", "above 0, below 1000000000, at most 4 decimals, e.g. 3", "不是数量",
     "应大于 0、小于 1000000000、至多 4 位小数，例如 3"},
    {"bad-pack", "is not a pack size", "pack size times unit factor from 0.01 to below 10000, at most 4 decimals, e.g. 12", "不是包装数量",
     "包装数量乘以单位系数应不小于 0.01、小于 10000、至多 4 位小数，例如 12"},
    {"not-a-date", "is not a date", "e.g. 2023-11-05", "不是日期", "例如 2023-11-05"},
    {"not-a-period", "is not a month", "e.g. 2023-11", "不是月份", "例如 2023-11"},
    {"not-a-number", "is not a number", "above 0, e.g. 101.25", "不是数字", "应大于 0，例如 101.25"},
    {"not-a-discount", "is not a discount rate", "above 0, at most 1, e.g. 0.95, 95% or 9.5折", "不是折扣率",
     "应大于 0、至多 1，例如 0.95、95% 或 9.5折"},
    {"ambiguous-discount", "can be read as more than one discount rate", "0.95, 95% or 9.5折", "可以读成不止一种折扣率",
     "应为 0.95、95% 或 9.5折"},
    {"not-a-boolean", "is neither yes nor no", "true or false", "既不是“是”也不是“否”", "应为 true 或 false、是 或 否"},
    {"not-a-channel", "is not a channel", "ecommerce or store", "不是渠道", "应为 ecommerce（电商）或 store（实体）"},
    {"not-a-shop-type", "is not a kind of shop", "self_operated, flagship or third_party", "不是店铺类型",
     "应为 self_operated（自营）、flagship（旗舰店）或 third_party（第三方）"},
    {"not-a-price-kind", "is not a kind of price", "regular, promotion, coupon, subsidised or member", "不是价格类型",
     "应为 regular（常规）、promotion（促销）、coupon（优惠券）、subsidised（补贴）或 member（会员）"},
    {"not-an-origin", "is not an origin", "published or own", "不是来源", "应为 published（发布）或 own（自编）"},
    {"not-a-verdict", "is not a verdict", "same or different", "不是结论", "应为 same 或 different"},
    {"not-a-day-kind", "is not a kind of day", "holiday or workday", "不是日期类型", "应为 holiday（放假）或 workday（上班）"},
    {"not-a-table", "is not a table whose rows can be excluded", "listings, quotes, orders or index", "不是可以排除行的表",
     "应为 listings、quotes、orders 或 index"},
    {"not-a-barcode", "is not a barcode", "8, 12, 13 or 14 digits with the right check digit", "不是商品条码",
     "应为 8、12、13 或 14 位数字且校验码正确"},
    {"unrecognisable", "names no product", "brand and model, a barcode or a title", "没有指明商品", "应有品牌与型号、商品条码或商品名称"},
    {"unit-mismatch", "cannot be brought to the product's base unit", "a unit that units.csv leads there", "无法换算为该商品的基本单位",
     "应为 units.csv 能换算到基本单位的单位"},
    {"duplicate", "repeats a row", "", "与另一行重复", ""},
    {"conflicting-duplicate", "stands on several rows with different values", "one row", "出现在内容不同的多行中", "应只有一行"},
    {"conflicting-index", "has different index figures for one period and origin", "one figure", "在同一期间、同一来源有不同的指数数据",
     "应只有一个数据"},
    {"field-count", "has more or fewer cells than the heading", "as many as the heading", "的单元格数与表头不同", "应与表头一样多"},
    {"bad-quotes", "has text behind a closing quote, or a quote that never closes", "\"\" for a quote inside a quoted cell",
     "的右引号后还有文字，或引号没有结束", "应把引号内的引号写作 \"\""},
    {"bad-encoding", "has bytes that are no text in the file's encoding", "one encoding throughout, best UTF-8", "有不属于该文件编码的字节",
     "整个文件应为同一编码，最好是 UTF-8"},
    {"unreadable-file", "cannot be read", "", "无法读取", ""},
    {"bad-record", "cannot be read", "", "无法读取", ""},
}};

const Wording& wording(ProblemCode code) { return kWordings[static_cast<std::size_t>(code)]; }

std::string_view outcome(ProblemAction action, Language language) {
  const bool zh = language == Language::zh;
  switch (action) {
    case ProblemAction::rejected: return zh ? "该行记入 rejects.csv" : "row kept in rejects.csv";
    case ProblemAction::duplicate: return zh ? "只计一次，该行记入 rejects.csv" : "counted once, row kept in rejects.csv";
    case ProblemAction::emptied: return zh ? "该单元格按空值处理" : "cell read as empty";
  }
  return {};
}

/// `price "12,99.0"`; the row where no column is meant.
std::string subject(const Problem& problem, Language language) {
  std::string text(!problem.column.empty() ? problem.column.view() : language == Language::zh ? "该行" : "row");
  if (!problem.value.empty()) text += fmt::format(" \"{}\"", quoted_for_message(problem.value));
  return text;
}

}  // namespace

std::string_view code_name(ProblemCode code) { return wording(code).name; }

std::string_view action_name(ProblemAction action) {
  switch (action) {
    case ProblemAction::rejected: return "rejected";
    case ProblemAction::duplicate: return "duplicate";
    case ProblemAction::emptied: return "emptied";
  }
  return {};
}

std::string problem_message(const Problem& problem, Language language) {
  const Wording& words = wording(problem.code);
  const bool zh = language == Language::zh;
  if (problem.code == ProblemCode::unreadable_file || problem.code == ProblemCode::bad_record) {
    const std::string_view why = problem.detail.view();
    const std::size_t between = why.find(kBetweenLanguages);
    std::string text(zh ? why.substr(0, between) : why.substr(std::min(between, why.size() - 1) + 1));
    if (problem.code == ProblemCode::unreadable_file) return text + (zh ? "；整个文件未计入" : "; the whole file was left out");
    return text + (zh ? "；该记录记入 rejects.csv" : "; record kept in rejects.csv");
  }
  const std::string_view expected = zh ? words.expected_zh : words.expected_en;
  std::string text = subject(problem, language);
  text += zh && problem.value.empty() && problem.column.empty() ? "" : " ";
  text += zh ? words.wrong_zh : words.wrong_en;
  if (!expected.empty()) text += fmt::format(fmt::runtime(zh ? "（{}）" : " (expected {})"), expected);
  if (!problem.detail.empty() && problem.code == ProblemCode::bad_encoding)
    text += fmt::format(fmt::runtime(zh ? "，位于文件第 {} 字节" : ", at byte {} of the file"), problem.detail.view());
  else if (!problem.detail.empty())
    text += fmt::format(fmt::runtime(zh ? "，另见 {}" : ", see also {}"), problem.detail.view());
  text += zh ? "；" : "; ";
  text += outcome(problem.action, language);
  return text;
}

std::string FatalError::reason(Language language) const {
  std::string text = message(language);
  const std::string_view end = language == Language::zh ? "；未运行" : "; nothing was run";
  if (text.ends_with(end)) text.resize(text.size() - end.size());
  return text;
}

}  // namespace fairprice
