#include "engine/cli/index_options.hpp"

#include <algorithm>

namespace fairprice::cli {

namespace {

using indexing::Method;
using indices::Formula;

struct OfAction {
  std::string_view action;
  std::string_view options;  // each with a space on either side
};
constexpr OfAction kActions[] = {
    {"compute",
     " --method --base --sample --impute --weights --bias-adjust --weight-period --sigma --window --splice --link --by --format --output "},
    {"hedonic", " --method --price --characteristics --time --errors --series --predict --extrapolate --format --output "},
    {"build", " --input --from --to --policy --sellers --matched --clearance --revise --quality --threads --output "},
    {"plot", " --series --title --output "},
    {"methods", " "},
};

bool among(std::string_view option, std::string_view options) {
  return options.find(" " + std::string(option) + " ") != std::string_view::npos;
}

[[noreturn]] void refuse(const std::string& what_zh, const std::string& what_en, const Command& command, Language language) {
  throw UsageError{language == Language::zh ? what_zh : what_en, std::string(command.example())};
}

}  // namespace

void check_options_of_action(std::string_view action, const GivenOptions& given, const Command& command, Language language) {
  const auto* const own = std::find_if(std::begin(kActions), std::end(kActions), [&](const OfAction& one) { return one.action == action; });
  if (own == std::end(kActions)) return;
  for (const std::string_view option : given) {
    if (among(option, own->options)) continue;
    std::string others;
    for (const OfAction& one : kActions)
      if (among(option, one.options)) others += (others.empty() ? "" : ", ") + std::string(one.action);
    const std::string name(option);
    refuse(name + " 与 index " + std::string(action) + " 无关（用于 " + others + "）",
           name + " says nothing to index " + std::string(action) + " (it is of " + others + ")", command, language);
  }
}

void check_options_of_method(const std::string& method, const Method& meaning, bool chained, const GivenOptions& given,
                             const Command& command, Language language) {
  const auto has = [&](std::string_view option) { return std::find(given.begin(), given.end(), option) != given.end(); };
  const auto only_with = [&](std::string_view option, bool allowed, const char* with_zh, const char* with_en) {
    if (allowed || !has(option)) return;
    const std::string name(option);
    refuse(name + " 与 --method " + method + " 无关（只用于 " + with_zh + "）",
           name + " says nothing to --method " + method + " (it is of " + with_en + ")", command, language);
  };
  const bool bilateral = meaning.kind == Method::Kind::bilateral;
  const bool dummy = bilateral && meaning.formula == Formula::time_product_dummy_bilateral;
  const bool by_period = bilateral && (meaning.formula == Formula::young || meaning.formula == Formula::lowe);
  only_with("--window", !bilateral, "geks-*、geary-khamis、tpd、wtpd", "geks-*, geary-khamis, tpd, wtpd");
  only_with("--splice", !bilateral, "geks-*、geary-khamis、tpd、wtpd", "geks-*, geary-khamis, tpd, wtpd");
  only_with("--sigma", bilateral && meaning.formula == Formula::lloyd_moulton, "lloyd-moulton", "lloyd-moulton");
  only_with("--weight-period", by_period, "young、lowe", "young, lowe");
  only_with("--weights", dummy || meaning.kind == Method::Kind::time_product_dummy, "tpd、wtpd、time-product-dummy-bilateral",
            "tpd, wtpd, time-product-dummy-bilateral");
  only_with("--bias-adjust", dummy, "time-product-dummy-bilateral", "time-product-dummy-bilateral");
  if (chained && !bilateral)
    refuse("--base chained 不能与多边方法 " + method + " 合用；滚动窗口用 --window",
           "--base chained does not go with the multilateral method " + method + "; for a window that moves on there is --window", command,
           language);
  if (has("--splice") && !has("--window")) refuse("--splice 须与 --window 合用", "--splice goes with --window", command, language);
}

}  // namespace fairprice::cli
