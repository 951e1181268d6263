#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/scan_csv.hpp"
#include "tests/support/slow_csv.hpp"

namespace fairprice::testing_support {

inline ingest::Block block_of(std::string_view bytes, std::uint64_t offset, std::int64_t line) {
  constexpr std::size_t kPadding = 64;
  ingest::Block block;
  block.buffer = std::make_unique<char[]>(bytes.size() + kPadding);
  block.capacity = bytes.size();
  if (!bytes.empty()) std::memcpy(block.buffer.get(), bytes.data(), bytes.size());
  block.data = block.buffer.get();
  block.size = bytes.size();
  block.offset = offset;
  block.line = line;
  return block;
}

/// The row that a scanner stands at, in the shape of the slow reader; cells beyond `fields` are only counted.
inline slow::CsvRow row_of(const ingest::RowScanner& scanner, const ingest::Block& block, std::size_t fields) {
  slow::CsvRow row;
  row.line = scanner.line();
  row.offset = block.offset + scanner.row_offset();
  row.bad = scanner.bad_quotes();
  for (std::size_t i = 0; i < scanner.field_count(); ++i) row.cells.emplace_back(i < fields ? scanner.cell(i) : std::string_view());
  return row;
}

/// Scans bytes in blocks of about `block_size`, cut at row ends as a file is.
inline std::vector<slow::CsvRow> scan_bytes(std::string bytes, char delimiter, std::size_t fields, std::size_t block_size) {
  if (!bytes.empty() && bytes.back() != '\n') bytes += '\n';
  std::vector<slow::CsvRow> rows;
  ingest::RowScanner scanner;
  std::int64_t line = 1;
  std::size_t room = block_size;
  for (std::size_t start = 0; start < bytes.size();) {
    const std::size_t size = std::min(room, bytes.size() - start);
    const char* const begin = bytes.data() + start;
    std::size_t whole = static_cast<std::size_t>(ingest::last_row_end(begin, begin + size, delimiter) - begin);
    if (whole == 0 && start + size < bytes.size()) {
      room *= 2;
      continue;
    }
    ingest::Block block = block_of({begin, whole}, start, line);
    if (whole == 0) {
      whole = static_cast<std::size_t>(std::find(begin, begin + size, '\n') - begin) + 1;
      block = block_of({begin, whole}, start, line);
      block.unclosed_quote = true;
    }
    scanner.open(block, delimiter, fields);
    while (scanner.next()) rows.push_back(row_of(scanner, block, fields));
    start += whole;
    line += ingest::count_lines(begin, begin + whole);
    room = block_size;
  }
  return rows;
}

/// The slow reader's rows, cells beyond `fields` only counted.
inline std::vector<slow::CsvRow> slow_rows(std::string bytes, char delimiter, std::size_t fields) {
  std::vector<slow::CsvRow> rows = slow::read_csv(std::move(bytes), delimiter);
  for (slow::CsvRow& row : rows)
    for (std::size_t i = fields; i < row.cells.size(); ++i) row.cells[i].clear();
  return rows;
}

/// The first difference of two lists of rows; empty when there is none.
inline std::string difference(const std::vector<slow::CsvRow>& fast, const std::vector<slow::CsvRow>& slow) {
  const auto shown = [](const std::vector<slow::CsvRow>& rows, std::size_t i) {
    if (i >= rows.size()) return std::string("no row");
    std::string text =
        "line " + std::to_string(rows[i].line) + ", byte " + std::to_string(rows[i].offset) + (rows[i].bad ? ", bad" : "") + ":";
    for (const std::string& cell : rows[i].cells) text += " [" + cell.substr(0, 60) + "]";
    return text;
  };
  for (std::size_t i = 0; i < std::max(fast.size(), slow.size()); ++i)
    if (i >= fast.size() || i >= slow.size() || fast[i].line != slow[i].line || fast[i].offset != slow[i].offset ||
        fast[i].bad != slow[i].bad || fast[i].cells != slow[i].cells)
      return "row " + std::to_string(i) + ": fast " + shown(fast, i) + "; slow " + shown(slow, i);
  return {};
}

}  // namespace fairprice::testing_support
