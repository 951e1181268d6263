#include <unistd.h>

#include <CLI/App.hpp>
#include <charconv>

#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/diff_text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/ledger/database.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice diff：比较台账中的两次监测

  fairprice diff 2023-10 2023-11 --store fairprice.db
  fairprice diff 2023-11 --revision 1..2 --store fairprice.db
  fairprice diff 2023-10 2023-11 --store fairprice.db --format csv --output changes.csv

两个月份各取最后一版；--revision 比较同一月份的两版（更正前后）。先列新被标记的商品，再列不再标记的、其他结论变化、
价格变化、上架与下架。价格按基本单位比较。

      --store FILE|URL     台账
      --revision A..B      同一月份的两版
      --limit N            表中列出的商品数（默认 20；csv、json 全部列出）
      --format table|json|csv  输出格式（默认 table）
      --threads N          线程数（默认：本机全部）
  -o, --output FILE        写入文件（默认标准输出）

退出状态：0 完成；1 失败；2 用法错误
)",
    R"(fairprice diff: compare two runs of the ledger

  fairprice diff 2023-10 2023-11 --store fairprice.db
  fairprice diff 2023-11 --revision 1..2 --store fairprice.db
  fairprice diff 2023-10 2023-11 --store fairprice.db --format csv --output changes.csv

Of two months the last revision of each; --revision compares two of one month, before and after a correction. What is newly flagged
comes first, then what is no longer, other decisions, prices, what came and went. Prices are compared per base unit.

      --store FILE|URL     the ledger
      --revision A..B      two revisions of one month
      --limit N            listings that the table shows (default 20; csv and json have all)
      --format table|json|csv  output (default table)
      --threads N          threads (default: all of the machine)
  -o, --output FILE        write there (default standard output)

Exit status: 0 done; 1 failed; 2 wrong usage
)"};

class DiffCommand final : public Command {
 public:
  std::string_view name() const override { return "diff"; }
  Text summary() const override { return {"比较台账中的两次监测", "compare two runs of the ledger"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice diff 2023-10 2023-11 --store fairprice.db"; }

  void declare(CLI::App& app) override {
    app.add_option("before", before_);
    app.add_option("now", now_);
    app.add_option("--store", store_);
    app.add_option("--revision", revision_);
    app.add_option("--limit", limit_);
    app.add_option("--format", format_);
    app.add_option("--threads", threads_);
    app.add_option("-o,--output", output_);
  }

  int run(const CommonOptions& common) override;

 private:
  /// Revision 0: the last one.
  struct Wanted {
    std::string period;
    int revision = 0;
  };
  std::pair<Wanted, Wanted> wanted(Language language) const;
  int number_of(std::string_view text, const char* option, Language language) const;

  std::string before_, now_, store_, revision_, limit_, format_, threads_, output_;
};

int DiffCommand::number_of(std::string_view text, const char* option, Language language) const {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1)
    throw UsageError{std::string(option) + (language == Language::zh ? " 的值 \"" + std::string(text) + "\" 不是正整数"
                                                                     : ": \"" + std::string(text) + "\" is no whole number above 0"),
                     std::string(example())};
  return number;
}

std::pair<DiffCommand::Wanted, DiffCommand::Wanted> DiffCommand::wanted(Language language) const {
  const bool zh = language == Language::zh;
  const std::string before = period_of(before_, *this, language).to_string();
  if (revision_.empty()) {
    if (now_.empty())
      throw UsageError{zh ? "缺少第二个月份，或 --revision A..B" : "the second month is missing, or --revision A..B",
                       std::string(example())};
    return {{before, 0}, {period_of(now_, *this, language).to_string(), 0}};
  }
  if (!now_.empty())
    throw UsageError{zh ? "--revision 只比较一个月份的两版" : "--revision compares two revisions of one month", std::string(example())};
  const std::size_t dots = revision_.find("..");
  if (dots == std::string::npos)
    throw UsageError{zh ? "--revision 的值 " + revision_ + " 不对（应如 1..2）" : "--revision " + revision_ + " should be e.g. 1..2",
                     std::string(example())};
  const std::string_view text = revision_;
  return {{before, number_of(text.substr(0, dots), "--revision", language)},
          {before, number_of(text.substr(dots + 2), "--revision", language)}};
}

int DiffCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  const std::pair<Wanted, Wanted> asked = wanted(language);
  required(store_, "--store", *this, language);
  const std::string format = format_of(format_, "table|json|csv", *this, language);
  const int threads = threads_of(threads_, *this, language);
  const std::size_t most = limit_.empty() ? 20 : static_cast<std::size_t>(number_of(limit_, "--limit", language));
  ledger::Store store(store_, ledger::Access::read);
  cases::Book book(store);
  DiffNames names;
  cases::PriceTable before, now;
  store.read([&] {
    const std::vector<cases::RunRecord> runs = book.runs();
    const auto table = [&](const Wanted& one, std::string& shown) {
      const cases::RunRecord* found = nullptr;
      for (const cases::RunRecord& run : runs)
        if (run.period == one.period && (one.revision == 0 || run.revision == one.revision)) found = &run;
      if (found == nullptr) {
        const std::string what = one.period + (one.revision > 0 ? "/" + std::to_string(one.revision) : "");
        std::string there;
        for (const cases::RunRecord& run : runs) there += (there.empty() ? "" : ", ") + run.period + "/" + std::to_string(run.revision);
        throw FatalError(store.shown() + "：台账中没有 " + what + " 的监测（现有：" + there + "）",
                         store.shown() + ": the ledger has no run of " + what + " (there are: " + there + ")");
      }
      shown = found->period + "/" + std::to_string(found->revision);
      return cases::read_prices(store, *found, threads);
    };
    before = table(asked.first, names.before);
    now = table(asked.second, names.now);
  });
  const std::string text = diff_text(cases::compare_runs(before, now), names, format, most, common);
  if (output_.empty() || output_ == "-")
    write_stream(STDOUT_FILENO, text);
  else
    publishing::write_file(output_, text);
  return kDone;
}

}  // namespace

std::unique_ptr<Command> make_diff_command() { return std::make_unique<DiffCommand>(); }

}  // namespace fairprice::cli
