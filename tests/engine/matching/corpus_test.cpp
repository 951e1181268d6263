#include "engine/matching/corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/match_catalogue.hpp"

namespace fairprice::matching {
namespace {

using testing_support::titled;

TokenId id_of(const Corpus& corpus, std::string_view text) {
  for (TokenId id = 0; id < corpus.words.size(); ++id)
    if (corpus.words[id] == text) return id;
  ADD_FAILURE() << text;
  return 0;
}

TEST(Corpus, WeighsATokenByTheRecordsThatHaveIt) {
  const Catalogue left = {titled("a", "canon printer"), titled("b", "canon canon scanner")};
  const Catalogue right = {titled("x", "canon printer"), titled("y", "desk")};
  const Corpus corpus = build_corpus(left, &right, 1);
  // ln((4 + 1) / records): canon 3, printer 2, desk 1; a repeat within a record counts once
  EXPECT_NEAR(corpus.words.weight[id_of(corpus, "CANON")], std::log(5.0 / 3), 1e-6);
  EXPECT_NEAR(corpus.words.weight[id_of(corpus, "PRINTER")], std::log(5.0 / 2), 1e-6);
  EXPECT_NEAR(corpus.words.weight[id_of(corpus, "DESK")], std::log(5.0), 1e-6);
  EXPECT_NEAR(corpus.right.title_norm[1], std::log(5.0), 1e-6);
}

TEST(Corpus, NumbersTokensInTheOrderOfTheirBytes) {
  const Catalogue left = {titled("a", "zebra apple mango")};
  const Corpus corpus = build_corpus(left, nullptr, 1);
  EXPECT_EQ(corpus.words[0], "APPLE");
  EXPECT_EQ(corpus.words[1], "MANGO");
  EXPECT_EQ(corpus.words[2], "ZEBRA");
  EXPECT_EQ(corpus.left.order[0][0], 2U) << "as they stand in the title";
  EXPECT_EQ(corpus.left.title[0][0], 0U) << "sorted";
}

TEST(Corpus, KnowsModelNumbersAndTheirStems) {
  const Catalogue left = {titled("a", "Maytag oven MMV4205BT")};
  const Corpus corpus = build_corpus(left, nullptr, 1);
  ASSERT_EQ(corpus.left.codes[0].size(), 1U);
  EXPECT_EQ(corpus.words[corpus.left.codes[0][0]], "MMV4205BT");
  ASSERT_EQ(corpus.left.stems[0].size(), 1U);
  EXPECT_EQ(corpus.words[corpus.left.stems[0][0]], "MMV4205");
}

TEST(Corpus, TakesTheColumnModelAsOneCode) {
  Record record = titled("a", "printer");
  record.model = "LBP 2900+";
  const Corpus corpus = build_corpus({record}, nullptr, 1);
  const auto model = corpus.left.model[0];
  EXPECT_TRUE(std::any_of(model.begin(), model.end(), [&](TokenId id) { return corpus.words[id] == "LBP2900"; }));
}

TEST(Corpus, CallsRecordsOfOneTitleTwins) {
  const Catalogue left = {titled("a", "canon printer"), titled("b", "desk"), titled("c", "Printer, Canon")};
  const Corpus corpus = build_corpus(left, nullptr, 1);
  EXPECT_EQ(corpus.left.twin, (std::vector<std::uint32_t>{0, 1, 0}));
}

}  // namespace
}  // namespace fairprice::matching
