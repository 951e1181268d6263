#include "engine/cases/publications.hpp"

#include <algorithm>

#include "engine/base/date.hpp"
#include "engine/base/problem.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

namespace {

[[noreturn]] void refuse(const std::string& zh, const std::string& en) {
  throw FatalError(zh + "；没有写入任何内容", en + "; nothing was written");
}

}  // namespace

std::vector<Publication> publications(Book& book) {
  std::vector<Publication> list;
  for (const ledger::Event& event : book.history(std::string(kPublications))) {
    const auto data = ledger::JsonObject::parse(event.data);
    if (event.type != kPublishEvent || !data) continue;
    list.push_back({event.seq, data->text("period"), static_cast<int>(data->integer("revision")), data->text("day")});
  }
  return list;
}

Publication publish_run(Book& book, ledger::Store::Change& change, const ledger::Event& like, const std::string& period, int revision,
                        const std::string& day) {
  const std::vector<RunRecord> runs = book.runs();
  const RunRecord* run = nullptr;
  for (const RunRecord& one : runs)
    if (one.period == period && (revision == 0 || one.revision == revision)) run = &one;
  const std::string shown = period + (revision > 0 ? "/" + std::to_string(revision) : "");
  if (run == nullptr) refuse("台账中没有 " + shown + " 的监测", "the ledger has no run of " + shown);
  const std::string today = (like.time.empty() ? std::max(like.received_at, change.last_time()) : like.time).substr(0, 10);
  Publication one{0, period, run->revision, day.empty() ? today : day};
  const auto on = Date::parse(one.day);
  if (!on) refuse("\"" + day + "\" 不是日期（应为 2023-12-05）", "\"" + day + "\" is no day (expected e.g. 2023-12-05)");
  one.day = on->to_string();
  if (one.day > today) refuse("日期 " + one.day + " 在将来", "the day " + one.day + " is still to come");
  if (const auto event = book.event(run->seq); event && one.day < event->time.substr(0, 10))
    refuse("日期 " + one.day + " 早于该次监测（" + event->time.substr(0, 10) + "）",
           "the day " + one.day + " is before the run, " + event->time.substr(0, 10));
  const std::vector<Publication> earlier = publications(book);
  // Sent again by somebody who did not learn how it ended.
  if (!earlier.empty() && earlier.back().period == one.period && earlier.back().revision == one.revision && earlier.back().day == one.day)
    return earlier.back();
  if (!earlier.empty() && one.day < earlier.back().day)
    refuse("日期 " + one.day + " 早于上次公布（" + earlier.back().day + "）",
           "the day " + one.day + " is before the last publication, " + earlier.back().day);
  ledger::Event event = like;
  event.type = kPublishEvent;
  event.subject = kPublications;
  event.data = ledger::CanonicalObject().text("period", period).integer("revision", one.revision).text("day", one.day).str();
  one.seq = book.add(change, std::move(event)).seq;
  return one;
}

}  // namespace fairprice::cases
