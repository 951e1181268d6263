#pragma once

#include <string>
#include <string_view>

#include "engine/ingest/xlsx/number_format.hpp"

namespace fairprice::ingest::xlsx {

/// How a workbook counts days (ECMA-376 part 1, 18.17.4.1). `since_1900`: 1 is 1900-01-01 and 60 the 29 February 1900 that never was, which
/// Excel keeps for the sake of Lotus 1-2-3. `since_1904`: 0 is 1904-01-01 (early Macintosh, still an option).
enum class DateSystem : bool { since_1900, since_1904 };

/// A day number as 2023-11-05; 2023-11-05 13:45:00 when it has a fraction (to the second); 13:45:00 for a fraction alone; 2023-11 under a
/// format of year and month when it is the first day of one; hours above 24 for a duration. Day 60 of 1900 is written as Excel shows it,
/// 1900-02-29, which no reader of dates accepts. A number that is no day up to 9999-12-31 stays a number.
void append_date(std::string_view number, CellKind kind, DateSystem dates, std::string& out);

/// The text of a cell that holds an ISO 8601 date: a time of 00:00:00 and a Z fall off.
void append_iso_date(std::string_view text, std::string& out);

}  // namespace fairprice::ingest::xlsx
