#include "engine/cases/calendar.hpp"

#include "engine/base/problem.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

namespace {

std::string_view kind_name(DayKind kind) { return kind == DayKind::workday ? "workday" : "holiday"; }

}  // namespace

std::string calendar_text(const WorkingCalendar& calendar) {
  std::string text;
  for (const auto& [day, kind] : calendar.days()) text.append(day.to_string()).append(",").append(kind_name(kind)).append("\n");
  return text;
}

WorkingCalendar read_calendar(std::string_view text) {
  WorkingCalendar calendar;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t comma = line.find(',');
    const auto day = Date::parse(line.substr(0, comma));
    const std::string_view kind = comma == std::string_view::npos ? std::string_view() : line.substr(comma + 1);
    if (!day || (kind != kind_name(DayKind::holiday) && kind != kind_name(DayKind::workday)))
      throw FatalError("台账中的日历有误：" + std::string(line), "the calendar in the ledger is wrong: " + std::string(line));
    calendar.add(*day, kind == kind_name(DayKind::workday) ? DayKind::workday : DayKind::holiday);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return calendar;
}

WorkingCalendar calendar_of_last_run(Book& book, ledger::Store& store) {
  const auto run = book.last_run();
  const auto data = run ? ledger::JsonObject::parse(run->data) : std::nullopt;
  if (!data) return shipped_calendar();
  const auto blobs = ledger::JsonObject::parse(data->raw("blobs"));
  const std::string sha256 = blobs ? blobs->text("holidays") : std::string();
  if (sha256.empty()) return shipped_calendar();
  const auto text = store.blob(sha256);
  if (!text)
    throw FatalError("台账中缺少日历 " + sha256 + "；请用 fairprice ledger verify 检查",
                     "the ledger lacks the calendar " + sha256 + ": see fairprice ledger verify");
  return read_calendar(*text);
}

}  // namespace fairprice::cases
