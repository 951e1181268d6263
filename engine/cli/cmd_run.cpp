#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <future>

#include "engine/assessment/category_overrides.hpp"
#include "engine/base/ratio.hpp"
#include "engine/cases/run_event.hpp"
#include "engine/catalogue/suggest_brands.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/encoding_notice.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/ledger_options.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/recorded_text.hpp"
#include "engine/cli/run_screen.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/unreadable_notice.hpp"
#include "engine/fairprice.hpp"
#include "engine/ledger/database.hpp"
#include "engine/ledger/store.hpp"
#include "engine/publishing/tables.hpp"
#include "engine/publishing/write_file.hpp"
#include "engine/review/review_file.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice run：评估一个月的全部商品

  fairprice run --period 2023-11 --input data/sample/2023-11 --output out
  fairprice run -p 2023-11 -i data/sample/2023-11 -o out --policy zhejiang --excel
  fairprice run -p 2023-11 -i data/sample/2023-11 -o out --quiet --max-rejects 1%

读入文件夹里的 listings（必需）、quotes、orders、index 及词典表（csv、tsv，可为 .gz、.zst），
写出 assessments.csv、flagged.csv、rejects.csv、review.csv、orders.csv、overrides.csv、estimates.csv、summary.json。
结果先写在旁边再整体改名；失败或中断时原有结果不变。内存主要取决于报价行数。

  -p, --period YYYY-MM   评估的月份
  -i, --input DIR        输入文件夹
  -o, --output DIR       输出文件夹；已有的须是 fairprice 写的，将被替换
      --policy NAME|FILE 策略：随附的名称或 JSON 文件（默认 hubei；见 fairprice policy list）
      --threads N        线程数（默认：本机全部；结果与线程数无关）
      --max-rejects N|P% 拒收行数超过它则以 3 退出（默认不限；结果仍会写出）
      --timings          把各阶段用时与内存峰值写到标准错误
      --excel            CSV 开头写字节顺序标记，供 Excel 直接打开
      --raw              保留 = + - @ 之前的单引号，不去除
      --encoding NAME    所有文本文件的编码：utf-8、gb18030（gbk）、big5、utf-16le、utf-16be（默认：按内容识别）
      --mapping FILE     映射文件：各文件的编码、分隔符、表头行、列（默认：输入文件夹里的 mapping.json；
                         fairprice ingest 可写出）
      --strict           有文件无法读取时停止，不写结果（默认：略过该文件，警告，写出结果后以 3 退出）
      --review FILE      另写待认定清单（.xlsx 或 .csv）：未识别商品及候选、相似度、依据，按涉及金额排序；
                         填好后用 fairprice match 记录
      --store FILE|URL   台账（SQLite 文件，或 postgresql://……）：记下这次监测，立案并推进案件（见 fairprice case）
      --actor NAME       台账事件的操作人（默认登录名）
      --at TIME          台账事件的时间（默认现在）
      --auto-delist      降价与申诉期限已过而仍超出的案件自动下架；参照存疑、大面积超出、期限为估计的除外
      --suggest-brands FILE  另写词典里没有、但条码或型号与已知品牌相同的品牌写法（只建议，不采用）

退出状态：0 完成；1 失败；2 用法错误；3 完成，但拒收的行超过 --max-rejects，或有文件无法读取
)",
    R"(fairprice run: assess every listing of a month

  fairprice run --period 2023-11 --input data/sample/2023-11 --output out
  fairprice run -p 2023-11 -i data/sample/2023-11 -o out --policy zhejiang --excel
  fairprice run -p 2023-11 -i data/sample/2023-11 -o out --quiet --max-rejects 1%

