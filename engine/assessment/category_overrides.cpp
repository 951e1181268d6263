#include "engine/assessment/category_overrides.hpp"

#include <set>

#include "engine/base/text.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::assessment {

using ingest::kNone;

rules::PolicySet with_categories(const rules::PolicySet& policy, const std::shared_ptr<ingest::Keys>& keys) {
  rules::PolicySet result;
  result.base = policy.base;
  result.text = policy.text;
  std::map<std::string, std::string, std::less<>> written;  // category -> the name that the policy gives it
  for (const auto& [name, override_] : policy.by_category) {
    const std::uint32_t number = keys->category(name);
    const std::string category(number == kNone || number == ingest::Keys::kBadText ? std::string_view(name) : keys->categories[number]);
    if (const auto [other, first] = written.emplace(category, name); !first) {
      const std::string a = quoted_for_message(other->second);
      const std::string b = quoted_for_message(name);
      const std::string both = quoted_for_message(category);
      throw FatalError("策略 " + policy.base.name + "：overrides 中的 \"" + a + "\" 与 \"" + b + "\" 在本月词典里是同一品目 \"" + both +
                           "\"；请合并；未运行",
                       "policy " + policy.base.name + ": the overrides of \"" + a + "\" and \"" + b + "\" are of one category, \"" + both +
                           "\", by this month's dictionaries: merge the two; nothing was run");
    }
    result.by_category.emplace(category, override_);
  }
  return result;
}

rules::PolicySet with_categories_of(const rules::PolicySet& policy, const std::string& folder) {
  if (policy.by_category.empty()) return policy;
  ingest::Month month;
  month.folder = folder;
  month.keys = std::make_shared<ingest::Keys>(ingest::Dictionaries{});
  ingest::Dictionaries dictionaries;
  ingest::read_dictionaries(folder, month, ingest::ReadSettings{}, dictionaries);
  return with_categories(policy, std::make_shared<ingest::Keys>(std::move(dictionaries)));
}

void warn_of_idle_overrides(const rules::PolicySet& policy, ingest::Month& month) {
  if (policy.by_category.empty()) return;
  std::set<std::uint32_t> numbers;
  for (const ingest::Listing& listing : month.listings)
    if (listing.category != kNone && !listing.probe) numbers.insert(listing.category);
  std::set<std::string_view> present;
  for (const std::uint32_t number : numbers) present.insert(month.keys->categories[number]);
  for (const auto& [category, override_] : policy.by_category) {
    if (present.contains(category)) continue;
    std::string_view nearest;
    std::size_t least = SIZE_MAX;
    for (const std::string_view other : present)
      if (const std::size_t distance = edit_distance(category.substr(0, 64), other.substr(0, 64)); distance < least) {
        least = distance;
        nearest = other;
      }
    const std::string name = quoted_for_message(category);
    const std::string hint = quoted_for_message(nearest);
    month.warnings_zh.push_back("策略 " + policy.base.name + "：本月没有品目为 \"" + name + "\" 的商品，该品目的 override 不起作用" +
                                (nearest.empty() ? "" : "（最接近的品目：\"" + hint + "\"）"));
    month.warnings_en.push_back("policy " + policy.base.name + ": no listing of the month has the category \"" + name +
                                "\", so its override changes nothing" + (nearest.empty() ? "" : " (nearest category: \"" + hint + "\")"));
  }
}

}  // namespace fairprice::assessment
