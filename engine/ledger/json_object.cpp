#include "engine/ledger/json_object.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/canonical_value.hpp"

namespace fairprice::ledger {

using rapidjson::Value;

struct JsonObject::Parsed {
  rapidjson::Document document;
};

namespace {

const Value& value_of(const void* value) { return *static_cast<const Value*>(value); }
std::string_view text_of(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

const Value* member_of(const Value& object, std::string_view name) {
  const auto found = object.FindMember(Value(rapidjson::StringRef(name.data(), static_cast<rapidjson::SizeType>(name.size()))));
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::string spelt(const Value& value) {
  std::string text;
  if (!append_canonical(text, value)) throw std::invalid_argument("a value without a canonical spelling");
  return text;
}

std::string_view an_object(std::string_view text) {
  if (!text.starts_with('{') || !text.ends_with('}')) throw std::invalid_argument("no JSON object: " + std::string(text.substr(0, 80)));
  return text;
}

}  // namespace

std::optional<JsonObject> JsonObject::parse(std::string_view text) {
  auto holder = std::make_shared<Parsed>();
  holder->document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (holder->document.HasParseError() || !holder->document.IsObject()) return std::nullopt;
  JsonObject object;
  object.value_ = static_cast<const Value*>(&holder->document);
  object.parsed_ = std::move(holder);
  return object;
}

const void* JsonObject::find(std::string_view name) const { return member_of(value_of(value_), name); }
bool JsonObject::has(std::string_view name) const { return find(name) != nullptr; }

std::string JsonObject::text(std::string_view name, std::string_view otherwise) const {
  const void* const member = find(name);
  return member != nullptr && value_of(member).IsString() ? std::string(text_of(value_of(member))) : std::string(otherwise);
}

std::int64_t JsonObject::integer(std::string_view name, std::int64_t otherwise) const {
  const void* const member = find(name);
  return member != nullptr && value_of(member).IsInt64() ? value_of(member).GetInt64() : otherwise;
}

bool JsonObject::boolean(std::string_view name, bool otherwise) const {
  const void* const member = find(name);
  return member != nullptr && value_of(member).IsBool() ? value_of(member).GetBool() : otherwise;
}

std::string JsonObject::raw(std::string_view name) const {
  const void* const member = find(name);
  return member == nullptr ? "{}" : spelt(value_of(member));
}

std::vector<std::pair<std::string, JsonObject>> JsonObject::objects(std::string_view name) const {
  std::vector<std::pair<std::string, JsonObject>> result;
  const void* const member = find(name);
  if (member == nullptr || !value_of(member).IsObject()) return result;
  for (const auto& one : value_of(member).GetObject()) {
    if (!one.value.IsObject()) continue;
    JsonObject object;
    object.parsed_ = parsed_;
    object.value_ = &one.value;
    result.emplace_back(text_of(one.name), std::move(object));
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return result;
}

std::vector<std::string> JsonObject::names(std::string_view name) const {
  std::vector<std::string> result;
  const void* const member = find(name);
  if (member == nullptr || !value_of(member).IsObject()) return result;
  for (const auto& one : value_of(member).GetObject()) result.emplace_back(text_of(one.name));
  std::sort(result.begin(), result.end());
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
