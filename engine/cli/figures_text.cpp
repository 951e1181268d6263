#include "engine/cli/figures_text.hpp"

#include <fmt/format.h>

#include "engine/cli/terminal.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

using cases::CaseCounts;
using cases::Quotient;
using Align = TextTable::Align;

namespace {

/// part / whole with six decimals; empty without a whole.
std::string ratio(Quotient value) {
  if (value.whole == 0) return {};
  publishing::CsvBuffer buffer;
  buffer.put_ratio(value.part, value.whole);
  return std::string(buffer.bytes());
}
/// The same less one: a difference of averages.
std::string excess(Quotient value) { return value.whole == 0 ? std::string() : ratio({value.part - value.whole, value.whole}); }

std::string units_text(Int128 units) {
  publishing::CsvBuffer buffer;
  buffer.put_decimal(divide_rounded(units, 100), 6);
  return std::string(buffer.bytes());
}

/// Every figure by its place: section, name within it, figure, value. All three forms are made of this list.
struct Figure {
  std::string section, name, figure, value;
};

void add_counts(std::vector<Figure>& list, const char* of, const CaseCounts& counts) {
  const std::pair<const char*, std::int64_t> all[] = {{"suspected", counts.suspected},
                                                      {"evidence_asked", counts.evidence_asked},
                                                      {"justified", counts.justified},
                                                      {"reduced", counts.reduced},
                                                      {"taken_down", counts.taken_down},
                                                      {"withdrawn", counts.withdrawn},
                                                      {"open", counts.open}};
  for (const auto& [name, value] : all) list.push_back({"cases", of, name, std::to_string(value)});
}

void add_savings(std::vector<Figure>& list, const std::string& section, const std::string& name, const cases::Savings& savings) {
  list.push_back({section, name, "deals", std::to_string(savings.deals)});
  list.push_back({section, name, "units", units_text(savings.units)});
  const std::pair<const char*, Int128> amounts[] = {{"gross", savings.gross},
                                                    {"prudent", savings.prudent},
                                                    {"net_of_index", savings.net_of_index},
                                                    {"to_new_price", savings.to_new_price},
                                                    {"to_monitoring_price", savings.to_monitoring}};
  for (const auto& [figure, fen] : amounts) list.push_back({section, name, figure, publishing::fen_text(fen)});
  list.push_back({section, name, "index_known", savings.index_known ? "true" : "false"});
}

std::vector<Figure> list_of(const cases::Figures& figures) {
  std::vector<Figure> list;
  add_counts(list, "case", figures.cases);
  add_counts(list, "listing", figures.listings);
  add_counts(list, "model", figures.models);
  for (const auto& [section, reversals] :
       {std::pair("reversals_by_rung", &figures.by_rung), std::pair("reversals_by_match", &figures.by_match)})
    for (const auto& [name, one] : *reversals) {
      list.push_back({section, name, "decided", std::to_string(one.decided)});
      list.push_back({section, name, "reversed", std::to_string(one.reversed)});
      list.push_back({section, name, "rate", ratio({one.reversed, one.decided})});
    }
  for (const cases::MonthFigures& month : figures.months) {
    const auto add = [&](const char* figure, std::string value) { list.push_back({"months", month.period, figure, std::move(value)}); };
    add("revision", std::to_string(month.revision));
    add("listings", std::to_string(month.run.listings));
    add("coverage", ratio(month.run.coverage));
    add("high_price_by_listing", ratio(month.run.high_by_listing));
    add("high_price_by_product", ratio(month.run.high_by_product));
    add("high_price_by_order_value", ratio(month.run.high_by_order_value));
    add("deal_above_best_selling", excess(month.run.deal_to_best_selling));
  }
  const auto order = [&](const char* figure, std::string value) { list.push_back({"orders", "all", figure, std::move(value)}); };
  order("orders", std::to_string(figures.orders));
  order("with_promise", std::to_string(figures.with_promise));
  order("above_promise", std::to_string(figures.above_promise));
  order("compliance", ratio({figures.with_promise - figures.above_promise, figures.with_promise}));
  order("above_listing_price", std::to_string(figures.above_listing_price));
  order("deal_above_best_selling", excess(figures.deal_to_best_selling));
  add_savings(list, "savings", "all", figures.savings);
  for (const cases::SavedCase& one : figures.saved) add_savings(list, "savings_by_case", one.id, one.savings);
  return list;
}

std::string as_csv(const std::vector<Figure>& list) {
  publishing::CsvBuffer csv;
  csv.put_plain("section,name,figure,value");
  csv.end_row();
  for (const Figure& one : list) {
    csv.put_plain(one.section);
    csv.comma();
    csv.put_text(one.name);
    csv.comma();
    csv.put_plain(one.figure);
    csv.comma();
    csv.put_plain(one.value);
    csv.end_row();
  }
  return std::string(csv.bytes());
}

/// {"section": {"name": {"figure": "value"}}}: amounts and ratios are texts, so that nobody rounds them.
std::string as_json(const cases::Figures& figures, const std::vector<Figure>& list) {
  publishing::Json json;
  json.begin_object().member("from", figures.from).member("to", figures.to);
  for (std::size_t i = 0; i < list.size();) {
    const std::string section = list[i].section;
    json.key(section).begin_object();
    while (i < list.size() && list[i].section == section) {
      const std::string name = list[i].name;
      json.key(name).begin_object();
      for (; i < list.size() && list[i].section == section && list[i].name == name; ++i) json.member(list[i].figure, list[i].value);
      json.end_object();
    }
    json.end_object();
  }
  json.end_object();
  return std::move(json).str();
}

std::string percent(const std::string& value) {
  if (value.empty()) return "–";
  return value;
}

}  // namespace

