#include "engine/ingest/xlsx/serial_date.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/date.hpp"

namespace fairprice::ingest::xlsx {
namespace {

std::string date(std::string_view number, CellKind kind = CellKind::date, DateSystem dates = DateSystem::since_1900) {
  std::string out;
  append_date(number, kind, dates, out);
  return out;
}

struct Case {
  std::string number;
  CellKind kind;
  std::string written;
};

// Day numbers as Excel shows them; ECMA-376 part 1, 18.17.4.1 gives 1900-01-01 = 1, 9999-12-31 = 2 958 465.
TEST(SerialDates, OfThe1900SystemKeepItsTwentyNinthOfFebruary) {
  const std::vector<Case> cases = {
      {"1", CellKind::date, "1900-01-01"},
      {"59", CellKind::date, "1900-02-28"},
      {"60", CellKind::date, "1900-02-29"},
      {"61", CellKind::date, "1900-03-01"},
      {"25569", CellKind::date, "1970-01-01"},
      {"45231", CellKind::date, "2023-11-01"},
      {"4.5231E4", CellKind::date, "2023-11-01"},
      {"2958465", CellKind::date, "9999-12-31"},
      {"45231.5", CellKind::date, "2023-11-01 12:00:00"},
      {"45231.573020833333", CellKind::date, "2023-11-01 13:45:09"},
      {"45231.999999", CellKind::date, "2023-11-02"},
      {"45231.000005", CellKind::date, "2023-11-01"},
      {"45231.75", CellKind::time, "2023-11-01 18:00:00"},
      {"0.5", CellKind::date, "12:00:00"},
      {"0.5", CellKind::time, "12:00:00"},
      {"0", CellKind::time, "00:00:00"},
      {"1.1574074074074073E-5", CellKind::time, "00:00:01"},
      {"1.5", CellKind::duration, "36:00:00"},
      {"5.25", CellKind::duration, "126:00:00"},
      {"45231", CellKind::month, "2023-11"},
      {"45235", CellKind::month, "2023-11-05"},
      {"45231.5", CellKind::month, "2023-11-01 12:00:00"},
      // No days: the number stays.
      {"0", CellKind::date, "0"},
      {"-1", CellKind::date, "-1"},
      {"2958466", CellKind::date, "2958466"},
      {"20231101", CellKind::date, "20231101"},
      {"1E+30", CellKind::date, "1000000000000000000000000000000"},
  };
  for (const auto& [number, kind, written] : cases) EXPECT_EQ(date(number, kind), written) << number;
}

TEST(SerialDates, OfThe1904SystemStartFourYearsLater) {
  EXPECT_EQ(date("0", CellKind::date, DateSystem::since_1904), "1904-01-01");
  EXPECT_EQ(date("60", CellKind::date, DateSystem::since_1904), "1904-03-01");
  EXPECT_EQ(date("43769", CellKind::date, DateSystem::since_1904), "2023-11-01");
  EXPECT_EQ(date("0.25", CellKind::time, DateSystem::since_1904), "06:00:00");
  EXPECT_EQ(date("2957003", CellKind::date, DateSystem::since_1904), "9999-12-31");
  EXPECT_EQ(date("2957004", CellKind::date, DateSystem::since_1904), "2957004");
}

// The systems differ by 1462 days (18.17.4.1), and a day follows on a day.
TEST(SerialDates, BothSystemsCountTheSameDays) {
  for (int day = 1462; day < 100'000; ++day) {
    const std::string written = date(std::to_string(day));
    EXPECT_EQ(written, Date::of(1904, 1, 1).plus_days(day - 1462).to_string());
    EXPECT_EQ(date(std::to_string(day - 1462), CellKind::date, DateSystem::since_1904), written);
  }
}

TEST(SerialDates, IsoTextLosesAnEmptyTime) {
  const auto iso = [](std::string_view text) {
    std::string out;
    append_iso_date(text, out);
    return out;
  };
  EXPECT_EQ(iso("2023-11-05"), "2023-11-05");
  EXPECT_EQ(iso("2023-11-05T00:00:00.000Z"), "2023-11-05");
  EXPECT_EQ(iso("2023-11-05T13:45:00"), "2023-11-05T13:45:00");
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
