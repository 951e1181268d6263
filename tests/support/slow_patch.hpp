#pragma once

#include <rapidjson/document.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/canonical_value.hpp"

/// The slow twins of engine/ledger/canonical_text: by the tree of a JSON library, as RFC 7386 writes its function down.
namespace fairprice::slow {

inline bool is_canonical(std::string_view json) { return ledger::canonicalised(json) == std::string(json); }

inline std::string spelt(const rapidjson::Value& value) {
  std::string text;
  return ledger::append_canonical(text, value) ? text : std::string();
}

inline std::string laid_over(const rapidjson::Value* body, const rapidjson::Value& patch) {
  if (!patch.IsObject()) return spelt(patch);
  std::map<std::string, std::string> members;
  const bool object = body != nullptr && body->IsObject();
  if (object)
    for (const auto& member : body->GetObject())
      members[std::string(member.name.GetString(), member.name.GetStringLength())] = spelt(member.value);
  for (const auto& member : patch.GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    members.erase(name);
    if (member.value.IsNull()) continue;
    const auto old = object ? body->FindMember(member.name) : patch.MemberEnd();
    members[name] = laid_over(object && old != body->MemberEnd() ? &old->value : nullptr, member.value);
  }
  ledger::CanonicalObject result;
  for (auto& [name, value] : members) result.raw(name, value);
  return result.str();
}

inline std::string patched(std::string_view body, std::string_view patch) {
  rapidjson::Document one, other;
  one.Parse(body.data(), body.size());
  other.Parse(patch.data(), patch.size());
  return laid_over(&one, other);
}

inline bool is_event(std::string_view line) {
  rapidjson::Document event;
  event.Parse(line.data(), line.size());
  if (!is_canonical(line) || !event.IsObject() || event.MemberCount() != 10) return false;
  for (const char* text : {"actor", "os_user", "previous", "reason", "received_at", "subject", "time", "type"})
    if (!event.HasMember(text) || !event[text].IsString()) return false;
  return event.HasMember("seq") && event["seq"].IsInt64() && event.HasMember("data") && event["data"].IsObject();
}

}  // namespace fairprice::slow
