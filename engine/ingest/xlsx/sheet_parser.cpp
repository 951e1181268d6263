#include "engine/ingest/xlsx/sheet_parser.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "engine/base/text.hpp"
#include "engine/ingest/xlsx/cell_reference.hpp"
#include "engine/ingest/xlsx/cell_text.hpp"
#include "engine/ingest/xlsx/decimal.hpp"
#include "engine/ingest/xlsx/limits.hpp"

namespace fairprice::ingest::xlsx {

namespace {

constexpr int kRowDepth = 3;
constexpr int kCellDepth = 4;
constexpr std::size_t kEnoughReady = std::size_t{256} << 10;
constexpr std::size_t kShownOfFormula = 200;
constexpr std::size_t kMostHiddenRanges = 16'384;
constexpr std::size_t kNoStyle = std::numeric_limits<std::size_t>::max();

/// The whole text as a number without sign; nothing else.
template <class Number>
bool read_whole(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0;
}

std::int64_t whole_or(const char* text, std::int64_t otherwise) {
  std::int64_t number = 0;
  return text != nullptr && read_whole(text, number) ? number : otherwise;
}

std::string quoted(std::string_view text) { return "\"" + quoted_for_message(text) + "\""; }

}  // namespace

void SheetParser::refuse_cell(const std::string& zh, const std::string& en) const {
  refuse(context_.place.row(row_).column(column_letters(column_)), zh + "；请用 Excel 打开后另存", en + ": open it in Excel and save it");
}

void SheetParser::start(std::string_view element, const char** attributes, int depth) {
  if (!in_data_) return start_above_rows(element, attributes, depth);
  if (depth == kRowDepth) {
    if (element == "row") start_row(attributes);
  } else if (depth == kCellDepth) {
    if (element == "c") start_cell(attributes);
  } else {
    start_in_cell(element, depth);
  }
}

void SheetParser::start_above_rows(std::string_view element, const char** attributes, int depth) {
  if (depth == 1 && element != "worksheet")
    refuse(context_.place, "不是工作表（根元素是 " + quoted(element) + "）；请用 Excel 打开后另存",
           "is no worksheet (its root element is " + quoted(element) + "): open it in Excel and save it");
  if (depth == 2 && element == "sheetData") {
    in_data_ = true;
  } else if (depth == 2 && element == "dimension") {
    const char* range = attribute(attributes, "ref");
    if (const auto last = last_of_range(range == nullptr ? "" : range)) rows_.expect_columns(last->column);
  } else if (depth == 3 && element == "col" && is_true(attribute(attributes, "hidden"))) {
    if (hidden_columns_.size() < kMostHiddenRanges)
      hidden_columns_.emplace_back(whole_or(attribute(attributes, "min"), 1), whole_or(attribute(attributes, "max"), 1));
  } else if (depth == 3 && element == "mergeCell") {
    const char* text = attribute(attributes, "ref");
    const std::string_view range(text == nullptr ? "" : text);
    const auto first = read_reference(range.substr(0, range.find(':')));
    const auto last = last_of_range(range);
    ++counts_.merged_ranges;
    if (first && last && first->row != last->row) ++counts_.merged_over_rows;
  }
}

void SheetParser::start_row(const char** attributes) {
  std::int64_t number = row_ + 1;
  const char* text = attribute(attributes, "r");
  const bool sound = text == nullptr || read_whole(text, number);
  if (!sound || number <= row_ || number > kMostRows)
    refuse(context_.place,
           "第 " + std::to_string(row_) + " 行之后的行号 " + quoted(text == nullptr ? std::to_string(number) : text) +
               " 有误（应递增，至多 " + std::to_string(kMostRows) + "）；请用 Excel 打开后另存",
           "row number " + quoted(text == nullptr ? std::to_string(number) : text) + " behind row " + std::to_string(row_) +
               " is wrong (they ascend, up to " + std::to_string(kMostRows) + "): open it in Excel and save it");
  row_ = number;
  row_hidden_ = is_true(attribute(attributes, "hidden"));
  column_ = 0;
  columns_ = 0;
  fields_.clear();
}

void SheetParser::start_cell(const char** attributes) {
  const std::int64_t before = column_++;
  type_.clear();
  style_ = kNoStyle;
  value_.clear();
  has_value_ = has_formula_ = has_inline_ = false;
  for (; *attributes != nullptr; attributes += 2) {
    const std::string_view name = attributes[0];
    const std::string_view text = attributes[1];
    if (name == "r") {
      const auto cell = read_reference(text);
      if (!cell || cell->row != row_)
        refuse_cell("单元格地址 " + quoted(text) + " 有误（应在第 " + std::to_string(row_) + " 行，至多 XFD1048576）",
                    "cell address " + quoted(text) + " is wrong (expected one of row " + std::to_string(row_) + ", up to XFD1048576)");
      column_ = cell->column;
    } else if (name == "t") {
      type_ = text;
    } else if (name == "s") {
      if (!read_whole(text, style_)) style_ = kNoStyle;
    }
  }
  if (column_ <= before || column_ > kMostColumns)
    refuse_cell("单元格未按列递增（上一格在列 " + column_letters(before) + "，至多 XFD）",
                "the cells of a row do not ascend (the one before is in column " + column_letters(before) + "; up to XFD)");
}

void SheetParser::start_in_cell(std::string_view element, int depth) {
  if (column_ == 0) return;
  if (depth == kCellDepth + 1) {
    if (element == "v") {
      collect_ = Collect::value;
      has_value_ = true;
    } else if (element == "f") {
      collect_ = Collect::formula;
      has_formula_ = true;
      formula_.clear();
    } else if (element == "is") {
      has_inline_ = true;
      inline_.clear();
    }
  } else if (has_inline_ && phonetic_ == 0) {
    if (element == "t")
      collect_ = Collect::inline_text;
    else if (element == "rPh")
      phonetic_ = depth;
  }
}

void SheetParser::text(std::string_view piece) {
  if (collect_ == Collect::nothing) return;
  std::string& into = collect_ == Collect::value ? value_ : collect_ == Collect::formula ? formula_ : inline_;
  if (into.size() + piece.size() > kLargestCell)
    refuse_cell("单元格内容超过上限 " + std::to_string(kLargestCell >> 20) + " MB",
                "the cell holds more than the limit of " + std::to_string(kLargestCell >> 20) + " MB");
  into += piece;
}

XmlHandler::Then SheetParser::end(std::string_view element, int depth) {
  collect_ = Collect::nothing;
  if (depth == phonetic_) phonetic_ = 0;
  if (!in_data_) return Then::go_on;
  if (depth == kCellDepth && element == "c") {
    finish_cell();
  } else if (depth == kRowDepth && element == "row") {
    finish_row();
    return rows_.ready() >= kEnoughReady ? Then::pause : Then::go_on;
  } else if (depth == kRowDepth - 1) {
    in_data_ = false;
  }
  return Then::go_on;
}

void SheetParser::finish_cell() {
  if (has_formula_) ++counts_.formulas;
  if (!has_value_ && !has_formula_ && !has_inline_) return;
  const std::size_t before = fields_.size();
  fields_.append(static_cast<std::size_t>(columns_ == 0 ? column_ - 1 : column_ - columns_), ',');
  const std::size_t begin = fields_.size();
  append_value();
  if (fields_.size() == begin) {
    fields_.resize(before);
    return;
  }
  columns_ = column_;
  if (fields_.size() > kLargestRow)
    refuse_cell("这一行超过上限 " + std::to_string(kLargestRow >> 20) + " MB",
                "the row holds more than the limit of " + std::to_string(kLargestRow >> 20) + " MB");
}

void SheetParser::append_words(std::string_view words) { counts_.joined_lines += append_text(words, fields_) ? 1 : 0; }

void SheetParser::append_value() {
  if (type_ == "s" && has_value_) return append_shared();
  if (has_inline_) return append_words(inline_);
  if (!has_value_) {
    ++counts_.formulas_without_value;
    return append_words("=" + std::string(quoted_for_message(formula_, kShownOfFormula)));
  }
  if (type_.empty() || type_ == "n") return append_formatted(context_.styles.of_cell(style_));
  if (type_ == "b") {
    if (value_ == "1" || value_ == "true")
      fields_ += "TRUE";
    else if (value_ == "0" || value_ == "false")
      fields_ += "FALSE";
    else
      append_words(value_);
    return;
  }
  if (type_ == "e") ++counts_.error_cells;
  if (type_ == "d") {
    std::string date;
    append_iso_date(value_, date);
    return append_words(date);
  }
  append_words(value_);
}

void SheetParser::append_shared() {
  if (strings_ == nullptr) strings_ = &context_.strings();
  std::size_t number = 0;
  const std::string_view text = trimmed(value_);
  if (text.empty()) return;
  if (!read_whole(text, number) || number >= strings_->size())
    refuse_cell("共享文本编号 " + quoted(text) + " 不存在（共有 " + std::to_string(strings_->size()) + " 个）",
                "there is no shared text " + quoted(text) + " (there are " + std::to_string(strings_->size()) + ")");
  fields_ += strings_->at(number);
  counts_.joined_lines += strings_->had_line_ends(number) ? 1 : 0;
}

void SheetParser::append_formatted(const NumberFormat& format) {
  const std::string_view number = trimmed(value_);
  if (number.empty()) return;
  if (number.find_first_not_of("0123456789.-+Ee") != std::string_view::npos) return append_words(value_);
  switch (format.kind) {
    case CellKind::number: break;
    case CellKind::percent: return append_percent(number, fields_);
    default: return append_date(number, format.kind, context_.dates, fields_);
  }
  if (format.prefix.empty() && format.suffix.empty()) return append_number(number, fields_);
  std::string shown = format.prefix;
  append_number(number, shown);
  append_words(shown + format.suffix);
}

void SheetParser::finish_row() {
  if (columns_ == 0) return;
  ++counts_.rows;
  if (row_hidden_) ++counts_.hidden_rows;
  widest_ = std::max(widest_, columns_);
  rows_.add(row_, fields_, columns_);
  if (rows_.made() > kLargestTable)
    refuse(context_.place, "展开后超过上限 " + std::to_string(kLargestTable >> 30) + " GB；请拆分工作簿，或存为 CSV",
           "its rows are more than the limit of " + std::to_string(kLargestTable >> 30) + " GB: split the workbook, or save it as CSV");
}

void SheetParser::finish() {
  rows_.finish();
  for (const auto& [from, to] : hidden_columns_)
    counts_.hidden_columns += std::max<std::int64_t>(0, std::min(to, widest_) - std::max<std::int64_t>(from, 1) + 1);
}

}  // namespace fairprice::ingest::xlsx
