#include "engine/matching/self_training.hpp"

namespace fairprice::matching {

namespace {

constexpr int kRounds = 4;
constexpr double kPull = 20;                     // found on corrupted titles: 10 to 50 differ little
constexpr std::size_t kMostExamples = 300'000;   // of millions of candidates every n-th teaches as much

std::vector<double> scores(std::span<const Features> features, const Logistic& model) {
  std::vector<double> result;
  result.reserve(features.size());
  for (const Features& one : features) result.push_back(model(one));
  return result;
}

}  // namespace

SelfTrained self_train(std::span<const Candidate> candidates, std::span<const Features> features, const Logistic& start,
                       std::size_t left_records, std::size_t right_records) {
  Logistic model = start;
  for (int round = 0;; ++round) {
    const std::vector<double> log_odds = scores(features, model);
    MatchProbability learnt(candidates, log_odds, left_records, right_records);
    if (round == kRounds || !learnt.known()) return {model, std::move(learnt)};
    const std::vector<bool> kept = resolve_one_to_one(candidates, log_odds, left_records, right_records);
    const std::size_t step = candidates.size() / kMostExamples + 1;
    std::vector<Example> examples;
    examples.reserve(candidates.size() / step + 1);
    for (std::size_t i = 0; i < candidates.size(); i += step)
      examples.push_back({features[i], kept[i] ? learnt(log_odds[i]) : 0, 1});
    model = fit_logistic(examples, start, kPull);
  }
}

}  // namespace fairprice::matching
