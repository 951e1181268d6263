#include "engine/cli/index_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

using indices::IndexValue;
using indices::Status;

namespace {

std::string number(const IndexValue& value) { return value.ok() ? fmt::format("{:.15g}", value.value) : std::string(); }

Text reason(Status status) {
  switch (status) {
    case Status::no_match: return {"与基期（或上一期）没有共同的商品", "no product in common with the base (or the period before)"};
    case Status::no_quantities: return {"所需的数量之和为零", "the quantities that it needs sum to nothing"};
    case Status::disconnected:
      return {"没有商品把它与第一期联系起来", "no product links it to the first period, over other periods either"};
    case Status::out_of_range: return {"结果不是有限的正数", "the result is no finite number above 0"};
    case Status::no_period: return {"没有这个时期", "there is no such period"};
    case Status::ok: break;
  }
  return {"", ""};
}

struct MethodLine {
  const char* names;
  Text what;
};
constexpr MethodLine kMethods[] = {
    {"dutot carli jevons harmonic cswd bmw", {"基本指数，只用价格", "elementary, of prices alone"}},
    {"laspeyres paasche geometric-laspeyres geometric-paasche palgrave", {"用一期的权数", "weights of one period"}},
    {"fisher tornqvist walsh", {"最优指数，两期的权数对称使用", "superlative: both periods alike"}},
    {"marshall-edgeworth sato-vartia stuvel drobisch", {"其他用两期数量的指数", "others with quantities of both"}},
    {"lloyd-moulton", {"用基期权数与替代弹性 --sigma", "weights of the base and an elasticity, --sigma"}},
    {"geary-khamis-bilateral time-product-dummy-bilateral", {"多边方法的两期形式", "multilateral methods of two periods"}},
    {"young lowe", {"用第三期的权数 --weight-period", "weights of a third period, --weight-period"}},
    {"unit-value", {"单位价值，只适用于同一种商品", "of one good at several prices"}},
    {"geks-jevons geks-fisher geks-tornqvist geks-walsh",
     {"多边：离各双边指数最近的无漂移指数", "multilateral: without drift, nearest to all bilateral ones"}},
    {"geary-khamis tpd wtpd", {"多边：同时估计商品与时期的水平", "multilateral: levels of products and periods together"}},
};

}  // namespace

std::string index_text(const std::vector<std::string>& periods, const std::vector<IndexSeries>& series, bool by_group,
                       const std::string& format, const CommonOptions& common) {
  if (format == "json") {
    publishing::Json json;
    json.begin_array();
    for (const IndexSeries& one : series)
      for (std::size_t t = 0; t < periods.size(); ++t) {
        json.begin_object();
        if (by_group) json.member("group", one.group);
        json.member("period", periods[t]);
        if (one.values[t].ok())
          json.key("index").number(number(one.values[t]));
        else
          json.key("index").null().member("status", indices::status_name(one.values[t].status));
        json.end_object();
      }
    json.end_array();
    return std::move(json).str();
  }
  if (format == "table") {
    const bool zh = common.terminal == Language::zh;
    Page page(common.colour_out);
    std::vector<TextTable::Align> columns(by_group ? 3 : 2, TextTable::Align::right);
    columns.front() = TextTable::Align::left;
    TextTable table(columns);
    std::vector<std::string> heading{zh ? "时期" : "period", zh ? "指数" : "index"};
    if (by_group) heading.insert(heading.begin(), zh ? "组" : "group");
    table.row(heading);
    for (const IndexSeries& one : series)
      for (std::size_t t = 0; t < periods.size(); ++t) {
        std::vector<std::string> row{periods[t], one.values[t].ok() ? fmt::format("{:.6f}", one.values[t].value) : "-"};
        if (by_group) row.insert(row.begin(), one.group);
        table.row(row);
      }
    table.print(page);
    return page.text();
  }
  publishing::CsvBuffer buffer;
  buffer.put_plain(by_group ? "group,period,index" : "period,index");
  buffer.end_row();
  for (const IndexSeries& one : series)
    for (std::size_t t = 0; t < periods.size(); ++t) {
      if (by_group) {
        buffer.put_text(one.group);
        buffer.comma();
      }
      buffer.put_text(periods[t]);
      buffer.comma();
      buffer.put_plain(number(one.values[t]));
      buffer.end_row();
    }
  return std::string(buffer.bytes());
}

std::string rows_left_out(const std::vector<Problem>& problems, Language language) {
  const bool zh = language == Language::zh;
  constexpr std::size_t kExamples = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(problems.size(), kExamples); ++i) {
    const Problem& one = problems[i];
    text += fmt::format("fairprice: {}:{}: {}{}{}\n", std::string_view(one.file), one.line, code_name(one.code),
                        one.column.empty() ? "" : fmt::format(" ({}: \"{}\")", std::string_view(one.column), quoted_for_message(one.value)),
                        zh ? "；该行未用" : "; the row was left out");
  }
  if (problems.size() > kExamples)
    text += fmt::format(fmt::runtime(zh ? "fairprice: 共 {} 行未用\n" : "fairprice: {} rows were left out in all\n"), problems.size());
  return text;
}

std::string index_notices(const indexing::PanelFile& file, const std::vector<IndexSeries>& series, Language language) {
  const bool zh = language == Language::zh;
  std::string text = rows_left_out(file.problems, language);
  std::size_t aggregated = 0;
  for (const indexing::PanelGroup& group : file.groups) aggregated += group.report.aggregated;
  if (aggregated > 0)
    text +=
        fmt::format(fmt::runtime(zh ? "fairprice: 同一商品同一时期的 {} 行已按单位价值合并\n"
                                    : "fairprice: {} further rows of a product in a period were brought together by their unit value\n"),
                    aggregated);
  for (const IndexSeries& one : series)
    for (std::size_t t = 0; t < one.values.size(); ++t) {
      if (one.values[t].ok()) continue;
      std::size_t end = t;
      while (end + 1 < one.values.size() && one.values[end + 1].status == one.values[t].status) ++end;
      const std::string which = file.periods[t] + (end > t ? (zh ? " 至 " : " to ") + file.periods[end] : "");
      text += "fairprice: " + (one.group.empty() ? "" : quoted_for_message(one.group) + (zh ? "：" : ": ")) +
              fmt::format(fmt::runtime(zh ? "时期 {} 没有指数：{}\n" : "no index for period {}: {}\n"), which,
                          reason(one.values[t].status).in(language));
      t = end;
    }
  return text;
}

std::string methods_text(const CommonOptions& common) {
  Page page(common.colour_out);
  for (const MethodLine& line : kMethods) {
    page.line("  " + std::string(line.what.in(common.terminal)));
    page.line("    " + std::string(line.names));
  }
  return page.text();
}

}  // namespace fairprice::cli
