#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/matching/boosted_trees.hpp"
#include "engine/matching/logistic.hpp"
#include "engine/matching/resolve.hpp"

namespace fairprice::matching {

/// What was learnt of two catalogues without labels.
struct SelfTrained {
  static constexpr std::size_t kFolds = 5;

  Logistic line;
  std::vector<BoostedTrees> trees;  ///< trees[f] has not seen the records with left % kFolds = f; empty when there was too little to learn
  double operator()(Candidate pair, const Features& features) const;  ///< log odds
};

/// Adapts weights to two catalogues without labels, in rounds: score, resolve one to one, learn the probability of each kept candidate
/// from the scores (MatchProbability), and fit again with these as labels and all other candidates as no matches, drawn towards the
/// start. Last, trees are fitted to the same labels, each left record being scored by trees that did not see it, so that no label is
/// learnt by heart. Where there are too few records to learn from, the start is returned.
SelfTrained self_train(std::span<const Candidate> candidates, std::span<const Features> features, const Logistic& start,
                       const Documents& left, const Documents& right, int threads);

}  // namespace fairprice::matching
