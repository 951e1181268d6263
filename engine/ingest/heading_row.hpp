#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/headings.hpp"

namespace fairprice::ingest {

/// The heading row of a text file, found below title rows, and the delimiter with it.
struct HeadingRow {
  char delimiter = ',';
  std::size_t end = 0;  ///< one past its line feed, in the text that was looked at; 0 when there is no row at all
  std::int64_t line = 1;
  std::vector<std::string> cells;
};

/// What a person said about the beginning of a file.
struct HeadingWish {
  char delimiter = '\0';  ///< NUL: look for it
  std::int64_t line = 0;  ///< of the heading row; 0: look for it
};

inline constexpr std::size_t kTitleRows = 30;  ///< how many rows with something in them the heading is looked for in

/// Looks at the beginning of a file, whole lines of it. The heading is the first row that has all required columns of the table, the
/// delimiter the one by which there is such a row: tab first for `.tsv`, else comma, tab or semicolon, whichever stands most often in the
/// first row. When no row has them all, it is the row with most columns of the table (map_headings then says what is missing), and the
/// first row when none has any.
HeadingRow find_heading_row(std::string_view text, Table table, std::string_view file, const HeadingRules& rules, const HeadingWish& wish);

/// The order in which delimiters are tried.
std::vector<char> delimiters_by_likelihood(std::string_view first_line, std::string_view file);

}  // namespace fairprice::ingest
