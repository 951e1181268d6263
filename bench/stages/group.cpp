// group: the quotes of one product after another, out of a table in order of arrival; as many to a partition as a province has.
// Peer: std::sort of all quotes by product.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "bench/province/random.hpp"
#include "bench/stages/month.hpp"
#include "engine/catalogue/product_quotes.hpp"

namespace fairprice::bench {
namespace {

using ingest::Quote;
using ingest::QuoteTable;

constexpr std::uint32_t kProducts = 40'000;
constexpr std::size_t kQuotes = 4'000'000;

struct Placed {
  std::uint32_t product;
  Quote quote;
};

/// All quotes in the order of their products; within one in any order.
void sort_all(const ingest::Month& month, std::vector<Placed>& all) {
  all.clear();
  for (std::uint32_t partition = 0; partition < QuoteTable::kPartitions; ++partition)
    for (const QuoteTable::Chunk* chunk : month.quotes.chunks[partition])
      chunk->each([&](const Quote& quote) {
        if (quote.use == ingest::kRejectedUse) return;
        all.push_back({static_cast<std::uint32_t>(quote.product_above) * QuoteTable::kPartitions + partition, quote});
      });
  std::sort(all.begin(), all.end(), [](const Placed& a, const Placed& b) { return a.product < b.product; });
}

/// Products as the assessment asks for them: a partition's one after another.
template <class Take>
void group(const ingest::Month& month, Take&& take) {
  catalogue::ProductQuotes quotes(month);
  for (std::uint32_t partition = 0; partition < QuoteTable::kPartitions; ++partition)
    for (std::uint32_t product = partition; product < kProducts; product += QuoteTable::kPartitions) take(product, quotes.of(product));
}

using Bytes = std::pair<std::uint64_t, std::uint64_t>;
Bytes bytes_of(const Quote& quote) {
  Bytes bytes;
  std::memcpy(&bytes.first, &quote, 8);
  std::memcpy(&bytes.second, reinterpret_cast<const char*>(&quote) + 8, 8);
  return bytes;
}

const ingest::Month& checked() {
  static const std::unique_ptr<const ingest::Month> month = [] {
    auto made = std::make_unique<ingest::Month>();
    Random random(7);
    for (std::size_t i = 0; i < kQuotes; ++i) {
      Quote quote{};
      quote.price = random.below(100'000'000) & 0xFFFFFFFFFFU;
      quote.operator_ = random.below(2'000) & 0x7FFFFFFU;
      quote.day = random.below(31) & 31U;
      quote.use = (random.chance(100) ? ingest::kRejectedUse : random.below(5)) & 7U;
      made->quotes.add(static_cast<std::uint32_t>(random.below(kProducts)), quote);
    }
    std::vector<Placed> all;
    sort_all(*made, all);
    std::size_t seen = 0;
    std::vector<Bytes> ours, peers;
    group(*made, [&](std::uint32_t product, std::span<const Quote> quotes) {
      ours.clear();
      peers.clear();
      for (const Quote& quote : quotes) ours.push_back(bytes_of(quote));
      for (auto at = std::lower_bound(all.begin(), all.end(), product, [](const Placed&a, std::uint32_t b) { return a.product < b; });
           at != all.end() && at->product == product; ++at)
        peers.push_back(bytes_of(at->quote));
      std::sort(ours.begin(), ours.end());
      std::sort(peers.begin(), peers.end());
      require(ours == peers, "group: product " + std::to_string(product));
      seen += ours.size();
    });
    require(seen == all.size(), "group: number of quotes");
    return made;
  }();
  return *month;
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kQuotes));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kQuotes * sizeof(Quote)));
}

void fairprice(benchmark::State& state) {
  const ingest::Month& month = checked();
  for (auto _ : state) group(month, [](std::uint32_t, std::span<const Quote> quotes) { benchmark::DoNotOptimize(quotes.data()); });
  count(state);
}

void peer(benchmark::State& state) {
  const ingest::Month& month = checked();
  std::vector<Placed> all;
  all.reserve(kQuotes);
  for (auto _ : state) {
    sort_all(month, all);
    benchmark::DoNotOptimize(all.data());
  }
  count(state);
}

BENCHMARK(fairprice)->Name("group/quotes/fairprice");
BENCHMARK(peer)->Name("group/quotes/std::sort");

}  // namespace
}  // namespace fairprice::bench
