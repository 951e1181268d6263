#include <gtest/gtest.h>

#include <cmath>

#include "engine/matching/boosted_trees.hpp"
#include "engine/matching/logistic.hpp"
#include "tests/support/match_catalogue.hpp"

namespace fairprice::matching {
namespace {

Example example(float first, float second, double label, double weight = 1) {
  Example one{{}, label, weight};
  one.features[0] = first;
  one.features[1] = second;
  return one;
}

Logistic plain() {
  Logistic model;
  model.spread.fill(1);
  return model;
}

TEST(Logistic, OfOneBinaryFeatureIsTheLogOfTheOddsRatio) {
  // 30 of 40 matches with the feature, 10 of 50 without: odds 3 and 1/4, so bias ln(1/4) and weight ln(12)
  const std::vector<Example> examples = {example(1, 0, 1, 30), example(1, 0, 0, 10), example(0, 0, 1, 10), example(0, 0, 0, 40)};
  const Logistic model = fit_logistic(examples, plain(), 1e-6);
  EXPECT_NEAR(model.bias, std::log(0.25), 1e-2);
  EXPECT_NEAR(model.weight[0], std::log(12.0), 1e-2);
  EXPECT_NEAR(model.weight[1], 0, 1e-6);
}

TEST(Logistic, StaysAtThePriorWhenPulledHard) {
  Logistic prior = plain();
  prior.weight[0] = -2;
  const std::vector<Example> examples = {example(1, 0, 1, 30), example(1, 0, 0, 10), example(0, 0, 1, 10), example(0, 0, 0, 40)};
  EXPECT_NEAR(fit_logistic(examples, prior, 1e9).weight[0], -2, 1e-3);
}

TEST(Logistic, EndsWhereTheClassesAreApartForGood) {
  std::vector<Example> examples;
  for (int i = 0; i < 50; ++i) examples.push_back(example(i < 25 ? 0.0F : 1.0F, 0, i < 25 ? 0 : 1));
  const Logistic model = fit_logistic(examples, standardised(examples), 1);
  EXPECT_TRUE(std::isfinite(model.weight[0]));
  EXPECT_GT(model(examples[49].features), 0);
  EXPECT_LT(model(examples[0].features), 0);
}

TEST(Logistic, ShipsWeightsThatFavourASharedModelNumber) {
  const Logistic& shipped = shipped_weights();
  EXPECT_GT(shipped.weight[static_cast<std::size_t>(Feature::code_shared)], 0);
  EXPECT_LT(shipped.weight[static_cast<std::size_t>(Feature::code_conflict)], 0);
  EXPECT_LT(shipped.weight[static_cast<std::size_t>(Feature::measures_conflict)], 0);
}

TEST(BoostedTrees, LearnWhatOnlyTwoFeaturesTogetherSay) {
  // Exclusive or: no line through the two features divides it.
  std::vector<Example> examples;
  testing_support::Numbers numbers(11);
  for (int i = 0; i < 400; ++i) {
    const auto a = static_cast<float>(numbers.unit());
    const auto b = static_cast<float>(numbers.unit());
    examples.push_back(example(a, b, (a > 0.5F) != (b > 0.5F) ? 1 : 0));
  }
  const BoostedTrees trees = BoostedTrees::fit(examples, {});
  const auto says = [&](float a, float b) { return trees(example(a, b, 0).features); };
  EXPECT_GT(says(0.2F, 0.8F), 1);
  EXPECT_GT(says(0.8F, 0.2F), 1);
  EXPECT_LT(says(0.2F, 0.2F), -1);
  EXPECT_LT(says(0.8F, 0.8F), -1);
}

TEST(BoostedTrees, OfTooFewExamplesSayTheShareOfMatches) {
  const std::vector<Example> examples = {example(0, 0, 1), example(1, 0, 0), example(1, 1, 0), example(0, 1, 0)};
  const BoostedTrees trees = BoostedTrees::fit(examples, {});
  EXPECT_NEAR(trees(examples[0].features), std::log(1.0 / 3), 1e-9);
}

}  // namespace
}  // namespace fairprice::matching
