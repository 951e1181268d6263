#include "engine/ingest/headings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::ingest {

namespace {

/// A heading as it is compared: `单价（万元）` is 单价 with the note 万元.
struct Heading {
  std::string name;  ///< canonical, without separators
  std::string note;  ///< canonical; empty when there are no parentheses behind
};

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

Heading read_heading(std::string_view cell) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (cell.starts_with(kByteOrderMark)) cell.remove_prefix(kByteOrderMark.size());
  const std::string text = canonical_text(cell);
  std::string_view name = text;
  std::string_view note;
  if (const std::size_t open = name.find('('); open != std::string_view::npos && open > 0 && name.ends_with(')')) {
    note = trimmed(name.substr(open + 1, name.size() - open - 2));
    name = name.substr(0, open);
  }
  return {without_separators(name), std::string(note)};
}

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

std::vector<std::string_view> chinese_headings(const Column& column) {
  std::vector<std::string_view> words;
  for (std::string_view rest = column.headings; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

bool names(const Column& column, std::string_view heading) {
  if (heading == without_separators(canonical_text(column.name))) return true;
  const auto words = chinese_headings(column);
  return std::find(words.begin(), words.end(), heading) != words.end();
}

std::string quoted(std::string_view text) { return '"' + quoted_for_message(text) + '"'; }

std::string joined(const std::vector<std::string>& parts, std::string_view between) { return fmt::format("{}", fmt::join(parts, between)); }

/// The unknown heading that is nearest to one of the column's names, if it is near at all.
std::optional<std::string> nearest(const Column& column, const std::vector<std::string>& unknown) {
  std::optional<std::string> best;
  std::size_t least = 0;
  for (const std::string& cell : unknown) {
    const std::string heading = read_heading(cell).name;
    if (heading.empty()) continue;
    std::vector<std::string> spellings = {without_separators(canonical_text(column.name))};
    for (const std::string_view word : chinese_headings(column)) spellings.emplace_back(word);
    for (const std::string& spelling : spellings) {
      const std::size_t distance = edit_distance(heading, spelling);
      if (2 * distance > std::max(heading.size(), spelling.size()) || (best && distance >= least)) continue;
      best = cell;
      least = distance;
    }
  }
  return best;
}

[[noreturn]] void refuse_missing(std::string_view file, std::span<const Column> columns, const HeadingMap& map) {
  std::vector<std::string> en, zh, found;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if (!columns[column].required || map.has(static_cast<int>(column))) continue;
    const std::string_view name = columns[column].name;
    const std::string_view chinese = chinese_headings(columns[column]).front();
    if (const auto candidate = nearest(columns[column], map.unknown)) {
      en.push_back(fmt::format("{} (found {}: rename it)", name, quoted(*candidate)));
      zh.push_back(fmt::format("{}（找到 {}：请改名）", name, quoted(*candidate)));
    } else {
      en.push_back(fmt::format("{} (or {})", name, chinese));
      zh.push_back(fmt::format("{}（或 {}）", name, chinese));
    }
  }
  for (const std::string& cell : map.cells) found.push_back(quoted(cell));
  throw FatalError(fmt::format("{}:1：缺少列 {}；表头有：{}；未运行", file, joined(zh, "、"), joined(found, "、")),
                   fmt::format("{}:1: no column for {}; headings found: {}; nothing was run", file, joined(en, ", "), joined(found, ", ")));
}

}  // namespace

HeadingMap map_headings(Table table, std::span<const std::string> cells, std::string_view file) {
  const std::span<const Column> columns = columns_of(table);
  HeadingMap map;
  map.cells.assign(cells.begin(), cells.end());
  map.column_of_field.assign(cells.size(), HeadingMap::kAbsent);
  // A heading with a note that says nothing to us (型号（旧）) gives way to one without.
  std::array<Note, kMostColumns> notes{};
  for (std::size_t field = 0; field < cells.size(); ++field) {
    const Heading heading = read_heading(cells[field]);
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return names(column, heading.name); });
    if (heading.name.empty() || found == columns.end()) continue;
    const auto column = static_cast<std::size_t>(found - columns.begin());
    HeadingUnit unit = HeadingUnit::none;
    const Note note = read_note(heading.note, found->kind, unit);
    if (note == Note::refused)
      throw FatalError(
          fmt::format("{}:1：列 {} 的单位 {} 无法换算（应为元或万元；数量不带倍数）；请换算后再运行；未运行", file, found->name,
                      quoted(cells[field])),
          fmt::format("{}:1: column {} is counted in a unit that cannot be read: {} (expected 元 or 万元, quantities without a "
                      "multiple: convert them); nothing was run",
                      file, found->name, quoted(cells[field])));
    const int other = map.field_of_column[column];
    if (other != HeadingMap::kAbsent) {
      if (note == Note::ignored && notes[column] != Note::ignored) continue;
      if ((note == Note::ignored) == (notes[column] == Note::ignored)) {
        const std::string first = quoted(cells[static_cast<std::size_t>(other)]);
        throw FatalError(fmt::format("{}:1：{} 与 {} 是同一列 {}；请删去其一；未运行", file, first, quoted(cells[field]), found->name),
                         fmt::format("{}:1: {} and {} are the same column {} (remove or rename one); nothing was run", file, first,
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
    if (columns[column].required && !map.has(static_cast<int>(column))) refuse_missing(file, columns, map);
  return map;
}

HeadingMap map_headings(std::string_view table, std::span<const std::string> cells, std::string_view file) {
  const auto known = find_table(table);
  if (!known) throw std::logic_error("no table is called " + std::string(table));
  return map_headings(*known, cells, file);
}

}  // namespace fairprice::ingest
