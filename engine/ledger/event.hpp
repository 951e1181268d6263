#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairprice::ledger {

/// Something that happened, as it is kept for good. Its text is one line of canonical JSON, and its hash the SHA-256 of that line; the line holds the hash of
/// the event before it, so that no event can be changed, taken out, put in or moved without the next ones telling (docs/ledger.md).
struct Event {
  std::int64_t seq = 0;     ///< 1, 2, 3 …
  std::string time;         ///< "2023-12-01T09:30:00+08:00": when it counts from; never before that of an earlier event
  std::string received_at;  ///< when it was written down, by the machine's clock
  std::string actor;        ///< who answers for it
  std::string os_user;      ///< as whom the program ran
  std::string type;         ///< "run", "case:notify" …
  std::string subject;      ///< what it is about: a case, a period
  std::string reason;
  std::string data = "{}";  ///< canonical JSON: an object
  std::string previous;     ///< hash of the event before; kNoHash for the first

  bool operator==(const Event&) const = default;
};

/// 64 zeros: what the first event has for `previous`, and the head of an empty ledger.
std::string_view no_hash();

/// The line, without a line feed.
std::string event_text(const Event& event);
/// The event of a line; nothing when the line is not exactly what event_text() makes of it.
std::optional<Event> parse_event(std::string_view line);

/// What checking a ledger asks of a line. Texts keep their memory from line to line; `data` and its member `set` (empty when that is no object) lie in the line.
struct EventLook {
  std::int64_t seq = 0;
  std::string time, type, subject, previous;
  std::string_view data, set;
};
/// Whether parse_event() makes an event of the line; without making all of it.
bool look_at_event(std::string_view line, EventLook& look);

/// How many events there are, and the hash of the last: who knows it can tell whether anything before it was changed or the end was cut off.
struct Head {
  std::int64_t count = 0;
  std::string hash{no_hash()};

  bool operator==(const Head&) const = default;
};
/// "1523:9f86d0…": what a bulletin prints.
std::string head_text(const Head& head);
std::optional<Head> parse_head(std::string_view text);

}  // namespace fairprice::ledger
