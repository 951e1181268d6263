#include "engine/catalogue/product_quotes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "engine/ingest/quote_parser.hpp"

namespace fairprice::catalogue {
namespace {

using ingest::Quote;
using ingest::QuoteTable;
using Values = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;  // price, operator, pack

/// Products of three partitions, two of which also have products beyond the narrow form's reach.
constexpr std::uint32_t kProducts[] = {1, 2, 257, 513, 5U << 21, (5U << 21) + 257, 256U * 9'000 + 1};

Quote quote_of(std::mt19937_64& random) {
  Quote quote{};
  const bool large = random() % 8 == 0;  // sub-fen prices, and operators and packs of high numbers
  quote.price = (large ? random() : random() % 50'000 * 100) & 0xFFFFFFFFFFU;
  quote.operator_ = (large ? random() : random() % 3'000) & 0x7FFFFFFU;
  quote.pack = (large ? random() : random() % 40) & 0x3FFFFFU;
  quote.day = random() % 30 & 31U;
  return quote;
}

/// Into the table by two threads' parsers and by `add`, as reading and the catalogue do; what each product must then have.
std::map<std::uint32_t, std::vector<Values>> fill(ingest::Month& month, std::size_t quotes) {
  std::map<std::uint32_t, std::vector<Values>> expected;
  std::mt19937_64 random(11);
  std::vector<ingest::QuotesOfThread> locals(2);
  const auto next = [&](auto&& add) {
    const std::uint32_t product = kProducts[random() % std::size(kProducts)];
    const Quote quote = quote_of(random);
    expected[product].emplace_back(quote.price, quote.operator_, quote.pack);
    add(product, quote);
  };
  for (std::size_t i = 0; i < quotes; ++i) next([&](std::uint32_t product, const Quote& quote) { locals[i % 2].add(product, quote); });
  for (ingest::QuotesOfThread& local : locals) {
    for (std::size_t p = 0; p < QuoteTable::kPartitions; ++p) {
      local.close_chunk(p);
      month.quotes.chunks[p].insert(month.quotes.chunks[p].end(), local.chunks[p].begin(), local.chunks[p].end());
    }
    month.quotes.pools.push_back(std::move(local.pool));
  }
  for (std::size_t i = 0; i < quotes / 2; ++i) next([&](std::uint32_t product, const Quote& quote) { month.quotes.add(product, quote); });
  for (auto& entry : expected) std::sort(entry.second.begin(), entry.second.end());
  return expected;
}

TEST(ProductQuotes, HoldsEveryQuoteOfAProductWhateverItsWidth) {
  for (const std::size_t quotes : {std::size_t{0}, std::size_t{5}, std::size_t{60'000}}) {
    SCOPED_TRACE(quotes);
    ingest::Month month;
    auto expected = fill(month, quotes);
    ProductQuotes found(month);
    for (const std::uint32_t product : kProducts) {
      std::vector<Values> values;
      for (const Quote& quote : found.of(product)) values.emplace_back(quote.price, quote.operator_, quote.pack);
      std::sort(values.begin(), values.end());
      EXPECT_EQ(values, expected[product]) << product;
    }
    EXPECT_TRUE(found.of(3).empty());
  }
}

TEST(ProductQuotes, APartitionThatWasLetGoIsAMistakeAndTheOthersStand) {
  ingest::Month month;
  auto expected = fill(month, 20'000);
  month.quotes.give_back(1);
  ProductQuotes found(month);
  EXPECT_THROW(found.of(1), std::logic_error);
  EXPECT_EQ(found.of(2).size(), expected[2].size());
}

}  // namespace
}  // namespace fairprice::catalogue
