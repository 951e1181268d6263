#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <ctime>

#include "engine/base/date.hpp"
#include "engine/base/text.hpp"
#include "engine/cli/apply_answers.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/match_files.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/matching/catalogue_file.hpp"
#include "engine/matching/evaluate.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

using matching::Candidate;
using matching::CatalogueFile;
using matching::ScoredPair;

constexpr Text kHelp{
    R"(fairprice match：找出两个商品目录中的同款商品

  fairprice match --left mall.csv --right market.csv --output pairs.csv
  fairprice match --left a.csv --right b.csv --truth matches.csv
  fairprice match --dedupe a.csv
  fairprice match --left a.csv --right b.csv --train labelled.csv --split train --pairs labelled.csv --pairs-split test

目录须有 id 列，以及 title（name、product）、brand（manufacturer）、model（modelno）、category、
description、price 中的任意几列；其余各列作为文字。写出 left_id,right_id,score,basis，按 id 排序；
score 是同款的概率。默认每个商品最多一个同款；权重与阈值从两个目录本身学得，不看答案。

      --left FILE        左目录：csv、tsv（可为 .gz、.zst）或 xlsx；- 为标准输入
      --right FILE       右目录（两边为同一文件时，即一个目录内部查重）
      --dedupe FILE      一个目录内部查重，代替 --left 与 --right；一个商品可有多个同款
      --many             一个商品可有多个同款
      --truth FILE       正确答案（前两列为 id）：打印精确率、召回率、F1 与曲线；目录中没有的 id 计为漏配
      --train FILE       已判断的对（a_id,b_id,label）：从中学习
      --split NAME       只用 split 列为此值（可用逗号列出几个）的行学习；没有 --train 时用于 --pairs
      --pairs FILE       只给这些对打分（前两列为 id），另加一列 match（1 或 0）
      --pairs-split NAME 只取其中 split 列为此值的行
  -o, --output FILE      结果写入文件（默认标准输出；有 --truth 时默认不写）
      --threads N        线程数

记录人工认定：fairprice match --apply review.xlsx --input 2023-11 --by 甲 --approved-by 乙 --reason 比对图片
      --apply FILE       填好的待认定清单（见 fairprice run --review），.xlsx 或 .csv
  -i, --input DIR        记入哪个月份的输入文件夹（matches-reviewed.csv）
      --by NAME          谁认定
      --approved-by NAME 谁复核，须是另一人
      --reason TEXT      理由
      --on DATE          认定日期（默认今天）

退出状态：0 完成；1 失败；2 用法错误
)",
    R"(fairprice match: which products two catalogues have in common

  fairprice match --left mall.csv --right market.csv --output pairs.csv
  fairprice match --left a.csv --right b.csv --truth matches.csv
  fairprice match --dedupe a.csv
  fairprice match --left a.csv --right b.csv --train labelled.csv --split train --pairs labelled.csv --pairs-split test

A catalogue has the column id and any of title (name, product), brand (manufacturer), model (modelno), category,
description, price; all further columns count as text. Writes left_id,right_id,score,basis, sorted by id; the score is
the probability that the two are one product. A product has one counterpart at most unless told otherwise. Weights and
threshold are learnt from the catalogues themselves; the truth is never looked at.

      --left FILE        the left catalogue: csv or tsv (perhaps .gz or .zst), or xlsx; - is standard input
      --right FILE       the right catalogue (the same file on both sides is one catalogue with itself)
      --dedupe FILE      one catalogue with itself, in place of --left and --right; a product may have several repeats
      --many             a product may have several counterparts
      --truth FILE       the right answers (ids in the first two columns): prints precision, recall, F1 and the curve;
                         an answer with an unknown id counts as missed
      --train FILE       judged pairs (a_id,b_id,label) to learn from
      --split NAME       learn from the rows with this value (or these, divided by commas) in the column split alone;
                         without --train the same for --pairs
      --pairs FILE       score just these pairs (ids in the first two columns), with a column match (1 or 0)
      --pairs-split NAME of these the rows with this value in the column split alone
  -o, --output FILE      write there (default standard output; with --truth nothing unless asked)
      --threads N        threads

To record what people decided: fairprice match --apply review.xlsx --input 2023-11 --by A --approved-by B --reason "pictures compared"
      --apply FILE       a filled review list (see fairprice run --review), .xlsx or .csv
  -i, --input DIR        the month's input folder that gets the decisions (matches-reviewed.csv)
      --by NAME          who decided
      --approved-by NAME who approved, another person
      --reason TEXT      why
      --on DATE          when (default today)

Exit status: 0 done; 1 failed; 2 wrong usage
)"};

