#include "rules/policy_fields.hpp"

#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::rules {

namespace {

std::string with_underscores(std::string_view word) {
  std::string result(word);
  std::replace(result.begin(), result.end(), '-', '_');
  return result;
}

bool less(Ratio a, Ratio b) { return Int128{a.numerator} * b.denominator < Int128{b.numerator} * a.denominator; }

}  // namespace

void PolicyErrors::add(const std::string& pointer, const Json& value, std::string_view zh, std::string_view en) {
  add(pointer, shown(value) + " " + std::string(zh), shown(value) + " " + std::string(en));
}

void PolicyErrors::add(const std::string& pointer, std::string_view zh, std::string_view en) {
  const std::string place = pointer.empty() ? "/" : pointer;
  zh_.push_back(place + "：" + std::string(zh));
  en_.push_back(place + ": " + std::string(en));
}

void PolicyErrors::add_override(const std::string& place, const PolicyErrors& of_merged, const PolicyErrors& of_base) {
  for (std::size_t i = 0; i < of_merged.count(); ++i) {
    if (std::find(of_base.en_.begin(), of_base.en_.end(), of_merged.en_[i]) != of_base.en_.end()) continue;
    zh_.push_back(place + of_merged.zh_[i]);
    en_.push_back(place + of_merged.en_[i]);
  }
}

void PolicyErrors::fail(std::string_view where) const {
  if (count() == 0) return;
  constexpr std::size_t kMostShown = 100;
  const std::size_t shown = std::min(count(), kMostShown);
  std::string zh;
  std::string en;
  for (std::size_t i = 0; i < shown; ++i) {
    const char* line_end = i == 0 ? "" : "\n";
    zh.append(line_end).append(where).append("：").append(zh_[i]);
    en.append(line_end).append(where).append(": ").append(en_[i]);
  }
  if (shown < count()) {
    zh += "\n另有 " + std::to_string(count() - shown) + " 处错误";
    en += "\nand " + std::to_string(count() - shown) + " more mistakes";
  }
  throw FatalError(zh + "；未运行", en + "; nothing was run");
}

std::string pointer_token(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~')
      token += "~0";
    else if (c == '/')
      token += "~1";
    else
      token += c;
  }
  return quoted_for_message(token);
}

Fields::Fields(const Json& object, std::string pointer, PolicyErrors& errors)
    : object_(object), pointer_(std::move(pointer)), errors_(errors) {
  if (!is_object()) errors_.add(pointer_, object, "不是对象（应为 {…}）", "is not an object (expected {…})");
}

const Json* Fields::take(std::string_view key, bool required) {
  known_.emplace_back(key);
  if (!is_object()) return nullptr;
  const Json* value = object_.find(key);
  if (value == nullptr && required) errors_.add(at(key), "缺少这个键", "this key is missing");
  return value;
}

void Fields::text(std::string_view key, std::string& value, bool required) {
  const Json* json = take(key, required);
  if (json == nullptr) return;
  if (json->type != Json::Type::text)
    errors_.add(at(key), *json, "不是文字（应为 \"…\"）", "is not a text (expected \"…\")");
  else if (required && trimmed(json->text).empty())
    errors_.add(at(key), *json, "为空（应有内容）", "is empty (expected some text)");
  else
    value = json->text;
}

void Fields::boolean(std::string_view key, bool& value) {
  const Json* json = take(key);
  if (json == nullptr) return;
  if (json->type != Json::Type::boolean)
    errors_.add(at(key), *json, "不是真假值（应为 true 或 false）", "is not a truth value (expected true or false)");
  else
    value = json->truth;
}

void Fields::integer(std::string_view key, int& value, int least, int most) {
  const Json* json = take(key);
  if (json == nullptr) return;
  const auto parsed = json->type == Json::Type::number ? Ratio::parse(json->text) : std::nullopt;
  const std::string range = std::to_string(least) + " .. " + std::to_string(most);
  const Ratio number = parsed.value_or(Ratio{});
  if (!parsed || number.denominator != 1 || number.numerator < least || number.numerator > most)
    errors_.add(at(key), *json, "不是范围内的整数（应在 " + range + " 之间）", "is not a whole number in range (expected " + range + ")");
  else
    value = static_cast<int>(number.numerator);
}

void Fields::ratio(std::string_view key, Ratio& value, std::string_view least, std::string_view most) {
  const Json* json = take(key);
  if (json == nullptr) return;
  auto parsed = json->type == Json::Type::number ? Ratio::parse(json->text) : std::nullopt;
  if (!parsed) {
    errors_.add(at(key), *json, "不是数（应如 0.20）", "is not a number (expected e.g. 0.20)");
    return;
  }
  while (parsed->denominator > 1 && parsed->numerator % 10 == 0) {
    parsed->numerator /= 10;
    parsed->denominator /= 10;
  }
  if (parsed->denominator > 10'000 || less(*parsed, *Ratio::parse(least)) || less(*Ratio::parse(most), *parsed)) {
    const std::string range = std::string(least) + " .. " + std::string(most);
    errors_.add(at(key), *json, "超出范围（应在 " + range + "，至多 4 位小数）",
                "is out of range (expected " + range + ", at most 4 decimals)");
    return;
  }
  value = *parsed;
}

void Fields::word(std::string_view key, const std::vector<std::string_view>& words, const std::function<void(std::size_t)>& set,
                  bool required) {
  const Json* json = take(key, required);
  if (json == nullptr) return;
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (json->type == Json::Type::text && with_underscores(json->text) == with_underscores(words[i])) return set(i);
    list += (i == 0 ? "" : ", ") + std::string(words[i]);
  }
  errors_.add(at(key), *json, "不是可用的词（应为 " + list + " 之一）", "is not a known word (expected one of " + list + ")");
}

void Fields::object(std::string_view key, const std::function<void(Fields&)>& read) {
  const Json* json = take(key);
  if (json == nullptr) return;
  Fields fields(*json, at(key), errors_);
  read(fields);
  fields.finish();
}

void Fields::array(std::string_view key, const std::function<void(const Json&, const std::string&)>& read, bool required) {
  const Json* json = take(key, required);
  if (json == nullptr) return;
  if (json->type != Json::Type::array) {
    errors_.add(at(key), *json, "不是列表（应为 […]）", "is not a list (expected […])");
    return;
  }
  if (required && json->items.empty()) errors_.add(at(key), *json, "至少要有一项", "needs at least one item");
  for (std::size_t i = 0; i < json->items.size(); ++i) read(json->items[i], at(key) + "/" + std::to_string(i));
}

void Fields::refuse(std::string_view key, std::string_view zh, std::string_view en) {
  if (const Json* json = take(key); json != nullptr) errors_.add(at(key), *json, zh, en);
}

void Fields::finish() {
  for (const auto& [key, value] : object_.members) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    std::string nearest;
    std::size_t least = SIZE_MAX;
    for (const std::string& known : known_)
      if (const std::size_t distance = edit_distance(key.substr(0, 64), known); distance < least) {
        least = distance;
        nearest = known;
      }
    errors_.add(at(key), "没有这个键（最接近的是 " + nearest + "）", "no such key (nearest: " + nearest + ")");
  }
}

}  // namespace fairprice::rules
