// match_quality DATA               the table of bench/matching/README.md, for the data sets below the folder DATA
// match_quality DATA --write FILE  weights fitted on all data sets: data/matching/weights.csv
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "bench/matching/data_sets.hpp"
#include "bench/matching/weights.hpp"
#include "engine/base/problem.hpp"
#include "engine/matching/evaluate.hpp"

namespace fairprice::bench {

namespace {

using namespace matching;

constexpr int kThreads = 2;

void print_row(const std::string& what, const Evaluation& result) {
  fmt::print("| {} | {:.1f} | {:.1f} | **{:.1f}** | {:.1f} |\n", what, 100 * result.chosen.precision(), 100 * result.chosen.recall(),
             100 * result.chosen.f1(), 100 * result.best.quality.f1());
  std::fflush(stdout);
}

/// The pairs of the split test, scored, against their labels.
Evaluation on_test(Matcher& matcher, const DataSet& set) {
  std::vector<Candidate> asked, truth;
  for (const DataSet::Judged& one : set.judged) {
    if (one.split != "test") continue;
    asked.push_back(one.pair.pair);
    if (one.pair.match) truth.push_back(one.pair.pair);
  }
  for (auto* pairs : {&asked, &truth}) {
    std::sort(pairs->begin(), pairs->end());
    pairs->erase(std::unique(pairs->begin(), pairs->end()), pairs->end());
  }
  const auto scored = matcher.score(asked);
  return evaluate(scored, truth);
}

void unsupervised(const DataSet& set, const Logistic& start) {
  MatchSettings settings;
  settings.threads = kThreads;
  settings.start = &start;
  if (!set.truth.empty()) {
    if (set.self) settings.cardinality = Cardinality::many;
    Matcher matcher(set.left, set.right_or_null(), settings);
    const auto found = matcher.candidates();
    print_row(set.name + (set.self ? ", repeats within" : ", whole tables"), evaluate(found, set.truth));
  }
  if (set.judged.empty()) return;
  settings.cardinality = Cardinality::many;
  Matcher matcher(set.left, set.right_or_null(), settings);
  print_row(set.name + ", test pairs one by one", on_test(matcher, set));
}

void supervised(const DataSet& set, const std::vector<std::string>& splits) {
  std::vector<LabelledPair> pairs;
  std::string names;
  for (const std::string& split : splits) names += (names.empty() ? "" : "+") + split;
  for (const DataSet::Judged& one : set.judged)
    if (std::find(splits.begin(), splits.end(), one.split) != splits.end()) pairs.push_back(one.pair);
  if (pairs.empty()) return;
  MatchSettings settings;
  settings.threads = kThreads;
  settings.cardinality = Cardinality::many;
  Matcher matcher(set.left, set.right_or_null(), settings);
  matcher.train(pairs);
  print_row(set.name + ", test pairs, trained on " + names, on_test(matcher, set));
}

int run(const std::vector<std::string>& arguments) {
  const std::vector<DataSet> sets = load_data_sets(arguments.at(0));
  if (sets.empty()) {
    fmt::print(stderr, "match_quality: no data set below {}\n", arguments[0]);
    return 1;
  }
  std::vector<std::vector<Example>> examples;
  for (const DataSet& set : sets) examples.push_back(examples_of(set, kThreads));
  if (arguments.size() == 3 && arguments[1] == "--write") {
    std::FILE* const file = std::fopen(arguments[2].c_str(), "wb");
    if (file == nullptr) return 1;
    const std::string text = weights_csv(fit_weights(sets, examples, ""));
    const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    return std::fclose(file) == 0 && whole ? 0 : 1;
  }
  fmt::print("| data set and task | precision | recall | F1 | F1 at the best threshold in hindsight |\n|---|---:|---:|---:|---:|\n");
  for (const DataSet& set : sets) unsupervised(set, fit_weights(sets, examples, set.family));
  for (const DataSet& set : sets) {
    if (set.judged.empty() || set.name.find("without") != std::string::npos) continue;
    for (const auto& splits : {std::vector<std::string>{"train"}, {"train", "valid"}, {"train_small"}, {"train_medium"}})
      supervised(set, splits);
  }
  return 0;
}

}  // namespace

}  // namespace fairprice::bench

int main(int argc, char** argv) {
  if (argc != 2 && (argc != 4 || std::string_view(argv[2]) != "--write")) {
    fmt::print(stderr, "match_quality DATA [--write FILE]\n");
    return 2;
  }
  try {
    return fairprice::bench::run({argv + 1, argv + argc});
  } catch (const fairprice::FatalError& error) {
    fmt::print(stderr, "match_quality: {}\n", error.message(fairprice::Language::en));
  }
  return 1;
}
