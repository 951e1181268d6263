#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/base/shipped.hpp"
#include "engine/base/text.hpp"
#include "rules/policy.hpp"

namespace fairprice::rules {

namespace {
constexpr std::string_view kFolder = "policies/";
constexpr std::string_view kEnding = ".json";
}  // namespace

std::string_view indicator_name(Indicator indicator) {
  constexpr std::string_view kNames[] = {"index_price", "procurement_average", "ecommerce_average", "store_average", "own_index_price"};
  return kNames[static_cast<std::size_t>(indicator)];
}

std::string_view population_name(Population population) {
  constexpr std::string_view kNames[] = {"", "suppliers", "ecommerce", "store", "ecommerce+store", "listings"};
  return kNames[static_cast<std::size_t>(population)];
}

std::string Statistic::to_string() const {
  switch (kind) {
    case Kind::median: return "median";
    case Kind::mean: return "mean";
    case Kind::lowest: return "lowest";
    case Kind::highest: return "highest";
    case Kind::mean_of_lowest: return "mean_of_lowest:" + std::to_string(argument);
    case Kind::percentile: break;
  }
  return "percentile:" + std::to_string(argument);
}

std::vector<std::string> shipped_policy_names() {
  std::vector<std::string> names;
  for (std::string_view file : shipped_files())
    if (file.starts_with(kFolder) && file.ends_with(kEnding) && file.find("schema") == std::string_view::npos)
      names.emplace_back(file.substr(kFolder.size(), file.size() - kFolder.size() - kEnding.size()));
  std::sort(names.begin(), names.end());
  return names;
}

PolicySet shipped_policy(std::string_view name) {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  std::string all;
  for (const std::string& known : shipped_policy_names()) {
    if (known == wanted) return read_policy(shipped_file(std::string(kFolder) + known + std::string(kEnding)), known);
    all += (all.empty() ? "" : ", ") + known;
  }
  throw FatalError("没有名为 \"" + quoted_for_message(name) + "\" 的策略（随附：" + all + "；或指定一个 JSON 文件）；未运行",
                   "no policy called \"" + quoted_for_message(name) + "\" (shipped: " + all + "; or name a JSON file); nothing was run");
}

}  // namespace fairprice::rules
