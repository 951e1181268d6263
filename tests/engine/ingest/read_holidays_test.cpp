// A period's own `holidays`: on top of the shipped days, and what is wrong with a row is said with its place and its value.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/ingest/row.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

std::unique_ptr<Month> month_of(const testing_support::TemporaryFolder& folder) {
  auto month = std::make_unique<Month>();
  month->folder = folder.path();
  read_holidays(*month, ReadSettings());
  return month;
}

TEST(ReadHolidays, WithoutAFileTheShippedDaysHold) {
  const testing_support::TemporaryFolder folder;
  const auto month = month_of(folder);
  EXPECT_FALSE(month->calendar.is_working_day(Date::of(2024, 10, 1)));
  EXPECT_TRUE(month->calendar.is_working_day(Date::of(2024, 10, 12)));
  EXPECT_FALSE(month->tables.contains("holidays"));
  EXPECT_TRUE(month->problems.empty());
}

TEST(ReadHolidays, OwnDaysAreAddedToTheShippedOnesAndReplaceThem) {
  const testing_support::TemporaryFolder folder;
  folder.write("holidays-1.csv", "类型,日期\n放假,2031年1月1日\n上班,2031/1/4\nholiday,2024-12-02\n");
  folder.write("holidays-2.csv", "date,kind\n2024-10-01,Workday\n2024-12-02,班\n2024-12-03,休\n");
  const auto month = month_of(folder);
  const WorkingCalendar& calendar = month->calendar;
  EXPECT_TRUE(month->problems.empty());
  EXPECT_TRUE(calendar.has_year(2031));
  EXPECT_FALSE(calendar.is_working_day(Date::of(2031, 1, 1)));   // a Wednesday
  EXPECT_TRUE(calendar.is_working_day(Date::of(2031, 1, 4)));    // a Saturday
  EXPECT_TRUE(calendar.is_working_day(Date::of(2024, 10, 1)));   // shipped as a holiday
  EXPECT_FALSE(calendar.is_working_day(Date::of(2024, 10, 2)));  // shipped, and not named here
  EXPECT_TRUE(calendar.is_working_day(Date::of(2024, 12, 2)));   // of two files the later one holds
  EXPECT_FALSE(calendar.is_working_day(Date::of(2024, 12, 3)));
  const TableFile& table = month->tables.at("holidays");
  EXPECT_EQ(table.files.size(), 2U);
  EXPECT_EQ(table.counts.read, 6);
  EXPECT_EQ(table.counts.by_use[0], 6);
}

TEST(ReadHolidays, BadRowsAreProblemsWithTheirPlace) {
  const testing_support::TemporaryFolder folder;
  folder.write("holidays.csv",
               "date,kind\n"
               "2031-01-01,holiday\n"
               "2031-02-30,holiday\n"
               ",workday\n"
               "2031-01-02,\n"
               "2031-01-03,half\n"
               "soon,maybe\n"
               "2031-01-06,holiday,\n");
  const auto month = month_of(folder);
  std::vector<std::string> said;
  for (const Problem& problem : month->problems) {
    EXPECT_EQ(problem.table, "holidays");
    EXPECT_EQ(problem.file, "holidays.csv");
    EXPECT_EQ(problem.action, ProblemAction::rejected);
    said.push_back(std::to_string(problem.line) + " " + std::string(problem.column) + " " + std::string(code_name(problem.code)) + " " +
                   problem.value);
  }
  EXPECT_EQ(said, (std::vector<std::string>{"3 date not-a-date 2031-02-30", "4 date missing-value ", "5 kind missing-value ",
                                            "6 kind not-a-day-kind half", "7 date not-a-date soon", "7 kind not-a-day-kind maybe",
                                            "8  field-count 2031-01-06,holiday,"}));
  const TableFile& table = month->tables.at("holidays");
  EXPECT_EQ(table.counts.read, 7);
  EXPECT_EQ(table.counts.rejected, 6);
  EXPECT_EQ(table.counts.by_use[0], 1);
  EXPECT_FALSE(month->calendar.is_working_day(Date::of(2031, 1, 1)));
  for (const int of_month : {2, 3, 6}) EXPECT_TRUE(month->calendar.is_working_day(Date::of(2031, 1, of_month))) << of_month;
}

TEST(ReadHolidays, AFileWithoutTheColumnStopsTheRun) {
  const testing_support::TemporaryFolder folder;
  folder.write("holidays.csv", "date,name\n2031-01-01,元旦\n");
  EXPECT_THROW(month_of(folder), FatalError);
}

}  // namespace
}  // namespace fairprice::ingest
