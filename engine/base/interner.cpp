#include "engine/base/interner.hpp"

#include <xxhash.h>

#include <stdexcept>

namespace fairprice {

namespace {
constexpr std::size_t kFirstCapacity = 4096;
constexpr std::size_t kArenaChunk = std::size_t{1} << 17;
}  // namespace

Interner::Interner() {
  tables_.push_back(std::make_unique<Table>(kFirstCapacity));
  table_.store(tables_.back().get(), std::memory_order_release);
}

Interner::~Interner() {
  for (auto& segment : segments_) delete[] segment.load(std::memory_order_relaxed);
}

std::uint64_t Interner::long_hash(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

std::uint32_t Interner::intern(std::string_view bytes, std::uint64_t hash, std::uint32_t value) {
  if (const std::uint32_t found = find(bytes, hash); found != kNone) return found;
  const std::lock_guard lock(mutex_);
  if (const std::uint32_t found = find(bytes, hash); found != kNone) return found;  // another thread was quicker
  const std::uint32_t number = size_.load(std::memory_order_relaxed);
  if (number == UINT32_MAX - (1U << kFirstSegmentBits) - 1) throw std::length_error("too many distinct texts");
  const std::uint32_t shifted = number + (1U << kFirstSegmentBits);
  const int top = 31 - __builtin_clz(shifted);
  auto& segment = segments_[static_cast<std::size_t>(top - kFirstSegmentBits)];
  if (segment.load(std::memory_order_relaxed) == nullptr) segment.store(new Entry[std::size_t{1} << top], std::memory_order_release);
  Entry& fresh = segment.load(std::memory_order_relaxed)[shifted - (1U << top)];
  fresh.size = static_cast<std::uint32_t>(bytes.size());
  fresh.value = value;
  if (bytes.size() > Entry::kInline) fresh.outside = store(bytes);
  else if (!bytes.empty()) std::memcpy(fresh.inside, bytes.data(), bytes.size());
  size_.store(number + 1, std::memory_order_release);
  Table* table = table_.load(std::memory_order_relaxed);
  if (std::size_t{number} * 2 >= table->mask) {
    grow();
    return number;  // grow() placed it too
  }
  std::size_t i = hash & table->mask;
  while (table->slots[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & table->mask;
  table->slots[i].store(((hash >> 32) << 32) | (number + 1), std::memory_order_release);
  return number;
}

const char* Interner::store(std::string_view bytes) {
  if (bytes.size() > kArenaChunk / 4) {
    arena_.push_back(std::make_unique<char[]>(bytes.size()));
    std::memcpy(arena_.back().get(), bytes.data(), bytes.size());
    return arena_.back().get();
  }
  if (bytes.size() > arena_left_) {
    arena_.push_back(std::make_unique<char[]>(kArenaChunk));
    arena_next_ = arena_.back().get();
    arena_left_ = kArenaChunk;
  }
  char* place = arena_next_;
  if (!bytes.empty()) std::memcpy(place, bytes.data(), bytes.size());
  arena_next_ += bytes.size();
  arena_left_ -= bytes.size();
  return place;
}

void Interner::grow() {
  auto bigger = std::make_unique<Table>((table_.load(std::memory_order_relaxed)->mask + 1) * 4);
  const std::uint32_t count = size_.load(std::memory_order_relaxed);
  for (std::uint32_t number = 0; number < count; ++number) {
    const std::uint64_t hash = hash_of((*this)[number]);
    std::size_t i = hash & bigger->mask;
    while (bigger->slots[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & bigger->mask;
    bigger->slots[i].store(((hash >> 32) << 32) | (number + 1), std::memory_order_relaxed);
  }
  tables_.push_back(std::move(bigger));
  table_.store(tables_.back().get(), std::memory_order_release);
}

}  // namespace fairprice
