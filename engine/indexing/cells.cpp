#include "engine/indexing/cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/base/date.hpp"
#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::indexing {

std::optional<double> number_of(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::size_t> find_column(const ingest::SmallCsv& file, std::string_view heading) {
  const std::string wanted = canonical_text(heading);
  for (std::size_t i = 0; i < file.heading.size(); ++i)
    if (canonical_text(file.heading[i]) == wanted) return i;
  return std::nullopt;
}

std::optional<PeriodCell> period_of(std::string_view cell) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error == std::errc() && end == cell.data() + cell.size() && number >= 1 && number <= kMostPeriods) return PeriodCell{number, false};
  if (const auto month = Period::parse(cell)) return PeriodCell{static_cast<std::uint32_t>(month->index()), true};
  return std::nullopt;
}

const std::string* unreadable_cell(const std::vector<std::string>& cells) {
  const auto found = std::find_if(cells.begin(), cells.end(), [](const std::string& cell) { return !is_utf8(cell); });
  return found == cells.end() ? nullptr : &*found;
}

void refuse_all(const std::string& name, const std::vector<Problem>& problems, const std::pair<std::string, std::string>& needed) {
  std::string first;
  if (!problems.empty()) {
    const Problem& one = problems.front();
    first = name + ":" + std::to_string(one.line) + ": " + std::string(code_name(one.code));
    if (!one.column.empty()) first += " (" + std::string(one.column) + ": \"" + one.value.substr(0, 60) + "\")";
  }
  throw FatalError(name + "：没有可用的行" + needed.first + (first.empty() ? "" : "；例如 " + first),
                   name + ": no row can be used" + needed.second + (first.empty() ? "" : "; the first: " + first));
}

std::string label_of(std::uint32_t number, bool month) {
  return month ? Period::from_index(static_cast<int>(number)).to_string() : std::to_string(number);
}

std::size_t column_of(const ingest::SmallCsv& file, const std::string& name, std::string_view heading) {
  if (const auto column = find_column(file, heading)) return *column;
  std::string found;
  for (const std::string& one : file.heading) found += (found.empty() ? "" : ", ") + one;
  const std::string wanted(heading);
  throw FatalError(name + ":1：缺少 " + wanted + " 列（现有：" + found + "）；请改列名",
                   name + ":1: no column for " + wanted + " (found: " + found + "): rename it");
}

}  // namespace fairprice::indexing
