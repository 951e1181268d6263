#pragma once

#include <cstdint>

namespace fairprice::ingest::xlsx {

/// What a person who looks at the sheet might not see, or the reader of its CSV might miss. Complete once the sheet has been read.
struct SheetCounts {
  std::int64_t rows = 0;                    ///< not blank
  std::int64_t hidden_rows = 0;             ///< of these; they are read like the others
  std::int64_t hidden_columns = 0;          ///< with content, or to the left of one that has
  std::int64_t merged_ranges = 0;           ///< only the first cell of each has a value
  std::int64_t merged_over_rows = 0;        ///< of these, over more than one row: their lower rows lack the value
  std::int64_t formulas = 0;                ///< read by the value that was last computed
  std::int64_t formulas_without_value = 0;  ///< never computed: the text of the formula stands in the CSV, with its `=`
  std::int64_t error_cells = 0;             ///< #N/A and its like, as text
  std::int64_t joined_lines = 0;            ///< cells of which line ends became spaces
};

}  // namespace fairprice::ingest::xlsx
