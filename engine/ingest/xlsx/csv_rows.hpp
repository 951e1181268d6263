#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairprice::ingest::xlsx {

/// Rows of cells as CSV in which the line number is the row number: rows that are missing or blank are empty lines.
///
/// A workbook does not store empty cells, but a CSV row must have as many fields as its heading. So all rows get the width of the widest of
/// the first 100 that are not blank, or that which the sheet states for itself, when it is wider and at most 256; a later row that is wider
/// still keeps its cells, and whoever reads it will say that it has more than the heading.
class CsvRows {
 public:
  /// Columns according to the sheet's `dimension`; a claim that costs nothing.
  void expect_columns(std::int64_t columns);

  /// A row of fields joined by commas; not blank. Numbers from 1, ascending.
  void add(std::int64_t row, std::string_view fields, std::int64_t columns);
  /// No row comes any more.
  void finish();

  std::size_t ready() const { return out_.size() - taken_; }
  std::size_t take(char* place, std::size_t room);
  std::uint64_t made() const { return made_; }  ///< bytes so far

 private:
  struct Held {
    std::int64_t row;
    std::int64_t columns;
    std::size_t end;
  };
  void write(std::int64_t row, std::string_view fields, std::int64_t columns);
  void settle();

  std::int64_t width_ = 0;
  std::int64_t last_row_ = 0;
  bool settled_ = false;
  std::vector<Held> held_;
  std::string held_fields_;
  std::string out_;
  std::size_t taken_ = 0;
  std::uint64_t made_ = 0;
};

}  // namespace fairprice::ingest::xlsx
