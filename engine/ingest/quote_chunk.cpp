#include "engine/ingest/quote_chunk.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace fairprice::ingest {

namespace {
constexpr std::uint32_t kRun = 16;                             // chunks of one partition side by side: 256 KB
constexpr std::size_t kChunksAtOnce = std::size_t{32} * kRun;  // from the system
constexpr std::size_t kBytesAtOnce = kChunksAtOnce * sizeof(QuoteChunk);
}  // namespace

void QuoteChunkPool::Unmap::operator()(QuoteChunk* chunks) const { ::munmap(chunks, kBytesAtOnce); }

QuoteChunk* QuoteChunkPool::take(std::size_t partition, bool wide) {
  Run& run = runs_[partition];
  if (run.left == 0) {
    if (left_ == 0) {
      void* memory = ::mmap(nullptr, kBytesAtOnce, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      if (memory == MAP_FAILED) throw std::bad_alloc();
      ::madvise(memory, kBytesAtOnce, MADV_NOHUGEPAGE);  // a run that is not full must not cost what it has not used
      slabs_.emplace_back(static_cast<QuoteChunk*>(memory));
      left_ = kChunksAtOnce;
    }
    left_ -= kRun;
    run = {slabs_.back().get() + left_, kRun};
  }
  QuoteChunk* chunk = run.next++;
  --run.left;
  chunk->clear(wide);
  return chunk;
}

void QuoteChunkPool::give_back(std::vector<QuoteChunk*> chunks) {
  std::sort(chunks.begin(), chunks.end());
  // Neighbours in one call: each makes all processors forget what they know of these pages.
  for (std::size_t first = 0, next = 1; first < chunks.size(); first = next++) {
    while (next < chunks.size() && chunks[next] == chunks[next - 1] + 1) ++next;
    ::madvise(chunks[first], (next - first) * sizeof(QuoteChunk), MADV_DONTNEED);
  }
}

}  // namespace fairprice::ingest