Reads listings (required), quotes, orders, index and dictionaries from the input folder (csv, tsv, also .gz and .zst);
writes assessments.csv, flagged.csv, rejects.csv, review.csv, orders.csv, overrides.csv, estimates.csv and
summary.json.
Results are written aside and renamed into place: after a failure or Ctrl-C earlier results stand as they were.
Memory grows with the number of quotes.

  -p, --period YYYY-MM   the month to assess
  -i, --input DIR        the folder with the month's tables
  -o, --output DIR       the folder to write; one that is there must be fairprice's own and is replaced
      --policy NAME|FILE a shipped policy or a JSON file (default hubei; see fairprice policy list)
      --threads N        threads (default: all of the machine; the results are the same)
      --max-rejects N|P% exit with 3 when more rows than this are rejected (default: no limit; results are written)
      --timings          seconds per stage and peak memory to standard error
      --excel            a byte order mark in front of each CSV, for Excel
      --raw              keep a leading ' in front of = + - @ instead of removing it
      --encoding NAME    of all text files: utf-8, gb18030 (gbk), big5, utf-16le, utf-16be (default: recognised by content)
      --mapping FILE     encoding, delimiter, heading row and columns of files that need it said (default: mapping.json of
                         the input folder; fairprice ingest writes one)
      --strict           stop when a file cannot be read, and write nothing (default: leave the file out, warn, write the
                         results and exit with 3)
      --review FILE      also write the list for people to fill in (.xlsx or .csv): listings without a product, their candidates,
                         how likely and why, by the money at stake; `fairprice match` records the answers
      --store FILE|URL   a ledger (an SQLite file, or postgresql://…): keep this run there, open cases and carry them on (see
                         fairprice case)
      --actor NAME       who answers for the ledger's events (default the login name)
      --at TIME          the time of the ledger's events (default now)
      --auto-delist      take down what is still too dear when the time to cut and to object is over; never where the reference is
                         in doubt, in a flood, or by an estimated deadline
      --suggest-brands FILE  also write spellings that the dictionary lacks and that share barcodes or models with a brand
                         (proposed, never applied)

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but rejected rows exceed --max-rejects, or a file could not be read
)"};

/// The heading is that of the dictionary `brands` in its first two columns, so that the file may be cut down and used as one.
void write_suggestions(const std::string& path, const ingest::Month& month) {
  const publishing::CsvBuffer rows = publishing::suggested_brand_rows(catalogue::suggest_brands(month));
  publishing::write_file(path, "alias,brand,evidence,count,example\n" + std::string(rows.bytes()));
}

/// `N` or `P%`: what --max-rejects allows.
struct RejectLimit {
  bool set = false;
  bool share = false;
  Ratio value;

  bool exceeded(const RejectedRows& rows) const {
    if (!set) return false;
    const Int128 left = Int128{rows.rejected} * value.denominator * (share ? 100 : 1);
    return left > Int128{value.numerator} * (share ? rows.read : 1);
  }
};

class RunCommand final : public Command {
 public:
  std::string_view name() const override { return "run"; }
  Text summary() const override { return {"评估一个月的全部商品", "assess every listing of a month"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice run --period 2023-11 --input DIR --output DIR"; }

  void declare(CLI::App& app) override {
    app.add_option("-p,--period", period_);
    app.add_option("-i,--input", input_);
    app.add_option("-o,--output", output_);
    app.add_option("--policy", policy_);
    app.add_option("--threads", threads_);
    app.add_option("--max-rejects", max_rejects_);
    app.add_option("--review", review_);
    app.add_option("--suggest-brands", suggest_brands_);
    ledger_.declare(app);
    app.add_flag("--auto-delist", auto_delist_);
    app.add_flag("--timings", timings_);
    app.add_flag("--excel", excel_);
    app.add_flag("--raw", raw_);
    app.add_option("--encoding", encoding_);
    app.add_option("--mapping", mapping_);
    app.add_flag("--strict", strict_);
  }

  int run(const CommonOptions& common) override;

 private:
  RejectLimit reject_limit(Language language) const;

  std::string period_, input_, output_, policy_, threads_, max_rejects_, encoding_, mapping_, suggest_brands_, review_;
  bool timings_ = false, excel_ = false, raw_ = false, strict_ = false, auto_delist_ = false;
  LedgerOptions ledger_;
  Run result_;  ///< kept until the program ends, see main.cpp
};

RejectLimit RunCommand::reject_limit(Language language) const {
  if (max_rejects_.empty()) return {};
  std::string_view digits = max_rejects_;
  const bool share = digits.ends_with('%');
  if (share) digits.remove_suffix(1);
  const auto value = Ratio::parse(digits);
  if (!value || value->numerator < 0 || (!share && digits.find('.') != std::string_view::npos))
    throw UsageError{language == Language::zh
                         ? "--max-rejects 的值 \"" + max_rejects_ + "\" 不对（应为行数如 100，或百分比如 0.5%）"
                         : "--max-rejects: \"" + max_rejects_ + "\" is neither a number of rows nor a share (expected e.g. 100 or 0.5%)",
                     std::string(example())};
  return {true, share, *value};
}

int RunCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  const Period period = period_of(period_, *this, language);
  required(input_, "--input", *this, language);
  required(output_, "--output", *this, language);
  const int threads = threads_of(threads_, *this, language);
  const RejectLimit limit = reject_limit(language);
  const rules::PolicySet as_written = rules::policy_in(policy_of(policy_), period);
  publishing::check_output(output_, input_);
  const rules::PolicySet policy = assessment::with_categories_of(as_written, input_);
  const ledger::Event like = ledger_.event(*this, language);
  if (auto_delist_ && ledger_.store.empty())
    throw UsageError{language == Language::zh ? "--auto-delist 须与 --store 合用" : "--auto-delist goes with --store",
                     std::string(example())};
  std::unique_ptr<ledger::Store> store;  // opened before the work: what is wrong with it is said at once
  if (!ledger_.store.empty()) store = std::make_unique<ledger::Store>(ledger_.store, ledger::Access::write);

  const bool terminal = !common.quiet && may_rewrite_line(STDERR_FILENO);
  RunProgress progress(terminal ? RunProgress::Show::line : RunProgress::Show::nothing, language);
  LoadOptions load;
  load.folder = input_;
  load.period = period;
  load.threads = threads;
  load.raw = raw_;
  load.keep_quotes = false;
  load.input = input_of(input_, encoding_, mapping_, strict_, *this, language, policy.base.currency);
  use_windows(load, policy);
  load.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t whole) { progress.at(stage, done, whole); };
  result_ = run_month(load, policy);
  const std::string notice = encoding_notice(*result_.month, common);
  assessment::warn_of_idle_overrides(policy, *result_.month);

