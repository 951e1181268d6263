#include "engine/cli/index_build.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <set>
#include <tuple>

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

struct MonthFolder {
  Period period;
  std::string path;
};

/// `2023-13`, `2023-01-old`: meant for a month perhaps, but none.
bool looks_like_month(const std::string& name) {
  const auto digit = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
  return digit(0) && digit(1) && digit(2) && digit(3) && (name.size() > 4);
}

/// The folder's months, 2023-01 …, in order; `passed_over`: the folders whose names are no month though they look like one.
std::vector<MonthFolder> months_of(const BuildArguments& arguments, const Command& command, Language language,
                                   std::vector<std::string>& passed_over) {
  const std::string& input = arguments.input;
  std::optional<Period> from, to;
  if (!arguments.from.empty()) from = period_of(arguments.from, command, language, "--from");
  if (!arguments.to.empty()) to = period_of(arguments.to, command, language, "--to");
  if (from && to && *from > *to)
    throw UsageError{fmt::format(fmt::runtime(language == Language::zh ? "--from {} 在 --to {} 之后" : "--from {} is after --to {}"),
                                 from->to_string(), to->to_string()),
                     std::string(kExample) + " --from " + to->to_string() + " --to " + from->to_string()};
  std::error_code error;
  std::vector<MonthFolder> months;
  std::filesystem::directory_iterator entry(input, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::error_code unreadable;
    const std::string name = entry->path().filename().string();
    if (!std::filesystem::is_directory(entry->path(), unreadable) && !unreadable) continue;
    const auto period = Period::parse(name);
    const bool asked = period && (!from || *period >= *from) && (!to || *period <= *to);
    if (asked && unreadable)
      throw FatalError(
          entry->path().string() + "：无法读取该文件夹（" + unreadable.message() + "）；请检查路径与权限",
          entry->path().string() + ": the folder cannot be read (" + unreadable.message() + "): check the path and its rights");
    if (!period && looks_like_month(name)) passed_over.push_back(name);
    if (asked) months.push_back({*period, entry->path().string()});
  }
  if (error)
    throw FatalError(input + "：无法读取该文件夹（" + error.message() + "）；请检查路径与权限",
                     input + ": the folder cannot be read (" + error.message() + "): check the path and its rights");
  std::sort(passed_over.begin(), passed_over.end());
  std::sort(months.begin(), months.end(),
            [](const MonthFolder& a, const MonthFolder& b) { return std::tie(a.period, a.path) < std::tie(b.period, b.path); });
  const auto twice = std::adjacent_find(months.begin(), months.end(), [](const auto& a, const auto& b) { return a.period == b.period; });
  if (twice != months.end())
    throw FatalError(fmt::format("{} 与 {} 是同一个月；请去掉一个", twice->path, (twice + 1)->path),
                     fmt::format("{} and {} are the same month: take one away", twice->path, (twice + 1)->path));
  if (months.empty())
    throw FatalError(input + "：没有所选月份的文件夹（2023-01、2023-02……，各放一个月的表）",
                     input + ": holds no folder of a month asked for (2023-01, 2023-02 …, each with the tables of that month)");
  return months;
}

/// What the reader should know of, though it stops nothing.
std::string notices(const own_index::History& history, const std::vector<std::string>& passed_over, bool revise, Language language) {
  const bool zh = language == Language::zh;
  std::string text;
  for (const std::string& name : passed_over)
    text += fmt::format(fmt::runtime(zh ? "文件夹 {} 不是月份，未读；应为 2023-01 这样的名称\n"
                                        : "folder {} is no month and was not read: name it like 2023-01\n"),
                        name);
  for (const auto& month : history.months())
    if (std::none_of(month.products.begin(), month.products.end(),
                     [](const auto& one) { return one.state != own_index::ProductMonth::State::no_seller; }))
      text += fmt::format(fmt::runtime(zh ? "{} 没有可用的报价\n" : "{} has no quote that can be used\n"), month.period.to_string());
  if (revise) return text;
  constexpr std::size_t kExamples = 3;
  const auto& restated = history.restated();
  for (std::size_t i = 0; i < std::min(restated.size(), kExamples); ++i)
    text += fmt::format(fmt::runtime(zh ? "{} {} 的自有指数，{} 与 {} 的表不一致：以后者为准\n"
                                        : "own index of {} {}: the tables of {} and {} differ, the latter's counts\n"),
                        restated[i].period.to_string(), restated[i].what, restated[i].before.to_string(), restated[i].now.to_string());
  if (restated.size() > kExamples)
    text += fmt::format(fmt::runtime(zh ? "这样的不一致共 {} 处\n" : "there are {} such differences\n"), restated.size());
  return text;
}

