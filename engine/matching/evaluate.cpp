#include "engine/matching/evaluate.hpp"

#include <algorithm>
#include <array>

namespace fairprice::matching {

Evaluation evaluate(std::span<const ScoredPair> pairs, std::span<const Candidate> truth) {
  struct Judged {
    double score;
    bool right;
  };
  Evaluation result;
  result.chosen.truth = truth.size();
  std::vector<Judged> judged;
  for (const ScoredPair& one : pairs) {
    const bool right = std::binary_search(truth.begin(), truth.end(), one.pair);
    judged.push_back({one.score, right});
    if (!one.match) continue;
    ++result.chosen.found;
    result.chosen.right += right ? 1U : 0U;
  }
  std::sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) { return a.score > b.score; });
  result.best = {1, {0, 0, truth.size()}};
  Quality quality{0, 0, truth.size()};
  constexpr auto kScores = std::to_array({0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05});
  std::size_t next = 0;
  for (std::size_t i = 0; i <= judged.size(); ++i) {
    const double score = i < judged.size() ? judged[i].score : -1;
    while (next < kScores.size() && score < kScores[next]) result.curve.push_back({kScores[next++], quality});
    const bool whole = i > 0 && (i == judged.size() || judged[i].score < judged[i - 1].score);  // equal scores stand or fall together
    if (whole && quality.f1() > result.best.quality.f1()) result.best = {judged[i - 1].score, quality};
    if (i == judged.size()) break;
    ++quality.found;
    quality.right += judged[i].right ? 1U : 0U;
  }
  return result;
}

}  // namespace fairprice::matching
