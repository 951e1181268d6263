#include "engine/ingest/heading_row.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/small_csv.hpp"
#include "engine/ingest/unpack.hpp"

namespace fairprice::ingest {

namespace {

/// One past the first row of `text`, which may have line feeds inside quotes; past the first line when a quote in it never closes.
std::size_t first_row_end(std::string_view text, char delimiter) {
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  for (std::size_t at = line; at != std::string_view::npos; at = text.find('\n', at + 1))
    if (last_row_end(text.data(), text.data() + at + 1, delimiter) == text.data() + at + 1) return at + 1;
  return line + 1;
}

std::vector<std::string> cells_of(std::string_view row, char delimiter) {
  const Block block = block_of(row);
  RowScanner scanner;
  scanner.open(block, delimiter, static_cast<std::size_t>(std::count(row.begin(), row.end(), delimiter)) + 1);
  std::vector<std::string> cells;
  if (scanner.next())
    for (std::size_t i = 0; i < scanner.field_count(); ++i) cells.emplace_back(trimmed(scanner.cell(i)));
  return cells;
}

/// A row of nothing but delimiters says nothing, whichever of them was tried.
bool says_something(const std::vector<std::string>& cells) {
  return std::any_of(cells.begin(), cells.end(),
                     [](const std::string& cell) { return cell.find_first_not_of(",;\t ") != std::string::npos; });
}

/// The first rows that have something in them.
std::vector<HeadingRow> first_rows(std::string_view text, char delimiter, std::size_t most) {
  std::vector<HeadingRow> rows;
  std::int64_t line = 1;
  for (std::size_t begin = 0; begin < text.size() && rows.size() < most;) {
    const std::size_t size = first_row_end(text.substr(begin), delimiter);
    if (size == 0) break;
    HeadingRow row{delimiter, begin + size, line, cells_of(text.substr(begin, size), delimiter)};
    line += count_lines(text.data() + begin, text.data() + begin + size);
    begin += size;
    if (says_something(row.cells)) rows.push_back(std::move(row));
  }
  return rows;
}

std::string_view first_line_of(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (!trimmed(line).empty()) return line;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return {};
}

}  // namespace

std::vector<char> delimiters_by_likelihood(std::string_view first_line, std::string_view file) {
  std::vector<char> delimiters = {sniff_delimiter(first_line, file)};
  for (const char other : {',', '\t', ';'})
    if (other != delimiters.front()) delimiters.push_back(other);
  return delimiters;
}

HeadingRow find_heading_row(std::string_view text, Table table, std::string_view file, const HeadingRules& rules, const HeadingWish& wish) {
  const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::string_view body = text.substr(mark);
  std::vector<char> delimiters = {wish.delimiter};
  if (wish.delimiter == '\0') delimiters = delimiters_by_likelihood(first_line_of(body), file);
  HeadingRow best;
  int most = 0;
  for (const char delimiter : delimiters) {
    for (HeadingRow& row : first_rows(body, delimiter, wish.line > 0 ? SIZE_MAX : kTitleRows)) {
      row.end += mark;
      if (wish.line > row.line) continue;
      const HeadingMatch match = match_headings(table, row.cells, rules);
      if (match.complete) return std::move(row);
      if (best.end == 0 || match.recognised > most) {
        most = match.recognised;
        best = std::move(row);
      }
      if (wish.line > 0) break;
    }
  }
  return best;
}

}  // namespace fairprice::ingest
