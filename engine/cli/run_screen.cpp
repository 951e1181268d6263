#include "engine/cli/run_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/text.hpp"
#include "engine/base/version.hpp"
#include "engine/cli/text.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

using publishing::band_words;
using publishing::fen_text;
using publishing::money_text;
using publishing::percent;
using Align = TextTable::Align;

namespace {

constexpr std::size_t kWorst = 5;
constexpr std::size_t kProblemKinds = 6;
constexpr std::size_t kFilesNamed = 4;

constexpr std::array<Text, 6> kUses = {{{"采用", "used"},
                                        {"人工剔除", "excluded"},
                                        {"期间外", "out of window"},
                                        {"不可比", "not comparable"},
                                        {"缺货", "out of stock"},
                                        {"未识别", "unmatched"}}};

/// How a file was read, where it is not UTF-8 with commas or tabs and its headings in the first row.
std::string unusual_reading(const ingest::SourceFile& file, Language language) {
  const bool zh = language == Language::zh;
  std::string how;
  const auto add = [&](std::string_view part) { how.append(how.empty() ? "" : zh ? "，" : ", ").append(part); };
  if (file.unreadable) return how;
  if (file.format == ingest::FileFormat::workbook) add(zh ? "工作簿" : "workbook");
  if (file.format == ingest::FileFormat::json) add("JSON");
  if (file.format == ingest::FileFormat::json_lines) add("JSON Lines");
  if (file.encoding != ingest::Encoding::utf8) add(encoding_name(file.encoding));
  if (file.delimiter == ';') add(zh ? "以分号分隔" : "semicolon between cells");
  if (file.heading_line > 1) add(fmt::format(fmt::runtime(zh ? "表头在第 {} 行" : "headings in row {}"), file.heading_line));
  return how;
}

class Screen {
 public:
  Screen(const Run& run, const rules::PolicySet& policy, const publishing::Published& published, const RunScreen& screen)
      : month_(*run.month), all_(run.assessments), policy_(policy), published_(published), screen_(screen), page_(screen.colour) {}

  std::string print() {
    page_.line(fmt::format("fairprice {} · {} · {} {}", kVersion, month_.period.to_string(), say({"策略", "policy"}), policy_.base.name),
               Style::bold);
    page_.line();
    print_rows();
    print_readings();
    print_problems();
    print_warnings();
    page_.line();
    print_decisions();
    print_shares();
    page_.line();
    print_worst();
    print_files();
    print_next();
    return page_.text();
  }

 private:
  std::string say(Text text) const { return std::string(text.in(screen_.language)); }
  bool zh() const { return screen_.language == Language::zh; }

  void print_rows();
  void print_readings();
  void print_problems();
  void print_warnings();
  void print_decisions();
  void print_shares();
  void print_worst();
  void print_files();
  void print_next();
  std::vector<const assessment::Flagged*> worst() const;

