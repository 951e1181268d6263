#pragma once

#include <cstdint>
#include <map>

#include "engine/base/date.hpp"

namespace fairprice {

/// What a day is other than its day of the week says: a day off, or a day at work on a weekend. Spelt as in `holidays`.
enum class DayKind : std::uint8_t { holiday, workday };

/// When a clock of working days ends: with the end of `day`.
struct Deadline {
  Date day;
  bool estimated = false;  ///< a day on the way, or `day` itself, lies in a year without a calendar: weekends alone were off there
  bool operator==(const Deadline&) const = default;
};

/// Which days are worked: Monday to Friday, but for the days that were added. In mainland China the State Council General Office
/// publishes them, a year at a time and in the November or so before (data/dictionaries/README.md).
/// Every day that is asked about must exist and lie in the years 1 to 9999; std::invalid_argument otherwise.
class WorkingCalendar {
 public:
  static constexpr int kMostWorkingDays = 10'000;

  /// A later entry of the same day replaces an earlier one: a user's calendar is added to the shipped one.
  void add(Date day, DayKind kind);

  bool is_working_day(Date day) const;
  /// Whether the year has an entry, and so a published calendar. False for a year that there is not.
  bool has_year(int year) const;

  /// The end of the working_days-th working day after `from`; `from` itself does not count (Civil Code, articles 201 and 203).
  /// 1 <= working_days <= kMostWorkingDays, std::invalid_argument otherwise; std::out_of_range when it would end after the year 9999.
  /// Takes as long as there are entries on the way.
  Deadline deadline(Date from, int working_days) const;
  /// The days that were added.
  const std::map<Date, DayKind>& days() const { return days_; }
  bool operator==(const WorkingCalendar&) const = default;
  /// The working days after `from` up to and including `to`; 0 when `to` is not after `from`.
  int working_days_between(Date from, Date to) const;

 private:
  std::map<Date, DayKind> days_;
};

/// The calendar that is built into the program: data/dictionaries/holidays.csv.
WorkingCalendar shipped_calendar();

}  // namespace fairprice
