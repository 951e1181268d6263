#include "engine/base/working_days.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "engine/base/shipped.hpp"

namespace fairprice {

namespace {

constexpr Date kFirst = Date::of(1, 1, 1);  // a Monday
constexpr Date kLast = Date::of(9999, 12, 31);

void require_day(Date day) {
  if (day < kFirst || day > kLast) throw std::invalid_argument("a working calendar knows the days of the years 1 to 9999");
}

/// Days from Monday to Friday up to and including `day`, counted from the first.
int weekdays_until(Date day) {
  const int days = day.days() - kFirst.days() + 1;
  return days / 7 * 5 + std::min(days % 7, 5);
}

/// The day from Monday to Friday that is the number-th from the first, which is number 1.
Date weekday_of(int number) { return kFirst.plus_days((number - 1) / 5 * 7 + (number - 1) % 5); }

bool is_weekday(Date day) { return (day.days() - kFirst.days()) % 7 < 5; }

}  // namespace

void WorkingCalendar::add(Date day, DayKind kind) {
  require_day(day);
  days_.insert_or_assign(day, kind);
}

bool WorkingCalendar::is_working_day(Date day) const {
  require_day(day);
  const auto entry = days_.find(day);
  return entry == days_.end() ? is_weekday(day) : entry->second == DayKind::workday;
}

bool WorkingCalendar::has_year(int year) const {
  if (year < 1 || year > 9999) return false;
  const auto entry = days_.lower_bound(Date::of(year, 1, 1));
  return entry != days_.end() && entry->first <= Date::of(year, 12, 31);
}

Deadline WorkingCalendar::deadline(Date from, int working_days) const {
  require_day(from);
  if (working_days < 1 || working_days > kMostWorkingDays) throw std::invalid_argument("a deadline is 1 to 10000 working days away");
  // From entry to entry: between two of them the days of the week decide.
  Date at = from;
  int left = working_days;
  for (auto entry = days_.upper_bound(from); entry != days_.end() && left > 0; ++entry) {
    const int between = weekdays_until(entry->first.plus_days(-1)) - weekdays_until(at);
    if (between >= left) break;
    left -= between + (entry->second == DayKind::workday ? 1 : 0);
    at = entry->first;
  }
  if (left > 0) at = weekday_of(weekdays_until(at) + left);
  if (at > kLast) throw std::out_of_range("a deadline after the year 9999");
  Deadline result{at};
  for (int year = from.plus_days(1).period().year(); year <= at.period().year(); ++year) result.estimated |= !has_year(year);
  return result;
}

int WorkingCalendar::working_days_between(Date from, Date to) const {
  require_day(from);
  require_day(to);
  if (to <= from) return 0;
  int count = weekdays_until(to) - weekdays_until(from);
  for (auto entry = days_.upper_bound(from); entry != days_.end() && entry->first <= to; ++entry)
    count += (entry->second == DayKind::workday ? 1 : 0) - (is_weekday(entry->first) ? 1 : 0);
  return count;
}

WorkingCalendar shipped_calendar() {
  constexpr std::size_t kDate = 10;  // "2023-01-01,holiday"
  WorkingCalendar calendar;
  std::string_view text = shipped_file("dictionaries/holidays.csv");
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (const auto day = Date::parse(line.substr(0, kDate)))  // the heading is none
      calendar.add(*day, line.substr(kDate) == ",workday" ? DayKind::workday : DayKind::holiday);
  }
  return calendar;
}

}  // namespace fairprice
