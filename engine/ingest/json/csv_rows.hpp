#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/ingest/columns.hpp"

namespace fairprice::ingest::json {

/// The cells of one row, by column of the table.
using Cells = std::array<std::string_view, kMostColumns>;

/// What became of a row of cells.
enum class RowOutcome : std::uint8_t { written, bad_encoding, too_large, empty };

/// Rows of CSV on their way out: commas, quotes where they are needed, one physical line each. Line ends and other control characters inside
/// a cell are a space each (CR LF one).
class CsvRows {
 public:
  /// `columns`: how many of the cells there are. `bad_column`: of a row that is not written, because a cell is no UTF-8. A row of which all
  /// cells are blank is not written either: the CSV side passes over such rows.
  RowOutcome write(const Cells& cells, std::size_t columns, int& bad_column);
  /// The line of a record that gives no row.
  void blank();

  std::int64_t lines() const { return lines_; }  ///< so far
  std::size_t ready() const { return size_ - taken_; }
  std::size_t take(char* place, std::size_t room);

 private:
  char* room(std::size_t bytes);

  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
  std::size_t taken_ = 0;
  std::int64_t lines_ = 0;
};

}  // namespace fairprice::ingest::json