class MatchCommand final : public Command {
 public:
  std::string_view name() const override { return "match"; }
  Text summary() const override { return {"找出两个商品目录中的同款商品", "which products two catalogues have in common"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice match --left A.csv --right B.csv --output pairs.csv"; }

  void declare(CLI::App& app) override {
    app.add_option("--left", left_);
    app.add_option("--right", right_);
    app.add_option("--dedupe", dedupe_);
    app.add_flag("--many", many_);
    app.add_option("--truth", truth_);
    app.add_option("--train", train_);
    app.add_option("--split", split_);
    app.add_option("--pairs", pairs_);
    app.add_option("--pairs-split", pairs_split_);
    app.add_option("-o,--output", output_);
    app.add_option("--threads", threads_);
    app.add_option("--apply", apply_);
    app.add_option("-i,--input", input_);
    app.add_option("--by", decider_.by);
    app.add_option("--approved-by", decider_.approved_by);
    app.add_option("--reason", decider_.reason);
    app.add_option("--on", decider_.on);
  }

  int run(const CommonOptions& common) override;

 private:
  void check_usage(Language language) const;
  int apply(const CommonOptions& common);

  std::string left_, right_, dedupe_, truth_, train_, split_, pairs_, pairs_split_, output_, threads_;
  std::string apply_, input_;
  Decider decider_;
  bool many_ = false;
};

/// The day in China, where the listings are.
Date today() {
  const auto days = (static_cast<std::int64_t>(std::time(nullptr)) + 8 * 3600) / 86'400;
  return Date::from_days(static_cast<std::int32_t>(days));
}

int MatchCommand::apply(const CommonOptions& common) {
  const Language language = common.terminal;
  required(input_, "--input", *this, language);
  required(decider_.by, "--by", *this, language);
  required(decider_.approved_by, "--approved-by", *this, language);
  required(decider_.reason, "--reason", *this, language);
  const std::string usage = "fairprice match --apply review.xlsx --input DIR --by A --approved-by B --reason TEXT";
  if (canonical_text(decider_.by) == canonical_text(decider_.approved_by))
    throw UsageError{std::string(Text{"--by 与 --approved-by 须是两个人", "--by and --approved-by must be two people"}.in(language)),
                     usage};
  const auto on = decider_.on.empty() ? today() : Date::parse(decider_.on).value_or(Date());
  if (!on.present())
    throw UsageError{std::string(Text{"--on 不是日期（例如 2023-11-20）", "--on is not a date (e.g. 2023-11-20)"}.in(language)), usage};
  decider_.on = on.to_string();
  const std::string done = apply_answers(apply_, input_, decider_, language);
  if (!common.quiet) write_stream(STDOUT_FILENO, done);
  return kDone;
}

void MatchCommand::check_usage(Language language) const {
  if (dedupe_.empty()) {
    required(left_, "--left", *this, language);
    required(right_, "--right", *this, language);
  } else if (!left_.empty() || !right_.empty()) {
    throw UsageError{
        std::string(Text{"--dedupe 与 --left、--right 不能同时使用", "--dedupe does not go with --left or --right"}.in(language)),
        "fairprice match --dedupe A.csv"};
  }
  if (!split_.empty() && train_.empty() && pairs_.empty())
    throw UsageError{std::string(Text{"--split 要与 --train 或 --pairs 合用", "--split goes with --train or --pairs"}.in(language)),
                     "fairprice match --left A.csv --right B.csv --train PAIRS.csv --split train"};
  if (!pairs_split_.empty() && pairs_.empty())
    throw UsageError{std::string(Text{"--pairs-split 要与 --pairs 合用", "--pairs-split goes with --pairs"}.in(language)),
                     "fairprice match --left A.csv --right B.csv --pairs PAIRS.csv --pairs-split test"};
}

int MatchCommand::run(const CommonOptions& common) {
  if (!apply_.empty()) return apply(common);
  const Language language = common.terminal;
  check_usage(language);
  const int threads = threads_of(threads_, *this, language);
  const MatchInput input = read_match_input(dedupe_.empty() ? left_ : dedupe_, dedupe_.empty() ? right_ : "");
  MatchProblems problems{input.left.problems, {}};
  problems.rows.insert(problems.rows.end(), input.right.problems.begin(), input.right.problems.end());

  matching::MatchSettings settings;
  settings.threads = threads;
  settings.cardinality = many_ || input.self ? matching::Cardinality::many : matching::Cardinality::one_to_one;
  matching::Matcher matcher(input.left.records, input.self ? nullptr : &input.right.records, settings);
  if (!train_.empty()) matcher.train(read_labelled(train_, split_, input, problems));
  std::vector<Candidate> truth;
  if (!truth_.empty()) truth = read_truth(truth_, input, problems);

  std::vector<ScoredPair> found;
  std::string csv;
  if (pairs_.empty()) {
    found = matcher.candidates();
    if (input.self) std::erase_if(truth, [](const Candidate& one) { return one.left == one.right; });  // a record is no repeat of itself
    std::vector<ScoredPair> matches = found;
    std::erase_if(matches, [](const ScoredPair& one) { return !one.match; });
    csv = scored_csv(matches, input, PairColumns::matches);
  } else {
    const std::string& splits = pairs_split_.empty() && train_.empty() ? split_ : pairs_split_;
    const std::vector<Candidate> asked = read_pairs_to_score(pairs_, splits, input, problems);
    found = matcher.score(asked);
    csv = scored_csv(found, input, PairColumns::all_asked);
    std::erase_if(truth, [&](const Candidate& one) { return !std::binary_search(asked.begin(), asked.end(), one); });
  }
  report_match_problems(problems, common);
  if (!truth_.empty()) write_stream(STDOUT_FILENO, evaluation_text(matching::evaluate(found, truth), common));
  if (!output_.empty() && output_ != "-")
    publishing::write_file(output_, csv);
  else if (truth_.empty() || output_ == "-")
    write_stream(STDOUT_FILENO, csv);
  return kDone;
}

}  // namespace

std::unique_ptr<Command> make_match_command() { return std::make_unique<MatchCommand>(); }

}  // namespace fairprice::cli
