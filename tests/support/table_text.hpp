#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/ingest/source.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/slow_csv.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::testing_support {

/// One file of a table as text: its heading line and its rows as they stand, each with its line end.
struct TableText {
  std::string name;  ///< without .gz
  std::string heading;
  std::vector<std::string> rows;

  char delimiter() const { return name.ends_with(".tsv") ? '\t' : ','; }
  std::string text() const {
    std::string result = heading;
    for (const std::string& row : rows) result += row;
    return result;
  }
  std::vector<std::string> cells(const std::string& row) const { return slow::cut_row(row, 0, delimiter())->row.cells; }
  std::size_t column(const std::string& english, const std::string& chinese) const {
    const std::vector<std::string> names = cells(heading);
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const std::string& cell) { return cell == english || cell == chinese; });
    if (found == names.end()) throw std::runtime_error(name + " has no column " + english);
    return static_cast<std::size_t>(found - names.begin());
  }
  /// A row with quotes where its cells need them.
  std::string row_of(const std::vector<std::string>& cells) const {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) row += delimiter();
      if (cells[i].find_first_of("\"\r\n,\t") == std::string::npos) {
        row += cells[i];
      } else {
        row += '"';
        for (const char c : cells[i]) row.append(c == '"' ? 2U : 1U, c);
        row += '"';
      }
    }
    return row + "\n";
  }
};

/// A file that is no CSV in UTF-8 (a workbook, JSON Lines, another encoding), as the CSV that the engine makes of it.
inline TableText as_csv(const std::string& folder, const std::string& name) {
  const std::string kind = name.substr(0, name.find_first_of("-."));
  std::vector<ingest::SourceFile> files = ingest::find_files(folder, kind);
  std::erase_if(files, [&](const ingest::SourceFile& file) { return file.name != name; });
  TableText table;
  table.name = name.substr(0, name.rfind('.')) + ".csv";
  ingest::BlockReader reader(files, kind);
  ingest::Block block;
  std::string rows;
  while (reader.next(block)) rows.append(block.data, block.size);
  table.heading = table.row_of(files.at(0).headings.cells);
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t next = slow::cut_row(rows, at, ',')->next;
    table.rows.push_back(rows.substr(at, next - at));
    at = next;
  }
  return table;
}

/// Every file of a month's folder, CSV in UTF-8 read by the slow reader.
inline std::vector<TableText> read_month_text(const std::string& folder) {
  std::vector<TableText> tables;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    TableText table;
    table.name = entry.path().filename().string();
    std::string text = read_whole(entry.path());
    if (table.name.ends_with(".gz")) {
      text = gunzip(text);
      table.name.resize(table.name.size() - 3);
    }
    if (ingest::format_of_name(table.name) != ingest::FileFormat::text || !is_utf8(text)) {
      tables.push_back(as_csv(folder, table.name));
      continue;
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (!text.ends_with('\n')) text += '\n';
    for (std::size_t at = 0; at < text.size();) {
      const auto cut = slow::cut_row(text, at, table.delimiter());
      if (!cut) throw std::runtime_error(table.name + " has a quote that never closes");
      std::string row = text.substr(at, cut->next - at);
      if (at == 0)
        table.heading = row;
      else
        table.rows.push_back(std::move(row));
      at = cut->next;
    }
    tables.push_back(std::move(table));
  }
  std::sort(tables.begin(), tables.end(), [](const TableText& a, const TableText& b) { return a.name < b.name; });
  return tables;
}

inline void write_month_text(const TemporaryFolder& folder, const std::vector<TableText>& tables) {
  for (const TableText& table : tables) folder.write(table.name, table.text());
}

}  // namespace fairprice::testing_support
