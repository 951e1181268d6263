#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/matching/logistic.hpp"
#include "engine/matching/resolve.hpp"

namespace fairprice::matching {

struct SelfTrained {
  Logistic model;
  MatchProbability one_to_one;  ///< of the last round's scores
};

/// Adapts weights to two catalogues without labels, in rounds: score, resolve one to one, learn the probability of each kept candidate
/// from the scores (MatchProbability), and fit again with these as labels and all other candidates as no matches, drawn towards the
/// start. Where there are too few records to learn from, the start is returned.
SelfTrained self_train(std::span<const Candidate> candidates, std::span<const Features> features, const Logistic& start,
                       std::size_t left_records, std::size_t right_records);

}  // namespace fairprice::matching
