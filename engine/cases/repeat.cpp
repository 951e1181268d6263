#include "engine/cases/repeat.hpp"

#include <algorithm>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using ledger::Event;

namespace {

// Of the data's members those that an act, and no run, gives.
constexpr std::string_view kAsked[] = {"asked_price", "channel", "files", "flood", "late", "on", "receipt", "second_actor", "until"};

bool same_time(const Event& there, const Event& like, const std::string& last_time) {
  if (!like.time.empty()) return there.time == like.time;
  return there.time.substr(0, 10) == std::max(like.received_at, last_time).substr(0, 10);
}

bool is_as_asked(const Event& there, const std::map<std::string, std::string>& asked) {
  const auto data = ledger::JsonObject::parse(there.data);
  return data && std::all_of(std::begin(kAsked), std::end(kAsked), [&](std::string_view name) {
           const auto wanted = asked.find(std::string(name));
           return data->has(name) ? wanted != asked.end() && data->raw(name) == wanted->second : wanted == asked.end();
         });
}

}  // namespace

std::map<std::string, std::string> asked_of(const Act& act) {
  std::map<std::string, std::string> members;
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) members[name] = ledger::json_text(value);
  };
  text("second_actor", act.second_actor);
  text("on", act.on);
  text("channel", act.channel);
  text("receipt", act.receipt);
  text("until", act.until);
  text("asked_price", act.price);
  if (act.late) members["late"] = "true";
  ledger::CanonicalObject files;
  for (const auto& [sha256, evidence] : act.evidence)
    files.texts(sha256, {evidence.type, evidence.name, evidence.issuer, evidence.date, evidence.valid_until, evidence.unit_price});
  if (!act.evidence.empty()) members["files"] = files.str();
  return members;
}

bool was_done(Book& book, const ledger::Store::Change& change, const Event& like, const std::vector<std::pair<std::string, Act>>& acts) {
  std::map<std::string, std::vector<const Act*>> by_case;
  for (const auto& [id, act] : acts) by_case[id].push_back(&act);
  return std::all_of(by_case.begin(), by_case.end(), [&](const auto& one) {
    const std::vector<const Act*>& wanted = one.second;
    const std::vector<Event> history = book.history(one.first);
    if (history.size() < wanted.size()) return false;
    const Event* event = history.data() + (history.size() - wanted.size());
    return std::all_of(wanted.begin(), wanted.end(), [&](const Act* act) {
      const Event& there = *event++;
      return there.type == "case:" + std::string(rules::case_event_name(act->event)) && there.actor == act->actor &&
             there.reason == act->reason && same_time(there, like, change.last_time()) && is_as_asked(there, asked_of(*act));
    });
  });
}

bool flood_was_released(Book& book, const ledger::Store::Change& change, const Event& like, const std::string& flood) {
  const std::vector<Case> open = book.open();
  return std::any_of(open.begin(), open.end(), [&](const Case& one) {
    if (!one.held.empty()) return false;
    const std::vector<Event> history = book.history(one.id);
    return !history.empty() && history.back().type == "case:release_flood" && history.back().actor == like.actor &&
           history.back().reason == like.reason && same_time(history.back(), like, change.last_time()) &&
           is_as_asked(history.back(), {{"flood", ledger::json_text(flood)}});
  });
}

}  // namespace fairprice::cases
