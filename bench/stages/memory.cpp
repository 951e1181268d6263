// What the machine's memory gives: a read and a copy of arrays far larger than the caches (McCalpin's STREAM counts bytes the same way:
// those read and those written, not the lines that a write fetches first).
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstring>
#include <memory>

#include "bench/stages/month.hpp"

namespace fairprice::bench {
namespace {

constexpr std::size_t kWords = std::size_t{1} << 25;  // 256 MiB
constexpr std::size_t kPiece = std::size_t{1} << 17;  // 1 MiB

struct Arrays {
  Arrays() : from(new std::uint64_t[kWords]), to(new std::uint64_t[kWords]) {
    for (std::size_t i = 0; i < kWords; ++i) from[i] = i;
    std::memcpy(to.get(), from.get(), kWords * sizeof(std::uint64_t));
    require(std::memcmp(from.get(), to.get(), kWords * sizeof(std::uint64_t)) == 0, "memory: copy");
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kWords; ++i) sum += from[i];
    require(sum == kWords / 2 * (kWords - 1), "memory: read");
  }
  std::unique_ptr<std::uint64_t[]> from, to;
};

const Arrays& arrays() {
  static const Arrays arrays;
  return arrays;
}

void read(benchmark::State& state) {
  const std::size_t share = kWords / static_cast<std::size_t>(state.threads());
  const std::uint64_t* const from = arrays().from.get() + share * static_cast<std::size_t>(state.thread_index());
  for (auto _ : state) {
    // Four sums, so that no addition waits for the one before.
    std::uint64_t sums[4] = {0, 0, 0, 0};
    for (std::size_t i = 0; i < share; i += 4)
      for (std::size_t j = 0; j < 4; ++j) sums[j] += from[i + j];
    benchmark::DoNotOptimize(sums);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(share * sizeof(std::uint64_t)));
}

void copy(benchmark::State& state) {
  const std::size_t share = kWords / static_cast<std::size_t>(state.threads());
  const std::size_t first = share * static_cast<std::size_t>(state.thread_index());
  for (auto _ : state) {
    // In pieces of which each is small for memcpy, so that both threads go through ordinary stores as a program's do.
    for (std::size_t i = 0; i < share; i += kPiece)
      std::memcpy(arrays().to.get() + first + i, arrays().from.get() + first + i, kPiece * sizeof(std::uint64_t));
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(2 * share * sizeof(std::uint64_t)));
}

BENCHMARK(read)->Name("memory/read/machine")->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK(copy)->Name("memory/copy/machine")->Threads(1)->Threads(2)->UseRealTime();

}  // namespace
}  // namespace fairprice::bench
