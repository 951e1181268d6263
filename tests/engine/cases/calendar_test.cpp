#include "engine/cases/calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/problem.hpp"
#include "tests/support/any_ledger.hpp"

namespace fairprice::cases {
namespace {

TEST(RunCalendar, IsTheSameWhenReadAgain) {
  WorkingCalendar calendar;
  calendar.add(Date::of(2023, 10, 7), DayKind::workday);
  calendar.add(Date::of(2023, 9, 29), DayKind::holiday);
  EXPECT_EQ(calendar_text(calendar), "2023-09-29,holiday\n2023-10-07,workday\n");
  EXPECT_EQ(read_calendar(calendar_text(calendar)), calendar);
  EXPECT_EQ(read_calendar(calendar_text(shipped_calendar())), shipped_calendar());
  for (const char* wrong : {"2023-09-31,holiday", "2023-09-29", "2023-09-29,sunday", "\n"})
    EXPECT_THROW(read_calendar(wrong), FatalError) << wrong;
}

TEST(RunCalendar, IsThatOfTheLatestMonthsLastRun) {
  const testing_support::LedgerPlace place(false);
  ledger::Store store(place.address(), ledger::Access::write);
  Book book(store);
  WorkingCalendar found;
  const auto now = [&] {
    store.read([&] { found = calendar_of_last_run(book, store); });
    return found;
  };
  const auto run = [&](const std::string& period, int revision, const WorkingCalendar* own) {
    book.change([&](ledger::Store::Change& change) {
      ledger::Event event;
      event.time = event.received_at = "2024-01-01T10:00:00+08:00";
      event.actor = "a";
      event.type = "run";
      event.subject = period;
      const std::string blobs = own == nullptr ? "{}" : "{\"holidays\":\"" + change.keep(calendar_text(*own)) + "\"}";
      event.data = "{\"blobs\":" + blobs + ",\"period\":\"" + period + "\",\"revision\":" + std::to_string(revision) + "}";
      book.add(change, event);
    });
  };
  EXPECT_EQ(now(), shipped_calendar());
  WorkingCalendar own = shipped_calendar();
  own.add(Date::of(2027, 1, 1), DayKind::holiday);
  run("2023-11", 1, nullptr);
  EXPECT_EQ(now(), shipped_calendar());
  run("2023-11", 2, &own);
  EXPECT_EQ(now(), own);
  run("2023-10", 1, nullptr);
  EXPECT_EQ(now(), own);
  run("2023-12", 1, nullptr);
  EXPECT_EQ(now(), shipped_calendar());
}

}  // namespace
}  // namespace fairprice::cases
