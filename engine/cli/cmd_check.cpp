#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>

#include "engine/assessment/category_overrides.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/check_screen.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/encoding_notice.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/question_file.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/fairprice.hpp"
#include "engine/publishing/assessment_json.hpp"
#include "engine/publishing/assessment_row.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice check：供应商上架前自查价格

  fairprice check --input-month data/sample/2023-11 --period 2023-11 --brand 科密 --model 3868 --price 1380
  fairprice check --input-month data/sample/2023-11 -p 2023-11 --input my-prices.csv --supplier S001 --format csv

把价格当作一个商品，与该月的市场证据比较；它不成为任何参照的来源。给出 --supplier 时，该供应商
（及其集团、店铺）自己的成交与报价不计入；不给则按从未供货的新供应商回答。

      --input-month DIR  该月的输入文件夹
  -p, --period YYYY-MM   月份
      --brand B          品牌；与 --model 合用
      --model M          型号
      --barcode C        商品条码，可代替品牌与型号
      --title T          商品名称
      --price P          价格（元）
      --supplier S       供应商编号
      --category C       品目
      --spec T           规格参数
      --unit U           单位
      --pack-size N      包装数量
      --promised-discount D  承诺折扣率
  -i, --input FILE       多个商品：csv 或 tsv，列同 listings，只有价格必需；- 为标准输入
      --policy NAME|FILE 策略（默认 hubei）
      --format table|json|csv  输出格式（默认 table；csv 与 json 的列同 assessments.csv）
      --threads N        线程数

退出状态：0 合理；10 举证；11 降价或下架；12 无参照；13 数据存疑；1 失败或有行不能理解；2 用法错误。
文件取 11、10、13、12、0 中最先出现的一个。
)",
    R"(fairprice check: a supplier's own prices, before they are listed

  fairprice check --input-month data/sample/2023-11 --period 2023-11 --brand 科密 --model 3868 --price 1380
  fairprice check --input-month data/sample/2023-11 -p 2023-11 --input my-prices.csv --supplier S001 --format csv

Compares a price with the month's market evidence as if it were a listing; it becomes a source for nothing.
With --supplier that supplier's own sales and quotes (its group's and its shops' too) are left out; without it
the answer is for a newcomer who has sold nothing.

      --input-month DIR  the folder with the month's tables
  -p, --period YYYY-MM   the month
      --brand B          brand, together with --model
      --model M          model
      --barcode C        barcode, may stand for brand and model
      --title T          title
      --price P          price in yuan
      --supplier S       supplier_id
      --category C       category
      --spec T           specification
      --unit U           unit
      --pack-size N      pack size
      --promised-discount D  promised discount
  -i, --input FILE       many listings: csv or tsv with the columns of listings, only the price required; - is stdin
      --policy NAME|FILE policy (default hubei)
      --format table|json|csv  output (default table; csv and json have the columns of assessments.csv)
      --threads N        threads

Exit status: 0 fair; 10 evidence; 11 reduce or delist; 12 no reference; 13 check the data; 1 failed, or a row was not
understood; 2 wrong usage. For a file the first of 11, 10, 13, 12, 0 that occurs.
)"};

