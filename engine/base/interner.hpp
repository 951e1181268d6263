#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/spin_lock.hpp"

namespace fairprice {

/// A set of byte strings, each with a number from 0 in order of arrival and one 32-bit value of the owner's choice.
/// Any number of threads may look up and add at once: a look-up takes no lock, an addition takes that of one of sixteen shards, chosen by
/// the hash. Numbers depend on who came first, so they must never decide an order that is printed; the bytes do.
class Interner {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  Interner();
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;
  ~Interner();

  /// Texts of up to 24 bytes by three words that overlap, so that no length needs a branch of its own; longer ones by XXH3. Only for the
  /// tables of this process.
  static std::uint64_t hash_of(std::string_view bytes) {
    const char* p = bytes.data();
    const std::size_t n = bytes.size();
    if (n > Entry::kInline) return long_hash(bytes);
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::uint64_t c = 0;
    if (n >= 8) {
      a = word_at(p);
      b = word_at(p + n - 8);
      c = word_at(p + (n - 8) / 2);
    } else if (n >= 4) {
      a = half_word_at(p);
      b = half_word_at(p + n - 4);
    } else if (n > 0) {
      a = static_cast<unsigned char>(p[0]) | std::uint64_t{static_cast<unsigned char>(p[n / 2])} << 8 |
          std::uint64_t{static_cast<unsigned char>(p[n - 1])} << 16;
    }
    const std::uint64_t mixed = multiplied(a ^ 0x9E3779B97F4A7C15U, b ^ 0xC2B2AE3D27D4EB4FU ^ n);
    return multiplied(mixed ^ c ^ 0xD6E8FEB86659FD93U, 0xA0761D6478BD642FU ^ n);
  }

  /// The number of `bytes`, or kNone.
  std::uint32_t find(std::string_view bytes) const { return find(bytes, hash_of(bytes)); }
  std::uint32_t find(std::string_view bytes, std::uint64_t hash) const {
    const Table* table = table_of(hash);
    for (std::size_t i = hash & table->mask;; i = (i + 1) & table->mask) {
      const std::uint64_t slot = table->slots[i].load(std::memory_order_acquire);
      if (slot == 0) return kNone;
      if ((slot >> 32) == (hash >> 32) && is(static_cast<std::uint32_t>(slot) - 1, bytes)) return static_cast<std::uint32_t>(slot) - 1;
    }
  }

  /// The number of `bytes`, which are copied when new; `value` is kept with them the first time.
  std::uint32_t intern(std::string_view bytes, std::uint32_t value = 0) { return intern(bytes, hash_of(bytes), value); }
  std::uint32_t intern(std::string_view bytes, std::uint64_t hash, std::uint32_t value);

  /// A look-up in three steps, for many at once: bring the slot into the cache, then the entry that it names, then compare. What
  /// `find` would wait for three times over is fetched while other look-ups go on.
  void prefetch(std::uint64_t hash) const {
    const Table* table = table_of(hash);
    __builtin_prefetch(&table->slots[hash & table->mask]);
  }
  /// The number that the first slot with this hash's upper half names, its entry on the way into the cache; kNone when there is none.
  std::uint32_t candidate(std::uint64_t hash) const {
    const Table* table = table_of(hash);
    for (std::size_t i = hash & table->mask;; i = (i + 1) & table->mask) {
      const std::uint64_t slot = table->slots[i].load(std::memory_order_acquire);
      if (slot == 0) return kNone;
      if ((slot >> 32) != (hash >> 32)) continue;
      const auto number = static_cast<std::uint32_t>(slot) - 1;
      __builtin_prefetch(&entry(number));
      return number;
    }
  }
  bool is(std::uint32_t number, std::string_view bytes) const {
    const Entry& e = entry(number);
    return e.size == bytes.size() && same_bytes(e.data(), bytes.data(), e.size);
  }

  std::string_view operator[](std::uint32_t number) const {
    const Entry& e = entry(number);
    return {e.data(), e.size};
  }
  std::uint32_t value(std::uint32_t number) const { return entry(number).value; }
  /// Only while no other thread reads values.
  void set_value(std::uint32_t number, std::uint32_t value) { entry(number).value = value; }

  /// How many there are. Only while no other thread adds.
  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

 private:
  /// Half a cache line; short texts stand in it, long ones elsewhere.
  struct Entry {
    static constexpr std::size_t kInline = 24;
    std::uint32_t size;
    std::uint32_t value;
    union {
      char inside[kInline];
      const char* outside;
    };
    const char* data() const { return size <= kInline ? inside : outside; }
  };
  static_assert(sizeof(Entry) == 32);
  /// Open addressing; a slot is hash (upper 32 bits) and number + 1 (lower 32 bits), 0 when free. A full table is replaced by a larger
  /// one; old ones stay until the end, because a reader may still be in one.
  struct Table {
    explicit Table(std::size_t capacity);
    std::size_t mask;
    std::unique_ptr<std::atomic<std::uint64_t>[]> slots;
  };
  struct alignas(64) Shard {
    std::atomic<Table*> table;
    SpinLock lock;
    std::size_t count = 0;
    std::vector<std::unique_ptr<Table>> tables;
    std::vector<std::unique_ptr<char[]>> arena;
    std::size_t arena_left = 0;
    char* arena_next = nullptr;
  };
  static constexpr unsigned kShardBits = 4;
  static constexpr int kFirstSegmentBits = 10;  // segment s holds 2^(10+s) entries
  static constexpr int kSegments = 22;

  const Table* table_of(std::uint64_t hash) const { return shards_[hash >> (64 - kShardBits)].table.load(std::memory_order_acquire); }
  Entry& entry(std::uint32_t number) const {
    const std::uint32_t shifted = number + (1U << kFirstSegmentBits);
    const int top = 31 - __builtin_clz(shifted);
    return segments_[static_cast<std::size_t>(top - kFirstSegmentBits)].load(std::memory_order_acquire)[shifted - (1U << top)];
  }
  static std::uint64_t multiplied(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }
  static std::uint64_t word_at(const char* p) {
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    return word;
  }
  static std::uint64_t half_word_at(const char* p) {
    std::uint32_t word = 0;
    std::memcpy(&word, p, sizeof word);
    return word;
  }
  /// memcmp without a call for the lengths that nearly all texts have: words that overlap where the length is no multiple.
  static bool same_bytes(const char* a, const char* b, std::size_t size) {
    if (size > Entry::kInline) return std::memcmp(a, b, size) == 0;
    if (size >= 8) {
      const std::size_t last = size - 8;
      return ((word_at(a) ^ word_at(b)) | (word_at(a + last) ^ word_at(b + last)) | (word_at(a + last / 2) ^ word_at(b + last / 2))) == 0;
    }
    if (size >= 4) return ((half_word_at(a) ^ half_word_at(b)) | (half_word_at(a + size - 4) ^ half_word_at(b + size - 4))) == 0;
    for (std::size_t i = 0; i < size; ++i)
      if (a[i] != b[i]) return false;
    return true;
  }
  static std::uint64_t long_hash(std::string_view bytes);
  /// Where the entry of a new number stands.
  Entry& fresh_entry(std::uint32_t number);
  static const char* store(Shard& shard, std::string_view bytes);
  void grow(Shard& shard);

  std::unique_ptr<Shard[]> shards_;
  mutable std::array<std::atomic<Entry*>, kSegments> segments_{};
  SpinLock segments_lock_;
  std::atomic<std::uint32_t> size_{0};
};

}  // namespace fairprice