  progress.at("write", 0, 0);
  publishing::Published published;
  cases::Recorded recorded;
  publishing::PublishOptions options;
  options.language = common.files;
  options.excel = excel_;
  options.threads = threads;
  const auto publish = [&] {
    publishing::OutputFolder folder(output_, input_);
    const Interruptible interruptible(folder);
    published = publishing::publish(*result_.month, result_.assessments, policy, options, folder);
    folder.commit();
  };
  if (store) {
    const std::shared_future<std::vector<cases::InputHash>> inputs =
        std::async(std::launch::async, [&] { return cases::hash_inputs(*result_.month, threads); }).share();
    cases::Book book(*store);
    // The files stand in their place before the ledger says so; without the ledger's word the same command does it again.
    book.change([&](ledger::Store::Change& change) {
      recorded =
          cases::record_run(book, *store, change, {like, *result_.month, result_.assessments, policy, inputs, threads, auto_delist_});
      book.flush(change);
      const std::map<std::string, cases::CaseColumns> columns = cases::case_columns(book);
      options.cases = [&](std::string_view listing) {
        std::array<std::string, 5> cells;
        if (const auto found = columns.find(std::string(listing)); found != columns.end())
          cells = {found->second.id, found->second.state, found->second.deadline, found->second.justified_until, ""};
        if (const auto safe = recorded.safe_until.find(std::string(listing)); safe != recorded.safe_until.end()) cells[4] = safe->second;
        return cells;
      };
      publish();
    });
  } else {
    publish();
  }
  if (!review_.empty()) review::write_review(review_, review::review_list(*result_.month, result_.assessments, threads), common.files);
  if (!suggest_brands_.empty()) write_suggestions(suggest_brands_, *result_.month);
  progress.at("report", 0, 0);
  progress.erase();
  write_stream(STDERR_FILENO, notice);
  if (!common.quiet) {
    const RunScreen screen{language, common.colour_out, input_, output_, policy_, store != nullptr};
    write_stream(STDOUT_FILENO, run_screen(result_, policy, published, screen));
    if (store) write_stream(STDOUT_FILENO, recorded_text(recorded, *result_.month, ledger_.store, common));
  }
  if (timings_) write_stream(STDERR_FILENO, progress.timings());
  const RejectedRows rejected = rejected_rows(*result_.month);
  if (const std::string lines = unreadable_notice(*result_.month, language); !lines.empty()) {
    write_stream(STDERR_FILENO, lines);
    return kTooManyRejects;
  }
  if (!limit.exceeded(rejected)) return kDone;
  write_stream(STDERR_FILENO, language == Language::zh
                                  ? "fairprice: 拒收 " + grouped(rejected.rejected) + " 行，超过 --max-rejects " + max_rejects_ +
                                        "；结果已写出，见 rejects.csv\n"
                                  : "fairprice: " + grouped(rejected.rejected) + " rows rejected, more than --max-rejects " + max_rejects_ +
                                        "; the results are written, see rejects.csv\n");
  return kTooManyRejects;
}

}  // namespace

std::unique_ptr<Command> make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace fairprice::cli
