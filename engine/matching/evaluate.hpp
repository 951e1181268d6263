#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/matching/match.hpp"

namespace fairprice::matching {

/// Matches found against those that there are.
struct Quality {
  std::size_t found = 0;  ///< pairs called a match
  std::size_t right = 0;  ///< of them true
  std::size_t truth = 0;  ///< true pairs in all, those never looked at included
  double precision() const { return found == 0 ? 0 : static_cast<double>(right) / static_cast<double>(found); }
  double recall() const { return truth == 0 ? 0 : static_cast<double>(right) / static_cast<double>(truth); }
  double f1() const { return found + truth == 0 ? 0 : 2 * static_cast<double>(right) / static_cast<double>(found + truth); }
};

struct CurvePoint {
  double score;  ///< pairs of at least this score are called matches
  Quality quality;
};

struct Evaluation {
  Quality chosen;                 ///< at the threshold that was chosen without the truth
  std::vector<CurvePoint> curve;  ///< at the scores 0.99, 0.95, 0.9, 0.8 ... 0.1, 0.05
  CurvePoint best;                ///< the highest F1 that any threshold would give: known only with the truth
};

/// `truth` is sorted and without repeats. `pairs` holds no pair twice.
Evaluation evaluate(std::span<const ScoredPair> pairs, std::span<const Candidate> truth);

}  // namespace fairprice::matching