  const ingest::Month& month_;
  const assessment::Assessments& all_;
  const rules::PolicySet& policy_;
  const publishing::Published& published_;
  const RunScreen& screen_;
  Page page_;
};

void Screen::print_rows() {
  // A column of the identity read = rejected + duplicate + used + ... is shown when some table has such rows.
  std::array<bool, 6> shown{};
  shown[0] = true;
  for (const auto& [name, table] : month_.tables)
    for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = shown[i] || table.counts.by_use[i] != 0;
  std::vector<std::string> heading = {say({"读入", "read"}), say({"行", "rows"}), say({"拒收", "rejected"}), say({"重复", "duplicate"})};
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (shown[i]) heading.push_back(say(kUses[i]));
  std::vector<Align> columns(heading.size(), Align::right);
  columns[0] = Align::left;
  TextTable rows(columns);
  rows.row(heading);
  for (const char* const name : {"listings", "quotes", "orders", "index"}) {
    const auto table = month_.tables.find(std::string_view(name));
    if (table == month_.tables.end()) continue;
    const ingest::RowCounts& counts = table->second.counts;
    std::vector<std::string> cells = {name, grouped(counts.read), grouped(counts.rejected), grouped(counts.duplicate)};
    for (std::size_t i = 0; i < shown.size(); ++i)
      if (shown[i]) cells.push_back(grouped(counts.by_use[i]));
    rows.row(std::move(cells));
  }
  rows.print(page_);
}

void Screen::print_readings() {
  std::string line;
  std::size_t files = 0;
  for (const auto& [name, table] : month_.tables)
    for (const ingest::SourceFile& file : table.files) {
      const std::string how = unusual_reading(file, screen_.language);
      if (how.empty() || ++files > kFilesNamed) continue;
      line += (line.empty() ? "" : " · ") + quoted_for_message(file.name) + (zh() ? "：" : ": ") + how;
    }
  if (files > kFilesNamed)
    line += fmt::format(fmt::runtime(zh() ? " · 另 {} 个（fairprice ingest --dry-run）" : " · and {} more (fairprice ingest --dry-run)"),
                        files - kFilesNamed);
  if (!line.empty()) page_.line(say({"  识别  ", "  recognised  "}) + line);
}

void Screen::print_problems() {
  if (month_.problems.empty()) return;
  struct Kind {
    std::int64_t count = 0;
    const Problem* first = nullptr;
  };
  std::map<std::string_view, Kind> kinds;
  for (const Problem& problem : month_.problems) {
    Kind& kind = kinds[code_name(problem.code)];
    ++kind.count;
    const auto place = [](const Problem& p) { return std::tie(p.file, p.line, p.column); };
    if (kind.first == nullptr || place(problem) < place(*kind.first)) kind.first = &problem;
  }
  std::vector<std::pair<std::string_view, Kind>> sorted(kinds.begin(), kinds.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
  page_.line();
  TextTable table({Align::left, Align::right, Align::left});
  table.row({say({"问题", "problem"}), say({"处", "places"}), say({"例如", "for instance"})});
  for (std::size_t i = 0; i < std::min(sorted.size(), kProblemKinds); ++i) {
    const auto& [code, kind] = sorted[i];
    std::string place = fmt::format("{}:{}", kind.first->file.view(), kind.first->line);
    if (!kind.first->column.empty()) place.append(" ").append(kind.first->column.view());
    if (!kind.first->value.empty()) place += " \"" + quoted_for_message(kind.first->value, 30) + "\"";
    table.row({std::string(code), grouped(kind.count), place});
  }
  table.print(page_);
  const RejectedRows rejected = rejected_rows(month_);
  page_.line(zh() ? fmt::format("  {} 行中拒收 {} 行，全部见 rejects.csv", grouped(rejected.read), grouped(rejected.rejected))
                  : fmt::format("  {} rows rejected of {}: rejects.csv", grouped(rejected.rejected), grouped(rejected.read)));
}

void Screen::print_warnings() {
  std::vector<std::string> lines = zh() ? month_.warnings_zh : month_.warnings_en;
  const auto named = [](const std::vector<std::string>& names) {
    constexpr std::size_t kNamed = 3;
    std::string text =
        fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamed)), ", "));
    return names.size() > kNamed ? text + ", …" : text;
  };
  const auto add = [&](const std::vector<std::string>& names, Text text) {
    if (!names.empty())
      lines.push_back(fmt::format("{} {}: {}", grouped(static_cast<std::int64_t>(names.size())), text.in(screen_.language), named(names)));
  };
  add(all_.flooded_categories,
      {"个品目大量商品同时被标记，更可能是参照有误", "categories with so many flagged listings that the reference is more likely wrong"});
  add(all_.flooded_products,
      {"个产品过半供应商同时被标记，更可能是参照有误", "products with most suppliers flagged, so that the reference is more likely wrong"});
  add(all_.ambiguous_barcodes, {"个条码对应多个产品，不用于识别", "barcodes that stand for several products and identify none"});
  if (lines.empty()) return;
  page_.line();
  for (const std::string& text : lines) page_.line("  ! " + quoted_for_message(text, SIZE_MAX), Style::warning);
}