std::string report(const own_index::History& history, const own_index::OwnIndex& index, Language language) {
  std::size_t prices = 0;
  std::size_t levels = 0;
  std::size_t without = 0;
  for (const auto& month : history.months())
    for (const auto& one : month.products) prices += one.state == own_index::ProductMonth::State::priced ? 1 : 0;
  std::set<Period> read;
  for (const auto& month : history.months()) read.insert(month.period);
  for (const auto& one : index.categories)
    if (read.contains(one.period)) (one.level >= 0 ? levels : without) += 1;
  const std::string first = history.months().front().period.to_string();
  const std::string last = history.months().back().period.to_string();
  if (language == Language::zh)
    return fmt::format("{} 至 {}（{} 个月）：指数价格 {} 个，品目指数 {} 个；{} 个品目月份没有指数\n", first, last, history.months().size(),
                       prices, levels, without);
  return fmt::format("{} to {} ({} months): {} index prices, {} category levels; {} months of categories without a level\n", first, last,
                     history.months().size(), prices, levels, without);
}

/// Whether both names lead to one file, there already or not. `-` is standard output.
bool same_file(const std::string& one, const std::string& other) {
  const bool to_stdout = other.empty() || other == "-";
  if (to_stdout || one == "-") return to_stdout && one == "-";
  std::error_code error;
  const auto place = [&](const std::string& name) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(publishing::behind_links(name), error), error);
  };
  return place(one) == place(other);
}

/// Errors say which month they are of: tables have the same names in all.
template <class Read>
void in_folder(const std::string& folder, Read read) {
  try {
    read();
  } catch (const FatalError& error) {
    const std::string name = std::filesystem::path(folder).filename().string() + "/";
    if (error.message(Language::en).starts_with(folder)) throw;
    throw FatalError(name + error.message(Language::zh), name + error.message(Language::en));
  }
}

}  // namespace

int index_build(const BuildArguments& arguments, const Command& command, const CommonOptions& common) {
  const Language language = common.terminal;
  if (arguments.input.empty())
    throw UsageError{
        std::string(Text{"缺少 --input（月份文件夹所在的文件夹）", "--input is missing (the folder that holds the months)"}.in(language)),
        std::string(kExample)};
  own_index::Rules rules;
  if (!arguments.sellers.empty()) rules.sellers = count_of(arguments.sellers, "--sellers", 1, language);
  if (!arguments.matched.empty()) rules.matched = count_of(arguments.matched, "--matched", 1, language);
  if (!arguments.clearance.empty()) read_clearance(arguments.clearance, rules, language);
  const int threads = threads_of(arguments.threads, command, language);
  const rules::PolicySet as_written = policy_of(arguments.policy);
  std::vector<std::string> passed_over;
  const std::vector<MonthFolder> months = months_of(arguments, command, language, passed_over);
  if (!arguments.quality.empty() && same_file(arguments.quality, arguments.output))
    throw UsageError{language == Language::zh ? "--quality 与 --output 是同一个文件 " + arguments.quality
                                              : "--quality and --output are the same file " + arguments.quality,
                     std::string(kExample) + " --quality quality.csv"};

  const bool terminal = !common.quiet && may_rewrite_line(STDERR_FILENO);
  RunProgress progress(terminal ? RunProgress::Show::line : RunProgress::Show::nothing, language);
  own_index::History history(rules);
  std::int64_t rejected = 0;
  for (const MonthFolder& folder : months)
    in_folder(folder.path, [&] {
      LoadOptions load;
      load.folder = folder.path;
      load.period = folder.period;
      load.threads = threads;
      load.orders_months = rules.best_months;
      load.listings_optional = true;
      load.own_index_teaches = false;
      load.input = input_of(folder.path, "", "", true, command, language, as_written.base.currency);
      load.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t whole) { progress.at(stage, done, whole); };
      const rules::PolicySet policy = assessment::with_categories_of(rules::policy_in(as_written, folder.period), folder.path);
      const auto month = load_month(load);
      history.add(*month, policy, threads);
      for (const auto& [table, file] : month->tables) rejected += file.counts.rejected;
    });
  progress.erase();
  const own_index::OwnIndex index = own_index::build_index(history, arguments.revise);
  const publishing::CsvBuffer rows = own_index_rows(history, index, arguments.revise);
  if (arguments.quality == "-")
    write_stream(STDOUT_FILENO, own_index_quality(history, index).bytes());
  else if (!arguments.quality.empty())
    publishing::write_file(arguments.quality, own_index_quality(history, index).bytes());
  if (arguments.output.empty() || arguments.output == "-")
    write_stream(STDOUT_FILENO, rows.bytes());
  else
    publishing::write_file(arguments.output, rows.bytes());
  if (!common.quiet) {
    write_stream(STDERR_FILENO, notices(history, passed_over, arguments.revise, language));
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