class CheckCommand final : public Command {
 public:
  std::string_view name() const override { return "check"; }
  Text summary() const override { return {"供应商上架前自查价格", "a supplier's own prices against the month"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override {
    return "fairprice check --input-month DIR --period 2023-11 --brand B --model M --price 1250";
  }

  void declare(CLI::App& app) override {
    app.add_option("--input-month", month_);
    app.add_option("-p,--period", period_);
    app.add_option("--brand", question_.brand);
    app.add_option("--model", question_.model);
    app.add_option("--barcode", question_.barcode);
    app.add_option("--title", question_.title);
    app.add_option("--price", question_.price);
    app.add_option("--supplier", question_.supplier_id);
    app.add_option("--category", question_.category);
    app.add_option("--spec", question_.spec);
    app.add_option("--unit", question_.unit);
    app.add_option("--pack-size", question_.pack_size);
    app.add_option("--promised-discount", question_.promised_discount);
    app.add_option("-i,--input", input_);
    app.add_option("--policy", policy_);
    app.add_option("--format", format_);
    app.add_option("--threads", threads_);
  }

  int run(const CommonOptions& common) override;

 private:
  QuestionFile questions(Language language) const;
  void report_problems(const QuestionFile& file, const CommonOptions& common) const;
  std::string print(const rules::PolicySet& policy, const std::string& format, const CommonOptions& common) const;

  std::string month_, period_, input_, policy_, format_, threads_;
  Question question_;
  Answers answers_;  ///< kept until the program ends, see main.cpp
};

QuestionFile CheckCommand::questions(Language language) const {
  const bool by_flags = !question_.brand.empty() || !question_.model.empty() || !question_.barcode.empty() || !question_.title.empty() ||
                        !question_.price.empty();
  if (!input_.empty()) {
    if (by_flags)
      throw UsageError{std::string(Text{"--input 与 --brand、--model、--barcode、--title、--price 不能同时使用",
                                        "--input does not go with --brand, --model, --barcode, --title or --price"}
                                       .in(language)),
                       "fairprice check --input-month DIR --period 2023-11 --input FILE"};
    return read_question_file(input_, question_.supplier_id);
  }
  required(question_.price, "--price", *this, language);
  if (question_.barcode.empty() && question_.title.empty()) {
    required(question_.brand, "--brand", *this, language);
    required(question_.model, "--model", *this, language);
  }
  QuestionFile one;
  one.questions.push_back(question_);
  return one;
}

/// What could not be understood goes to standard error, with the option or the line that it stood in.
void CheckCommand::report_problems(const QuestionFile& file, const CommonOptions& common) const {
  std::vector<Problem> problems = file.problems;
  for (const auto& [position, problem] : answers_.problems) {
    problems.push_back(problem);
    problems.back().file = input_.empty() ? "" : input_ == "-" ? "stdin" : input_;
    problems.back().line = file.lines.empty() ? 0 : file.lines[position];
  }
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) { return a.line < b.line; });
  std::string text;
  const std::string_view end = Text{"；", "; "}.in(common.terminal);
  for (const Problem& problem : problems) {
    const std::string place = problem.file.empty() ? std::string("check") : std::string(problem.file) + ":" + std::to_string(problem.line);
    std::string message = problem_message(problem, common.terminal);
    if (const std::size_t outcome = message.rfind(end); outcome != std::string::npos)
      message.erase(outcome);  // of a run: there is no rejects.csv here
    text +=
        "fairprice: " + place + ": " + message + std::string(end) + std::string(Text{"未作答", "not answered"}.in(common.terminal)) + "\n";
  }
  write_stream(STDERR_FILENO, text);
}

std::string CheckCommand::print(const rules::PolicySet& policy, const std::string& format, const CommonOptions& common) const {
  if (format == "table") return check_screen(answers_, policy, common.terminal, common.colour_out);
  if (format == "json") {
    publishing::Json json;
    json.begin_array();
    for (const auto& one : answers_.assessments) put_assessment(json, *answers_.month, policy, one);
    json.end_array();
    return std::move(json).str();
  }
  publishing::CsvBuffer rows;
  rows.put_plain(publishing::kAssessmentColumns);
  rows.end_row();
  publishing::AssessmentRows writer(*answers_.month, policy);
  for (const auto& one : answers_.assessments) {
    writer.put(rows, one);
    rows.end_row();
  }
  return std::string(rows.bytes());
}

int CheckCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  required(month_, "--input-month", *this, language);
  const Period period = period_of(period_, *this, language);
  const std::string format = format_of(format_, "table|json|csv", *this, language);
  const int threads = threads_of(threads_, *this, language);
  const QuestionFile file = questions(language);
  const rules::PolicySet policy = assessment::with_categories_of(rules::policy_in(policy_of(policy_), period), month_);

  const bool terminal = !common.quiet && may_rewrite_line(STDERR_FILENO);
  RunProgress progress(terminal ? RunProgress::Show::line : RunProgress::Show::nothing, language);
  LoadOptions load;
  load.folder = month_;
  load.period = period;
  load.threads = threads;
  use_windows(load, policy);
  load.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t whole) { progress.at(stage, done, whole); };
  answers_ = check(load, policy, file.questions);
  progress.erase();

  write_stream(STDERR_FILENO, encoding_notice(*answers_.month, common));
  report_problems(file, common);
  const bool nothing = answers_.assessments.empty() && format == "table";  // every row was complained of above
  if (!common.quiet && !nothing) write_stream(STDOUT_FILENO, print(policy, format, common));
  return file.problems.empty() && answers_.problems.empty() ? check_status(answers_) : static_cast<int>(kFailed);
}

}  // namespace

std::unique_ptr<Command> make_check_command() { return std::make_unique<CheckCommand>(); }

}  // namespace fairprice::cli
