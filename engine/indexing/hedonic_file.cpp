#include "engine/indexing/hedonic_file.hpp"

#include <algorithm>
#include <set>

#include "engine/base/date.hpp"
#include "engine/indexing/cells.hpp"
#include "engine/ingest/small_csv.hpp"

namespace fairprice::indexing {

namespace {

/// The values of a column, in order: numbers by size.
std::vector<std::string> levels_of(const std::vector<const ingest::SmallCsv::Row*>& rows, std::size_t column) {
  std::set<std::string> seen;
  bool numbers = true;
  for (const ingest::SmallCsv::Row* row : rows) {
    seen.insert(row->cells[column]);
    numbers = numbers && number_of(row->cells[column]).has_value();
  }
  std::vector<std::string> levels(seen.begin(), seen.end());
  if (numbers)
    std::sort(levels.begin(), levels.end(), [](const std::string& a, const std::string& b) { return *number_of(a) < *number_of(b); });
  return levels;
}

/// A period in the order of time: months are counted, numbers are themselves, texts are in order of their bytes.
struct When {
  enum class Kind { month, number, text };
  Kind kind;
  double count = 0;
  std::string label;

  static When of(const std::string& cell) {
    if (const auto month = Period::parse(cell)) return {Kind::month, static_cast<double>(month->index()), month->to_string()};
    if (const auto number = number_of(cell)) return {Kind::number, *number, cell};
    return {Kind::text, 0, cell};
  }
  /// `2023.1`, `2023.11`: a month with a dot, of which .1 may be January or October.
  static bool is_dotted_month(const std::string& cell) {
    const std::size_t dot = cell.find('.');
    const auto is_digits = [](std::string_view text) {
      return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (dot != 4 || cell.size() > 7 || !is_digits(cell.substr(0, 4)) || !is_digits(cell.substr(5))) return false;
    const int month = std::stoi(cell.substr(5));
    return month >= 1 && month <= 12;
  }
  /// 1 and 1.0 are one period.
  bool operator<(const When& other) const {
    if (kind != other.kind) return kind < other.kind;
    return kind == Kind::text ? label < other.label : count < other.count;
  }
};

}  // namespace

HedonicFile read_hedonic(const std::string& path, const std::string& price, const std::string& time,
                         const std::vector<std::string>& characteristics) {
  const std::string name = path == "-" ? "stdin" : path;
  const ingest::SmallCsv file = ingest::read_small_csv(path == "-" ? "/dev/stdin" : path, name);
  const std::size_t price_column = column_of(file, name, price);
  const std::size_t time_column = column_of(file, name, time);
  std::vector<std::size_t> columns;
  for (const std::string& one : characteristics) columns.push_back(column_of(file, name, one));

  HedonicFile result;
  std::vector<const ingest::SmallCsv::Row*> rows;
  std::vector<When> times;  // of the rows
  // Numbers as any others, unless all of them could be months.
  const bool dotted_months = std::all_of(file.rows.begin(), file.rows.end(), [&](const ingest::SmallCsv::Row& row) {
    if (time_column >= row.cells.size() || row.cells[time_column].empty()) return true;
    return When::is_dotted_month(row.cells[time_column]) || When::of(row.cells[time_column]).kind != When::Kind::number;
  });
  for (const ingest::SmallCsv::Row& row : file.rows) {
    const auto reject = [&](const std::string& column, ProblemCode code, const std::string& value) {
      result.problems.push_back({"goods", name, row.line, SharedText(column), code, ProblemAction::rejected, value, ""});
    };
    if (row.cells.size() != file.heading.size()) {
      reject("", ProblemCode::field_count, row.cells.empty() ? "" : row.cells.front());
      continue;
    }
    if (const std::string* cell = unreadable_cell(row.cells)) {
      reject(file.heading[static_cast<std::size_t>(cell - row.cells.data())], ProblemCode::bad_encoding, *cell);
      continue;
    }
    const auto value = number_of(row.cells[price_column]);
    const auto empty = std::find_if(columns.begin(), columns.end(), [&](std::size_t column) { return row.cells[column].empty(); });
    if (!value)
      reject(price, row.cells[price_column].empty() ? ProblemCode::missing_value : ProblemCode::not_a_number, row.cells[price_column]);
    else if (*value <= 0)
      reject(price, ProblemCode::not_positive, row.cells[price_column]);
    else if (row.cells[time_column].empty())
      reject(time, ProblemCode::missing_value, "");
    else if (empty != columns.end())
      reject(characteristics[static_cast<std::size_t>(empty - columns.begin())], ProblemCode::missing_value, "");
    else if (When when = When::of(row.cells[time_column]);
             (dotted_months && When::is_dotted_month(row.cells[time_column])) || (!times.empty() && times.front().kind != when.kind))
      reject(time, ProblemCode::not_a_period, row.cells[time_column]);
    else {
      rows.push_back(&row);
      times.push_back(std::move(when));
    }
  }
  if (rows.empty()) refuse_all(name, result.problems, {"", ""});

  std::vector<When> order = times;
  // Of several ways to write a period its shortest is its label, so that the order of the rows says nothing.
  std::sort(order.begin(), order.end(), [](const When& a, const When& b) {
    if (a < b || b < a) return a < b;
    return std::pair(a.label.size(), a.label) < std::pair(b.label.size(), b.label);
  });
  order.erase(std::unique(order.begin(), order.end(), [](const When& a, const When& b) { return !(a < b) && !(b < a); }), order.end());
  for (const When& when : order) result.periods.push_back(when.label);
  std::vector<std::vector<std::string>> factors(columns.size());  // of text columns: the values that have a column of their own
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const std::vector<std::string> levels = levels_of(rows, columns[j]);
    if (std::all_of(levels.begin(), levels.end(), [](const std::string& one) { return number_of(one).has_value(); })) {
      result.terms.push_back(characteristics[j]);
      continue;
    }
    result.factors[characteristics[j]] = levels;
    factors[j].assign(levels.begin() + 1, levels.end());
    if (factors[j].empty()) factors[j].emplace_back();  // one value alone: a column of zeros, which the regression names as collinear
    for (const std::string& level : factors[j]) result.terms.push_back(characteristics[j] + "=" + level);
  }
  result.data.characteristics = result.terms.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ingest::SmallCsv::Row* const row = rows[i];
    result.lines.push_back(row->line);
    result.data.prices.push_back(*number_of(row->cells[price_column]));
    result.data.periods.push_back(static_cast<std::uint32_t>(std::lower_bound(order.begin(), order.end(), times[i]) - order.begin()));
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const std::string& cell = row->cells[columns[j]];
      if (factors[j].empty())
        result.data.values.push_back(*number_of(cell));
      else
        for (const std::string& level : factors[j]) result.data.values.push_back(cell == level ? 1 : 0);
    }
  }
  return result;
}

