#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairprice::ingest::xlsx {

/// A1 is column 1, row 1.
struct CellReference {
  std::int64_t column = 0;
  std::int64_t row = 0;
};

/// "AB12", also "$AB$12"; within A1 to XFD1048576.
std::optional<CellReference> read_reference(std::string_view text);

/// The last cell of "A1:AB12", which is that of "AB12".
std::optional<CellReference> last_of_range(std::string_view text);

/// 28 -> "AB"
std::string column_letters(std::int64_t column);

}  // namespace fairprice::ingest::xlsx
