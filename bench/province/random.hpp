#pragma once

#include <cstdint>

namespace fairprice::bench {

/// Mixes two words into one: the state of everything in the month is a function of (seed, kind, number), so that nothing
/// but dictionaries is held in memory and an order can look up its listing by making it again.
/// The finaliser is the one of splitmix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators").
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t z = a ^ (b * 0x9E3779B97F4A7C15ULL + 0x7F4A7C159E3779B9ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

/// A stream of whole numbers; the same on every platform, no floating point.
class Random {
 public:
  explicit constexpr Random(std::uint64_t state) : state_(state) {}

  constexpr std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    return mix(state_, 0);
  }

  /// 0 <= result < bound; bound in 1 .. 2^32. The bias of the multiplication is below bound / 2^32.
  constexpr std::uint64_t below(std::uint64_t bound) { return ((next() >> 32) * bound) >> 32; }

  /// low <= result <= high.
  constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
  }

  /// True in `share` of 10 000 cases.
  constexpr bool chance(std::uint64_t share) { return below(10'000) < share; }

 private:
  std::uint64_t state_;
};

}  // namespace fairprice::bench
