#include "engine/ledger/canonical.hpp"

#include <algorithm>

#include "engine/ledger/canonical_value.hpp"

namespace fairprice::ledger {

namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 53;

void append_text(std::string& to, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  to.push_back('"');
  for (const char c : text) {
    switch (c) {
      case '"': to += "\\\""; break;
      case '\\': to += "\\\\"; break;
      case '\b': to += "\\b"; break;
      case '\f': to += "\\f"; break;
      case '\n': to += "\\n"; break;
      case '\r': to += "\\r"; break;
      case '\t': to += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          to += "\\u00";
          to.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
          to.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
        } else {
          to.push_back(c);
        }
    }
  }
  to.push_back('"');
}

}  // namespace

bool append_canonical(std::string& to, const rapidjson::Value& value) {
  if (value.IsString()) {
    append_text(to, {value.GetString(), value.GetStringLength()});
  } else if (value.IsInt64()) {
    if (value.GetInt64() > kLargest || value.GetInt64() < -kLargest) return false;
    to += std::to_string(value.GetInt64());
  } else if (value.IsBool()) {
    to += value.GetBool() ? "true" : "false";
  } else if (value.IsNull()) {
    to += "null";
  } else if (value.IsArray()) {
    to.push_back('[');
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      if (i > 0) to.push_back(',');
      if (!append_canonical(to, value[i])) return false;
    }
    to.push_back(']');
  } else if (value.IsObject()) {
    std::vector<std::pair<std::string_view, const rapidjson::Value*>> members;
    for (const auto& member : value.GetObject())
      members.emplace_back(std::string_view(member.name.GetString(), member.name.GetStringLength()), &member.value);
    std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    to.push_back('{');
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0 && members[i].first == members[i - 1].first) return false;
      if (i > 0) to.push_back(',');
      append_text(to, members[i].first);
      to.push_back(':');
      if (!append_canonical(to, *members[i].second)) return false;
    }
    to.push_back('}');
  } else {
    return false;
  }
  return true;
}

std::string json_text(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 2);
  append_text(result, text);
  return result;
}

std::string canonical_array(const std::vector<std::string>& values) {
  std::string result = "[";
  for (std::size_t i = 0; i < values.size(); ++i) result.append(i == 0 ? "" : ",").append(values[i]);
  return result + "]";
}

CanonicalObject& CanonicalObject::text(std::string_view name, std::string_view value) { return raw(name, json_text(value)); }
CanonicalObject& CanonicalObject::integer(std::string_view name, std::int64_t value) { return raw(name, std::to_string(value)); }
CanonicalObject& CanonicalObject::boolean(std::string_view name, bool value) { return raw(name, value ? "true" : "false"); }
CanonicalObject& CanonicalObject::raw(std::string_view name, std::string value) {
  members_[std::string(name)] = std::move(value);
  return *this;
}
CanonicalObject& CanonicalObject::texts(std::string_view name, const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  quoted.reserve(values.size());
  for (const std::string& value : values) quoted.push_back(json_text(value));
  return raw(name, canonical_array(quoted));
}

std::string CanonicalObject::str() const {
  std::string result = "{";
  for (const auto& [name, value] : members_) {
    if (result.size() > 1) result.push_back(',');
    append_text(result, name);
    result.push_back(':');
    result += value;
  }
  return result + "}";
}

std::optional<std::string> canonicalised(std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  if (document.HasParseError()) return std::nullopt;
  std::string result;
  result.reserve(json.size());
  if (!append_canonical(result, document)) return std::nullopt;
  return result;
}

}  // namespace fairprice::ledger
