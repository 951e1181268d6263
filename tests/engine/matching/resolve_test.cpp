#include "engine/matching/resolve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/support/match_catalogue.hpp"

namespace fairprice::matching {
namespace {

TEST(OneToOne, TakesTheBestFirstAndLeavesTheRestTheirNextBest) {
  //        r0   r1
  //  l0     9    8
  //  l1     7    1     l0-r0 first; l1 is left with r1
  const std::vector<Candidate> candidates = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  const std::vector<double> scores = {9, 8, 7, 1};
  EXPECT_EQ(resolve_one_to_one(candidates, scores, 2, 2), (std::vector<bool>{true, false, false, true}));
}

TEST(OneToOne, BreaksTiesByTheSmallerRecords) {
  const std::vector<Candidate> candidates = {{0, 1}, {1, 0}, {1, 1}, {0, 0}};
  const std::vector<double> scores = {5, 5, 5, 5};
  EXPECT_EQ(resolve_one_to_one(candidates, scores, 2, 2), (std::vector<bool>{false, false, true, true}));
}

TEST(PairsOfOne, PutARecordIntoOnePairAtMost) {
  const std::vector<Candidate> candidates = {{0, 1}, {1, 2}, {2, 3}};
  const std::vector<double> scores = {1, 2, 1};
  EXPECT_EQ(resolve_pairs_of_one(candidates, scores, 4), (std::vector<bool>{false, true, false}));
}

/// n records a side; the first `matched` have a counterpart that scores about 10, all have strangers that score about 0.
struct Scores {
  std::vector<Candidate> candidates;
  std::vector<double> scores;
  Documents side;
};
Scores made_up(std::uint32_t n, std::uint32_t matched, std::uint64_t seed) {
  testing_support::Numbers numbers(seed);
  Scores made;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t k = 0; k < 8; ++k) {
      const std::uint32_t other = (i + k) % n;
      made.candidates.push_back({i, other});
      made.scores.push_back((k == 0 && i < matched ? 10 : 0) + numbers.unit() + numbers.unit() + numbers.unit());
    }
    made.side.title.close();
    made.side.twin.push_back(i);
  }
  return made;
}

TEST(MatchProbability, LearnsTheShareWithoutACounterpart) {
  for (const std::uint32_t matched : {1000U, 700U, 400U}) {
    const Scores made = made_up(1000, matched, matched);
    const MatchProbability probability(made.candidates, made.scores, made.side, made.side);
    ASSERT_TRUE(probability.known());
    const double truth = 1 - matched / 1000.0;
    EXPECT_LE(probability.unmatched_share(), truth + 0.05);
    EXPECT_GE(probability.unmatched_share(), 0.75 * truth - 0.01);
    EXPECT_GT(probability(11), 0.95);
    EXPECT_LT(probability(1), 0.3);
  }
}

TEST(MatchProbability, NeverFallsWhenTheScoreRises) {
  const Scores made = made_up(400, 200, 5);
  const MatchProbability probability(made.candidates, made.scores, made.side, made.side);
  double before = 0;
  for (double score = -1; score < 13; score += 0.05) {
    EXPECT_GE(probability(score), before);
    before = probability(score);
  }
}

TEST(MatchProbability, IsNotKnownOfAHandfulOfRecords) {
  const Scores made = made_up(10, 10, 5);
  EXPECT_FALSE(MatchProbability(made.candidates, made.scores, made.side, made.side).known());
}

TEST(MatchProbability, ClaimsFewWhereNoRecordHasACounterpart) {
  const Scores made = made_up(1000, 0, 8);
  const MatchProbability probability(made.candidates, made.scores, made.side, made.side);
  const std::vector<bool> kept = resolve_one_to_one(made.candidates, made.scores, 1000, 1000);
  std::size_t claimed = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) claimed += kept[i] && probability(made.scores[i]) >= 0.5 ? 1U : 0U;
  EXPECT_LE(claimed, 333U);
}

}  // namespace
}  // namespace fairprice::matching
