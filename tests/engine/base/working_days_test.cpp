// Expected days are read from the notices of the State Council General Office (data/dictionaries/README.md) or counted one by one.

#include "engine/base/working_days.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <climits>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/shipped.hpp"

namespace fairprice {
namespace {

Date day(const std::string& text) { return Date::parse(text).value(); }

/// By the standard library, which shares nothing with the calendar.
bool is_weekend(Date date) {
  const std::chrono::weekday of{std::chrono::sys_days{std::chrono::days{date.days()}}};
  return of == std::chrono::Saturday || of == std::chrono::Sunday;
}

struct Entry {
  Date day;
  std::string kind;
};

std::vector<Entry> shipped_entries() {
  std::vector<Entry> entries;
  std::string_view text = shipped_file("dictionaries/holidays.csv");
  text.remove_prefix(text.find('\n') + 1);
  while (!text.empty()) {
    const std::string line(text.substr(0, text.find('\n')));
    text.remove_prefix(line.size() + 1);
    entries.push_back({day(line.substr(0, 10)), line.substr(11)});
  }
  return entries;
}

TEST(WorkingDays, FiveFromAFridayEndOnTheNextFriday) {
  const Deadline end = shipped_calendar().deadline(day("2023-11-10"), 5);
  EXPECT_EQ(end.day, day("2023-11-17"));
  EXPECT_FALSE(end.estimated);
}

TEST(WorkingDays, AroundHolidaysFollowTheNotices) {
  struct Case {
    std::string from;
    int working_days;
    std::string expected;
  };
  const std::vector<Case> cases = {
      // 2024: off from 10 to 17 February; Sunday the 4th and Sunday the 18th are worked.
      {"2024-02-02", 1, "2024-02-04"},  // a Friday's first working day is that Sunday
      {"2024-02-02", 5, "2024-02-08"},
      {"2024-02-08", 1, "2024-02-09"},
      {"2024-02-08", 2, "2024-02-18"},
      {"2024-02-09", 5, "2024-02-22"},
      {"2024-02-12", 1, "2024-02-18"},  // notified within the holiday
      // 2023: off from 29 September to 6 October; Saturday the 7th and Sunday the 8th of October are worked.
      {"2023-09-27", 1, "2023-09-28"},
      {"2023-09-28", 1, "2023-10-07"},
      {"2023-09-28", 3, "2023-10-09"},
      {"2023-09-28", 5, "2023-10-11"},
      // 2020: the Spring Festival was made longer, to 2 February; Saturday the 1st is no make-up day any more.
      {"2020-01-17", 5, "2020-01-23"},  // Sunday the 19th is worked
      {"2020-01-23", 1, "2020-02-03"},
      {"2020-01-23", 5, "2020-02-07"},
      // 2019: 1 to 4 May off; the Sundays before and after are worked.
      {"2019-04-26", 4, "2019-05-05"},
      // 2025: off from 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
      {"2025-09-26", 5, "2025-10-10"},
      {"2025-09-26", 6, "2025-10-11"},
      {"2025-09-26", 7, "2025-10-13"},
      // 2026: off from 15 to 23 February; Saturday the 14th and Saturday the 28th are worked.
      {"2026-02-13", 5, "2026-02-27"},
      {"2026-02-13", 6, "2026-02-28"},
      // Across New Year: 2018-12-31 is off, Saturday 2018-12-29 is worked.
      {"2018-12-28", 3, "2019-01-03"},
  };
  const WorkingCalendar calendar = shipped_calendar();
  for (const Case& c : cases) {
    const Deadline end = calendar.deadline(day(c.from), c.working_days);
    EXPECT_EQ(end.day.to_string(), c.expected) << c.from << " + " << c.working_days;
    EXPECT_FALSE(end.estimated) << c.from;
    EXPECT_EQ(calendar.working_days_between(day(c.from), end.day), c.working_days) << c.from;
  }
}

TEST(WorkingDays, WithoutACalendarWeekendsAloneAreOff) {
  const WorkingCalendar calendar;
  EXPECT_EQ(calendar.deadline(day("2023-09-28"), 5), (Deadline{day("2023-10-05"), true}));
  EXPECT_TRUE(calendar.is_working_day(day("2023-10-02")));
  EXPECT_FALSE(calendar.is_working_day(day("2023-10-07")));
  EXPECT_FALSE(calendar.has_year(2023));
}

TEST(WorkingDays, ADeadlineIsEstimatedWhenItPassesThroughAYearWithoutACalendar) {
  WorkingCalendar calendar;
  calendar.add(day("2024-05-01"), DayKind::holiday);
  calendar.add(day("2026-05-01"), DayKind::holiday);
  const auto estimated = [&](const std::string& from, int working_days) { return calendar.deadline(day(from), working_days).estimated; };
  EXPECT_FALSE(estimated("2024-12-30", 1));   // ends on 2024-12-31
  EXPECT_TRUE(estimated("2024-12-30", 2));    // 2025-01-01
  EXPECT_TRUE(estimated("2025-12-29", 1));    // within 2025
  EXPECT_FALSE(estimated("2025-12-31", 1));   // the day of the notice does not count
  EXPECT_TRUE(estimated("2024-12-31", 270));  // through the whole of 2025 into 2026
  EXPECT_EQ(calendar.deadline(day("2024-12-31"), 270).day, day("2026-01-13"));
  EXPECT_TRUE(estimated("2023-12-29", 1));  // ends on 2024-01-01, over a weekend of 2023
}

TEST(WorkingDays, ALaterEntryOfTheSameDayReplacesTheEarlierOne) {
  WorkingCalendar calendar = shipped_calendar();
  EXPECT_FALSE(calendar.is_working_day(day("2024-05-01")));
  calendar.add(day("2024-05-01"), DayKind::workday);
  EXPECT_TRUE(calendar.is_working_day(day("2024-05-01")));
  EXPECT_EQ(calendar.deadline(day("2024-04-30"), 1).day, day("2024-05-01"));
  calendar.add(day("2024-05-01"), DayKind::holiday);
  EXPECT_EQ(calendar.deadline(day("2024-04-30"), 1).day, day("2024-05-06"));
  // Entries that say what the day of the week says anyhow change nothing.
  calendar.add(day("2024-03-09"), DayKind::holiday);
  calendar.add(day("2024-03-11"), DayKind::workday);
  EXPECT_EQ(calendar.deadline(day("2024-03-08"), 2).day, day("2024-03-12"));
  EXPECT_EQ(calendar.working_days_between(day("2024-03-08"), day("2024-03-12")), 2);
}

TEST(WorkingDays, AreThoseThatCountingDayByDayGives) {
  constexpr unsigned kSeed = 20'260'215;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 400; ++round) {
    WorkingCalendar calendar;
    std::map<Date, bool> worked;
    std::set<int> years;
    const Date start = Date::of(std::vector<int>{1, 1999, 2020, 9990}[random() % 4], 1, 1);
    const unsigned span = std::vector<unsigned>{40, 900, 3000}[random() % 3];
    for (auto entries = random() % 300; entries > 0; --entries) {
      const Date date = start.plus_days(static_cast<int>(random() % span));
      const bool work = random() % 2 == 0;
      calendar.add(date, work ? DayKind::workday : DayKind::holiday);
      worked[date] = work;
      years.insert(date.period().year());
    }
    const auto is_worked = [&](Date date) {
      const auto entry = worked.find(date);
      return entry == worked.end() ? !is_weekend(date) : entry->second;
    };
    for (int question = 0; question < 10; ++question) {
      const Date from = start.plus_days(static_cast<int>(random() % span));
      const int working_days = 1 + static_cast<int>(random() % std::vector<unsigned>{3, 30, 300}[random() % 3]);
      Date end = from;
      bool estimated = false;
      for (int left = working_days; left > 0; left -= is_worked(end)) {
        end = end.plus_days(1);
        estimated |= !years.contains(end.period().year());
      }
      ASSERT_EQ(calendar.deadline(from, working_days), (Deadline{end, estimated}))
          << "seed " << kSeed << ", round " << round << ": " << from.to_string() << " + " << working_days;
      ASSERT_EQ(calendar.is_working_day(from), is_worked(from));

      const Date to = start.plus_days(static_cast<int>(random() % span));
      int between = 0;
      for (Date date = from.plus_days(1); date <= to; date = date.plus_days(1)) between += is_worked(date);
      ASSERT_EQ(calendar.working_days_between(from, to), between) << from.to_string() << " to " << to.to_string();
    }
  }
}

TEST(WorkingDays, RefuseWhatNoCalendarCanAnswer) {
  WorkingCalendar calendar = shipped_calendar();
  const Date last = Date::of(9999, 12, 31);
  EXPECT_THROW(calendar.add(Date(), DayKind::holiday), std::invalid_argument);
  EXPECT_THROW(calendar.add(last.plus_days(1), DayKind::holiday), std::invalid_argument);
  EXPECT_THROW(calendar.is_working_day(Date::of(1, 1, 1).plus_days(-1)), std::invalid_argument);
  EXPECT_THROW(calendar.deadline(Date(), 5), std::invalid_argument);
  for (const int working_days : {0, -1, INT_MIN, WorkingCalendar::kMostWorkingDays + 1, INT_MAX})
    EXPECT_THROW(calendar.deadline(day("2024-01-02"), working_days), std::invalid_argument) << working_days;
  EXPECT_THROW(calendar.working_days_between(day("2024-01-02"), Date()), std::invalid_argument);
  EXPECT_THROW(calendar.deadline(last, 1), std::out_of_range);
  EXPECT_THROW(calendar.deadline(last.plus_days(-5), WorkingCalendar::kMostWorkingDays), std::out_of_range);
  EXPECT_EQ(calendar.deadline(last.plus_days(-1), 1), (Deadline{last, true}));  // a Friday
  for (const int year : {0, -1, 10'000, INT_MIN, INT_MAX}) EXPECT_FALSE(calendar.has_year(year));
  EXPECT_EQ(calendar.working_days_between(day("2024-01-05"), day("2024-01-02")), 0);
  EXPECT_EQ(calendar.working_days_between(day("2024-01-05"), day("2024-01-05")), 0);
}

TEST(ShippedCalendar, HasEachDayOnceInOrderAndMakeUpDaysOnWeekendsAlone) {
  const std::vector<Entry> entries = shipped_entries();
  const WorkingCalendar calendar = shipped_calendar();
  ASSERT_FALSE(entries.empty());
  Date before;
  for (const auto& [date, kind] : entries) {
    EXPECT_LT(before, date) << date.to_string();
    before = date;
    ASSERT_TRUE(kind == "holiday" || kind == "workday") << date.to_string();
    EXPECT_TRUE(kind == "holiday" || is_weekend(date)) << date.to_string();
    EXPECT_EQ(calendar.is_working_day(date), kind == "workday") << date.to_string();
  }
  for (int year = 2010; year <= 2035; ++year) EXPECT_EQ(calendar.has_year(year), year >= 2018 && year <= 2026) << year;
}

/// The regulation on holidays (全国年节及纪念日放假办法, articles 2 and 6): eleven days for everybody, since 2025 thirteen, and those that
/// fall on a weekend are made up for. Days that are moved are worked elsewhere, so a year keeps its count.
TEST(ShippedCalendar, ThereAreAsManyWorkingDaysAYearAsTheRegulationLeaves) {
  const std::map<int, int> published = {{2018, 250}, {2019, 250}, {2020, 249}, {2021, 250}, {2022, 249},
                                        {2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}};
  const WorkingCalendar calendar = shipped_calendar();
  for (const auto& [year, count] : published) {
    const Date last = Date::of(year, 12, 31);
    EXPECT_EQ(calendar.working_days_between(Date::of(year - 1, 12, 31), last), count) << year;
    int by_regulation = year < 2025 ? -11 : -13;
    if (year == 2020) by_regulation -= 2;  // 31 January and the make-up day of 1 February: 国办发明电〔2020〕1号
    for (Date date = Date::of(year, 1, 1); date <= last; date = date.plus_days(1)) by_regulation += !is_weekend(date);
    EXPECT_EQ(by_regulation, count) << year;
  }
}

TEST(ShippedCalendar, TheHolidaysOfTheRegulationAreOff) {
  const WorkingCalendar calendar = shipped_calendar();
  for (int year = 2018; year <= 2026; ++year)
    for (const auto& [month, of_month] : {std::pair{1, 1}, {5, 1}, {10, 1}, {10, 2}, {10, 3}})
      EXPECT_FALSE(calendar.is_working_day(Date::of(year, month, of_month))) << year << '-' << month << '-' << of_month;
  // Lunar New Year, Qingming, Dragon Boat Festival and Mid-Autumn of each year.
  for (const std::string text :
       {"2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17",
        "2018-04-05", "2019-04-05", "2020-04-04", "2021-04-04", "2022-04-05", "2023-04-05", "2024-04-04", "2025-04-04", "2026-04-05",
        "2018-06-18", "2019-06-07", "2020-06-25", "2021-06-14", "2022-06-03", "2023-06-22", "2024-06-10", "2025-05-31", "2026-06-19",
        "2018-09-24", "2019-09-13", "2020-10-01", "2021-09-21", "2022-09-10", "2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25"})
    EXPECT_FALSE(calendar.is_working_day(day(text))) << text;
}

}  // namespace
}  // namespace fairprice
