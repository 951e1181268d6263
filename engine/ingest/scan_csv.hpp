#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

/// The end of the last whole row in [begin, end), i.e. one past its line feed; `begin` when there is none. `begin` is the start of a row.
/// A quote opens a quoted field only as the first byte of a field; inside, "" is a quote. This is the one definition of a row.
const char* last_row_end(const char* begin, const char* end, char delimiter);

/// How many line feeds there are.
std::int64_t count_lines(const char* begin, const char* end);

/// Walks the rows of one block. Two passes: the first finds delimiters, line feeds and quotes 32 or 64 bytes at a time and notes where
/// they are; the second cuts fields at those places. A block of a quarter megabyte and its notes stay in the second-level cache.
class RowScanner {
 public:
  /// `block` must outlive the scan and end with a line feed; `fields` is how many the heading has.
  void open(const Block& block, char delimiter, std::size_t fields);

  /// Goes to the next row that has a cell with something in it; false at the end.
  bool next();

  /// Cells of the row by position, `fields` of them; missing ones are empty. Quotes are gone, "" is ", no trimming.
  const std::string_view* cells() const { return cells_.data(); }
  /// Fields that the row has; more or fewer than the heading's make a row that cannot be trusted.
  std::size_t field_count() const { return count_; }
  /// Text after a closing quote, or a quote that never closes.
  bool bad_quotes() const { return bad_quotes_; }
  /// Where the row starts, from the start of the block.
  std::uint32_t row_offset() const { return row_offset_; }
  /// The physical line of the row; counts line feeds from the start of the block, so only for messages.
  std::int64_t line() const;
  /// The whole row as it stands, without its line end.
  std::string_view raw() const;

 private:
  bool cut_row();
  bool cut_row_with_quotes();
  bool blank() const;
  /// Of fields beyond the heading's only the first that is not blank is kept, to tell a row from an empty line.
  void keep_cell(std::size_t n, std::string_view cell) {
    if (n < fields_) cells_[n] = cell;
    else if (n == fields_ || cells_[fields_].find_first_not_of(" \t\r\n\v\f") == std::string_view::npos) cells_[fields_] = cell;
  }

  const Block* block_ = nullptr;
  const char* data_ = nullptr;
  char delimiter_ = ',';
  bool has_quotes_ = false;
  bool bad_quotes_ = false;
  std::size_t fields_ = 0;
  std::size_t count_ = 0;
  std::uint32_t row_offset_ = 0;
  std::uint32_t next_row_ = 0;
  mutable std::uint32_t counted_offset_ = 0;  ///< where `line` has counted to, and how many it found
  mutable std::int64_t counted_lines_ = 0;
  std::size_t mark_ = 0;   ///< next unused entry of marks_
  std::size_t marks_count_ = 0;
  std::vector<std::uint32_t> marks_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unescaped_;
};

}  // namespace fairprice::ingest
