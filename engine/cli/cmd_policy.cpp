#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>

#include "engine/base/shipped.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

using publishing::band_words;

namespace {

constexpr Text kHelp{
    R"(fairprice policy：查看与检查策略

  fairprice policy list
  fairprice policy show hubei > my-policy.json
  fairprice policy check my-policy.json

list 列出随附的策略；show 原样输出其中一个的 JSON，可改后用 --policy 指定；check 检查一个文件，
一次报告全部错误及其位置，不运行任何评估。

      --format table|json  list 的输出格式（默认 table）

退出状态：0 完成或文件正确；1 文件有错或不存在；2 用法错误
)",
    R"(fairprice policy: look at policies and check them

  fairprice policy list
  fairprice policy show hubei > my-policy.json
  fairprice policy check my-policy.json

list names the shipped policies; show prints the JSON of one as it is, to be changed and given to --policy; check reads
a file and reports every mistake with its place, and runs nothing.

      --format table|json  output of list (default table)

Exit status: 0 done, or the file is right; 1 the file has mistakes or is not there; 2 wrong usage
)"};

class PolicyCommand final : public Command {
 public:
  std::string_view name() const override { return "policy"; }
  Text summary() const override { return {"查看与检查策略", "look at policies and check them"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice policy list"; }

  void declare(CLI::App& app) override {
    app.add_option("action", action_);
    app.add_option("name", name_);
    app.add_option("--format", format_);
  }

  int run(const CommonOptions& common) override;

 private:
  std::string list(const CommonOptions& common) const;
  std::string described(const rules::PolicySet& set, const CommonOptions& common) const;

  std::string action_, name_, format_;
};

std::string decisions_text(const rules::Policy& policy, Language language) {
  std::string text;
  for (std::size_t i = 0; i < policy.bands.size(); ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : "; ", band_words(policy, i, language), decision_name(policy.bands[i].decision));
  return text;
}

std::string ladder_text(const rules::Policy& policy) {
  std::string text;
  for (std::size_t i = 0; i < policy.ladder.size(); ++i) {
    const rules::Rung& rung = policy.ladder[i];
    std::string what;
    if (rung.population != rules::Population::none) {
      what = std::string(population_name(rung.population));
    } else {
      for (const rules::Indicator indicator : rung.indicators) what += (what.empty() ? "" : "+") + std::string(indicator_name(indicator));
    }
    const bool bare = rung.population == rules::Population::none && !rung.has_statistic;
    text += fmt::format("{}{}:{}", i == 0 ? "" : "  ", i + 1, bare ? what : rung.statistic.to_string() + "(" + what + ")");
  }
  return text;
}

std::string PolicyCommand::list(const CommonOptions& common) const {
  const bool zh = common.terminal == Language::zh;
  if (format_of(format_, "table|json", *this, common.terminal) == "json") {
    publishing::Json json;
    json.begin_array();
    for (const std::string& name : rules::shipped_policy_names()) {
      const rules::Policy policy = rules::shipped_policy(name).base;
      json.begin_object();
      json.member("name", policy.name);
      json.member("description_zh", policy.description_zh);
      json.member("description_en", policy.description_en);
      json.member("source", policy.source);
      json.end_object();
    }
    json.end_array();
    return std::move(json).str();
  }
  Page page(common.colour_out);
  TextTable table({TextTable::Align::left, TextTable::Align::left, TextTable::Align::left});
  table.row({zh ? "策略" : "policy", zh ? "合理" : "within range", zh ? "参照阶梯" : "ladder"});
  for (const std::string& name : rules::shipped_policy_names()) {
    const rules::Policy policy = rules::shipped_policy(name).base;
    table.row({name, band_words(policy, 0, common.terminal), ladder_text(policy)});
  }
  table.print(page);
  page.line();
  page.line(zh ? "  查看一个：fairprice policy show hubei" : "  One of them: fairprice policy show hubei");
  return page.text();
}

std::string PolicyCommand::described(const rules::PolicySet& set, const CommonOptions& common) const {
  const bool zh = common.terminal == Language::zh;
  Page page(common.colour_out);
  page.line(zh ? fmt::format("{}：策略 {} 没有错误", name_, set.base.name)
               : fmt::format("{}: policy {} has no mistakes", name_, set.base.name));
  page.line("  " + ladder_text(set.base));
  page.line("  " + decisions_text(set.base, common.terminal));
  for (const auto& [category, policy] : set.by_category) page.line("  " + category + ": " + decisions_text(policy, common.terminal));
  return page.text();
}

int PolicyCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  std::string output;
  if (action_.empty())
    throw UsageError{std::string(Text{"缺少 list、show 或 check", "list, show or check is missing"}.in(language)), "fairprice policy list"};
  if (action_ == "list") {
    if (!name_.empty())
      throw UsageError{(language == Language::zh ? "多余的参数 " : "unexpected argument ") + name_, "fairprice policy list"};
    output = list(common);
  } else if (action_ == "show") {
    if (name_.empty())
      throw UsageError{std::string(Text{"缺少策略名称", "the name of a policy is missing"}.in(language)), "fairprice policy show hubei"};
    output = policy_of(name_).text;
  } else if (action_ == "check") {
    if (name_.empty())
      throw UsageError{std::string(Text{"缺少策略文件", "a policy file is missing"}.in(language)), "fairprice policy check FILE"};
    output = described(policy_of(name_), common);
  } else {
    const auto near = nearest(action_, {"list", "show", "check"});
    std::string what = (language == Language::zh ? "没有这个动作：policy " : "unknown action: policy ") + action_;
    if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
    throw UsageError{what, "fairprice policy list"};
  }
  if (!common.quiet || action_ == "show") write_stream(STDOUT_FILENO, output);
  return kDone;
}

}  // namespace

std::unique_ptr<Command> make_policy_command() { return std::make_unique<PolicyCommand>(); }

}  // namespace fairprice::cli
