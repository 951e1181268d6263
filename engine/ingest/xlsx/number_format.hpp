#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fairprice::ingest::xlsx {

/// What a cell's number is, as its format says. `month`: a date of which year and month are shown alone.
enum class CellKind : std::uint8_t { number, date, month, time, duration, percent };

/// What of a number format changes the meaning of a number.
struct NumberFormat {
  CellKind kind = CellKind::number;
  std::string prefix;  ///< a foreign currency: "$", "EUR"; none for yuan
  std::string suffix;  ///< a text that multiplies: "万元", "折"; none where the format divides too (`0!.0,"万"`)
};

/// The format of a code (ECMA-376 part 1, 18.8.31). Its first section counts: the one for positive numbers. Letters in quotes, behind a
/// backslash or in brackets are no parts of a date, but [h], [m], [s] are a duration.
NumberFormat read_number_format(std::string_view code);

/// The formats that a workbook names by number alone, as Excel in simplified Chinese has them (ECMA-376 part 1, 18.8.30): 14-22, 27-36,
/// 45-47, 50-58 are dates and times, 9 and 10 percent.
NumberFormat built_in_format(int id);

}  // namespace fairprice::ingest::xlsx
