#include "rules/policy_overrides.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace fairprice::rules {

namespace {

/// What an override may not hold: these say what the whole file is.
constexpr std::string_view kOfTheWholeFile[] = {"$schema", "name", "description", "source", "ours", "currency", "overrides"};
/// What says when an override holds; the rest is what it changes.
constexpr std::string_view kConditions[] = {"category", "from", "to"};

std::optional<Period> read_month(const Json& item, std::string_view key, const std::string& place, PolicyErrors& errors) {
  const Json* const found = item.find(key);
  if (found == nullptr) return std::nullopt;
  const bool is_text = found->type == Json::Type::text;
  // One way of writing, so that the schema can say it: 2023-11.
  if (const auto month = is_text && found->text.size() == 7 && found->text[4] == '-' ? Period::parse(found->text) : std::nullopt)
    return month;
  errors.add(place + "/" + std::string(key), *found, "不是月份（应如 \"2023-11\"）", "is no month (expected e.g. \"2023-11\")");
  return std::nullopt;
}

}  // namespace

bool overlap(const PolicyOverride& a, const PolicyOverride& b) {
  return (!a.from || !b.to || *a.from <= *b.to) && (!b.from || !a.to || *b.from <= *a.to);
}

std::vector<PolicyOverride> read_overrides(const Json& list, PolicyErrors& errors) {
  std::vector<PolicyOverride> overrides;
  if (list.type != Json::Type::array) return overrides;  // said already
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Json& item = list.items[i];
    PolicyOverride one;
    one.place = "/overrides/" + std::to_string(i);
    if (item.type != Json::Type::object) {
      errors.add(one.place, item, "不是对象（应为 {…}）", "is not an object (expected {…})");
      continue;
    }
    const Json* const category = item.find("category");
    if (category != nullptr) {
      if (category->type == Json::Type::text) one.category = compatible_text(category->text);
      if (one.category.empty()) errors.add(one.place + "/category", *category, "不是品目", "is not the name of a category");
    } else if (item.find("from") == nullptr && item.find("to") == nullptr) {
      errors.add(one.place + "/category", "缺少这个键（或 from、to）", "this key is missing (or from, to)");
    }
    one.from = read_month(item, "from", one.place, errors);
    one.to = read_month(item, "to", one.place, errors);
    if (one.from && one.to && *one.to < *one.from) errors.add(one.place + "/to", *item.find("to"), "早于 from", "is before from");
    one.change = item;
    std::erase_if(one.change.members, [](const auto& member) {
      return std::find(std::begin(kConditions), std::end(kConditions), member.first) != std::end(kConditions);
    });
    // The nearest key to a misspelt condition is that condition; every other key is known to the policy's reader.
    std::erase_if(one.change.members, [&](const auto& member) {
      for (const std::string_view condition : kConditions)
        if (edit_distance(std::string_view(member.first).substr(0, 64), condition) <= condition.size() / 3) {
          errors.add(one.place + "/" + pointer_token(member.first), "没有这个键（最接近的是 " + std::string(condition) + "）",
                     "no such key (nearest: " + std::string(condition) + ")");
          return true;
        }
      return false;
    });
    for (const std::string_view whole : kOfTheWholeFile) {
      const Json* const found = one.change.find(whole);
      if (found == nullptr) continue;
      errors.add(one.place + "/" + pointer_token(whole), *found, "不能因品目或月份而异（请移到文件顶层）",
                 "cannot differ by category or month (move it to the top of the file)");
      std::erase_if(one.change.members, [&](const auto& member) { return member.first == whole; });
    }
    const auto twice = std::find_if(overrides.begin(), overrides.end(),
                                    [&](const PolicyOverride& other) { return other.category == one.category && overlap(other, one); });
    const bool is_one = !one.category.empty() || (category == nullptr && one.has_dates());
    if (is_one && twice != overrides.end()) {
      if (category != nullptr && !one.has_dates() && !twice->has_dates())
        errors.add(one.place + "/category", *category, "出现了两次（请合并）", "stands twice (merge the two)");
      else
        errors.add(one.place, "与 " + twice->place + " 的月份重叠（请合并或改日期）",
                   "holds in months of " + twice->place + ", too (merge the two, or change the dates)");
    }
    overrides.push_back(std::move(one));
  }
  return overrides;
}

}  // namespace fairprice::rules
