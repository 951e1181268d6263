#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/ingest/source.hpp"
#include "tests/support/scan_bytes.hpp"

namespace fairprice::testing_support {

/// A row of a table, with the file that it stands in.
struct TableRow {
  std::string file;
  slow::CsvRow row;
};

/// Reads every row of a table through BlockReader, with so many threads; rows in the order of their offsets.
inline std::vector<TableRow> read_table(const std::string& folder, std::string_view table, int threads = 1,
                                        std::vector<ingest::SourceFile>* files_read = nullptr) {
  std::vector<ingest::SourceFile> files = ingest::find_files(folder, table);
  ingest::BlockReader reader(files, table);
  std::vector<TableRow> rows;
  std::mutex mutex;
  const auto work = [&] {
    ingest::Block block;
    ingest::RowScanner scanner;
    std::vector<TableRow> found;
    while (reader.next(block)) {
      const ingest::SourceFile& file = files[block.file];
      scanner.open(block, file.delimiter, file.headings.fields());
      while (scanner.next()) found.push_back({file.name, row_of(scanner, block, file.headings.fields())});
    }
    const std::lock_guard lock(mutex);
    rows.insert(rows.end(), found.begin(), found.end());
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  std::sort(rows.begin(), rows.end(), [](const TableRow& a, const TableRow& b) { return a.row.offset < b.row.offset; });
  if (files_read != nullptr) *files_read = std::move(files);
  return rows;
}

}  // namespace fairprice::testing_support
