#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/matching/blocking.hpp"

namespace fairprice::matching {

/// Which candidates stay when a record may have one counterpart at most: the best first, a candidate is taken while both its records are
/// free. Ties go to the smaller left, then the smaller right.
std::vector<bool> resolve_one_to_one(std::span<const Candidate> candidates, std::span<const double> log_odds, std::size_t left_records,
                                     std::size_t right_records);

/// The same within one catalogue, where each record stands on either side: it is in one pair at most.
std::vector<bool> resolve_pairs_of_one(std::span<const Candidate> candidates, std::span<const double> log_odds, std::size_t records);

/// How probable it is that a record's best candidate is its counterpart, learnt without labels from the scores alone.
///
/// Each record of the smaller side shows its best score and its runner-up's. When it has a counterpart, the runner-up is what a stranger
/// scores at best; when it has none, the best is too: which of the two is learnt in rounds (where few records have a counterpart, some of those
/// without are still taken for matched). So the best scores are a mixture of true ones and strangers, whose share is seen
/// where the strangers' median lies (Storey 2002, J. R. Statist. Soc. B 64, 479-498), and 1 - share x density of strangers / density of
/// best scores is the probability (the local false discovery rate, Efron et al. 2001, J. Am. Statist. Assoc. 96, 1151-1160). The
/// ratio of densities is fitted as a monotone function of the score (pool adjacent violators; Barlow et al. 1972). A runner-up with the
/// same title as the best is no stranger, but another copy.
class MatchProbability {
 public:
  MatchProbability(std::span<const Candidate> candidates, std::span<const double> log_odds, const Documents& left, const Documents& right);
  double operator()(double log_odds) const;
  double unmatched_share() const { return unmatched_share_; }  ///< records of the smaller side that have no counterpart
  bool known() const { return !steps_.empty(); }               ///< false when there are too few records to say anything

 private:
  struct Step {
    double from;   ///< least score
    double ratio;  ///< best scores per stranger, as densities
  };
  struct Shown {
    double best, second;  ///< of one record; second is -infinity where it has but one candidate
  };
  void fit(std::span<const Shown> shown, std::span<const double> matched);

  std::vector<Step> steps_;
  double unmatched_share_ = 0;
};

}  // namespace fairprice::matching
