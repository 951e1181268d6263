#include <unistd.h>

#include <CLI/App.hpp>

#include "engine/assessment/category_overrides.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/encoding_notice.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/unreadable_notice.hpp"
#include "engine/fairprice.hpp"
#include "engine/publishing/explanation.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice explain：一个商品结论的全部依据

  fairprice explain SHREDDER-1380 --period 2023-11 --input data/sample/2023-11
  fairprice explain SHREDDER-1380 -p 2023-11 -i data/sample/2023-11 --format json

LISTING 是商品编号。文字可直接放进函件：结论与公式、参照的由来、每个卖家一票、每一来源行及其
文件与行号、筛除与回避的来源、适用的策略条款。读入的数据与 run 相同。

  -p, --period YYYY-MM     月份
  -i, --input DIR          输入文件夹
      --policy NAME|FILE   策略（默认 hubei）
      --format text|json   输出格式（默认 text）
      --raw                保留 = + - @ 之前的单引号
      --threads N          线程数
      --encoding NAME      所有文本文件的编码（默认：按内容识别）
      --mapping FILE       映射文件（默认：输入文件夹里的 mapping.json）

退出状态：0 完成；1 失败（例如没有这个商品）；2 用法错误
)",
    R"(fairprice explain: everything behind the assessment of one listing

  fairprice explain SHREDDER-1380 --period 2023-11 --input data/sample/2023-11
  fairprice explain SHREDDER-1380 -p 2023-11 -i data/sample/2023-11 --format json

LISTING is a listing_id. The text can be pasted into a letter: conclusion and formula, where the reference comes
from, one vote a seller, each source row with file and line, what was screened out or left out as own, and the
policy line that decided. Reads what `run` reads.

  -p, --period YYYY-MM     the month
  -i, --input DIR          the folder with the month's tables
      --policy NAME|FILE   policy (default hubei)
      --format text|json   output (default text)
      --raw                keep a leading ' in front of = + - @
      --threads N          threads
      --encoding NAME      of all text files (default: recognised by content)
      --mapping FILE       mapping file (default: mapping.json of the input folder)

Exit status: 0 done; 1 failed (there is no such listing, for instance); 2 wrong usage
)"};

class ExplainCommand final : public Command {
 public:
  std::string_view name() const override { return "explain"; }
  Text summary() const override { return {"一个商品结论的全部依据", "everything behind the assessment of one listing"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice explain LISTING --period 2023-11 --input DIR"; }

  void declare(CLI::App& app) override {
    app.add_option("listing", listing_);
    app.add_option("-p,--period", period_);
    app.add_option("-i,--input", input_);
    app.add_option("--policy", policy_);
    app.add_option("--format", format_);
    app.add_option("--threads", threads_);
    app.add_flag("--raw", raw_);
    app.add_option("--encoding", encoding_);
    app.add_option("--mapping", mapping_);
  }

  int run(const CommonOptions& common) override {
    const Language language = common.terminal;
    required(listing_, "LISTING", *this, language);
    const Period period = period_of(period_, *this, language);
    required(input_, "--input", *this, language);
    const std::string format = format_of(format_, "text|json", *this, language);
    const int threads = threads_of(threads_, *this, language);
    const rules::PolicySet policy = assessment::with_categories_of(rules::policy_in(policy_of(policy_), period), input_);

    const bool terminal = !common.quiet && may_rewrite_line(STDERR_FILENO);
    RunProgress progress(terminal ? RunProgress::Show::line : RunProgress::Show::nothing, language);
    LoadOptions load;
    load.folder = input_;
    load.period = period;
    load.threads = threads;
    load.raw = raw_;
    load.input = input_of(input_, encoding_, mapping_, false, *this, language, policy.base.currency);
    use_windows(load, policy);
    load.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t whole) { progress.at(stage, done, whole); };
    month_ = load_month(load);
    if (const std::string notice = encoding_notice(*month_, common);
        !notice.empty()) {  // first: the listing may be among the rows that it tells of
      progress.erase();
      write_stream(STDERR_FILENO, notice);
    }
    if (const std::string notice = unreadable_notice(*month_, language); !notice.empty()) {
      progress.erase();
      write_stream(STDERR_FILENO, notice);
    }
    progress.at("assess", 0, 0);
    const assessment::Explanation explanation = explain(*month_, policy, listing_);
    progress.erase();
    if (common.quiet) return kDone;
    write_stream(STDOUT_FILENO, format == "json" ? publishing::explanation_json(explanation, policy)
                                                 : publishing::explanation_text(explanation, policy, language));
    return kDone;
  }

 private:
  std::string listing_, period_, input_, policy_, format_, threads_, encoding_, mapping_;
  bool raw_ = false;
  std::unique_ptr<ingest::Month> month_;  ///< kept until the program ends, see main.cpp
};

}  // namespace

std::unique_ptr<Command> make_explain_command() { return std::make_unique<ExplainCommand>(); }

}  // namespace fairprice::cli
