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

bool read_event(std::string_view line, Event& event, std::string_view& set) {
  static constexpr std::string_view kNames[] = {"actor",       "data", "os_user", "previous", "reason",
                                                "received_at", "seq",  "subject", "time",     "type"};
  thread_local std::vector<TextMember> members, inner;
  members.clear();
  inner.clear();
  set = {};
  if (!scan_members(line, members, "data", &inner) || members.size() != std::size(kNames)) return false;
  for (const TextMember& one : inner)
    if (one.name == "set" && one.value.starts_with('{')) set = one.value;
  std::string* const texts[] = {&event.actor,       nullptr, &event.os_user, &event.previous, &event.reason,
                                &event.received_at, nullptr, &event.subject, &event.time,     &event.type};
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& [name, value] = members[i];
    if (name != kNames[i]) return false;
    if (texts[i] != nullptr) {
      if (value.front() != '"') return false;
      assign_unescaped(*texts[i], value.substr(1, value.size() - 2));
    }
  }
  const std::string_view data = members[1].value, seq = members[6].value;
  const auto [end, error] = std::from_chars(seq.data(), seq.data() + seq.size(), event.seq);
  if (data.front() != '{' || error != std::errc() || end != seq.data() + seq.size()) return false;
  event.data = data;
  return true;
}

std::optional<Event> parse_event(std::string_view line) {
  std::optional<Event> event(std::in_place);
  std::string_view set;
  if (!read_event(line, *event, set)) event.reset();
  return event;
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
