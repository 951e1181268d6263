#include "engine/cli/policy_simulate.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "engine/assessment/simulation.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/fairprice.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::cli {

namespace {

using assessment::Affected;
using assessment::Simulation;
using assessment::Weight;
using publishing::fen_text;
using Align = TextTable::Align;

void put_weight(publishing::Json& json, const Weight& weight) {
  json.key("listings").number(std::to_string(weight.listings));
  json.key("suppliers").number(std::to_string(weight.suppliers));
  json.key("order_value").number(fen_text(weight.order_fen));
}

void put_affected(publishing::Json& json, std::string_view key, std::string_view name, const std::vector<Affected>& list) {
  json.key(key).begin_array();
  for (const Affected& one : list) {
    json.begin_object();
    json.member(name, one.name);
    put_weight(json, one.weight);
    json.key("newly_flagged").number(std::to_string(one.stricter));
    json.key("no_longer_flagged").number(std::to_string(one.milder));
    json.end_object();
  }
  json.end_array();
}

std::string json_text(const Simulation& simulation, const std::string& before, const std::string& after) {
  publishing::Json json;
  json.begin_object();
  json.member("before", before);
  json.member("after", after);
  json.key("listings").number(std::to_string(simulation.listings));
  json.key("changed").number(std::to_string(simulation.changed));
  json.key("same_decision_other_fair_price").number(std::to_string(simulation.other_fair_price));
  json.key("movements").begin_array();
  for (const assessment::Movement& movement : simulation.movements) {
    json.begin_object();
    json.member("from", rules::decision_name(movement.from));
    json.member("to", rules::decision_name(movement.to));
    put_weight(json, movement.weight);
    json.end_object();
  }
  json.end_array();
  put_affected(json, "most_affected_suppliers", "supplier_id", simulation.suppliers);
  put_affected(json, "most_affected_categories", "category", simulation.categories);
  json.end_object();
  return std::move(json).str();
}

class Report {
 public:
  Report(const CommonOptions& common, const Simulation& simulation)
      : language_(common.terminal), page_(common.colour_out), one_(simulation) {}

  std::string text(const std::string& before, const std::string& after, const std::string& period) {
    page_.line(fmt::format(fmt::runtime(say({"{}：策略 {} 换为 {}，{} 个商品中 {} 个的结论改变",
                                             "{}: policy {} replaced by {}, {} listings, {} of them decided otherwise"})),
                           period, before, after, grouped(one_.listings), grouped(one_.changed)),
               Style::bold);
    if (one_.other_fair_price > 0)
      page_.line(fmt::format(
          fmt::runtime(say({"另有 {} 个结论不变，但合理区间上限不同", "{} more keep their decision but get another highest fair price"})),
          grouped(one_.other_fair_price)));
    page_.line();
    movements();
    affected({"受影响最大的供应商", "most affected suppliers"}, one_.suppliers);
    affected({"受影响最大的品目", "most affected categories"}, one_.categories);
    return page_.text();
  }

 private:
  std::string say(Text text) const { return std::string(text.in(language_)); }

  void movements() {
    TextTable table({Align::left, Align::left, Align::right, Align::right, Align::right});
    table.row({say({"原结论", "before"}), say({"新结论", "after"}), say({"商品", "listings"}), say({"供应商", "suppliers"}),
               say({"涉及订单金额", "value of orders"})});
    for (const assessment::Movement& movement : one_.movements)
      table.row({std::string(publishing::decision_words(movement.from, language_)),
                 movement.from == movement.to ? say({"不变", "the same"}) : std::string(publishing::decision_words(movement.to, language_)),
                 grouped(movement.weight.listings), grouped(movement.weight.suppliers), fen_text(movement.weight.order_fen)});
    table.print(page_);
  }

  void affected(Text title, const std::vector<Affected>& list) {
    if (list.empty()) return;
    page_.line();
    TextTable table({Align::left, Align::right, Align::right, Align::right, Align::right});
    table.row({say(title), say({"结论改变", "decided otherwise"}), say({"新被标记", "newly flagged"}),
               say({"不再标记", "no longer flagged"}), say({"涉及订单金额", "value of orders"})});
    for (const Affected& one : list)
      table.row({one.name.empty() ? say({"（无品目）", "(no category)"}) : one.name, grouped(one.weight.listings), grouped(one.stricter),
                 grouped(one.milder), fen_text(one.weight.order_fen)});
    table.print(page_);
  }

  Language language_;
  Page page_;
  const Simulation& one_;
};

}  // namespace

std::string policy_simulate(const SimulateArguments& arguments, const Command& command, const CommonOptions& common) {
  const Language language = common.terminal;
  const std::string format = format_of(arguments.format, "table|json", command, language);
  const Period period = period_of(arguments.period, command, language);
  required(arguments.input, "--input", command, language);
  const int threads = threads_of(arguments.threads, command, language);
  const rules::PolicySet before = resolve_categories(rules::policy_in(policy_of(arguments.against), period), arguments.input);
  const rules::PolicySet after = resolve_categories(rules::policy_in(policy_of(arguments.policy), period), arguments.input);
  if (before.base.currency != after.base.currency)
    throw FatalError(
        "两个策略的货币不同（" + before.base.currency + "、" + after.base.currency + "），无法比较",
        "the policies are of different currencies (" + before.base.currency + ", " + after.base.currency + "): not comparable");

  RunProgress progress(!common.quiet && may_rewrite_line(STDERR_FILENO) ? RunProgress::Show::line : RunProgress::Show::nothing, language);
  LoadOptions load;
  load.folder = arguments.input;
  load.period = period;
  load.threads = threads;
  load.input = input_of(arguments.input, "", "", true, command, language, before.base.currency);
  use_windows(load, before);
  LoadOptions other = load;
  use_windows(other, after);
  load.orders_months = std::max(load.orders_months, other.orders_months);
  load.index_months = std::max(load.index_months, other.index_months);
  load.level_months = std::max(load.level_months, other.level_months);
  load.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t whole) { progress.at(stage, done, whole); };
  const auto month = load_month(load);
  const auto old = assess(*month, before, threads, load.progress, false);
  const auto now = assess(*month, after, threads, load.progress, false);
  const Simulation simulation = assessment::compare_policies(*month, old, now, before.base.windows.orders_months);
  progress.erase();
  if (format == "json") return json_text(simulation, before.base.name, after.base.name);
  return Report(common, simulation).text(before.base.name, after.base.name, period.to_string());
}

}  // namespace fairprice::cli
