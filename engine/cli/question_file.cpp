#include "engine/cli/question_file.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/ingest/headings.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/small_csv.hpp"
#include "engine/ingest/unpack.hpp"

namespace fairprice::cli {

namespace {

using ingest::HeadingUnit;
namespace column = ingest::listings_column;

constexpr std::size_t kLargest = std::size_t{1} << 30;

/// Whether a heading cell is the column of `listings` that `others` lack: then, and only then, the three are a whole heading.
bool is_column(const std::string& cell, const std::vector<std::string>& others) {
  std::vector<std::string> cells = others;
  cells.push_back(cell);
  try {
    ingest::map_headings(ingest::Table::listings, cells, "");
    return true;
  } catch (const FatalError&) {
    return false;
  }
}

/// The map of the heading, as if the two columns that a month requires, and a question need not have, stood behind it.
ingest::HeadingMap map_question_headings(const std::vector<std::string>& cells, const std::string& name) {
  std::vector<std::string> completed = cells;
  const auto add_absent = [&](const char* missing, const std::vector<std::string>& others) {
    if (std::none_of(cells.begin(), cells.end(), [&](const std::string& cell) { return is_column(cell, others); }))
      completed.emplace_back(missing);
  };
  add_absent("listing_id", {"supplier_id", "price"});
  add_absent("supplier_id", {"listing_id", "price"});
  ingest::HeadingMap map = ingest::map_headings(ingest::Table::listings, completed, name);
  for (int& field : map.field_of_column)
    if (field >= static_cast<int>(cells.size())) field = ingest::HeadingMap::kAbsent;
  return map;
}

/// A number under a heading like 价格（万元） or 折扣（折） with the unit behind it, as the cell alone would have to say it.
std::string with_unit(std::string_view cell, HeadingUnit unit) {
  std::string text(cell);
  if (text.empty() || text.back() < '0' || text.back() > '9') return text;
  if (unit == HeadingUnit::ten_thousand_yuan) text += "万元";
  if (unit == HeadingUnit::zhe) text += "折";
  if (unit == HeadingUnit::percent) text += "%";
  return text;
}

/// The bytes of the rows above the heading: those in which fewer than two cells say something. None when no row has two.
std::size_t size_of_title_rows(std::string_view text) {
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    end = std::min(text.find('\n', begin), text.size());
    std::size_t filled = 0;
    for (std::size_t cell = begin; cell <= end; ++cell) {
      const std::size_t stop = std::min(text.find_first_of(",;\t\n", cell), end);
      filled += !trimmed(text.substr(cell, stop - cell)).empty();
      cell = stop;
    }
    if (filled >= 2) return begin;
  }
  return 0;
}

}  // namespace

QuestionFile read_question_file(const std::string& path, const std::string& supplier) {
  const std::string name = path == "-" ? "stdin" : path;
  const std::string text = ingest::read_whole_text(path == "-" ? "/dev/stdin" : path, name, kLargest);
  const std::size_t title_rows = size_of_title_rows(text);
  const std::string_view table = std::string_view(text).substr(title_rows);
  const std::string_view heading = table.substr(0, table.find('\n'));
  const char delimiter = ingest::sniff_delimiter(heading, name);
  ingest::Block block = ingest::block_of(table);
  block.line += std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(title_rows), '\n');
  const auto most = static_cast<std::size_t>(std::count(heading.begin(), heading.end(), delimiter)) + 1;
  ingest::RowScanner scanner;
  scanner.open(block, delimiter, most);
  if (!scanner.next()) throw FatalError(name + "：文件是空的，没有表头行", name + ": the file is empty, it has no heading row");
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < std::min(most, scanner.field_count()); ++i) cells.emplace_back(trimmed(scanner.cell(i)));
  const ingest::HeadingMap map = map_question_headings(cells, name);

  QuestionFile file;
  for (std::int64_t row = 1; scanner.next(); ++row) {
    if (scanner.bad_quotes() || scanner.field_count() != cells.size()) {
      file.problems.push_back({"listings", name, scanner.line(), "",
                               scanner.bad_quotes() ? ProblemCode::bad_quotes : ProblemCode::field_count, ProblemAction::rejected,
                               std::string(scanner.raw()), ""});
      continue;
    }
    const auto cell = [&](int of) {
      return with_unit(map.has(of) ? trimmed(scanner.cell(static_cast<std::size_t>(map.field(of)))) : std::string_view(), map.unit(of));
    };
    Question question{cell(column::listing_id), cell(column::supplier_id), cell(column::category), cell(column::brand),
                      cell(column::model),      cell(column::title),       cell(column::barcode),  cell(column::spec),
                      cell(column::unit),       cell(column::pack_size),   cell(column::price),    cell(column::promised_discount)};
    if (question.listing_id.empty()) question.listing_id = std::to_string(row);
    if (question.supplier_id.empty()) question.supplier_id = supplier;
    file.questions.push_back(std::move(question));
    file.lines.push_back(scanner.line());
  }
  if (file.questions.empty() && file.problems.empty())  // an answer to nothing would end with 0, which says that all prices are fair
    throw FatalError(name + "：只有表头，没有要查的行；请重新导出",
                     name + ": the file has a heading but no row to ask about (export it again)");
  return file;
}

}  // namespace fairprice::cli
