#include "engine/ingest/headings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kLongestHeading = 400;  // bytes; a longer cell is text that stands where a heading should

template <std::size_t kWords>
bool is_one_of(std::string_view text, const std::array<std::string_view, kWords>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 2> kTenThousandYuan = {"万元", "万"};
constexpr std::array<std::string_view, 7> kYuan = {"元", "圆", "人民币", "人民币元", "RMB", "CNY", "¥"};
/// Amounts under these would be wrong by a factor, or are no yuan.
constexpr std::array<std::string_view, 16> kOtherMoney = {"千元", "百元", "百万元", "亿元", "亿",   "角",  "分",   "美元",
                                                          "USD",  "$",    "US$",    "港元", "港币", "HKD", "欧元", "EUR"};
constexpr std::array<std::string_view, 5> kMultiples = {"百", "千", "万", "百万", "亿"};

enum class Note { none, understood, ignored, refused };

/// What the note says about a column of this kind; 元/台 is 元.
Note read_note(std::string_view note, ColumnKind kind, HeadingUnit& unit) {
  if (note.empty()) return Note::none;
  const std::string_view of_money = trimmed(note.substr(0, note.find('/')));
  if (kind == ColumnKind::money) {
    if (is_one_of(of_money, kTenThousandYuan)) unit = HeadingUnit::ten_thousand_yuan;
    if (unit != HeadingUnit::none || is_one_of(of_money, kYuan)) return Note::understood;
    return is_one_of(of_money, kOtherMoney) ? Note::refused : Note::ignored;
  }
  if (kind == ColumnKind::discount) {
    if (note == "折") unit = HeadingUnit::zhe;
    if (note == "%") unit = HeadingUnit::percent;
    return unit == HeadingUnit::none ? Note::ignored : Note::understood;
  }
  const bool multiple = kind == ColumnKind::quantity &&
                        std::any_of(kMultiples.begin(), kMultiples.end(), [note](std::string_view word) { return note.starts_with(word); });
  return multiple ? Note::refused : Note::ignored;
}

std::string quoted(std::string_view text) { return '"' + quoted_for_message(text) + '"'; }

std::string joined(const std::vector<std::string>& parts, std::string_view between) { return fmt::format("{}", fmt::join(parts, between)); }

/// The unknown heading that is nearest to one of the column's names, if it is near at all.
std::optional<std::string> nearest(const Column& column, const std::vector<std::string>& unknown, const HeadingAliases& aliases) {
  std::optional<std::string> best;
  std::size_t least = 0;
  const std::vector<std::string> spellings = aliases.words_for(column);
  for (const std::string& cell : unknown) {
    const std::string heading = read_heading(cell.substr(0, kLongestHeading)).name;
    if (heading.empty()) continue;
    for (const std::string& spelling : spellings) {
      const std::size_t distance = edit_distance(heading, spelling);
      if (2 * distance > std::max(heading.size(), spelling.size()) || (best && distance >= least)) continue;
      best = cell;
      least = distance;
    }
  }
  return best;
}

[[noreturn]] void refuse_missing(std::string_view file, std::span<const Column> columns, const HeadingMap& map, const HeadingRules& rules) {
  constexpr std::size_t kShown = 40;
  const HeadingAliases& aliases = rules.aliases != nullptr ? *rules.aliases : *HeadingAliases::shipped();
  std::vector<std::string> en, zh, found;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if (!columns[column].required || map.has(static_cast<int>(column))) continue;
    const std::string_view name = columns[column].name;
    const std::string_view chinese = chinese_headings(columns[column]).front();
    if (const auto candidate = nearest(columns[column], map.unknown, aliases)) {
      en.push_back(fmt::format("{} (found {}: rename it)", name, quoted(*candidate)));
      zh.push_back(fmt::format("{}（找到 {}：请改名）", name, quoted(*candidate)));
    } else {
      en.push_back(fmt::format("{} (or {})", name, chinese));
      zh.push_back(fmt::format("{}（或 {}）", name, chinese));
    }
  }
  for (const std::string& cell : map.cells)
    if (found.size() < kShown) found.push_back(quoted(cell));
  if (map.cells.size() > kShown) found.push_back(fmt::format("… (+{})", map.cells.size() - kShown));
  throw FatalError(
      fmt::format("{}:{}：缺少列 {}；表头有：{}；未运行", file, rules.line, joined(zh, "、"), joined(found, "、")),
      fmt::format("{}:{}: no column for {}; headings found: {}; nothing was run", file, rules.line, joined(en, ", "), joined(found, ", ")));
}

/// By field: the column that a person gave it; kAbsent where nobody said anything. `left_out`: columns that the file is read without.
struct Given {
  std::vector<int> column_of_field;
  std::vector<int> left_out;
};

Given given_columns(Table table, std::span<const std::string> cells, std::string_view file, const HeadingRules& rules) {
  Given given;
  given.column_of_field.assign(cells.size(), HeadingMap::kAbsent);
  if (rules.columns == nullptr) return given;
  for (const auto& [name, wanted] : *rules.columns) {
    const int column = find_column(table, name);
    if (column < 0) continue;  // of another table: a pattern may stand for files of several
    given.left_out.push_back(column);
    if (wanted.empty()) continue;
    std::size_t field = cells.size();
    std::size_t number = 0;
    if (wanted[0] == '#' && std::from_chars(wanted.data() + 1, wanted.data() + wanted.size(), number).ptr == wanted.data() + wanted.size())
      field = number - 1;  // #0 is beyond the last
    else
      for (std::size_t i = cells.size(); i-- > 0;)
        if (trimmed(cells[i]) == trimmed(wanted) || (read_heading(cells[i]).name == read_heading(wanted).name && field == cells.size()))
          field = i;
    if (field >= cells.size()) {
      std::vector<std::string> found;
      for (const std::string& cell : cells) found.push_back(quoted(cell));
      throw FatalError(
          fmt::format("{}:{}：映射文件指定 {} 的表头为 {}，但没有找到；表头有：{}；未运行", file, rules.line, name, quoted(wanted),
                      joined(found, "、")),
          fmt::format("{}:{}: the mapping says that {} stands under {}, which is not there; headings found: {}; nothing was run", file,
                      rules.line, name, quoted(wanted), joined(found, ", ")));
    }
    given.column_of_field[field] = column;
  }
  return given;
}

}  // namespace

