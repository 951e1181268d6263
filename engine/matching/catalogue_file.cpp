#include "engine/matching/catalogue_file.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "engine/base/text.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/small_csv.hpp"

namespace fairprice::matching {

namespace {

constexpr std::size_t kLargest = std::size_t{3} << 30;

/// Walks a file of any columns, row by row.
class TextTable {
 public:
  explicit TextTable(const std::string& path) : path_(path == "-" ? "stdin" : path) {
    const std::string text = ingest::read_whole_text(path == "-" ? "/dev/stdin" : path, path_, kLargest);
    const std::string_view heading = std::string_view(text).substr(0, text.find('\n'));
    const char delimiter = ingest::sniff_delimiter(heading, path_);
    const auto most = static_cast<std::size_t>(std::count(heading.begin(), heading.end(), delimiter)) + 1;
    block_ = ingest::block_of(text);
    scanner_.open(block_, delimiter, most);
    if (!scanner_.next()) throw FatalError(path_ + "：文件是空的，没有表头行", path_ + ": the file is empty, it has no heading row");
    for (std::size_t i = 0; i < std::min(most, scanner_.field_count()); ++i) headings_.emplace_back(trimmed(scanner_.cell(i)));
  }

  const std::vector<std::string>& headings() const { return headings_; }
  std::int64_t line() const { return scanner_.line(); }
  std::string cell(std::size_t field) const { return std::string(trimmed(scanner_.cell(field))); }

  /// The next row that is whole; those that are not become problems.
  bool next(std::vector<Problem>& problems) {
    while (scanner_.next()) {
      const auto reject = [&](ProblemCode code) {
        problems.push_back({"catalogue", path_, scanner_.line(), "", code, ProblemAction::rejected, std::string(scanner_.raw()), ""});
      };
      if (scanner_.bad_quotes())
        reject(ProblemCode::bad_quotes);
      else if (scanner_.field_count() != headings_.size())
        reject(ProblemCode::field_count);
      else if (!is_utf8(scanner_.raw()))
        reject(ProblemCode::bad_encoding);
      else
        return true;
    }
    return false;
  }

