#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/problem.hpp"

namespace fairprice::cli {

/// Columns that a text takes on a terminal: East Asian wide and full-width characters two, combining marks none.
std::size_t display_width(std::string_view text);
/// The longest beginning that takes at most `width` columns, with "…" when something was cut.
std::string shortened(std::string_view text, std::size_t width);
/// 520000 -> "520 000"
std::string grouped(std::int64_t count);

/// The language that LC_ALL, LC_MESSAGES or LANG ask for, the first of them that says something: Chinese when it starts with zh.
Language language_of_environment();

/// Whether a stream may be coloured: a terminal, NO_COLOR empty, TERM not dumb.
bool may_colour(int stream);
/// Whether a line of progress may be rewritten in place there: a terminal that is not dumb.
bool may_rewrite_line(int stream);

enum class Style : std::uint8_t { plain, bold, dim, warning };

/// Text that goes to one stream at once. Colour never says anything that the words do not.
class Page {
 public:
  explicit Page(bool colour) : colour_(colour) {}
  Page& line(std::string_view text = {}, Style style = Style::plain);
  std::string styled(std::string_view text, Style style) const;
  const std::string& text() const { return text_; }

 private:
  bool colour_;
  std::string text_;
};

/// Columns that line up whatever the script. The last column is not padded; a column is as wide as its widest cell.
class TextTable {
 public:
  enum class Align : std::uint8_t { left, right };
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Two spaces in front of every row and between columns; the first row is the heading.
  void print(Page& page) const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Writes all bytes to a stream. A closed pipe is no error: whoever reads has seen enough. Otherwise throws FatalError, but for standard
/// error: what cannot be said there cannot be complained of either, and the work that it was about is done.
void write_stream(int stream, std::string_view bytes);

}  // namespace fairprice::cli
