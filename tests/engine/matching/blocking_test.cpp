#include "engine/matching/blocking.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/match_catalogue.hpp"

namespace fairprice::matching {
namespace {

bool share_a_token(std::span<const TokenId> a, std::span<const TokenId> b) {
  return std::any_of(a.begin(), a.end(), [&](TokenId id) { return std::binary_search(b.begin(), b.end(), id); });
}

TEST(Blocking, WithRoomForAllFindsEveryPairThatSharesAToken) {
  const auto shops = testing_support::two_shops(25, 10, 3);
  const Corpus corpus = build_corpus(shops.left, &shops.right, 1);
  std::vector<Candidate> expected;
  for (std::uint32_t i = 0; i < shops.left.size(); ++i)
    for (std::uint32_t j = 0; j < shops.right.size(); ++j)
      if (share_a_token(corpus.left.title[i], corpus.right.title[j])) expected.push_back({i, j});
  EXPECT_EQ(find_candidates(corpus, {.most = 1000, .most_postings = 1'000'000}, 1), expected);
}

TEST(Blocking, KeepsTheTruePairsWhenItKeepsFew) {
  const auto shops = testing_support::two_shops(300, 100, 4);
  const Corpus corpus = build_corpus(shops.left, &shops.right, 1);
  const std::vector<Candidate> found = find_candidates(corpus, {.most = 3, .most_postings = 200}, 1);
  EXPECT_LE(found.size(), 3 * (shops.left.size() + shops.right.size()));
  std::size_t kept = 0;
  for (std::uint32_t i = 0; i < 300; ++i) kept += std::binary_search(found.begin(), found.end(), Candidate{i, i}) ? 1U : 0U;
  EXPECT_EQ(kept, 300U);
}

TEST(Blocking, DoesNotDependOnTheNumberOfThreads) {
  const auto shops = testing_support::two_shops(700, 100, 6);
  const Corpus one = build_corpus(shops.left, &shops.right, 1);
  const Corpus four = build_corpus(shops.left, &shops.right, 4);
  EXPECT_EQ(find_candidates(one, {}, 1), find_candidates(four, {}, 4));
}

TEST(Blocking, OfOneCatalogueGivesEachPairOnceAndNoneWithItself) {
  const auto shops = testing_support::two_shops(60, 0, 7);
  const Corpus corpus = build_corpus(shops.left, nullptr, 1);
  const std::vector<Candidate> found = find_candidates(corpus, {}, 1);
  EXPECT_FALSE(found.empty());
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
  for (const Candidate& one : found) EXPECT_LT(one.left, one.right);
  EXPECT_EQ(std::adjacent_find(found.begin(), found.end()), found.end());
}

TEST(Blocking, OfNothingFindsNothing) {
  const Catalogue none;
  const Corpus corpus = build_corpus(none, &none, 1);
  EXPECT_TRUE(find_candidates(corpus, {}, 2).empty());
}

}  // namespace
}  // namespace fairprice::matching
