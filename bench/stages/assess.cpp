// assess: every listing of the month, from quotes in memory to decisions, on one thread and on two. No peer does this alone; the two must
// agree, and ./dev bench compares their rows with other programs'.
#include <benchmark/benchmark.h>

#include "bench/stages/month.hpp"
#include "engine/fairprice.hpp"
#include "engine/publishing/assessment_row.hpp"

namespace fairprice::bench {
namespace {

std::string rows_of(const assessment::Assessments& assessments) {
  publishing::AssessmentRows rows(month(), policy());
  publishing::CsvBuffer buffer;
  rows.put_rows(buffer, assessments.listings);
  return std::string(buffer.bytes());
}

void check() {
  static const bool checked = [] {
    const std::string rows = rows_of(assess(month(), policy(), 1));
    require(!rows.empty() && rows == rows_of(assess(month(), policy(), 2)), "assess: one thread and two");
    return true;
  }();
  static_cast<void>(checked);
}

void fairprice(benchmark::State& state, int threads) {
  check();
  for (auto _ : state) benchmark::DoNotOptimize(assess(month(), policy(), threads).listings.data());
  std::size_t quotes = 0;
  for (const auto& chunks : month().quotes.chunks)
    for (const auto* chunk : chunks) quotes += chunk->size();
  const std::size_t listings = month().listings.size();
  const std::size_t bytes =
      quotes * sizeof(ingest::Quote) + listings * sizeof(ingest::Listing) + month().orders.size() * sizeof(ingest::Order);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(listings));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

BENCHMARK_CAPTURE(fairprice, 1, 1)->Name("assess/listings, 1 thread/fairprice")->UseRealTime();
BENCHMARK_CAPTURE(fairprice, 2, 2)->Name("assess/listings, 2 threads/fairprice")->UseRealTime();

}  // namespace
}  // namespace fairprice::bench
