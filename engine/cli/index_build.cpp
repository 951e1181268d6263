#include "engine/cli/index_build.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>

#include "engine/assessment/category_overrides.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/fairprice.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

constexpr std::string_view kExample = "fairprice index build --input history --output index-own.csv";

int count_of(const std::string& value, std::string_view option, int least, Language language) {
  int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc() && end == value.data() + value.size() && number >= least && number <= 1'000'000) return number;
  throw UsageError{language == Language::zh ? fmt::format("{} 的值 \"{}\" 不对（应为不小于 {} 的整数）", option, value, least)
                                            : fmt::format("{}: \"{}\" is no whole number of at least {}", option, value, least),
                   std::string(kExample)};
}

/// `0.7,0.5`: shares of price and sales below which a product is being cleared out; `none`.
void read_clearance(const std::string& value, own_index::Rules& rules, Language language) {
  if (value == "none") {
    rules.clearance_price = {0, 0};
    return;
  }
  const std::size_t comma = value.find(',');
  const Ratio price = Ratio::parse(value.substr(0, comma)).value_or(Ratio{-1, 1});
  const Ratio sales = Ratio::parse(comma == std::string::npos ? "" : value.substr(comma + 1)).value_or(Ratio{-1, 1});
  const auto is_share = [](Ratio share) { return share.numerator > 0 && share.numerator <= share.denominator; };
  if (!is_share(price) || !is_share(sales))
    throw UsageError{language == Language::zh
                         ? "--clearance 的值 \"" + value + "\" 不对（应为两个 0 与 1 之间的比例，如 0.7,0.5，或 none）"
                         : "--clearance: \"" + value + "\" is not two shares between 0 and 1 (expected e.g. 0.7,0.5, or none)",
                     std::string(kExample)};
  rules.clearance_price = price;
  rules.clearance_sales = sales;
}

/// The folder's months, 2023-01 …, in order.
std::vector<std::pair<Period, std::string>> months_of(const BuildArguments& arguments, const Command& command, Language language) {
  const std::string& input = arguments.input;
  std::optional<Period> from, to;
  if (!arguments.from.empty()) from = period_of(arguments.from, command, language);
  if (!arguments.to.empty()) to = period_of(arguments.to, command, language);
  std::error_code error;
  std::vector<std::pair<Period, std::string>> months;
  for (const auto& entry : std::filesystem::directory_iterator(input, error)) {
    const std::string name = entry.path().filename().string();
    const auto period = Period::parse(name);
    if (!period || period->to_string() != name || !entry.is_directory()) continue;
    if ((!from || *period >= *from) && (!to || *period <= *to)) months.emplace_back(*period, entry.path().string());
  }
  if (error)
    throw FatalError(input + "：打不开这个文件夹（" + error.message() + "）",
                     input + ": cannot open this folder (" + error.message() + ")");
  if (months.empty())
    throw FatalError(input + "：没有月份文件夹（2023-01、2023-02……，各放一个月的表）",
                     input + ": holds no folder of a month (2023-01, 2023-02 …, each with the tables of that month)");
  std::sort(months.begin(), months.end());
  return months;
}

std::string report(const own_index::History& history, const own_index::OwnIndex& index, Language language) {
  std::size_t prices = 0;
  std::size_t levels = 0;
  std::size_t without = 0;
  for (const auto& month : history.months())
    for (const auto& one : month.products) prices += one.state == own_index::ProductMonth::State::priced ? 1 : 0;
  for (const auto& one : index.categories) (one.level >= 0 ? levels : without) += 1;
  const std::string first = history.months().front().period.to_string();
  const std::string last = history.months().back().period.to_string();
  if (language == Language::zh)
    return fmt::format("{} 至 {}（{} 个月）：指数价格 {} 个，品目指数 {} 个；{} 个品目月份没有指数\n", first, last, history.months().size(),
                       prices, levels, without);
  return fmt::format("{} to {} ({} months): {} index prices, {} category levels; {} months of categories without a level\n", first, last,
                     history.months().size(), prices, levels, without);
}

}  // namespace

int index_build(const BuildArguments& arguments, const Command& command, const CommonOptions& common) {
  const Language language = common.terminal;
  if (arguments.input.empty())
    throw UsageError{
        std::string(Text{"缺少 --input（月份文件夹所在的文件夹）", "--input is missing (the folder that holds the months)"}.in(language)),
        std::string(kExample)};
  own_index::Rules rules;
  rules.sellers = count_of(arguments.sellers, "--sellers", 1, language);
  rules.matched = count_of(arguments.matched, "--matched", 1, language);
  read_clearance(arguments.clearance, rules, language);
  const int threads = threads_of(arguments.threads, command, language);
  const rules::PolicySet as_written = policy_of(arguments.policy);
  const auto months = months_of(arguments, command, language);

  const bool terminal = !common.quiet && may_rewrite_line(STDERR_FILENO);
  RunProgress progress(terminal ? RunProgress::Show::line : RunProgress::Show::nothing, language);
  own_index::History history(rules);
  std::int64_t rejected = 0;
  for (const auto& [period, folder] : months) {
    LoadOptions load;
    load.folder = folder;
    load.period = period;
    load.threads = threads;
    load.orders_months = rules.best_months;
    load.listings_optional = true;
    load.input = input_of(folder, "", "", true, command, language, as_written.base.currency);
    load.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t whole) { progress.at(stage, done, whole); };
    const rules::PolicySet policy = assessment::with_categories_of(as_written, folder);
    const auto month = load_month(load);
    history.add(*month, policy, threads);
    for (const auto& [table, file] : month->tables) rejected += file.counts.rejected;
  }
  progress.erase();
  const own_index::OwnIndex index = own_index::build_index(history, arguments.revise);
  const publishing::CsvBuffer rows = own_index_rows(history, index, arguments.revise);
  if (!arguments.quality.empty()) publishing::write_file(arguments.quality, own_index_quality(history, index).bytes());
  if (arguments.output.empty() || arguments.output == "-")
    write_stream(STDOUT_FILENO, rows.bytes());
  else
    publishing::write_file(arguments.output, rows.bytes());
  if (!common.quiet) {
    if (rejected > 0)
      write_stream(STDERR_FILENO,
                   fmt::format(fmt::runtime(language == Language::zh
                                                ? "各月共有 {} 行不能采用；见各月 fairprice run 写出的 rejects.csv\n"
                                                : "{} rows of the months could not be used: see rejects.csv of each month's run\n"),
                               rejected));
    write_stream(STDERR_FILENO, report(history, index, language));
  }
  return kDone;
}

}  // namespace fairprice::cli
