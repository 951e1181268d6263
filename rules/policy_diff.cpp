#include "rules/policy_diff.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/ratio.hpp"
#include "rules/json_tree.hpp"

namespace fairprice::rules {

namespace {

constexpr std::array<std::string_view, 5> kOfItself = {"name", "description", "source", "ours", "$schema"};

/// A place's parts, so that rung 2 stands before rung 10.
using Place = std::vector<std::string>;

struct Before {
  bool operator()(const Place& a, const Place& b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](const std::string& one, const std::string& other) {
      const bool numbers = !one.empty() && !other.empty() && std::all_of(one.begin(), one.end(), is_digit) &&
                           std::all_of(other.begin(), other.end(), is_digit);
      return numbers && one.size() != other.size() ? one.size() < other.size() : one < other;
    });
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
};
using Settings = std::map<Place, std::string, Before>;

bool is_list_of_words(const Json& json) {
  return std::all_of(json.items.begin(), json.items.end(), [](const Json& item) { return item.type == Json::Type::text; });
}

/// An override is known by its category and the months that it holds in, wherever it stands: "打印机 2023-06..2023-12".
std::string override_name(const Json& item) {
  const auto text = [&](std::string_view key) {
    const Json* const found = item.find(key);
    return found != nullptr && found->type == Json::Type::text ? found->text : std::string();
  };
  std::string name = text("category");
  const std::string from = text("from");
  const std::string to = text("to");
  if (!from.empty() || !to.empty()) name += (name.empty() ? "" : " ") + from + ".." + to;
  return name;
}

void flatten(const Json& json, const Place& place, Settings& settings) {
  const auto below = [&](const std::string& part) {
    Place longer = place;
    longer.push_back(part);
    return longer;
  };
  switch (json.type) {
    case Json::Type::object:
      for (const auto& [key, value] : json.members) {
        if (place.empty() && std::find(kOfItself.begin(), kOfItself.end(), key) != kOfItself.end()) continue;
        flatten(value, below(key), settings);
      }
      break;
    case Json::Type::array: {
      if (!json.items.empty() && is_list_of_words(json)) {
        std::string words;
        for (const Json& item : json.items) words += (words.empty() ? "" : "+") + item.text;
        settings[place] = words;
        break;
      }
      for (std::size_t i = 0; i < json.items.size(); ++i) {
        const std::string name = place == Place{"overrides"} ? override_name(json.items[i]) : std::string();
        flatten(json.items[i], below(name.empty() ? std::to_string(i) : name), settings);
      }
      break;
    }
    case Json::Type::boolean: settings[place] = json.truth ? "true" : "false"; break;
    case Json::Type::null: settings[place] = "null"; break;
    case Json::Type::number:
    case Json::Type::text: settings[place] = json.text; break;
  }
}

bool equal(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto one = Ratio::parse(a);
  const auto other = Ratio::parse(b);
  return one && other && *one == *other;
}

std::string pointer(const Place& place) {
  std::string text;
  for (const std::string& part : place) text += "/" + part;
  return text;
}

}  // namespace

std::vector<PolicyDifference> policy_differences(std::string_view before, std::string_view after) {
  Settings old, now;
  flatten(read_json(before, "before"), {}, old);
  flatten(read_json(after, "after"), {}, now);
  Settings both = old;
  both.insert(now.begin(), now.end());
  std::vector<PolicyDifference> differences;
  for (const auto& [place, ignored] : both) {
    const auto of = [&place = place](const Settings& settings) {
      const auto found = settings.find(place);
      return found == settings.end() ? std::string() : found->second;
    };
    if (!equal(of(old), of(now))) differences.push_back({pointer(place), of(old), of(now)});
  }
  return differences;
}

}  // namespace fairprice::rules
