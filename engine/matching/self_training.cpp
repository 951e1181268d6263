#include "engine/matching/self_training.hpp"

#include "engine/base/parallel.hpp"

namespace fairprice::matching {

namespace {

constexpr int kRounds = 4;
constexpr double kPull = 20;  // found on corrupted titles: 10 to 50 differ little
constexpr BoostedTrees::Settings kTrees{100, 8, 20};
constexpr double kTreeShare = 0.4;              // of the log odds
constexpr std::size_t kMostExamples = 150'000;  // of millions of candidates every n-th teaches as much

std::vector<double> scores(std::span<const Features> features, const Logistic& model) {
  std::vector<double> result;
  result.reserve(features.size());
  for (const Features& one : features) result.push_back(model(one));
  return result;
}

}  // namespace

double SelfTrained::operator()(Candidate pair, const Features& features) const {
  const double log_odds = line(features);
  return trees.empty() ? log_odds : (1 - kTreeShare) * log_odds + kTreeShare * trees[pair.left % kFolds](features);
}

SelfTrained self_train(std::span<const Candidate> candidates, std::span<const Features> features, const Logistic& start,
                       const Documents& left, const Documents& right, int threads) {
  SelfTrained result{start, {}};
  const std::size_t step = candidates.size() / kMostExamples + 1;
  std::vector<Example> examples;
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<double> log_odds = scores(features, result.line);
    const MatchProbability learnt(candidates, log_odds, left, right);
    if (!learnt.known()) return result;
    const std::vector<bool> kept = resolve_one_to_one(candidates, log_odds, left.size(), right.size());
    examples.clear();
    for (std::size_t i = 0; i < candidates.size(); i += step) examples.push_back({features[i], kept[i] ? learnt(log_odds[i]) : 0, 1});
    result.line = fit_logistic(examples, start, kPull);
  }
  result.trees.resize(SelfTrained::kFolds);
  for_each_part(SelfTrained::kFolds, threads, [&](std::size_t fold, int) {
    std::vector<Example> seen;
    for (std::size_t i = 0, k = 0; i < candidates.size(); i += step, ++k)
      if (candidates[i].left % SelfTrained::kFolds != fold) seen.push_back(examples[k]);
    result.trees[fold] = BoostedTrees::fit(seen, kTrees);
  });
  return result;
}

}  // namespace fairprice::matching
