#include "engine/ingest/quote_chunk.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace fairprice::ingest {
namespace {

Quote quote_of(std::uint64_t price, std::uint64_t above, std::uint64_t operator_number, std::uint64_t pack) {
  Quote quote{};
  quote.price = price & 0xFFFFFFFFFFU;
  quote.product_above = above & 0xFFFFFFU;
  quote.operator_ = operator_number & 0x7FFFFFFU;
  quote.pack = pack & 0x3FFFFFU;
  return quote;
}

void expect_same(const Quote& a, const Quote& b) {
  EXPECT_EQ(a.price, b.price);
  EXPECT_EQ(a.product_above, b.product_above);
  EXPECT_EQ(a.operator_, b.operator_);
  EXPECT_EQ(a.pack, b.pack);
  EXPECT_EQ(a.day, b.day);
  EXPECT_EQ(a.use, b.use);
  EXPECT_EQ(a.store, b.store);
  EXPECT_EQ(a.shop_type, b.shop_type);
}

TEST(NarrowQuote, FitsUpToTheLargestValueOfEachField) {
  const std::uint64_t dearest = ((std::uint64_t{1} << 30) - 1) * 100;  // 10 737 418.23 yuan
  EXPECT_TRUE(NarrowQuote::fits(quote_of(dearest, (1U << 13) - 1, (1U << 19) - 1, 127)));
  EXPECT_FALSE(NarrowQuote::fits(quote_of(dearest + 100, 0, 0, 0)));
  EXPECT_FALSE(NarrowQuote::fits(quote_of(12'345, 0, 0, 0))) << "1.2345 yuan is no whole fen";
  EXPECT_FALSE(NarrowQuote::fits(quote_of(100, 1U << 13, 0, 0)));
  EXPECT_FALSE(NarrowQuote::fits(quote_of(100, 0, 1U << 19, 0)));
  EXPECT_FALSE(NarrowQuote::fits(quote_of(100, 0, 0, 128)));
}

TEST(NarrowQuote, GivesBackEveryFieldAndTouchesNoOther) {
  // One field full, all others empty, in turn: what ran over into a neighbour would show there.
  for (int field = 0; field < 8; ++field) {
    SCOPED_TRACE(field);
    Quote quote = quote_of(field == 0 ? ((std::uint64_t{1} << 30) - 1) * 100 : 0, field == 1 ? (1U << 13) - 1 : 0,
                           field == 2 ? (1U << 19) - 1 : 0, field == 3 ? 127 : 0);
    quote.day = field == 4 ? 31U : 0U;
    quote.use = field == 5 ? 5U : 0U;
    quote.store = field == 6 ? 1U : 0U;
    quote.shop_type = field == 7 ? 3U : 0U;
    ASSERT_TRUE(NarrowQuote::fits(quote));
    expect_same(NarrowQuote::of(quote).quote(), quote);
    NarrowQuote rejected = NarrowQuote::of(quote);
    rejected.reject();
    quote.use = kRejectedUse;
    expect_same(rejected.quote(), quote);
  }
}

TEST(QuoteChunk, KeepsWhatItWasGivenInBothWidths) {
  const auto chunk = std::make_unique<QuoteChunk>();
  for (const bool wide : {false, true}) {
    SCOPED_TRACE(wide);
    std::mt19937_64 random(7);
    std::vector<Quote> given;
    chunk->clear(wide);
    while (!chunk->full()) {
      const std::uint64_t bits = random();
      Quote quote = wide ? quote_of(bits, bits >> 40 & 0xFFFFFF, random(), random())
                         : quote_of(bits % (1U << 30) * 100, bits >> 30 & 0x1FFF, bits >> 43 & 0x7FFFF, random() & 127);
      quote.day = bits >> 8 & 31U;
      quote.use = bits >> 13 & 3U;
      quote.store = bits >> 16 & 1U;
      quote.shop_type = bits >> 17 & 3U;
      given.push_back(quote);
      chunk->add(quote);
    }
    ASSERT_EQ(chunk->size(), given.size());
    EXPECT_EQ(given.size(), wide ? 1023U : 1637U);
    chunk->reject_if([](const Quote& quote) { return quote.pack % 3 == 1; });
    std::size_t i = 0;
    chunk->each([&](const Quote& kept) {
      Quote expected = given[i++];
      if (expected.pack % 3 == 1) expected.use = kRejectedUse;
      expect_same(kept, expected);
    });
    EXPECT_EQ(i, given.size());
  }
}

}  // namespace
}  // namespace fairprice::ingest
