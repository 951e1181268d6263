#include "engine/ledger/json_object.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/canonical_text.hpp"

namespace fairprice::ledger {

struct JsonObject::Parsed {
  std::string text;  // canonical
};

namespace {

std::string_view an_object(std::string_view text) {
  if (!text.starts_with('{') || !text.ends_with('}')) throw std::invalid_argument("no JSON object: " + std::string(text.substr(0, 80)));
  return text;
}

std::string text_in(std::string_view value) { return unescaped(value.substr(1, value.size() - 2)); }

}  // namespace

std::optional<JsonObject> JsonObject::parse(std::string_view text) {
  JsonObject object;
  auto holder = std::make_shared<Parsed>();
  holder->text = text;
  if (!scan_members(holder->text, object.members_)) {
    object.members_.clear();
    auto canonical = canonicalised(text);
    if (!canonical) return std::nullopt;
    holder->text = std::move(*canonical);
    if (!scan_members(holder->text, object.members_)) return std::nullopt;
  }
  object.parsed_ = std::move(holder);
  return object;
}

std::string_view JsonObject::find(std::string_view name) const {
  const auto is_plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
  if (!std::all_of(name.begin(), name.end(), is_plain)) {
    const std::string spelt = json_text(name);
    for (const TextMember& member : members_)
      if (member.name == std::string_view(spelt).substr(1, spelt.size() - 2)) return member.value;
    return {};
  }
  for (const TextMember& member : members_)
    if (member.name == name) return member.value;
  return {};
}

bool JsonObject::has(std::string_view name) const { return !find(name).empty(); }

std::string JsonObject::text(std::string_view name, std::string_view otherwise) const {
  const std::string_view value = find(name);
  return value.starts_with('"') ? text_in(value) : std::string(otherwise);
}

std::int64_t JsonObject::integer(std::string_view name, std::int64_t otherwise) const {
  const std::string_view value = find(name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc() ? number : otherwise;
}

bool JsonObject::boolean(std::string_view name, bool otherwise) const {
  const std::string_view value = find(name);
  return value == "true" || (value != "false" && otherwise);
}

std::string JsonObject::raw(std::string_view name) const {
  const std::string_view value = find(name);
  return value.empty() ? "{}" : std::string(value);
}

std::vector<std::pair<std::string, JsonObject>> JsonObject::objects(std::string_view name) const {
  std::vector<std::pair<std::string, JsonObject>> result;
  const std::string_view value = find(name);
  if (!value.starts_with('{')) return result;
  MemberReader reader(value);
  for (TextMember one; reader.next(one);) {
    if (!one.value.starts_with('{')) continue;
    JsonObject object;
    object.parsed_ = parsed_;
    MemberReader inner(one.value);
    for (TextMember member; inner.next(member);) object.members_.push_back(member);
    result.emplace_back(unescaped(one.name), std::move(object));
  }
  return result;
}

std::vector<std::string> JsonObject::names(std::string_view name) const {
  std::vector<std::string> result;
  const std::string_view value = find(name);
  if (!value.starts_with('{')) return result;
  MemberReader reader(value);
  for (TextMember one; reader.next(one);) result.push_back(unescaped(one.name));
  return result;
}

std::string patched(std::string_view body, std::string_view patch) {
  std::string result;
  result.reserve(body.size() + patch.size());
  append_patched(result, an_object(body), an_object(patch));
  return result;
}

std::string patch_between(std::string_view before, std::string_view after) {
  return text_patch_between(an_object(before), an_object(after));
}

}  // namespace fairprice::ledger
