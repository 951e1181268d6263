#include "engine/ingest/heading_aliases.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/problem.hpp"
#include "engine/base/shipped.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/small_csv.hpp"

namespace fairprice::ingest {

namespace {

std::string without_separators(std::string_view canonical) {
  std::string result;
  while (!canonical.empty()) {
    const std::string_view rest = trimmed_front(canonical);
    if (rest.size() != canonical.size()) {
      canonical = rest;
      continue;
    }
    if (canonical.front() != '-' && canonical.front() != '_') result += canonical.front();
    canonical.remove_prefix(1);
  }
  return result;
}

bool is_a_column(std::string_view name) {
  for (int i = 0; i < kTables; ++i)
    if (find_column(static_cast<Table>(i), name) >= 0) return true;
  return false;
}

/// Of the columns that an alias stands for, the one that the table has; -1 when it has none.
int of_table(Table table, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (const int column = find_column(table, name); column >= 0) return column;
  return -1;
}

}  // namespace

Heading read_heading(std::string_view cell) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (cell.starts_with(kByteOrderMark)) cell.remove_prefix(kByteOrderMark.size());
  if (!is_utf8(cell)) return {};
  const std::string text = canonical_text(cell);
  std::string_view name = text;
  std::string_view note;
  if (const std::size_t open = name.find('('); open != std::string_view::npos && open > 0 && name.ends_with(')')) {
    note = trimmed(name.substr(open + 1, name.size() - open - 2));
    name = name.substr(0, open);
  }
  return {without_separators(name), std::string(note)};
}

std::vector<std::string_view> chinese_headings(const Column& column) {
  std::vector<std::string_view> words;
  for (std::string_view rest = column.headings; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

void HeadingAliases::add(Columns& aliases, std::string_view column, std::string_view alias) {
  std::vector<std::string>& columns = aliases[read_heading(alias).name];
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.emplace_back(column);
}

std::shared_ptr<const HeadingAliases> HeadingAliases::shipped() {
  static const auto kShipped = [] {
    auto aliases = std::make_shared<HeadingAliases>();
    bool heading = true;
    for (std::string_view text = shipped_file("headings.csv"); !text.empty();) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      const std::size_t comma = line.find(',');
      if (!heading && comma != std::string_view::npos) add(aliases->shipped_, line.substr(0, comma), line.substr(comma + 1));
      heading = false;
    }
    return std::shared_ptr<const HeadingAliases>(std::move(aliases));
  }();
  return kShipped;
}

std::shared_ptr<const HeadingAliases> HeadingAliases::of_folder(const std::string& folder) {
  const std::string name = "headings.csv";
  const std::filesystem::path path = std::filesystem::path(folder) / name;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return shipped();
  auto aliases = std::make_shared<HeadingAliases>(*shipped());
  const SmallCsv csv = read_small_csv(path.string(), name);
  const auto place = [&](const char* column) {
    for (std::size_t i = 0; i < csv.heading.size(); ++i)
      if (const Heading heading = read_heading(csv.heading[i]);
          heading.name == canonical_text(column) || heading.name == (std::string_view(column) == "alias" ? "别名" : "列"))
        return i;
    throw FatalError(name + ":1：缺少列 " + column + "（应有 column 与 alias）；未运行",
                     name + ":1: no column for " + column + " (expected column and alias); nothing was run");
  };
  const std::size_t column_place = place("column");
  const std::size_t alias_place = place("alias");
  for (const SmallCsv::Row& row : csv.rows) {
    const std::string where = name + ":" + std::to_string(row.line);
    if (row.cells.size() != csv.heading.size())
      throw FatalError(where + "：单元格数与表头不同；未运行", where + ": has more or fewer cells than the heading; nothing was run");
    const std::string& column = row.cells[column_place];
    const std::string& alias = row.cells[alias_place];
    if (!is_a_column(column))
      throw FatalError(where + "：没有名为 \"" + quoted_for_message(column) + "\" 的列（应为 price、model 等英文列名）；未运行",
                       where + ": no table has a column \"" + quoted_for_message(column) +
                           "\" (expected an English name such as price or model); nothing was run");
    if (read_heading(alias).name.empty())
      throw FatalError(where + "：alias 为空；未运行", where + ": alias is empty (expected a heading); nothing was run");
    add(aliases->own_, column, alias);
  }
  for (const auto& [alias, columns] : aliases->own_)
    for (int i = 0; i < kTables; ++i) {
      const auto has = [&](const std::string& column) { return find_column(static_cast<Table>(i), column) >= 0; };
      if (std::string_view(table_name(static_cast<Table>(i))) == "exclusions" || std::count_if(columns.begin(), columns.end(), has) < 2)
        continue;
      const std::string table(table_name(static_cast<Table>(i)));
      throw FatalError(name + "：\"" + alias + "\" 在 " + table + " 中是两列的别名；请只保留一个；未运行",
                       name + ": \"" + alias + "\" is an alias of two columns of " + table + ": keep one; nothing was run");
    }
  return aliases;
}

int HeadingAliases::column_of(Table table, std::string_view heading) const {
  if (heading.empty()) return -1;
  if (const auto own = own_.find(heading); own != own_.end())
    if (const int column = of_table(table, own->second); column >= 0) return column;
  const auto columns = columns_of(table);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (heading == without_separators(canonical_text(columns[i].name))) return static_cast<int>(i);
    const auto words = chinese_headings(columns[i]);
    if (std::find(words.begin(), words.end(), heading) != words.end()) return static_cast<int>(i);
  }
  const auto shipped = shipped_.find(heading);
  return shipped == shipped_.end() ? -1 : of_table(table, shipped->second);
}

std::vector<std::string> HeadingAliases::words_for(const Column& column) const {
  std::vector<std::string> words = {without_separators(canonical_text(column.name))};
  for (const std::string_view word : chinese_headings(column)) words.emplace_back(word);
  for (const Columns* aliases : {&own_, &shipped_})
    for (const auto& [alias, columns] : *aliases)
      if (std::find(columns.begin(), columns.end(), column.name) != columns.end()) words.push_back(alias);
  return words;
}

}  // namespace fairprice::ingest
