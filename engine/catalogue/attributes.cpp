#include "engine/catalogue/attributes.hpp"

#include <algorithm>
#include <map>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::catalogue {

namespace {

/// Calls take(a, b) for the texts at each position of both; positions that one of them has not are `?`. Stops when it says no.
template <class Take>
bool each_position(std::string_view one, std::string_view other, Take&& take) {
  const auto next = [](std::string_view& rest) {
    if (rest.empty()) return std::string_view("?");
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
  };
  while (!one.empty() || !other.empty()) {
    const std::string_view a = next(one);
    const std::string_view b = next(other);
    if (!take(a, b)) return false;
  }
  return true;
}

/// Whether a folded model contains a value. Short numbers do not count at the end of longer ones (8G in 128G), nor letters at the
/// beginning of longer words (1T in X1TABLET).
bool says_already(std::string_view model, std::string_view value) {
  const std::string folded = folded_model(value);
  if (folded.empty()) return false;
  for (std::size_t at = model.find(folded); at != std::string_view::npos; at = model.find(folded, at + 1)) {
    std::string_view behind = model.substr(at + folded.size());
    if (behind.starts_with('B')) behind.remove_prefix(1);  // 128GB
    const bool word_goes_on = title::is_letter(folded.back()) && !behind.empty() && title::is_letter(behind[0]) &&
                              !behind.starts_with("SSD") && !behind.starts_with("HDD");
    const bool number_began = at > 0 && title::is_digit(model[at - 1]) && title::leading_digits(folded) > 0;
    if (!word_goes_on && (!number_began || title::leading_digits(folded) >= 3)) return true;
  }
  return false;
}

/// `I5` alone leaves the generation open.
bool is_family(std::string_view cpu) { return cpu.size() == 2 || (cpu.starts_with("ULTRA") && cpu.size() == 6); }

std::string known_names() {
  std::string names;
  for (std::size_t i = 0; i < title::kAttributes; ++i)
    names.append(names.empty() ? "" : ", ").append(title::attribute_name(static_cast<title::Attribute>(i)));
  return names;
}

}  // namespace

AttributeTable::AttributeTable(ingest::Keys& keys) {
  for (const auto& row : keys.dictionaries().attributes) {
    std::vector<IdentityAttribute> list;
    std::string_view rest = row.attributes;
    while (!(rest = trimmed_front(rest)).empty()) {
      const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
      std::string_view name = rest.substr(0, end);
      rest.remove_prefix(end);
      const bool optional = name.ends_with('?');
      if (optional) name.remove_suffix(1);
      const auto attribute = title::find_attribute(name);
      if (!attribute)
        throw FatalError(
            row.where + "：属性 " + quoted_for_message(name) + " 未知（可用：" + known_names() + "）；未运行",
            row.where + ": attribute " + quoted_for_message(name) + " is unknown (there are: " + known_names() + "); nothing was run");
      list.push_back({*attribute, optional});
    }
    attributes_[keys.category(trimmed(row.category))] = std::move(list);
  }
}

StatedConfiguration stated_configuration(std::span<const IdentityAttribute> attributes, const title::Configuration& configuration,
                                         const std::bitset<title::kAttributes>& contradictions, std::string_view folded_model) {
  StatedConfiguration stated;
  stated.complete = !attributes.empty();
  bool any = false;
  for (const IdentityAttribute& one : attributes) {
    std::string text = configuration.text(one.attribute);
    if (contradictions[static_cast<std::size_t>(one.attribute)] || configuration.unread[static_cast<std::size_t>(one.attribute)])
      stated.contradictory = true;
    if (text.empty() && (!one.optional || configuration.is_unclear(one.attribute))) stated.complete = false;
    if (one.attribute == title::Attribute::cpu && is_family(text)) stated.complete = false;
    if (says_already(folded_model, one.attribute == title::Attribute::storage ? text.substr(0, text.find('-')) : text)) text.clear();
    any = any || !text.empty();
    stated.text.append(&one == &attributes.front() ? "" : "/").append(text.empty() ? "?" : text);
  }
  if (!any) stated.text.clear();
  return stated;
}

bool compatible(std::string_view one, std::string_view other) {
  return each_position(one, other, [](std::string_view a, std::string_view b) { return a == b || a == "?" || b == "?"; });
}

bool states_all_of(std::string_view one, std::string_view other) {
  return each_position(one, other, [](std::string_view a, std::string_view b) { return a == b || b == "?"; });
}

}  // namespace fairprice::catalogue
