#include "rules/json_tree.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <optional>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::rules {

namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kMostKeys = 1000;  // of one object: keys are compared one by one

class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  bool Null() { return add({}); }
  bool Bool(bool truth) {
    Json value;
    value.type = Json::Type::boolean;
    value.truth = truth;
    return add(std::move(value));
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) { return add_text(Json::Type::number, text, size); }
  bool String(const char* text, rapidjson::SizeType size, bool) { return add_text(Json::Type::text, text, size); }
  bool StartObject() { return open(Json::Type::object); }
  bool StartArray() { return open(Json::Type::array); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    std::string key(text, size);
    if (open_.back().find(key) != nullptr) twice = key;
    too_wide = open_.back().members.size() == kMostKeys;
    if (too_wide || twice) return false;
    keys_.push_back(std::move(key));
    return true;
  }

  Json root;
  std::optional<std::string> twice;
  bool too_deep = false;
  bool too_wide = false;

 private:
  bool add_text(Json::Type type, const char* text, rapidjson::SizeType size) {
    Json value;
    value.type = type;
    value.text.assign(text, size);
    return add(std::move(value));
  }
  bool open(Json::Type type) {
    too_deep = open_.size() == kDeepest;
    if (too_deep) return false;
    open_.emplace_back().type = type;
    return true;
  }
  bool close() {
    Json value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }
  bool add(Json value) {
    if (open_.empty()) {
      root = std::move(value);
    } else if (open_.back().type == Json::Type::array) {
      open_.back().items.push_back(std::move(value));
    } else {
      open_.back().members.emplace_back(std::move(keys_.back()), std::move(value));
      keys_.pop_back();
    }
    return true;
  }
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

}  // namespace

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name == key) return &value;
  return nullptr;
}

Json read_json(std::string_view text, std::string_view where) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  Builder builder;
  constexpr unsigned kFlags =
      rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
  // The parser takes a zero byte for the end of the text, so what stands behind one would go unread.
  if (result && text.find('\0') == std::string_view::npos) return std::move(builder.root);
  const std::size_t at = result ? text.find('\0') : std::min(result.Offset(), text.size());
  const std::string line = ":" + std::to_string(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
  const auto fail = [&](const std::string& zh, const std::string& en) {
    throw FatalError(std::string(where) + line + "：" + zh + "；未运行", std::string(where) + line + ": " + en + "; nothing was run");
  };
  const std::string twice = quoted_for_message(builder.twice.value_or(""));
  if (builder.twice) fail("键 \"" + twice + "\" 出现了两次（请只留一个）", "the key \"" + twice + "\" stands twice (keep one of them)");
  if (builder.too_deep) fail("嵌套过深（最多 32 层）", "nested too deep (at most 32 levels)");
  if (builder.too_wide) fail("一个对象的键过多（最多 1000 个）", "too many keys in one object (at most 1000)");
  const std::string reason = result ? "a zero byte in the text" : rapidjson::GetParseError_En(result.Code());
  fail("不是合法的 JSON（" + reason + "）", "not well-formed JSON (" + reason + ")");
  return {};
}

Json merged(const Json& base, const Json& over) {
  if (base.type != Json::Type::object || over.type != Json::Type::object) return over;
  Json result = base;
  for (const auto& [key, value] : over.members) {
    bool found = false;
    for (auto& [name, old] : result.members)
      if (name == key) {
        old = merged(old, value);
        found = true;
      }
    if (!found) result.members.emplace_back(key, value);
  }
  return result;
}

std::string shown(const Json& value) {
  switch (value.type) {
    case Json::Type::null: return "null";
    case Json::Type::boolean: return value.truth ? "true" : "false";
    case Json::Type::number: return quoted_for_message(value.text);
    case Json::Type::text: return '"' + quoted_for_message(value.text) + '"';
    case Json::Type::array: return "[…]";
    case Json::Type::object: break;
  }
  return "{…}";
}

}  // namespace fairprice::rules
