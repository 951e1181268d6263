#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The slow twin of engine/ingest/scan_csv: one character after another, the rules as docs say them.
///   A quote opens a quoted field only as its first character; inside, "" is a quote; any other text behind the closing quote makes
///   the row bad. A row ends with a line feed outside quotes; a carriage return in front of it is no part of the last field. A quoted field
///   that never closes makes its first line a bad row, and the next line starts a row again. A row whose cells are all blank is no row.
namespace fairprice::slow {

struct CsvRow {
  std::int64_t line = 0;   ///< physical line on which it starts
  std::size_t offset = 0;  ///< of its first byte
  std::vector<std::string> cells;
  bool bad = false;  ///< text behind a closing quote, or no closing quote (then there are no cells)
};

struct CutRow {
  CsvRow row;
  std::size_t next = 0;  ///< where the next row starts
};

/// The row at `start`; nothing when a quoted field does not close. `text` ends with a line feed.
inline std::optional<CutRow> cut_row(std::string_view text, std::size_t start, char delimiter) {
  CutRow cut;
  cut.row.offset = start;
  std::size_t i = start;
  for (;;) {
    std::string cell;
    bool quoted = false;
    if (text[i] == '"') {
      quoted = true;
      ++i;
      for (;;) {
        if (i == text.size()) return std::nullopt;
        if (text[i] != '"') {
          cell += text[i++];
        } else if (i + 1 < text.size() && text[i + 1] == '"') {
          cell += '"';
          i += 2;
        } else {
          ++i;
          break;
        }
      }
    }
    std::string rest;
    while (text[i] != delimiter && text[i] != '\n') rest += text[i++];
    const bool last = text[i] == '\n';
    if (last && !rest.empty() && rest.back() == '\r') rest.pop_back();
    if (quoted && !rest.empty()) cut.row.bad = true;
    cut.row.cells.push_back(quoted ? cell : rest);
    ++i;
    if (last) break;
  }
  cut.next = i;
  return cut;
}

inline bool is_blank(const CsvRow& row) {
  if (row.bad) return false;
  for (const std::string& cell : row.cells)
    if (cell.find_first_not_of(" \t\r\n\v\f") != std::string::npos) return false;
  return true;
}

/// All rows of a text; `line` is the number of its first one.
inline std::vector<CsvRow> read_csv(std::string text, char delimiter, std::int64_t line = 1) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  std::vector<CsvRow> rows;
  for (std::size_t start = 0; start < text.size();) {
    std::optional<CutRow> cut = cut_row(text, start, delimiter);
    if (!cut) {
      cut.emplace();
      cut->row.offset = start;
      cut->row.bad = true;
      cut->next = text.find('\n', start) + 1;
    }
    cut->row.line = line;
    for (std::size_t i = start; i < cut->next; ++i) line += text[i] == '\n';
    start = cut->next;
    if (!is_blank(cut->row)) rows.push_back(std::move(cut->row));
  }
  return rows;
}

}  // namespace fairprice::slow
