#include "engine/matching/evaluate.hpp"

#include <gtest/gtest.h>

namespace fairprice::matching {
namespace {

TEST(Evaluation, CountsAsWithAPencil) {
  // Four pairs called, three of them right, five there are: P 3/4, R 3/5, F1 = 6/9.
  const std::vector<ScoredPair> pairs = {{{0, 0}, 0.95, Basis::title, true},  {{1, 1}, 0.85, Basis::title, true},
                                         {{2, 3}, 0.65, Basis::title, true},  {{3, 3}, 0.55, Basis::title, true},
                                         {{4, 5}, 0.45, Basis::title, false}, {{5, 5}, 0.25, Basis::title, false}};
  const std::vector<Candidate> truth = {{0, 0}, {1, 1}, {3, 3}, {5, 5}, {7, 7}};
  const Evaluation result = evaluate(pairs, truth);
  EXPECT_DOUBLE_EQ(result.chosen.precision(), 0.75);
  EXPECT_DOUBLE_EQ(result.chosen.recall(), 0.6);
  EXPECT_DOUBLE_EQ(result.chosen.f1(), 2.0 / 3);
  ASSERT_EQ(result.curve.size(), 12U);
  const auto at = [&](double score) {
    for (const CurvePoint& point : result.curve)
      if (point.score == score) return point.quality;
    return Quality{};
  };
  EXPECT_EQ(at(0.99).found, 0U);
  EXPECT_EQ(at(0.8).found, 2U);
  EXPECT_EQ(at(0.6).found, 3U);
  EXPECT_EQ(at(0.6).right, 2U);
  EXPECT_EQ(at(0.05).found, 6U);
  EXPECT_EQ(at(0.05).right, 4U);
  // After six pairs 2*4/11 = 0.727 beats 2*3/9 = 0.667 after four and 2*2/7 after two.
  EXPECT_DOUBLE_EQ(result.best.quality.f1(), 8.0 / 11);
  EXPECT_DOUBLE_EQ(result.best.score, 0.25);
}

TEST(Evaluation, OfNothingIsZeroAndNoFault) {
  const Evaluation result = evaluate({}, {});
  EXPECT_EQ(result.chosen.f1(), 0);
  EXPECT_EQ(result.best.quality.found, 0U);
}

TEST(Evaluation, LetsEqualScoresStandOrFallTogether) {
  const std::vector<ScoredPair> pairs = {{{0, 0}, 0.5, Basis::title, true}, {{1, 2}, 0.5, Basis::title, true}};
  const std::vector<Candidate> truth = {{0, 0}};
  EXPECT_EQ(evaluate(pairs, truth).best.quality.found, 2U);
}

}  // namespace
}  // namespace fairprice::matching
