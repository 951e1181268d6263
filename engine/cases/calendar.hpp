#pragma once

#include <string>
#include <string_view>

#include "engine/base/working_days.hpp"
#include "engine/cases/book.hpp"

/// The calendar that deadlines run by: the one of the last run, which may have days of its own (table `holidays`).
namespace fairprice::cases {

/// A line `2023-10-01,holiday` for each day that was added, in their order.
std::string calendar_text(const WorkingCalendar& calendar);
/// Reads it again. Throws FatalError when it is none.
WorkingCalendar read_calendar(std::string_view text);

/// Of the latest month's last run; the shipped one where that has none of its own. Reads in a Store::read.
WorkingCalendar calendar_of_last_run(Book& book, ledger::Store& store);

}  // namespace fairprice::cases
