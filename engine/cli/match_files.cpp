#include "engine/cli/match_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

#include "engine/cli/terminal.hpp"
#include "engine/publishing/csv_buffer.hpp"

namespace fairprice::cli {

namespace {

using matching::Candidate;
using matching::Catalogue;
using matching::PairFile;
using matching::PairRow;

std::optional<std::uint32_t> find(const Catalogue& catalogue, const std::string& id) {
  const auto place = std::lower_bound(catalogue.begin(), catalogue.end(), id,
                                      [](const matching::Record& record, const std::string& wanted) { return record.id < wanted; });
  if (place == catalogue.end() || place->id != id) return std::nullopt;
  return static_cast<std::uint32_t>(place - catalogue.begin());
}

/// The pair of a row. In a catalogue with itself the smaller id stands left. Nothing when an id is unknown.
std::optional<Candidate> pair_of(const PairRow& row, const std::string& path, const MatchInput& input, MatchProblems& problems) {
  const auto left = find(input.left.records, row.left);
  const auto right = find(input.right_records(), row.right);
  const auto complain = [&](const char* column, const std::string& id) {
    problems.unknown.push_back({"pairs", path, row.line, column, ProblemCode::unrecognisable, ProblemAction::rejected, id, ""});
  };
  if (!left) complain("1", row.left);
  if (!right) complain("2", row.right);
  if (!left || !right) return std::nullopt;
  return input.self ? Candidate{std::min(*left, *right), std::max(*left, *right)} : Candidate{*left, *right};
}

bool is_among(const std::string& value, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    if (list.substr(0, end) == value) return true;
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
  return false;
}

/// The rows of the wanted splits.
PairFile read_split(const std::string& path, const std::string& splits, MatchProblems& problems) {
  PairFile file = matching::read_pairs(path);
  problems.rows.insert(problems.rows.end(), file.problems.begin(), file.problems.end());
  if (splits.empty()) return file;
  if (!file.has_split) throw FatalError(path + ":1：没有 split 列；请去掉 --split", path + ":1: no column split: leave --split out");
  std::vector<std::string> known;
  for (const PairRow& row : file.rows)
    if (std::find(known.begin(), known.end(), row.split) == known.end()) known.push_back(row.split);
  std::erase_if(file.rows, [&](const PairRow& row) { return !is_among(row.split, splits); });
  if (file.rows.empty()) {
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    throw FatalError(path + "：没有 split 为 \"" + splits + "\" 的行（现有：" + names + "）",
                     path + ": no row with split \"" + splits + "\" (there are: " + names + ")");
  }
  return file;
}

std::vector<Candidate> sorted_pairs(const PairFile& file, const std::string& path, const MatchInput& input, MatchProblems& problems) {
  std::vector<Candidate> pairs;
  for (const PairRow& row : file.rows)
    if (const auto pair = pair_of(row, path, input, problems)) pairs.push_back(*pair);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace

MatchInput read_match_input(const std::string& left, const std::string& right) {
  MatchInput input;
  input.left = matching::read_catalogue(left);
  input.self = right.empty() || right == left;
  if (!input.self) input.right = matching::read_catalogue(right);
  return input;
}

std::vector<matching::LabelledPair> read_labelled(const std::string& path, const std::string& splits, const MatchInput& input,
                                                  MatchProblems& problems) {
  const PairFile file = read_split(path, splits, problems);
  if (!file.has_label)
    throw FatalError(path + ":1：没有 label 列（1 为同款，0 为不同）",
                     path + ":1: no column label (1 for the same product, 0 for another)");
  std::vector<matching::LabelledPair> pairs;
  std::size_t matches = 0;
  for (const PairRow& row : file.rows) {
    if (row.label != "0" && row.label != "1")
      throw FatalError(fmt::format("{}:{}：label \"{}\" 不对（应为 1 或 0）", path, row.line, row.label),
                       fmt::format("{}:{}: label \"{}\" is not 1 or 0", path, row.line, row.label));
    const auto pair = pair_of(row, path, input, problems);
    if (!pair) continue;
    pairs.push_back({*pair, row.label == "1"});
    matches += pairs.back().match ? 1U : 0U;
  }
  if (matches < 10 || pairs.size() - matches < 10)
    throw FatalError(
        fmt::format("{}：只有 {} 对同款、{} 对不同，不足以学习（各至少 10 对）", path, matches, pairs.size() - matches),
        fmt::format("{}: {} matches and {} others are too few to learn from (at least 10 of each)", path, matches, pairs.size() - matches));
  return pairs;
}

std::vector<Candidate> read_truth(const std::string& path, const MatchInput& input, MatchProblems& problems) {
  PairFile file = read_split(path, "", problems);
  if (file.has_label) std::erase_if(file.rows, [](const PairRow& row) { return row.label == "0"; });
  const std::size_t before = problems.unknown.size();
  std::vector<Candidate> truth = sorted_pairs(file, path, input, problems);
  for (std::size_t i = before; i < problems.unknown.size(); ++i) problems.unknown[i].table = "truth";
  // A right answer with an id that no catalogue has was not found either: it counts as missed.
  std::set<std::pair<std::string, std::string>> nowhere;
  for (const PairRow& row : file.rows)
    if (!find(input.left.records, row.left) || !find(input.right_records(), row.right)) nowhere.emplace(row.left, row.right);
  constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
  for (std::uint32_t i = 0; i < nowhere.size(); ++i) truth.push_back({kNowhere - static_cast<std::uint32_t>(nowhere.size()) + i, kNowhere});
  return truth;
}

std::vector<Candidate> read_pairs_to_score(const std::string& path, const std::string& splits, const MatchInput& input,
                                           MatchProblems& problems) {
  return sorted_pairs(read_split(path, splits, problems), path, input, problems);
}

std::string scored_csv(const std::vector<matching::ScoredPair>& pairs, const MatchInput& input, PairColumns columns) {
  publishing::CsvBuffer buffer;
  buffer.put_plain(columns == PairColumns::all_asked ? "left_id,right_id,score,basis,match" : "left_id,right_id,score,basis");
  buffer.end_row();
  for (const matching::ScoredPair& one : pairs) {
    buffer.put_text(input.left.records[one.pair.left].id);
    buffer.comma();
    buffer.put_text(input.right_records()[one.pair.right].id);
    buffer.comma();
    buffer.put_millionths(std::llround(one.score * 1e6));  // not a price
    buffer.comma();
    buffer.put_plain(matching::basis_name(one.basis));
    if (columns == PairColumns::all_asked) {
      buffer.comma();
      buffer.put_plain(one.match ? "1" : "0");
    }
    buffer.end_row();
  }
  return std::string(buffer.bytes());
}

std::string evaluation_text(const matching::Evaluation& evaluation, const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  Page page(common.colour_out);
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::right, TextTable::Align::right});
  const auto row = [&](const std::string& what, const matching::Quality& quality) {
    table.row({what, fmt::format("{:.4f}", quality.precision()), fmt::format("{:.4f}", quality.recall()),
               fmt::format("{:.4f}", quality.f1()), grouped(static_cast<std::int64_t>(quality.found)),
               grouped(static_cast<std::int64_t>(quality.right))});
  };
  table.row({zh ? "阈值" : "threshold", zh ? "精确率" : "precision", zh ? "召回率" : "recall", "F1", zh ? "判为同款" : "called a match",
             zh ? "其中正确" : "of them right"});
  row(zh ? "选定" : "chosen", evaluation.chosen);
  for (const matching::CurvePoint& point : evaluation.curve) row(fmt::format("{:.2f}", point.score), point.quality);
  row(fmt::format(fmt::runtime(zh ? "{:.4f}（事后最优）" : "{:.4f} (best in hindsight)"), evaluation.best.score), evaluation.best.quality);
  table.print(page);
  page.line();
  page.line(
      fmt::format(fmt::runtime(zh ? "  正确答案 {} 对" : "  {} true pairs"), grouped(static_cast<std::int64_t>(evaluation.chosen.truth))));
  return page.text();
}

void report_match_problems(const MatchProblems& problems, const CommonOptions& common) {
  const bool zh = common.terminal == Language::zh;
  constexpr std::size_t kExamples = 3;
  std::string text;
  const auto place = [](const Problem& one) { return "fairprice: " + std::string(one.file) + ":" + std::to_string(one.line) + ": "; };
  std::vector<Problem> rows = problems.rows;
  std::stable_sort(rows.begin(), rows.end(), [](const Problem& a, const Problem& b) { return a.code < b.code; });
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i;
    while (end < rows.size() && rows[end].code == rows[i].code) ++end;
    for (std::size_t k = i; k < std::min(end, i + kExamples); ++k) {
      std::string message = problem_message(rows[k], common.terminal);
      const std::string_view outcome = zh ? "；" : "; ";  // that of a run, which has a rejects.csv
      if (const std::size_t at = message.rfind(outcome); at != std::string::npos) message.erase(at);
      text += place(rows[k]) + message +
              (rows[k].action == ProblemAction::emptied ? (zh ? "；按空白处理" : "; taken as empty")
                                                        : (zh ? "；该行未用" : "; the row was left out")) +
              "\n";
    }
    if (end - i > kExamples)
      text += fmt::format(fmt::runtime(zh ? "fairprice: {} 共 {} 处\n" : "fairprice: {}: {} in all\n"), code_name(rows[i].code),
                          grouped(static_cast<std::int64_t>(end - i)));
    i = end;
  }
  for (std::size_t k = 0; k < std::min(problems.unknown.size(), kExamples); ++k) {
    const Problem& one = problems.unknown[k];
    const bool missed = one.table == "truth";
    text += place(one) + fmt::format(fmt::runtime(zh ? "第 {} 列的 id \"{}\" 不在该侧的目录中；{}\n"
                                                     : "column {}: no record of that side has the id \"{}\"; {}\n"),
                                     std::string_view(one.column), shortened(one.value, 60),
                                     zh ? (missed ? "计为漏配" : "该行未用") : (missed ? "it counts as missed" : "the row was left out"));
  }
  if (problems.unknown.size() > kExamples)
    text += fmt::format(fmt::runtime(zh ? "fairprice: 未知 id 共 {} 处\n" : "fairprice: {} unknown ids in all\n"),
                        grouped(static_cast<std::int64_t>(problems.unknown.size())));
  write_stream(STDERR_FILENO, text);
}

}  // namespace fairprice::cli
