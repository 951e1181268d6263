#include "engine/base/interner.hpp"

#include <xxhash.h>

#include <mutex>
#include <stdexcept>

namespace fairprice {

namespace {
constexpr std::size_t kFirstCapacity = 256;
constexpr std::size_t kArenaChunk = std::size_t{1} << 15;
}  // namespace

Interner::Table::Table(std::size_t capacity) : mask(capacity - 1), slots(new std::atomic<std::uint64_t>[capacity]()) {}

Interner::Interner() : shards_(std::make_unique<Shard[]>(std::size_t{1} << kShardBits)) {
  for (std::size_t i = 0; i < std::size_t{1} << kShardBits; ++i) {
    shards_[i].tables.push_back(std::make_unique<Table>(kFirstCapacity));
    shards_[i].table.store(shards_[i].tables.back().get(), std::memory_order_release);
  }
}

Interner::~Interner() {
  for (auto& segment : segments_) delete[] segment.load(std::memory_order_relaxed);
}

std::uint64_t Interner::long_hash(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

Interner::Entry& Interner::fresh_entry(std::uint32_t number) {
  const std::uint32_t shifted = number + (1U << kFirstSegmentBits);
  const int top = 31 - __builtin_clz(shifted);
  auto& segment = segments_[static_cast<std::size_t>(top - kFirstSegmentBits)];
  if (segment.load(std::memory_order_acquire) == nullptr) {
    const std::lock_guard guard(segments_lock_);
    if (segment.load(std::memory_order_relaxed) == nullptr) segment.store(new Entry[std::size_t{1} << top], std::memory_order_release);
  }
  return segment.load(std::memory_order_relaxed)[shifted - (1U << top)];
}

std::uint32_t Interner::intern(std::string_view bytes, std::uint64_t hash, std::uint32_t value) {
  if (const std::uint32_t found = find(bytes, hash); found != kNone) return found;
  Shard& shard = shards_[hash >> (64 - kShardBits)];
  const std::lock_guard guard(shard.lock);
  if (const std::uint32_t found = find(bytes, hash); found != kNone) return found;  // another thread was quicker
  if (++shard.count * 2 >= shard.table.load(std::memory_order_relaxed)->mask) grow(shard);
  const std::uint32_t number = size_.fetch_add(1, std::memory_order_acq_rel);
  if (number >= UINT32_MAX - (1U << kFirstSegmentBits) - 1) throw std::length_error("too many distinct texts");
  Entry& fresh = fresh_entry(number);
  fresh.size = static_cast<std::uint32_t>(bytes.size());
  fresh.value = value;
  if (bytes.size() > Entry::kInline)
    fresh.outside = store(shard, bytes);
  else if (!bytes.empty())
    std::memcpy(fresh.inside, bytes.data(), bytes.size());
  Table* table = shard.table.load(std::memory_order_relaxed);
  std::size_t i = hash & table->mask;
  while (table->slots[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & table->mask;
  table->slots[i].store(((hash >> 32) << 32) | (number + 1), std::memory_order_release);
  return number;
}

const char* Interner::store(Shard& shard, std::string_view bytes) {
  if (bytes.size() > kArenaChunk / 4) {
    shard.arena.push_back(std::make_unique<char[]>(bytes.size()));
    std::memcpy(shard.arena.back().get(), bytes.data(), bytes.size());
    return shard.arena.back().get();
  }
  if (bytes.size() > shard.arena_left) {
    shard.arena.push_back(std::make_unique_for_overwrite<char[]>(kArenaChunk));
    shard.arena_next = shard.arena.back().get();
    shard.arena_left = kArenaChunk;
  }
  char* place = shard.arena_next;
  std::memcpy(place, bytes.data(), bytes.size());
  shard.arena_next += bytes.size();
  shard.arena_left -= bytes.size();
  return place;
}

void Interner::grow(Shard& shard) {
  const Table* old = shard.table.load(std::memory_order_relaxed);
  auto bigger = std::make_unique<Table>((old->mask + 1) * 4);
  for (std::size_t place = 0; place <= old->mask; ++place) {
    const std::uint64_t slot = old->slots[place].load(std::memory_order_relaxed);
    if (slot == 0) continue;
    const std::uint64_t hash = hash_of((*this)[static_cast<std::uint32_t>(slot) - 1]);
    std::size_t i = hash & bigger->mask;
    while (bigger->slots[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & bigger->mask;
    bigger->slots[i].store(slot, std::memory_order_relaxed);
  }
  shard.tables.push_back(std::move(bigger));
  shard.table.store(shard.tables.back().get(), std::memory_order_release);
}

}  // namespace fairprice
