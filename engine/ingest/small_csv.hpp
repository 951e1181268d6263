#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/encoding.hpp"
#include "engine/ingest/scan_csv.hpp"

namespace fairprice::ingest {

/// A whole file as UTF-8, unpacked, of a workbook the first visible sheet with content as CSV; line ends of old Macintosh files as line feeds, a line feed at the end, no byte order mark. `path` may be
/// /dev/stdin. Throws FatalError when it cannot be read, is damaged, or is larger than `most` bytes.
std::string read_whole_text(const std::string& path, const std::string& name, std::size_t most, std::optional<Encoding> forced = {});

/// A block of its own for text that ends with a line feed.
Block block_of(std::string_view text);

/// A small table that is no table of the contract, cut into trimmed cells.
struct SmallCsv {
  struct Row {
    std::int64_t line;
    std::vector<std::string> cells;
  };
  std::vector<std::string> heading;
  std::vector<Row> rows;
};
/// Throws FatalError as read_whole_text, and when the file is empty.
SmallCsv read_small_csv(const std::string& path, const std::string& name);

}  // namespace fairprice::ingest
