#include "engine/indexing/series_file.hpp"

#include <algorithm>
#include <map>

#include "engine/indexing/cells.hpp"
#include "engine/ingest/small_csv.hpp"

namespace fairprice::indexing {

SeriesFile read_series(const std::string& path) {
  const std::string name = path == "-" ? "stdin" : path;
  const ingest::SmallCsv file = ingest::read_small_csv(path == "-" ? "/dev/stdin" : path, name);
  const std::size_t period_column = column_of(file, name, "period");
  const auto index_column = find_column(file, "index");
  const std::size_t value_column = index_column ? *index_column : column_of(file, name, "level");
  auto name_column = find_column(file, "group");
  if (!name_column) name_column = find_column(file, "category");
  SeriesFile result;
  std::map<std::string, std::map<std::uint32_t, double>> series;
  std::optional<bool> month;
  std::uint32_t first = UINT32_MAX;
  std::uint32_t last = 0;
  for (const ingest::SmallCsv::Row& row : file.rows) {
    const auto reject = [&](std::string_view column, ProblemCode code, const std::string& value) {
      result.problems.push_back({"series", name, row.line, SharedText(column), code, ProblemAction::rejected, value, ""});
    };
    if (row.cells.size() != file.heading.size()) {
      reject("", ProblemCode::field_count, row.cells.empty() ? "" : row.cells.front());
      continue;
    }
    if (const std::string* cell = unreadable_cell(row.cells)) {
      reject(file.heading[static_cast<std::size_t>(cell - row.cells.data())], ProblemCode::bad_encoding, *cell);
      continue;
    }
    const std::string& cell = row.cells[value_column];
    const auto period = period_of(row.cells[period_column]);
    if (!period || (month && *month != period->month)) {
      reject("period", ProblemCode::not_a_period, row.cells[period_column]);
      continue;
    }
    if (cell.empty() && !index_column) continue;  // a model's row of a table `index`
    month = period->month;
    first = std::min(first, period->number);
    last = std::max(last, period->number);
    auto& values = series[name_column ? row.cells[*name_column] : std::string()];
    if (cell.empty()) continue;  // a period without an index
    const auto value = number_of(cell);
    if (!value)
      reject(file.heading[value_column], ProblemCode::not_a_number, cell);
    else if (!values.emplace(period->number, *value).second)
      reject("period", ProblemCode::conflicting_duplicate, row.cells[period_column]);
  }
  const bool any = std::any_of(series.begin(), series.end(), [](const auto& one) { return !one.second.empty(); });
  if (!any)
    throw FatalError(name + "：没有指数值（应有 period 与 index 或 level）",
                     name + ": no index in it (period and index, or level, are expected)");
  if (last - first >= kMostPeriods)
    throw FatalError(name + "：时期跨度过大（最多 10000 个）", name + ": the periods span more than 10 000");
  for (std::uint32_t period = first; period <= last; ++period) result.periods.push_back(label_of(period, *month));
  for (const auto& [title, values] : series) {
    Series one{title, std::vector<std::optional<double>>(result.periods.size())};
    for (const auto& [period, value] : values) one.values[period - first] = value;
    result.series.push_back(std::move(one));
  }
  return result;
}

}  // namespace fairprice::indexing
