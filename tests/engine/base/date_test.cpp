#include "engine/base/date.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace fairprice {
namespace {

TEST(Dates, EveryDayOfTheCalendarIsTheOneOfTheStandardLibrary) {
  using namespace std::chrono;
  const sys_days last = 9999y / December / 31;
  for (sys_days day = 1y / January / 1; day <= last; day += days{1}) {
    const year_month_day civil = day;
    const int year = static_cast<int>(civil.year());
    const int month = static_cast<int>(static_cast<unsigned>(civil.month()));
    const int of_month = static_cast<int>(static_cast<unsigned>(civil.day()));
    ASSERT_TRUE(Date::exists(year, month, of_month));
    ASSERT_EQ(Date::of(year, month, of_month).days(), day.time_since_epoch().count()) << year << '-' << month << '-' << of_month;
  }
  EXPECT_EQ(Date::of(1970, 1, 1).days(), 0);
  for (int year = 1; year <= 9999; ++year)
    for (int month = 1; month <= 12; ++month) {
      const auto end = std::chrono::year{year} / month / std::chrono::last;
      EXPECT_EQ(Date::days_in_month(year, month), static_cast<int>(static_cast<unsigned>(end.day())));
    }
}

TEST(Dates, DaysThatAreNoneDoNotExist) {
  EXPECT_FALSE(Date::exists(2023, 2, 29));
  EXPECT_TRUE(Date::exists(2024, 2, 29));
  EXPECT_FALSE(Date::exists(1900, 2, 29));
  EXPECT_TRUE(Date::exists(2000, 2, 29));
  EXPECT_FALSE(Date::exists(2023, 0, 1));
  EXPECT_FALSE(Date::exists(2023, 13, 1));
  EXPECT_FALSE(Date::exists(2023, 1, 0));
  EXPECT_FALSE(Date::exists(2023, 11, 31));
  EXPECT_FALSE(Date::exists(0, 1, 1));
  EXPECT_FALSE(Date::exists(10000, 1, 1));
}

TEST(Dates, AreReadInEveryWayThatPeopleWriteThem) {
  struct Case {
    std::string text, expected;
  };
  const std::vector<Case> cases = {
      {"2023-11-05", "2023-11-05"},
      {"2023-11-5", "2023-11-05"},
      {"2023/11/05", "2023-11-05"},
      {"2023/1/5", "2023-01-05"},
      {"2023.11.05", "2023-11-05"},
      {"20231105", "2023-11-05"},
      {"2023年11月5日", "2023-11-05"},
      {"２０２３－１１－０５", "2023-11-05"},
      {" 2023-11-05\t", "2023-11-05"},
      {"2023-11-05 09:30", "2023-11-05"},
      {"2023-11-05T23:59:59", "2023-11-05"},
      {"2023-11-05 9:30:00.123", "2023-11-05"},
      {"2023年11月5日 09:30", "2023-11-05"},
      {"2023年11月5日09:30", "2023-11-05"},
      {"20231105 10:00", "2023-11-05"},
      // With an offset the moment is brought to UTC+8.
      {"2023-10-31T16:00:00Z", "2023-11-01"},
      {"2023-10-31T15:59:59Z", "2023-10-31"},
      {"2023-11-01T00:00:00+08:00", "2023-11-01"},
      {"2023-11-01T00:30:00+0900", "2023-10-31"},
      {"2023-11-01 00:30 +09:00", "2023-10-31"},
      {"2023-12-31T20:00:00-05:00", "2024-01-01"},
      {"2024-02-28t16:00z", "2024-02-29"},
  };
  for (const Case& c : cases) {
    const auto date = Date::parse(c.text);
    ASSERT_TRUE(date.has_value()) << c.text;
    EXPECT_EQ(date->to_string(), c.expected) << c.text;
  }
}

TEST(Dates, OtherTextsAreNoDates) {
  for (const std::string text : {"",
                                 "yesterday",
                                 "2023-13-05",
                                 "2023-02-29",
                                 "2023-11",
                                 "2023-11-05x",
                                 "2023-11/05",
                                 "2023-/11/05",
                                 "5.11.2023",
                                 "20231131",
                                 "2023115",
                                 "0000-01-01",
                                 "2023-11-05 24:00",
                                 "2023-11-05 10:60",
                                 "2023-11-05 10",
                                 "2023-11-05 10:00:60",
                                 "2023-11-05T",
                                 "2023-11-05 10:00 PST",
                                 "2023-11-05 10:00+8",
                                 "2023-11-05 10:00+08:60",
                                 "2023-11-0510:00",
                                 "2023 11 05",
                                 "2023年11月5",
                                 "2023-11-05 10:00:00.",
                                 "9999-12-31T20:00Z",
                                 "0001-01-01T00:00+14:00",
                                 "-2023-11-05",
                                 "20231105T"})
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  EXPECT_FALSE(Date::parse("2023-11-05" + std::string(10'000, ' ')).has_value());
}

TEST(Dates, PrintAndReadBackAsTheyWere) {
  for (int day = Date::of(1999, 12, 1).days(); day < Date::of(2030, 1, 1).days(); ++day) {
    const Date date = Date::from_days(day);
    EXPECT_EQ(Date::parse(date.to_string()), date);
    EXPECT_EQ(date.period().to_string(), date.to_string().substr(0, 7));
  }
  EXPECT_EQ(Date().to_string(), "");
  EXPECT_FALSE(Date().present());
}

TEST(Dates, AnEarlierMonthWithoutTheDayGivesItsLastDay) {
  EXPECT_EQ(Date::of(2024, 2, 29).minus_months(12), Date::of(2023, 2, 28));
  EXPECT_EQ(Date::of(2023, 3, 31).minus_months(1), Date::of(2023, 2, 28));
  EXPECT_EQ(Date::of(2023, 11, 11).minus_months(12), Date::of(2022, 11, 11));
  EXPECT_EQ(Date::of(2023, 1, 31).minus_months(2), Date::of(2022, 11, 30));
}

TEST(Periods, AreReadInFourWays) {
  for (const std::string text : {"2023-11", "2023/11", "202311", "2023年11月", " ２０２３－１１ "})
    EXPECT_EQ(Period::parse(text), Period::of(2023, 11)) << text;
  EXPECT_EQ(Period::parse("2023-1"), Period::of(2023, 1));
  EXPECT_EQ(Period::parse("2023年1月"), Period::of(2023, 1));
  for (const std::string text :
       {"", "2023", "2023-13", "2023-00", "20231", "2023.11", "2023-11-05", "2023年11", "0000-01", "2023 11", "11-2023"})
    EXPECT_FALSE(Period::parse(text).has_value()) << text;
}

TEST(Periods, CountMonthsAcrossYears) {
  EXPECT_EQ(Period::of(2024, 1) - Period::of(2023, 11), 2);
  EXPECT_EQ(Period::of(2024, 1).minus_months(1), Period::of(2023, 12));
  EXPECT_EQ(Period::of(2023, 12).to_string(), "2023-12");
  EXPECT_EQ(first_day(Period::of(2024, 2)), Date::of(2024, 2, 1));
  EXPECT_EQ(last_day(Period::of(2024, 2)), Date::of(2024, 2, 29));
  EXPECT_EQ(last_day(Period::of(2023, 12)), Date::of(2023, 12, 31));
}

}  // namespace
}  // namespace fairprice
