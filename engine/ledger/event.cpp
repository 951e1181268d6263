#include "engine/ledger/event.hpp"

#include <charconv>
#include <iterator>
#include <vector>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::ledger {

std::string_view no_hash() { return "0000000000000000000000000000000000000000000000000000000000000000"; }

// Members in the order of their names, as canonical JSON wants them.
std::string event_text(const Event& event) {
  std::string line;
  line.reserve(event.data.size() + event.reason.size() + 400);
  const auto text = [&](std::string_view name, std::string_view value) {
    line += line.empty() ? "{\"" : ",\"";
    line += name;
    line += "\":";
    line += json_text(value);
  };
  text("actor", event.actor);
  line += ",\"data\":" + event.data;
  text("os_user", event.os_user);
  text("previous", event.previous);
  text("reason", event.reason);
  text("received_at", event.received_at);
  line += ",\"seq\":" + std::to_string(event.seq);
  text("subject", event.subject);
  text("time", event.time);
  text("type", event.type);
  return line + "}";
}

namespace {

struct Place {
  enum : std::size_t { actor, data, os_user, previous, reason, received_at, seq, subject, time, type, count };
};
constexpr std::string_view kMemberNames[Place::count] = {"actor",       "data", "os_user", "previous", "reason",
                                                         "received_at", "seq",  "subject", "time",     "type"};

/// The members of a line that is an event, in the order of their names; null when it is none.
const std::vector<TextMember>* members_of(std::string_view line, std::vector<TextMember>* of_data, std::int64_t& number) {
  thread_local std::vector<TextMember> members;
  members.clear();
  if (!scan_members(line, members, kMemberNames[Place::data], of_data) || members.size() != Place::count) return nullptr;
  for (std::size_t i = 0; i < Place::count; ++i) {
    const auto& [name, value] = members[i];
    if (name != kMemberNames[i]) return nullptr;
    if (i == Place::data ? value.front() != '{' : i != Place::seq && value.front() != '"') return nullptr;
  }
  const std::string_view digits = members[Place::seq].value;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? &members : nullptr;
}

void take_text(std::string& to, const TextMember& member) { assign_unescaped(to, member.value.substr(1, member.value.size() - 2)); }

}  // namespace

std::optional<Event> parse_event(std::string_view line) {
  Event event;
  const auto* const members = members_of(line, nullptr, event.seq);
  if (members == nullptr) return std::nullopt;
  take_text(event.actor, (*members)[Place::actor]);
  take_text(event.os_user, (*members)[Place::os_user]);
  take_text(event.previous, (*members)[Place::previous]);
  take_text(event.reason, (*members)[Place::reason]);
  take_text(event.received_at, (*members)[Place::received_at]);
  take_text(event.subject, (*members)[Place::subject]);
  take_text(event.time, (*members)[Place::time]);
  take_text(event.type, (*members)[Place::type]);
  event.data = (*members)[Place::data].value;
  return event;
}

bool look_at_event(std::string_view line, EventLook& look) {
  thread_local std::vector<TextMember> of_data;
  of_data.clear();
  const auto* const members = members_of(line, &of_data, look.seq);
  if (members == nullptr) return false;
  take_text(look.previous, (*members)[Place::previous]);
  take_text(look.subject, (*members)[Place::subject]);
  take_text(look.time, (*members)[Place::time]);
  take_text(look.type, (*members)[Place::type]);
  look.data = (*members)[Place::data].value;
  look.set = {};
  for (const TextMember& one : of_data)
    if (one.name == "set" && one.value.starts_with('{')) look.set = one.value;
  return true;
}

std::string head_text(const Head& head) { return std::to_string(head.count) + ":" + head.hash; }

std::optional<Head> parse_head(std::string_view text) {
  Head head;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.count);
  if (error != std::errc() || head.count < 0 || end == text.data() + text.size() || *end != ':') return std::nullopt;
  head.hash = text.substr(static_cast<std::size_t>(end - text.data()) + 1);
  if (!is_sha256(head.hash)) return std::nullopt;
  return head;
}

}  // namespace fairprice::ledger
