#include "indices/contributions.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <random>

#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "indices/aggregation.hpp"

namespace fairprice::indices {
namespace {

// Laspeyres of prices 2, 5 to 3, 4 with quantities 10, 4: (10 − 4) / 40 = 0.15 = 0.25 − 0.1.
TEST(Contributions, OfABasketByHand) {
  const std::vector<double> p0{2, 5}, q0{10, 4}, p1{3, 4}, q1{6, 8};
  const auto parts = contributions(Formula::laspeyres, {p0, q0, p1, q1});
  EXPECT_NEAR(parts[0], 0.25, 1e-12);
  EXPECT_NEAR(parts[1], -0.10, 1e-12);
  EXPECT_THROW(contributions(Formula::stuvel, {p0, q0, p1, q1}), std::invalid_argument);
  EXPECT_TRUE(contributions(Formula::laspeyres, {}).empty());
}

TEST(Contributions, AddUpToTheChange) {
  rc::check([] {
    std::vector<double> p0, q0, p1, q1;
    const int count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i)
      for (std::vector<double>* one : {&p0, &q0, &p1, &q1}) one->push_back(*rc::gen::inRange(1, 10'000) / 100.0);
    const Matched m{p0, q0, p1, q1};
    for (const Formula formula :
         {Formula::dutot, Formula::carli, Formula::jevons, Formula::laspeyres, Formula::paasche, Formula::fisher, Formula::tornqvist,
          Formula::walsh, Formula::marshall_edgeworth, Formula::sato_vartia, Formula::palgrave, Formula::geometric_laspeyres,
          Formula::geometric_paasche, Formula::geary_khamis_bilateral, Formula::time_product_dummy_bilateral})
      for (const DummyWeights weights : {DummyWeights::none, DummyWeights::shares, DummyWeights::average}) {
        const FormulaOptions options{.sigma = 0, .dummy_weights = weights};
        const auto parts = contributions(formula, m, options);
        const double change = bilateral(formula, m, options).value - 1;
        RC_ASSERT(std::abs(std::accumulate(parts.begin(), parts.end(), 0.0) - change) < 1e-9 * (1 + std::abs(change)));
      }
  });
}

// Food (30) of bread 20 and milk 10, office (70) alone. At period 1: bread 1.2, milk 0.9, office 1.1: food (24 + 9)/30 = 1.1, all 1.1.
TEST(Aggregation, ATreeByHand) {
  const std::vector<Category> tree{{"all", Category::kNone, 0}, {"food", 0, 0}, {"bread", 1, 20}, {"milk", 1, 10}, {"office", 0, 70}};
  const auto series = [](double value) { return std::vector<IndexValue>{{1, Status::ok}, {value, Status::ok}}; };
  const AggregatedTree result = aggregate(tree, {{}, {}, series(1.2), series(0.9), series(1.1)});
  EXPECT_NEAR(result.index[1][1].value, 1.1, 1e-12);
  EXPECT_NEAR(result.index[0][1].value, 1.1, 1e-12);
  EXPECT_NEAR(result.weight[1], 0.3, 1e-12);
  EXPECT_NEAR(result.contribution[2][1], 0.04, 1e-12);
  EXPECT_NEAR(result.contribution[3][1], -0.01, 1e-12);
  EXPECT_NEAR(result.contribution[1][1], 0.03, 1e-12);
  EXPECT_NEAR(result.contribution[0][1], 0.1, 1e-12);
}

// Aggregating by steps is aggregating at once, and contributions add up, with both means.
TEST(Aggregation, IsConsistentAndAddsUp) {
  rc::check([] {
    std::vector<Category> tree{{"top", Category::kNone, 0}};
    std::vector<Category> flat{{"top", Category::kNone, 0}};
    std::vector<std::vector<IndexValue>> leaves{{}}, flat_leaves{{}};
    const std::size_t groups = *rc::gen::inRange<std::size_t>(1, 4);
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t parent = tree.size();
      tree.push_back({"group", 0, 0});
      leaves.emplace_back();
      const int children = *rc::gen::inRange(1, 4);
      for (int i = 0; i < children; ++i) {
        const double weight = *rc::gen::inRange(1, 100);
        std::vector<IndexValue> series{{1, Status::ok}};
        for (int t = 0; t < 3; ++t) series.push_back({*rc::gen::inRange(20, 400) / 100.0, Status::ok});
        tree.push_back({"leaf", parent, weight});
        leaves.push_back(series);
        flat.push_back({"leaf", 0, weight});
        flat_leaves.push_back(series);
      }
    }
    for (const AggregationMean mean : {AggregationMean::arithmetic, AggregationMean::geometric}) {
      const AggregatedTree by_steps = aggregate(tree, leaves, mean);
      const AggregatedTree at_once = aggregate(flat, flat_leaves, mean);
      for (std::size_t t = 0; t < 4; ++t) {
        RC_ASSERT(std::abs(by_steps.index[0][t].value / at_once.index[0][t].value - 1) < 1e-10);
        if (t > 0)
          RC_ASSERT(std::abs(by_steps.contribution[0][t] - (by_steps.index[0][t].value / by_steps.index[0][t - 1].value - 1)) < 1e-10);
      }
    }
  });
}

TEST(Aggregation, SiblingsStandForALeafWithoutAValue) {
  const std::vector<Category> tree{{"all", Category::kNone, 0}, {"a", 0, 1}, {"b", 0, 3}};
  const AggregatedTree result = aggregate(tree, {{}, {{2, Status::ok}}, {{0, Status::no_match}}});
  EXPECT_DOUBLE_EQ(result.index[0][0].value, 2);
  EXPECT_EQ(aggregate(tree, {{}, {{0, Status::no_match}}, {{0, Status::no_match}}}).index[0][0].status, Status::no_match);
}

// By hand. A (weight 1): 1, missing, missing, 3. B (weight 1): 2, 2, 4, 4. The top: (1 + 2)/2 = 1.5; A away, B the same: 1.5; B doubles and A with it, to 2: (2 + 4)/2 = 3;
// A is back at 3: (3 + 4)/2 = 3.5. Contributions: nothing; A (2 − 1)/2/1.5 = 1/3 and B (4 − 2)/2/1.5 = 2/3; A (3 − 2)/2/3 = 1/6.
TEST(Aggregation, LetsTheMissingMoveWithTheOthers) {
  const IndexValue none{0, Status::no_match};
  const auto ok = [](double value) { return IndexValue{value, Status::ok}; };
  const std::vector<Category> tree = {{"top", Category::kNone, 0}, {"a", 0, 1}, {"b", 0, 1}};
  const AggregatedTree result = aggregate(tree, {{}, {ok(1), none, none, ok(3)}, {ok(2), ok(2), ok(4), ok(4)}});
  const double tops[] = {1.5, 1.5, 3, 3.5};
  for (std::size_t t = 0; t < 4; ++t) EXPECT_NEAR(result.index[0][t].value, tops[t], 1e-12) << t;
  EXPECT_FALSE(result.index[1][1].ok());
  EXPECT_NEAR(result.contribution[1][1], 0, 1e-12);
  EXPECT_NEAR(result.contribution[1][2], 1.0 / 3, 1e-12);
  EXPECT_NEAR(result.contribution[2][2], 2.0 / 3, 1e-12);
  EXPECT_NEAR(result.contribution[1][3], 1.0 / 6, 1e-12);
}

// Contributions of the children are their parent's, and the top's is its change, whatever is missing.
TEST(Aggregation, ContributionsAddUpWhateverIsMissing) {
  std::mt19937_64 random(5);
  for (const AggregationMean mean : {AggregationMean::arithmetic, AggregationMean::geometric})
    for (int round = 0; round < 100; ++round) {
      std::vector<Category> tree = {{"top", Category::kNone, 0}, {"x", 0, 0}, {"y", 0, 0}};
      std::vector<std::vector<IndexValue>> leaves(3);
      for (int i = 0; i < 6; ++i) {
        tree.push_back({"l" + std::to_string(i), i < 3 ? 1U : 2U, 1 + static_cast<double>(random() % 5)});
        leaves.emplace_back();
        for (int t = 0; t < 7; ++t)
          leaves.back().push_back(random() % 3 == 0 ? IndexValue{0, Status::no_match}
                                                    : IndexValue{0.5 + static_cast<double>(random() % 100) / 50, Status::ok});
      }
      const AggregatedTree result = aggregate(tree, leaves, mean);
      for (std::size_t t = 1; t < 7; ++t) {
        if (!result.index[0][t].ok() || !result.index[0][t - 1].ok()) continue;
        EXPECT_NEAR(result.contribution[0][t], result.index[0][t].value / result.index[0][t - 1].value - 1, 1e-12);
        EXPECT_NEAR(result.contribution[1][t] + result.contribution[2][t], result.contribution[0][t], 1e-12);
      }
    }
}

TEST(Aggregation, WhatIsNoTreeIsRefused) {
  const std::vector<IndexValue> one{{1, Status::ok}};
  EXPECT_THROW(aggregate({{"a", Category::kNone, 1}, {"b", Category::kNone, 1}}, {one, one}), std::invalid_argument);
  EXPECT_THROW(aggregate({{"a", 1, 1}, {"b", 0, 1}}, {one, one}), std::invalid_argument);
  EXPECT_THROW(aggregate({{"top", Category::kNone, 0}, {"a", 2, 0}, {"b", 1, 1}}, {{}, {}, one}), std::invalid_argument);
  EXPECT_THROW(aggregate({{"top", Category::kNone, 0}, {"a", 0, -1}}, {{}, one}), std::invalid_argument);
  EXPECT_THROW(aggregate({{"top", Category::kNone, 0}, {"a", 0, 0}}, {{}, one}), std::invalid_argument);
}

}  // namespace
}  // namespace fairprice::indices
