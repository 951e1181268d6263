#include "engine/ledger/event.hpp"

#include <charconv>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/canonical_value.hpp"
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

std::optional<Event> parse_event(std::string_view line) {
  // `data` is cut out of the line rather than written anew: whether all of it is canonical, the comparison below tells.
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(line.data(), line.size());
  if (document.HasParseError() || !document.IsObject() || document.MemberCount() != 10) return std::nullopt;
  Event event;
  bool whole = true;
  const auto take = [&](const char* name, std::string& to) {
    const auto member = document.FindMember(name);
    whole = whole && member != document.MemberEnd() && member->value.IsString();
    if (whole) to.assign(member->value.GetString(), member->value.GetStringLength());
  };
  take("actor", event.actor);
  take("os_user", event.os_user);
  take("previous", event.previous);
  take("reason", event.reason);
  take("received_at", event.received_at);
  take("subject", event.subject);
  take("time", event.time);
  take("type", event.type);
  const auto seq = document.FindMember("seq");
  const auto data = document.FindMember("data");
  if (!whole || seq == document.MemberEnd() || !seq->value.IsInt64() || data == document.MemberEnd() || !data->value.IsObject())
    return std::nullopt;
  event.seq = seq->value.GetInt64();
  std::string canonical;
  canonical.reserve(line.size());
  if (!append_canonical(canonical, document) || canonical != line) return std::nullopt;
  // The line begins {"actor":"…","data":{ and goes on with ,"os_user": behind the object.
  const std::size_t begin = json_text(event.actor).size() + std::string_view(R"({"actor":,"data":)").size();
  Event bare = event;
  bare.data.clear();
  const std::size_t rest = event_text(bare).size();
  event.data = line.substr(begin, line.size() - rest);
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
