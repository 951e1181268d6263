#include "engine/matching/match.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/match_catalogue.hpp"

namespace fairprice::matching {
namespace {

using testing_support::titled;
using testing_support::two_shops;

std::vector<ScoredPair> matches_of(Matcher&& matcher) {
  std::vector<ScoredPair> pairs = matcher.candidates();
  std::erase_if(pairs, [](const ScoredPair& one) { return !one.match; });
  return pairs;
}

TEST(Matcher, FindsWhatTwoShopsShareAndNothingElse) {
  const auto shops = two_shops(300, 60, 21);
  const auto found = matches_of(Matcher(shops.left, &shops.right, {}));
  std::size_t right = 0;
  for (const ScoredPair& one : found) right += shops.left[one.pair.left].id.substr(1) == shops.right[one.pair.right].id.substr(1) ? 1U : 0U;
  EXPECT_GE(right, 295U);
  EXPECT_LE(found.size(), right + 6);
}

TEST(Matcher, GivesEachRecordOneCounterpartAtMost) {
  const auto shops = two_shops(200, 50, 22);
  std::set<std::uint32_t> left, right;
  for (const ScoredPair& one : matches_of(Matcher(shops.left, &shops.right, {}))) {
    EXPECT_TRUE(left.insert(one.pair.left).second);
    EXPECT_TRUE(right.insert(one.pair.right).second);
  }
}

TEST(Matcher, GivesTheSameWithAnyNumberOfThreads) {
  const auto shops = two_shops(400, 80, 23);
  MatchSettings three;
  three.threads = 3;
  Matcher a(shops.left, &shops.right, {});
  Matcher b(shops.left, &shops.right, three);
  const auto x = a.candidates();
  const auto y = b.candidates();
  ASSERT_EQ(x.size(), y.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_EQ(x[i].pair, y[i].pair);
    EXPECT_EQ(x[i].score, y[i].score);
    EXPECT_EQ(x[i].match, y[i].match);
  }
}

TEST(Matcher, GivesProbabilitiesAndCallsMatchesFromOneThresholdOn) {
  const auto shops = two_shops(200, 100, 24);
  double least_match = 1;
  double most_other = 0;
  for (const ScoredPair& one : Matcher(shops.left, &shops.right, {}).candidates()) {
    EXPECT_GE(one.score, 0);
    EXPECT_LE(one.score, 1);
    if (one.match)
      least_match = std::min(least_match, one.score);
    else
      most_other = std::max(most_other, one.score);
  }
  EXPECT_GT(least_match, most_other);
  EXPECT_LT(most_other, 0.5) << "what is more likely than not is a match";
}

TEST(Matcher, SaysThatAModelNumberWasTheReason) {
  const auto shops = two_shops(100, 20, 25);
  const auto found = matches_of(Matcher(shops.left, &shops.right, {}));
  ASSERT_FALSE(found.empty());
  EXPECT_GE(std::count_if(found.begin(), found.end(), [](const ScoredPair& one) { return one.basis == Basis::model_number; }),
            static_cast<std::ptrdiff_t>(found.size() * 9 / 10));
}

TEST(Matcher, ScoresTheAskedPairsInTheirOrder) {
  const auto shops = two_shops(150, 30, 26);
  MatchSettings settings;
  settings.cardinality = Cardinality::many;
  const std::vector<Candidate> asked = {{5, 5}, {5, 6}, {0, 0}};
  const auto scored = Matcher(shops.left, &shops.right, settings).score(asked);
  ASSERT_EQ(scored.size(), 3U);
  EXPECT_EQ(scored[1].pair, asked[1]);
  EXPECT_TRUE(scored[0].match);
  EXPECT_FALSE(scored[1].match) << "a sibling: " << shops.left[5].title << " | " << shops.right[6].title;
  EXPECT_TRUE(scored[2].match);
}

TEST(Matcher, LearnsFromJudgedPairsWhateverTheirOrder) {
  const auto shops = two_shops(150, 30, 27);
  std::vector<LabelledPair> judged;
  for (std::uint32_t i = 0; i < 100; ++i) {
    judged.push_back({{i, i}, true});
    judged.push_back({{i, (i + 1) % 100}, false});
  }
  const std::vector<Candidate> asked = {{120, 120}, {120, 121}, {130, 130}};
  MatchSettings settings;
  settings.cardinality = Cardinality::many;
  Matcher forward(shops.left, &shops.right, settings);
  forward.train(judged);
  std::reverse(judged.begin(), judged.end());
  Matcher backward(shops.left, &shops.right, settings);
  backward.train(judged);
  const auto a = forward.score(asked);
  const auto b = backward.score(asked);
  for (std::size_t i = 0; i < asked.size(); ++i) EXPECT_EQ(a[i].score, b[i].score);
  EXPECT_TRUE(a[0].match);
  EXPECT_FALSE(a[1].match);
  EXPECT_TRUE(a[2].match);
}

TEST(Matcher, OfOneCatalogueFindsItsRepeats) {
  auto shops = two_shops(60, 0, 28);
  Catalogue all = shops.left;
  all.push_back(titled("z1", shops.left[3].title));
  all.push_back(titled("z2", shops.left[7].title + " new"));
  MatchSettings settings;
  settings.cardinality = Cardinality::many;
  std::set<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const ScoredPair& one : matches_of(Matcher(all, nullptr, settings))) {
    EXPECT_LT(one.pair.left, one.pair.right);
    found.insert({one.pair.left, one.pair.right});
  }
  EXPECT_TRUE(found.count({3, 60}));
  EXPECT_TRUE(found.count({7, 61}));
}

TEST(Matcher, OfEmptyCataloguesFindsNothing) {
  const Catalogue none;
  EXPECT_TRUE(Matcher(none, &none, {}).candidates().empty());
  const Catalogue one = {titled("a", "")};
  EXPECT_TRUE(matches_of(Matcher(one, &one, {})).empty());
}

}  // namespace
}  // namespace fairprice::matching