std::string figures_text(const cases::Figures& figures, const std::string& format, const CommonOptions& common) {
  const std::vector<Figure> list = list_of(figures);
  if (format == "csv") return as_csv(list);
  if (format == "json") return as_json(figures, list);
  const bool zh = common.terminal == Language::zh;
  Page page(common.colour_out);
  const std::string first = figures.from == kFirstDay ? (zh ? "最早" : "the first") : figures.from;
  const std::string last = figures.to == kLastDay ? (zh ? "最后" : "the last") : figures.to;
  page.line(fmt::format(fmt::runtime(zh ? "{} 至 {}" : "{} to {}"), first, last), Style::bold);
  page.line();
  TextTable counts({Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::right, Align::right});
  if (zh)
    counts.row({"", "疑似高价", "要求举证", "举证通过", "已降价", "已下架", "撤销", "未结"});
  else
    counts.row({"", "suspected", "evidence asked", "justified", "reduced", "taken down", "withdrawn", "open"});
  const std::pair<const char*, const CaseCounts*> rows[] = {
      {zh ? "案件" : "cases", &figures.cases}, {zh ? "商品" : "listings", &figures.listings}, {zh ? "型号" : "models", &figures.models}};
  for (const auto& [name, one] : rows)
    counts.row({name, grouped(one->suspected), grouped(one->evidence_asked), grouped(one->justified), grouped(one->reduced),
                grouped(one->taken_down), grouped(one->withdrawn), grouped(one->open)});
  counts.print(page);
  page.line();
  TextTable months({Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::right});
  if (zh)
    months.row({"月份", "商品", "覆盖率", "高价率（商品）", "高价率（型号）", "高价率（订单金额）", "成交均价高于畅销价"});
  else
    months.row({"month", "listings", "coverage", "high by listing", "by product", "by order value", "deals above best-selling"});
  for (const cases::MonthFigures& month : figures.months)
    months.row({month.period + (month.revision > 1 ? "/" + std::to_string(month.revision) : ""), grouped(month.run.listings),
                percent(ratio(month.run.coverage)), percent(ratio(month.run.high_by_listing)), percent(ratio(month.run.high_by_product)),
                percent(ratio(month.run.high_by_order_value)), percent(excess(month.run.deal_to_best_selling))});
  months.print(page);
  page.line();
  TextTable reversals({Align::left, Align::right, Align::right, Align::right});
  reversals.row({zh ? "改变的决定" : "decisions reversed", zh ? "已决定" : "decided", zh ? "改变" : "reversed", zh ? "比率" : "rate"});
  for (const auto* by : {&figures.by_rung, &figures.by_match})
    for (const auto& [name, one] : *by)
      reversals.row({name, grouped(one.decided), grouped(one.reversed), ratio({one.reversed, one.decided})});
  reversals.print(page);
  page.line();
  page.line(fmt::format(fmt::runtime(zh ? "  订单 {}，有承诺折扣 {}，超出承诺 {}，高于商城价 {}"
                                        : "  {} orders, {} with a promised discount, {} above it, {} above the listing price"),
                        grouped(figures.orders), grouped(figures.with_promise), grouped(figures.above_promise),
                        grouped(figures.above_listing_price)));
  const cases::Savings& saved = figures.savings;
  page.line(fmt::format(
      fmt::runtime(
          zh ? "  降价后成交 {} 笔：节约 {} 元；审慎口径 {} 元；扣除指数变动 {} 元；对新价 {} 元，对监测价 {} 元"
             : "  {} deals after a cut: saved {} yuan; prudently {}; net of the index {}; to the new price {}, to the monitoring price {}"),
      grouped(saved.deals), publishing::fen_text(saved.gross), publishing::fen_text(saved.prudent),
      publishing::fen_text(saved.net_of_index), publishing::fen_text(saved.to_new_price), publishing::fen_text(saved.to_monitoring)));
  if (saved.deals > 0 && !saved.index_known)
    page.line(zh ? "  部分月份没有该品目的指数：这些成交按原价计"
                 : "  some months have no level of the category: there the flagged price stood unmoved");
  return page.text();
}

std::string saved_deals_csv(const cases::Figures& figures) {
  publishing::CsvBuffer csv;
  csv.put_plain(
      "case,party,product,order_id,line,date,listing_id,supplier_id,quantity,unit_price,k,flagged_price,prudent_baseline,saved,saved_"
      "prudently");
  csv.end_row();
  for (const cases::Figures::ListedDeal& one : figures.deals) {
    for (const std::string* text : {&one.case_id, &one.deal.party, &one.deal.product, &one.deal.order_id, &one.deal.line, &one.deal.date,
                                    &one.deal.listing, &one.deal.supplier}) {
      csv.put_text(*text);
      csv.comma();
    }
    csv.put_decimal(one.deal.quantity, 4);
    csv.comma();
    csv.put_money(one.deal.unit_price);
    csv.comma();
    csv.put_decimal(one.deal.k.ten_thousandths(), 4);
    csv.comma();
    csv.put_money(UnitPrice::from_count(one.flagged).for_pack(one.deal.k));
    csv.comma();
    if (one.prudent >= 0) csv.put_money(UnitPrice::from_count(one.prudent).for_pack(one.deal.k));
    csv.comma();
    csv.put_fen(one.gross_fen);
    csv.comma();
    csv.put_fen(one.prudent_fen);
    csv.end_row();
  }
  return std::string(csv.bytes());
}

}  // namespace fairprice::cli
