#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>

#include "engine/base/shipped.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/policy_simulate.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"
#include "rules/policy_diff.hpp"

namespace fairprice::cli {

using publishing::band_words;

namespace {

constexpr Text kHelp{
    R"(fairprice policy：查看与检查策略

  fairprice policy list
  fairprice policy show hubei > my-policy.json
  fairprice policy check my-policy.json
  fairprice policy diff my-policy.json --against hubei
  fairprice policy simulate my-policy.json --against hubei --period 2023-11 --input data/sample/2023-11

list 列出随附的策略；show 原样输出其中一个的 JSON，可改后用 --policy 指定；check 检查一个文件，
一次报告全部错误及其位置，不运行任何评估。diff 列出两个策略不同的设定。simulate 用两个策略评估同一个月，说明改用新策略后哪些结论会改变：
商品数、供应商数、涉及的订单金额，以及受影响最大的供应商和品目各十个；不写任何文件。

      --against NAME|FILE  diff、simulate：与之比较的策略（默认 hubei）
  -p, --period YYYY-MM     simulate：月份
  -i, --input DIR          simulate：输入文件夹
      --threads N          simulate：线程数（默认：本机全部）
      --format table|json  list、diff、simulate 的输出格式（默认 table）

退出状态：0 完成或文件正确；1 文件有错或不存在；2 用法错误
)",
    R"(fairprice policy: look at policies and check them

  fairprice policy list
  fairprice policy show hubei > my-policy.json
  fairprice policy check my-policy.json
  fairprice policy diff my-policy.json --against hubei
  fairprice policy simulate my-policy.json --against hubei --period 2023-11 --input data/sample/2023-11

list names the shipped policies; show prints the JSON of one as it is, to be changed and given to --policy; check reads
a file and reports every mistake with its place, and runs nothing. diff lists what two policies set otherwise. simulate assesses one month under two policies and says what the
new one would change: how many listings, suppliers and how much order money move from which decision to which, with the
ten most affected suppliers and categories. It writes no file.

      --against NAME|FILE  diff, simulate: the policy to compare with (default hubei)
  -p, --period YYYY-MM     simulate: the month
  -i, --input DIR          simulate: the input folder
      --threads N          simulate: threads (default: all of the machine)
      --format table|json  output of list, diff and simulate (default table)

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
    app.add_option("--against", simulate_.against);
    app.add_option("-p,--period", simulate_.period);
    app.add_option("-i,--input", simulate_.input);
    app.add_option("--threads", simulate_.threads);
    app.add_option("--format", format_);
  }

  int run(const CommonOptions& common) override;

 private:
  std::string list(const CommonOptions& common) const;
  std::string described(const rules::PolicySet& set, const CommonOptions& common) const;
  std::string differences(const CommonOptions& common) const;

  std::string action_, name_, format_;
  SimulateArguments simulate_;
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

std::string PolicyCommand::differences(const CommonOptions& common) const {
  const bool zh = common.terminal == Language::zh;
  const auto list = rules::policy_differences(policy_of(simulate_.against).text, policy_of(name_).text);
  if (format_of(format_, "table|json", *this, common.terminal) == "json") {
    publishing::Json json;
    json.begin_array();
    for (const rules::PolicyDifference& one : list) {
      json.begin_object();
      json.member("place", one.place);
      json.member("before", one.before);
      json.member("after", one.after);
      json.end_object();
    }
    json.end_array();
    return std::move(json).str();
  }
  Page page(common.colour_out);
  if (list.empty()) {
    page.line(zh ? "两个策略的设定相同" : "both policies set the same");
    return page.text();
  }
  TextTable table({TextTable::Align::left, TextTable::Align::left, TextTable::Align::left});
  const std::string unset = zh ? "（未设）" : "(not set)";
  table.row({zh ? "位置" : "place", zh ? "原值" : "before", zh ? "新值" : "after"});
  for (const rules::PolicyDifference& one : list)
    table.row({one.place, one.before.empty() ? unset : one.before, one.after.empty() ? unset : one.after});
  table.print(page);
  return page.text();
}

int PolicyCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  std::string output;
  if (action_.empty())
    throw UsageError{
        std::string(Text{"缺少 list、show、check、diff 或 simulate", "list, show, check, diff or simulate is missing"}.in(language)),
        "fairprice policy list"};
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
  } else if (action_ == "diff") {
    if (name_.empty())
      throw UsageError{std::string(Text{"缺少策略", "a policy is missing"}.in(language)), "fairprice policy diff FILE --against hubei"};
    output = differences(common);
  } else if (action_ == "simulate") {
    if (name_.empty())
      throw UsageError{std::string(Text{"缺少新策略", "the new policy is missing"}.in(language)),
                       "fairprice policy simulate FILE --against hubei --period 2023-11 --input DIR"};
    SimulateArguments arguments = simulate_;
    arguments.policy = name_;
    if (!format_.empty()) arguments.format = format_;
    output = policy_simulate(arguments, *this, common);
  } else {
    const auto near = nearest(action_, {"list", "show", "check", "diff", "simulate"});
    std::string what = (language == Language::zh ? "没有这个动作：policy " : "unknown action: policy ") + action_;
    if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
    throw UsageError{what, "fairprice policy list"};
  }
  if (!common.quiet || action_ == "show" || action_ == "diff" || action_ == "simulate") write_stream(STDOUT_FILENO, output);
  return kDone;
}

}  // namespace

std::unique_ptr<Command> make_policy_command() { return std::make_unique<PolicyCommand>(); }

}  // namespace fairprice::cli
