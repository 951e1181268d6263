#pragma once

#include <array>
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

/// How the first pass looks for its marks: by what the processor can do. All find the same.
enum class MarkWith : std::uint8_t { plain, avx2, avx512 };
bool can_mark(MarkWith with);  ///< whether this processor can
MarkWith best_marks();         ///< the fastest that it can

/// Walks the rows of one block. Two passes: the first finds delimiters, line feeds and quotes 32 or 64 bytes at a time and notes where
/// they are; the second takes those places as the ends of fields. Only a row with a quote in it is cut byte by byte. A block of a
/// quarter megabyte and its notes stay in the second-level cache.
class RowScanner {
 public:
  explicit RowScanner(MarkWith with = best_marks()) : with_(with) {}

  /// `block` must outlive the scan and end with a line feed; `fields` is how many the heading has.
  void open(const Block& block, char delimiter, std::size_t fields);

  /// Goes to the next row that has a cell with something in it; false at the end.
  bool next();

  /// A cell of the row by position; empty where the row has no such field. Quotes are gone, "" is ", no trimming.
  std::string_view cell(std::size_t field) const {
    if (field >= count_) return {};
    return cut_ ? cells_[field] : plain_cell(field);
  }
  /// No cell of the row has quotes, white space or an apostrophe at an end: `plain_cell` is all there is to say of each.
  bool plain() const { return plain_; }
  /// The same without asking the scanner again: cells of a plain row between its marks, valid until the next row.
  struct PlainCells {
    const char* data;
    const std::uint32_t* ends;
    std::string_view operator[](std::ptrdiff_t field) const {
      const std::uint32_t begin = ends[field - 1] + 1;
      return {data + begin, ends[field] - begin};
    }
  };
  PlainCells plain_cells() const { return {data_, ends_}; }
  /// Rows without surprises that follow one another: each as wide as the heading, plain, and no blank line.
  struct PlainRows {
    static constexpr std::size_t kMost = 32;
    const char* data = nullptr;
    std::size_t count = 0;
    std::array<std::uint32_t, kMost> start;  ///< of each row in the block
    std::array<std::uint32_t*, kMost> ends;  ///< of each row's fields
    /// A field of all rows: where it begins and how long it is.
    void column(std::size_t field, std::array<std::uint32_t, kMost>& begin, std::array<std::uint32_t, kMost>& size) const {
      for (std::size_t i = 0; i < count; ++i) {
        begin[i] = field == 0 ? start[i] : ends[i][static_cast<std::ptrdiff_t>(field) - 1] + 1;
        size[i] = ends[i][field] - begin[i];
      }
    }
  };
  /// Takes the next rows as long as they are plain ones; returns how many, 0 when `next` has to look at what comes (or nothing comes).
  std::size_t next_plain(PlainRows& rows);
  /// Makes one of them the scanner's row. What follows them is not touched; their columns are not to be asked for any more.
  void stand_on(const PlainRows& rows, std::size_t row);
  /// A cell of a row that is plain. field < field_count().
  std::string_view plain_cell(std::size_t field) const {
    const std::uint32_t begin = ends_[static_cast<std::ptrdiff_t>(field) - 1] + 1;
    return {data_ + begin, ends_[field] - begin};
  }
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
  void take_row();
  void cut_row_with_quotes();
  bool blank() const;

  MarkWith with_;
  const Block* block_ = nullptr;
  const char* data_ = nullptr;
  char delimiter_ = ',';
  bool has_quotes_ = false;
  bool bad_quotes_ = false;
  bool cut_ = false;  ///< the row's cells stand in cells_, otherwise between the marks at ends_
  bool plain_ = false;
  bool moved_ = false;  ///< the row's last mark was moved in front of a carriage return
  std::size_t fields_ = 0;
  std::size_t count_ = 0;
  std::uint32_t row_offset_ = 0;
  std::uint32_t row_end_ = 0;  ///< of the row, its line end perhaps with it
  std::uint32_t next_row_ = 0;
  mutable std::uint32_t counted_offset_ = 0;  ///< where `line` has counted to, and how many it found
  mutable std::int64_t counted_lines_ = 0;
  std::uint32_t* next_mark_ = nullptr;  ///< the next row's first
  std::uint32_t* marks_end_ = nullptr;
  const std::uint32_t* ends_ = nullptr;       ///< of the row's fields, from the start of the block; ends_[-1] that of the row before
  const std::uint32_t* next_feed_ = nullptr;  ///< line feeds, in a block without quotes
  std::vector<std::uint32_t> marks_;
  const std::uint32_t* next_edge_ = nullptr;
  const std::uint32_t* edges_end_ = nullptr;
  std::vector<std::uint32_t> feeds_;
  std::vector<std::uint32_t> edges_;  ///< where a cell begins or ends with something that may have to be taken off
  std::vector<std::string_view> cells_;
  std::deque<std::string> unescaped_;
};

}  // namespace fairprice::ingest
