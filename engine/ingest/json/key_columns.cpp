#include "engine/ingest/json/key_columns.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/ingest/json/limits.hpp"

namespace fairprice::ingest::json {

namespace {

constexpr std::size_t kLongestKey = 400;  // bytes; as for headings

std::shared_ptr<const FatalError> refusal_of(const std::string& zh, const std::string& en) {
  return std::make_shared<const FatalError>(zh, en);
}

}  // namespace

KeyColumns::KeyColumns(KeyRules rules) : rules_(std::move(rules)) {
  keys_.emplace_back();
  if (rules_.aliases == nullptr) rules_.aliases = HeadingAliases::shipped().get();
  if (rules_.columns == nullptr) return;
  for (const auto& [name, wanted] : *rules_.columns) {
    const int column = find_column(rules_.table, name);
    if (column < 0) continue;  // of another table: a pattern may stand for files of several
    by_person_[static_cast<std::size_t>(column)] = true;
    if (wanted.starts_with('/')) pointed_.push_back({column, wanted});
    if (wanted.starts_with('#'))
      throw FatalError(rules_.file + "：映射文件把列 " + name + " 指定为 \"" + wanted +
                           "\"，但 JSON 没有列号；请写键名或 JSON 指针（如 /offer/price）；未运行",
                       rules_.file + ": the mapping places column " + name + " at \"" + wanted +
                           "\", but JSON has no numbered cells: write a key or a JSON Pointer such as /offer/price; nothing was run");
  }
}

int KeyColumns::column_by_person(std::string_view name) const {
  if (rules_.columns == nullptr) return HeadingMap::kAbsent;
  for (const auto& [column_name, wanted] : *rules_.columns) {
    if (wanted.empty() || wanted.starts_with('/')) continue;
    if (trimmed(wanted) == trimmed(name) || read_heading(wanted).name == read_heading(name).name)
      if (const int column = find_column(rules_.table, column_name); column >= 0) return column;
  }
  return HeadingMap::kAbsent;
}

void KeyColumns::understand(Key& key) const {
  if (key.name.size() > kLongestKey || !is_utf8(key.name)) return;
  const std::span<const Column> columns = columns_of(rules_.table);
  key.column = column_by_person(key.name);
  const bool said = key.column != HeadingMap::kAbsent;
  if (!said) key.column = rules_.aliases->column_of(rules_.table, read_heading(key.name).name);
  if (key.column < 0) {
    key.column = HeadingMap::kAbsent;
    return;
  }
  if (!said && by_person_[static_cast<std::size_t>(key.column)]) {  // what a person said of a column, nobody else says
    key.column = HeadingMap::kAbsent;
    return;
  }
  if (read_heading(key.name).note.empty()) return;
  // What the note says is the business of map_headings: the key as the heading of a file that has the required columns else.
  const std::string own(columns[static_cast<std::size_t>(key.column)].name);
  std::vector<std::string> cells = {key.name};
  ColumnsByHeading placed = {{own, key.name}};
  for (const Column& column : columns)
    if (column.required && column.name != own) cells.emplace_back(column.name);
  HeadingRules rules;
  rules.aliases = rules_.aliases;
  rules.columns = &placed;
  try {
    key.unit = map_headings(rules_.table, cells, rules_.file, rules).unit(key.column);
  } catch (const FatalError& error) {
    key.refusal = refusal_of(error.message(Language::zh), error.message(Language::en));
    return;
  }
  // Beside a heading without a note, one whose note says nothing is left out; any other is refused.
  cells.push_back(own);
  rules.columns = nullptr;
  try {
    map_headings(rules_.table, cells, rules_.file, rules);
    key.weak = !said;
  } catch (const FatalError&) {
    key.weak = false;
  }
}

KeyColumns::Key* KeyColumns::look_up(std::uint32_t& before, std::string_view name) {
  const auto found = numbers_.find(name);
  std::uint32_t number = 0;
  if (found != numbers_.end()) {
    number = found->second;
  } else {
    if (keys_.size() > kMostKeys) return nullptr;
    number = static_cast<std::uint32_t>(keys_.size());
    Key& key = keys_.emplace_back();
    key.name = name;
    understand(key);
    numbers_.emplace(key.name, number);
  }
  keys_[before].next = number;
  before = number;
  return &keys_[number];
}

bool KeyColumns::has(int column) const {
  return std::any_of(keys_.begin(), keys_.end(), [column](const Key& key) { return key.column == column; }) ||
         std::any_of(pointed_.begin(), pointed_.end(), [column](const Pointed& one) { return one.column == column; });
}

bool KeyColumns::complete() const {
  const std::span<const Column> columns = columns_of(rules_.table);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].required && !has(static_cast<int>(i))) return false;
  return true;
}

void KeyColumns::require_all() const {
  if (complete() || keys_.size() == 1) return;
  const std::span<const Column> columns = columns_of(rules_.table);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (has(static_cast<int>(i))) found.emplace_back(columns[i].name);
  for (std::string& key : unknown()) found.push_back(std::move(key));
  HeadingRules rules;
  rules.aliases = rules_.aliases;
  map_headings(rules_.table, found, rules_.file, rules);  // says what is missing, and which key is near
}

void KeyColumns::settle() {
  const std::span<const Column> columns = columns_of(rules_.table);
  std::vector<std::string> cells(columns.size());
  std::array<const Key*, kMostColumns> chosen{};
  for (const Key& key : keys_) {
    if (key.refusal) throw FatalError(*key.refusal);
    if (key.column < 0) continue;
    const Key*& one = chosen[static_cast<std::size_t>(key.column)];
    if (one == nullptr || (one->weak && !key.weak)) one = &key;
  }
  headings_ = HeadingMap();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    cells[i] = chosen[i] != nullptr ? chosen[i]->name : std::string(columns[i].name);
    units_[i] = chosen[i] != nullptr ? chosen[i]->unit : HeadingUnit::none;
    headings_.column_of_field.push_back(static_cast<int>(i));
    headings_.field_of_column[i] = static_cast<int>(i);
  }
  headings_.units = units_;
  headings_.cells = std::move(cells);
  headings_.unknown = unknown();
}

std::vector<std::string> KeyColumns::unknown() const {
  std::vector<std::string> names;
  for (const Key& key : keys_)
    if (&key != &keys_.front() && key.column == HeadingMap::kAbsent) names.push_back(key.name);
  return names;
}

}  // namespace fairprice::ingest::json