std::optional<std::size_t> find_period(const HedonicFile& file, const std::string& written) {
  const When wanted = When::of(written);
  for (std::size_t t = 0; t < file.periods.size(); ++t) {
    const When here = When::of(file.periods[t]);
    if (!(here < wanted) && !(wanted < here)) return t;
  }
  return std::nullopt;
}

std::vector<double> configuration_row(const HedonicFile& file, const std::vector<std::string>& characteristics,
                                      const std::map<std::string, std::string>& values) {
  std::vector<double> row(file.terms.size() + 1, 0);
  row[0] = 1;
  for (const std::string& one : characteristics) {
    const auto given = values.find(one);
    if (given == values.end()) throw FatalError("配置中缺少 " + one, "the configuration says nothing of " + one);
    const auto factor = file.factors.find(one);
    if (factor != file.factors.end() && std::find(factor->second.begin(), factor->second.end(), given->second) == factor->second.end()) {
      std::string known;
      for (const std::string& level : factor->second) known += (known.empty() ? "" : ", ") + level;
      throw FatalError(one + " 没有取值 " + given->second + "（现有：" + known + "）",
                       one + " has no value " + given->second + " (there are: " + known + ")");
    }
    for (std::size_t j = 0; j < file.terms.size(); ++j) {
      if (factor != file.factors.end()) {
        if (file.terms[j] == one + "=" + given->second) row[j + 1] = 1;
      } else if (file.terms[j] == one) {
        const auto value = number_of(given->second);
        if (!value) throw FatalError(one + " 的值 " + given->second + " 不是数字", one + ": " + given->second + " is no number");
        row[j + 1] = *value;
      }
    }
  }
  for (const auto& [name, value] : values)
    if (std::find(characteristics.begin(), characteristics.end(), name) == characteristics.end())
      throw FatalError("配置中的 " + name + " 不是特征", name + " is no characteristic of the regression");
  return row;
}

}  // namespace fairprice::indexing