 private:
  std::string path_;
  ingest::Block block_;
  ingest::RowScanner scanner_;
  std::vector<std::string> headings_;
};

enum class Field : std::uint8_t { id, title, brand, model, category, description, price, other };

struct FieldName {
  std::string_view name;
  Field field;
};

constexpr auto kFieldNames = std::to_array<FieldName>({
    {"ID", Field::id},
    {"编号", Field::id},
    {"LISTINGID", Field::id},
    {"商品编号", Field::id},
    {"PRODUCTID", Field::id},
    {"SKU", Field::id},
    {"TITLE", Field::title},
    {"NAME", Field::title},
    {"PRODUCT", Field::title},
    {"PRODUCTNAME", Field::title},
    {"商品名称", Field::title},
    {"标题", Field::title},
    {"名称", Field::title},
    {"BRAND", Field::brand},
    {"MANUFACTURER", Field::brand},
    {"品牌", Field::brand},
    {"厂商", Field::brand},
    {"MODEL", Field::model},
    {"MODELNO", Field::model},
    {"MODELNUMBER", Field::model},
    {"型号", Field::model},
    {"规格型号", Field::model},
    {"CATEGORY", Field::category},
    {"类目", Field::category},
    {"品目", Field::category},
    {"DESCRIPTION", Field::description},
    {"描述", Field::description},
    {"规格参数", Field::description},
    {"SPEC", Field::description},
    {"PRICE", Field::price},
    {"价格", Field::price},
    {"单价", Field::price},
    {"售价", Field::price},
});

Field field_of(const std::string& heading) {
  std::string name;
  for (const char c : canonical_text(heading))
    if (c != '_' && c != '-' && c != ' ') name += c;
  const auto found = std::find_if(kFieldNames.begin(), kFieldNames.end(), [&](const FieldName& one) { return one.name == name; });
  return found == kFieldNames.end() ? Field::other : found->field;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// An amount in any currency: digits with a decimal point and grouping commas, a sign or name of the currency around it.
std::optional<std::int64_t> amount_of(std::string_view cell) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  std::int64_t value = 0;
  int places = -1;
  bool digits = false;
  bool ended = false;
  for (const char c : cell) {
    if (c >= '0' && c <= '9') {
      if (ended || value > kMost) return std::nullopt;
      digits = true;
      if (places >= 4) continue;
      value = value * 10 + (c - '0');
      if (places >= 0) ++places;
    } else if (c == '.' && digits && places < 0) {
      places = 0;
    } else if (c == '-' && !digits) {
      return std::nullopt;
    } else if (digits && c != ',') {
      ended = true;
    }
  }
  if (!digits) return std::nullopt;
  for (int place = std::max(places, 0); place < 4; ++place) value *= 10;
  return value > 0 ? std::optional(value) : std::nullopt;
}

void append(std::string& to, const std::string& text) {
  if (text.empty()) return;
  if (!to.empty()) to += ' ';
  to += text;
}

}  // namespace

CatalogueFile read_catalogue(const std::string& path) {
  TextTable table(path);
  std::vector<Field> fields;
  for (const std::string& heading : table.headings()) fields.push_back(field_of(heading));
  // One column is the id: the first that is called so and nothing else, or else the first of the other names.
  std::size_t id = fields.size();
  for (std::size_t i = fields.size(); i-- > 0;)
    if (fields[i] == Field::id &&
        (id == fields.size() || canonical_text(table.headings()[id]) != "ID" || canonical_text(table.headings()[i]) == "ID"))
      id = i;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i] == Field::id && i != id) fields[i] = Field::other;
  const auto has = [&](Field field) { return std::find(fields.begin(), fields.end(), field) != fields.end(); };
  if (!has(Field::id))
    throw FatalError(path + ":1：缺少 id 列（现有：" + listed(table.headings()) + "）；请改列名",
                     path + ":1: no column for id (found: " + listed(table.headings()) + "): rename it");
  if (!has(Field::title) && !has(Field::description) && !has(Field::model) && !has(Field::other))
    throw FatalError(path + ":1：缺少 title、name 或 product 列（现有：" + listed(table.headings()) + "）；请改列名",
                     path + ":1: no column for title, name or product (found: " + listed(table.headings()) + "): rename it");
  CatalogueFile file;
  std::unordered_map<std::string, std::int64_t> lines;
  while (table.next(file.problems)) {
    Record record;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string cell = table.cell(i);
      switch (fields[i]) {
        case Field::id: append(record.id, cell); break;
        case Field::title: append(record.title, cell); break;
        case Field::brand: append(record.brand, cell); break;
        case Field::model: append(record.model, cell); break;
        case Field::category: append(record.category, cell); break;
        case Field::description: append(record.description, cell); break;
        case Field::other: append(record.other, cell); break;
        case Field::price:
          record.price = amount_of(cell);
          if (!record.price && !cell.empty())
            file.problems.push_back(
                {"catalogue", path, table.line(), "price", ProblemCode::not_an_amount, ProblemAction::emptied, cell, ""});
          break;
      }
    }
    if (record.id.empty()) {
      file.problems.push_back({"catalogue", path, table.line(), "id", ProblemCode::missing_value, ProblemAction::rejected, "", ""});
      continue;
    }
    const auto [known, added] = lines.emplace(record.id, table.line());
    if (!added) {  // the first row of an id stands; the line that it has is named
      file.problems.push_back({"catalogue", path, table.line(), "id", ProblemCode::conflicting_duplicate, ProblemAction::rejected,
                               record.id, path + ":" + std::to_string(known->second)});
      continue;
    }
    file.records.push_back(std::move(record));
  }
  std::sort(file.records.begin(), file.records.end(), [](const Record& a, const Record& b) { return a.id < b.id; });
  return file;
}

PairFile read_pairs(const std::string& path) {
  TextTable table(path);
  if (table.headings().size() < 2)
    throw FatalError(path + ":1：应至少有两列（左右两边的 id）；现有：" + listed(table.headings()),
                     path + ":1: at least two columns are needed, the ids of both sides (found: " + listed(table.headings()) + ")");
  std::size_t label = 0;
  std::size_t split = 0;
  for (std::size_t i = 2; i < table.headings().size(); ++i) {
    const std::string name = canonical_text(table.headings()[i]);
    if (name == "LABEL" || name == "MATCH") label = i;
    if (name == "SPLIT") split = i;
  }
  PairFile file;
  file.has_label = label != 0;
  file.has_split = split != 0;
  while (table.next(file.problems)) {
    PairRow row{table.cell(0), table.cell(1), label != 0 ? table.cell(label) : "", split != 0 ? table.cell(split) : "", table.line()};
    file.rows.push_back(std::move(row));
  }
  return file;
}

}  // namespace fairprice::matching