void Screen::print_decisions() {
  TextTable table({Align::left, Align::left, Align::right, Align::right, Align::left});
  table.row({say({"结论", "decision"}), "", say({"商品", "listings"}), say({"占比", "share"}), ""});
  const auto total = static_cast<Int128>(all_.listings.size());
  for (std::size_t i = 0; i < all_.by_decision.size(); ++i) {
    const auto decision = static_cast<rules::Decision>(i);
    std::string rule;
    for (std::size_t band = 0; band < policy_.base.bands.size(); ++band)
      if (policy_.base.bands[band].decision == decision) rule = band_words(policy_.base, band, screen_.language);
    if (decision == rules::Decision::check_data)
      rule = say({"可能是录入、单位或识别错误，先由人核对", "perhaps a typing error, a wrong unit or match: a person looks first"});
    if (decision == rules::Decision::no_reference) rule = say({"没有可用的市场证据", "no market evidence that could be used"});
    table.row({std::string(decision_name(decision)), std::string(decision_name_zh(decision)), grouped(all_.by_decision[i]),
               percent(all_.by_decision[i], total), rule});
  }
  table.print(page_);
}

void Screen::print_shares() {
  const auto& by_listing = all_.high_price_by_listing;
  page_.line();
  if (zh()) {
    page_.line(fmt::format("  有监测价格的商品 {}（{}）；疑似高价占比：按商品 {}，按产品 {}，按成交额 {}",
                           grouped(static_cast<std::int64_t>(all_.coverage.part)), percent(all_.coverage.part, all_.coverage.whole),
                           percent(by_listing.part, by_listing.whole),
                           percent(all_.high_price_by_product.part, all_.high_price_by_product.whole),
                           percent(all_.high_price_by_order_value.part, all_.high_price_by_order_value.whole)));
    page_.line(fmt::format("  本期订单 {}，其中 {} 笔有承诺折扣率，超出承诺 {} 笔", grouped(published_.orders),
                           grouped(all_.orders_with_promise), grouped(all_.orders_above_promise)));
  } else {
    page_.line(fmt::format("  {} listings ({}) have a reference; suspected high prices: {} of them, {} of products, {} of order value",
                           grouped(static_cast<std::int64_t>(all_.coverage.part)), percent(all_.coverage.part, all_.coverage.whole),
                           percent(by_listing.part, by_listing.whole),
                           percent(all_.high_price_by_product.part, all_.high_price_by_product.whole),
                           percent(all_.high_price_by_order_value.part, all_.high_price_by_order_value.whole)));
    page_.line(fmt::format("  {} orders in the month, {} with a promised discount, {} above it", grouped(published_.orders),
                           grouped(all_.orders_with_promise), grouped(all_.orders_above_promise)));
  }
}

std::vector<const assessment::Flagged*> Screen::worst() const {
  std::vector<const assessment::Flagged*> flagged;
  for (const assessment::Flagged& one : all_.flagged)
    if (rules::is_flagged(all_.listings[one.assessment].decision)) flagged.push_back(&one);
  // By money at risk as flagged.csv; where nothing was sold, by ratio. The rest of the order is that of flagged.csv.
  const auto before = [&](const assessment::Flagged* a, const assessment::Flagged* b) {
    if (a->fen_at_risk != b->fen_at_risk) return a->fen_at_risk > b->fen_at_risk;
    const auto& x = all_.listings[a->assessment];
    const auto& y = all_.listings[b->assessment];
    const Int128 left = Int128{x.judged.ten_thousandths()} * y.monitoring_price.ten_thousandths();
    const Int128 right = Int128{y.judged.ten_thousandths()} * x.monitoring_price.ten_thousandths();
    return left != right ? left > right : a < b;
  };
  const std::size_t count = std::min(kWorst, flagged.size());
  std::partial_sort(flagged.begin(), flagged.begin() + static_cast<std::ptrdiff_t>(count), flagged.end(), before);
  flagged.resize(count);
  return flagged;
}

