#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ingest/xlsx/csv_rows.hpp"
#include "engine/ingest/xlsx/serial_date.hpp"
#include "engine/ingest/xlsx/shared_strings.hpp"
#include "engine/ingest/xlsx/sheet_counts.hpp"
#include "engine/ingest/xlsx/styles.hpp"
#include "engine/ingest/xlsx/xml.hpp"

namespace fairprice::ingest::xlsx {

/// What a sheet needs of its workbook.
struct SheetContext {
  const Styles& styles;
  DateSystem dates = DateSystem::since_1900;
  std::function<const SharedStrings&()> strings;  ///< called at the first cell that needs them
  Place place;
};

/// A sheet's XML to CSV (ECMA-376 part 1, 18.3). Pauses when enough CSV is ready.
class SheetParser : public XmlHandler {
 public:
  explicit SheetParser(SheetContext context) : context_(std::move(context)) {}

  CsvRows& rows() { return rows_; }
  /// Once the part has been read: what has been held back goes out, the counts are complete.
  void finish();
  const SheetCounts& counts() const { return counts_; }

  void start(std::string_view element, const char** attributes, int depth) override;
  Then end(std::string_view element, int depth) override;
  void text(std::string_view piece) override;

 private:
  enum class Collect : std::uint8_t { nothing, value, formula, inline_text };

  void start_above_rows(std::string_view element, const char** attributes, int depth);
  void start_row(const char** attributes);
  void start_cell(const char** attributes);
  void start_in_cell(std::string_view element, int depth);
  void finish_cell();
  void append_value();
  void append_shared();
  void append_formatted(const NumberFormat& format);
  void append_words(std::string_view words);
  void finish_row();
  [[noreturn]] void refuse_cell(const std::string& zh, const std::string& en) const;

  SheetContext context_;
  CsvRows rows_;
  SheetCounts counts_;
  const SharedStrings* strings_ = nullptr;
  std::vector<std::pair<std::int64_t, std::int64_t>> hidden_columns_;  ///< from, to
  std::int64_t widest_ = 0;
  bool in_data_ = false;

  std::int64_t row_ = 0;
  bool row_hidden_ = false;
  std::string fields_;        ///< of the row so far
  std::int64_t columns_ = 0;  ///< in fields_

  std::int64_t column_ = 0;  ///< of the cell, from 1
  std::string type_;
  std::size_t style_ = 0;
  Collect collect_ = Collect::nothing;
  std::string value_, formula_, inline_;
  bool has_value_ = false, has_formula_ = false, has_inline_ = false;
  int phonetic_ = 0;  ///< depth of the phonetic run that is being left out
};

}  // namespace fairprice::ingest::xlsx
