#include "engine/indexing/panel_file.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "engine/indexing/cells.hpp"
#include "engine/ingest/small_csv.hpp"

namespace fairprice::indexing {

namespace {

struct Columns {
  std::size_t period, product, price, quantity, group;
};

Columns columns_of(const ingest::SmallCsv& file, const std::string& name, bool by_group) {
  const std::size_t none = file.heading.size();
  return {column_of(file, name, "period"), column_of(file, name, "product"), column_of(file, name, "price"),
          find_column(file, "quantity").value_or(none), by_group ? column_of(file, name, "group") : none};
}

struct Row {
  PeriodCell period;
  std::string product, group;
  double price, quantity;
};

}  // namespace

PanelFile read_panel(const std::string& path, bool by_group) {
  const std::string name = path == "-" ? "stdin" : path;
  const ingest::SmallCsv file = ingest::read_small_csv(path == "-" ? "/dev/stdin" : path, name);
  const Columns columns = columns_of(file, name, by_group);
  PanelFile result;
  result.has_quantities = columns.quantity < file.heading.size();
  std::vector<Row> rows;
  for (const ingest::SmallCsv::Row& row : file.rows) {
    const auto reject = [&](std::string_view column, ProblemCode code, const std::string& value) {
      result.problems.push_back({"panel", name, row.line, SharedText(column), code, ProblemAction::rejected, value, ""});
    };
    if (row.cells.size() != file.heading.size()) {
      reject("", ProblemCode::field_count, row.cells.empty() ? "" : row.cells.front());
      continue;
    }
    if (const std::string* cell = unreadable_cell(row.cells)) {
      reject(file.heading[static_cast<std::size_t>(cell - row.cells.data())], ProblemCode::bad_encoding, *cell);
      continue;
    }
    const std::string& price_cell = row.cells[columns.price];
    const std::string quantity_cell = result.has_quantities ? row.cells[columns.quantity] : std::string();
    const auto period = period_of(row.cells[columns.period]);
    const auto price = number_of(price_cell);
    const auto quantity = quantity_cell.empty() ? std::optional(0.0) : number_of(quantity_cell);
    // Numbers and months in one file are no one kind of period.
    if (!period || (!rows.empty() && rows.front().period.month != period->month))
      reject("period", ProblemCode::not_a_period, row.cells[columns.period]);
    else if (row.cells[columns.product].empty())
      reject("product", ProblemCode::missing_value, "");
    else if (!price)
      reject("price", price_cell.empty() ? ProblemCode::missing_value : ProblemCode::not_a_number, price_cell);
    else if (*price <= 0)
      reject("price", ProblemCode::not_positive, price_cell);
    else if (!quantity || *quantity < 0)
      reject("quantity", ProblemCode::bad_quantity, quantity_cell);
    else
      rows.push_back({*period, row.cells[columns.product], by_group ? row.cells[columns.group] : std::string(), *price, *quantity});
  }
  if (rows.empty())
    refuse_all(name, result.problems,
               {"（period、product、price 须有值，价格大于 0）", " (period, product and price must be there, and the price above 0)"});

  const bool month = rows.front().period.month;
  std::uint32_t first = UINT32_MAX;
  std::uint32_t last = 0;
  std::map<std::string, std::vector<const Row*>> groups;
  for (const Row& row : rows) {
    first = std::min(first, row.period.number);
    last = std::max(last, row.period.number);
    groups[row.group].push_back(&row);
  }
  if (last - first >= kMostPeriods)
    throw FatalError(name + "：时期跨度过大（最多 10000 个）", name + ": the periods span more than 10 000");
  for (std::uint32_t period = first; period <= last; ++period) result.periods.push_back(label_of(period, month));
  for (const auto& [group, members] : groups) {
    // Products by name, so that no sum depends on the order of the rows.
    std::vector<std::string_view> names;
    for (const Row* row : members) names.push_back(row->product);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < names.size(); ++i) numbers[names[i]] = i;
    std::vector<indices::Observation> observations;
    for (const Row* row : members) observations.push_back({row->period.number - first, numbers[row->product], row->price, row->quantity});
    PanelGroup one{group, {}, {}};
    one.panel = indices::Panel(observations, result.periods.size(), &one.report);
    result.groups.push_back(std::move(one));
  }
  return result;
}

}  // namespace fairprice::indexing