void Screen::print_worst() {
  const auto rows = worst();
  if (rows.empty()) {
    page_.line(say({"  没有疑似高价商品。", "  No listing is suspected of a high price."}));
    page_.line();
    return;
  }
  page_.line(say({"风险金额最高的疑似高价商品（初步结论，待核实）", "The worst by money at risk (signals to verify, not wrongdoing)"}),
             Style::bold);
  TextTable table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::left});
  table.row({say({"商品", "listing"}), say({"产品", "product"}), say({"价格", "price"}), say({"监测价格", "reference"}),
             say({"差率", "ratio"}), say({"最高合理价", "fair up to"}), say({"近12月风险", "at risk, 12 m"}), say({"依据", "from"})});
  for (const assessment::Flagged* flagged : rows) {
    const assessment::Assessment& one = all_.listings[flagged->assessment];
    const ingest::Listing& listing = month_.listings[one.row];
    const std::string category = listing.category == ingest::kNone ? std::string() : std::string(month_.keys->categories[listing.category]);
    const Int128 reference = one.monitoring_price.ten_thousandths();
    table.row({shortened(month_.keys->listings[listing.listing], 20), shortened(month_.keys->product_name(listing.product), 26),
               money_text(listing.price), money_text(one.monitoring_price),
               "+" + percent(one.judged.ten_thousandths() - reference, reference), money_text(one.max_fair_price),
               flagged->has_money_at_risk ? fen_text(flagged->fen_at_risk) : "", monitoring_basis(one, policy_.of(category))});
  }
  table.print(page_);
  page_.line();
}

void Screen::print_files() {
  TextTable table({Align::left, Align::right, Align::left});
  table.row({say({"已写入 ", "written to "}) + screen_.output, say({"行", "rows"}), ""});
  const auto file = [&](const char* name, std::int64_t count, Text what) { table.row({name, grouped(count), say(what)}); };
  file("assessments.csv", published_.assessments, {"每个商品一行", "one row a listing"});
  file("flagged.csv", published_.flagged, {"疑似高价与数据存疑，按风险金额", "high prices and data to check, by money at risk"});
  file("rejects.csv", published_.rejects, {"不能采用的行与单元格，及改法", "rows and cells that could not be used, and how to mend them"});
  file("review.csv", published_.review, {"未识别、待人工判断的商品", "listings that a person should match"});
  file("orders.csv", published_.orders, {"本期订单与承诺折扣", "the month's orders against their promised discount"});
  file("overrides.csv", published_.overrides, {"因人工决定而改变的结论", "decisions that people's exclusions and matches changed"});
  file("estimates.csv", published_.estimates,
       {"无参照商品按配置的估计价", "what the market asks for such things, where nothing equal is sold"});
  table.row({"summary.json", "", say({"全部计数、占比与输入文件", "every count and share, and the input files"})});
  table.print(page_);
  if (!screen_.store) page_.line(say({"  未使用案件库，因此没有立案。", "  No store was given, so no case was opened."}));
}

void Screen::print_next() {
  const auto rows = worst();
  page_.line();
  if (rows.empty()) return;
  const assessment::Assessment& one = all_.listings[rows[0]->assessment];
  std::string command =
      fmt::format("fairprice explain {} --period {} --input {}", shell_word(month_.keys->listings[month_.listings[one.row].listing]),
                  month_.period.to_string(), shell_word(screen_.input));
  if (!screen_.policy.empty()) command += " --policy " + shell_word(screen_.policy);
  page_.line(say({"下一步，查看第一项的全部依据：", "Next, everything behind the first of them:"}));
  page_.line("  " + command, Style::bold);
}

}  // namespace

std::string run_screen(const Run& run, const rules::PolicySet& policy, const publishing::Published& published, const RunScreen& screen) {
  return Screen(run, policy, published, screen).print();
}

RejectedRows rejected_rows(const ingest::Month& month) {
  RejectedRows rows;
  for (const auto& [name, table] : month.tables) {
    rows.rejected += table.counts.rejected;
    rows.read += table.counts.read;
  }
  return rows;
}

std::string shell_word(std::string_view word) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 128 ||
           std::string_view("-_./:,+@%").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace fairprice::cli