HeadingMatch match_headings(Table table, std::span<const std::string> cells, const HeadingRules& rules) {
  const HeadingAliases& aliases = rules.aliases != nullptr ? *rules.aliases : *HeadingAliases::shipped();
  std::array<bool, kMostColumns> has{};
  for (const std::string& cell : cells) {
    if (cell.size() > kLongestHeading) continue;
    if (const int column = aliases.column_of(table, read_heading(cell).name); column >= 0) has[static_cast<std::size_t>(column)] = true;
  }
  if (rules.columns != nullptr)
    for (const auto& [name, heading] : *rules.columns) {
      const int column = find_column(table, name);
      const std::string_view wanted = trimmed(heading);
      const auto is_it = [wanted](const std::string& cell) { return trimmed(cell) == wanted; };
      if (column >= 0 && !wanted.empty() && std::any_of(cells.begin(), cells.end(), is_it)) has[static_cast<std::size_t>(column)] = true;
    }
  HeadingMatch match;
  match.recognised = static_cast<int>(std::count(has.begin(), has.end(), true));
  const std::span<const Column> columns = columns_of(table);
  match.complete = true;
  for (std::size_t column = 0; column < columns.size(); ++column) match.complete &= !columns[column].required || has[column];
  return match;
}

HeadingMap map_headings(Table table, std::span<const std::string> cells, std::string_view file, const HeadingRules& rules) {
  const HeadingAliases& aliases = rules.aliases != nullptr ? *rules.aliases : *HeadingAliases::shipped();
  const std::span<const Column> columns = columns_of(table);
  const Given given = given_columns(table, cells, file, rules);
  const std::string where = fmt::format("{}:{}", file, rules.line);
  HeadingMap map;
  map.cells.assign(cells.begin(), cells.end());
  map.column_of_field.assign(cells.size(), HeadingMap::kAbsent);
  // A heading with a note that says nothing to us (型号（旧）) gives way to one without.
  std::array<Note, kMostColumns> notes{};
  for (std::size_t field = 0; field < cells.size(); ++field) {
    if (cells[field].size() > kLongestHeading) continue;
    const Heading heading = read_heading(cells[field]);
    int position = given.column_of_field[field];
    if (position == HeadingMap::kAbsent) {
      position = aliases.column_of(table, heading.name);
      // What a person said of a column, nobody else says.
      if (std::find(given.left_out.begin(), given.left_out.end(), position) != given.left_out.end()) continue;
    }
    if (position < 0) continue;
    const auto column = static_cast<std::size_t>(position);
    const Column* const found = &columns[column];
    HeadingUnit unit = HeadingUnit::none;
    const Note note = read_note(heading.note, found->kind, unit);
    if (note == Note::refused)
      throw FatalError(fmt::format("{}：列 {} 的单位 {} 无法换算（应为元或万元；数量不带倍数）；请换算后再运行；未运行", where, found->name,
                                   quoted(cells[field])),
                       fmt::format("{}: column {} is counted in a unit that cannot be read: {} (expected 元 or 万元, quantities without a "
                                   "multiple: convert them); nothing was run",
                                   where, found->name, quoted(cells[field])));
    const int other = map.field_of_column[column];
    if (other != HeadingMap::kAbsent) {
      if (note == Note::ignored && notes[column] != Note::ignored) continue;
      if ((note == Note::ignored) == (notes[column] == Note::ignored)) {
        const std::string first = quoted(cells[static_cast<std::size_t>(other)]);
        throw FatalError(fmt::format("{}：{} 与 {} 是同一列 {}；请删去其一；未运行", where, first, quoted(cells[field]), found->name),
                         fmt::format("{}: {} and {} are the same column {} (remove or rename one); nothing was run", where, first,
                                     quoted(cells[field]), found->name));
      }
      map.column_of_field[static_cast<std::size_t>(other)] = HeadingMap::kAbsent;
    }
    map.column_of_field[field] = static_cast<int>(column);
    map.field_of_column[column] = static_cast<int>(field);
    map.units[column] = unit;
    notes[column] = note;
  }
  for (std::size_t field = 0; field < cells.size(); ++field)
    if (map.column_of_field[field] == HeadingMap::kAbsent && !trimmed(cells[field]).empty()) map.unknown.push_back(cells[field]);
  for (std::size_t column = 0; column < columns.size(); ++column)
    if (columns[column].required && !map.has(static_cast<int>(column))) refuse_missing(file, columns, map, rules);
  return map;
}

HeadingMap map_headings(std::string_view table, std::span<const std::string> cells, std::string_view file, const HeadingRules& rules) {
  const auto known = find_table(table);
  if (!known) throw std::logic_error("no table is called " + std::string(table));
  return map_headings(*known, cells, file, rules);
}

}  // namespace fairprice::ingest
