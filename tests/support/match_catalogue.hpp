#pragma once

#include <cstdint>
#include <string>

#include "engine/matching/record.hpp"

namespace fairprice::testing_support {

inline matching::Record titled(std::string id, std::string title) {
  matching::Record record;
  record.id = std::move(id);
  record.title = std::move(title);
  return record;
}

/// Numbers that look random and are the same everywhere: SplitMix64.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t most) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return static_cast<std::size_t>((z ^ (z >> 31)) % most);
  }
  double unit() { return static_cast<double>(below(1U << 30)) / static_cast<double>(1U << 30); }

 private:
  std::uint64_t state_;
};

/// An id that sorts as its number does.
inline std::string numbered(const char* prefix, std::size_t number) {
  std::string digits = std::to_string(number);
  return prefix + std::string(6 - digits.size(), '0') + digits;
}

/// Two shops' lists of `shared` products each with a model number of its own, the second in other words and order, and `more` that only
/// one of them has. The products come in families of three that differ in the model number and a size alone.
struct Shops {
  matching::Catalogue left, right;
};
inline Shops two_shops(std::size_t shared, std::size_t more, std::uint64_t seed) {
  static const char* const kBrands[] = {"Canon", "HP", "Epson", "Brother", "Lenovo", "Deli", "Comix", "Sony"};
  static const char* const kThings[] = {"laser printer", "monitor", "shredder", "scanner", "projector", "router", "keyboard"};
  static const char* const kPraise[] = {"for the office", "with wifi", "new", "fast", "compact", "reliable"};
  Numbers numbers(seed);
  Shops shops;
  for (std::size_t i = 0; i < shared + 2 * more; ++i) {
    Numbers family(seed + i / 3);
    const std::string brand = kBrands[family.below(8)];
    const std::string thing = kThings[family.below(7)];
    const std::string series = std::string(1, static_cast<char>('A' + family.below(26))) + static_cast<char>('A' + family.below(26));
    const std::string model = series + std::to_string(100 + 10 * family.below(80) + i % 3) + std::string(1, "ABC"[i % 3]);
    const std::string size = std::to_string(8 << (i % 3)) + "GB";
    const bool on_left = i < shared + more;
    const bool on_right = i < shared || i >= shared + more;
    if (on_left) shops.left.push_back(titled(numbered("l", i), brand + " " + thing + " " + size + " - " + model));
    if (on_right)
      shops.right.push_back(titled(numbered("r", i), brand + " " + model + " " + kPraise[numbers.below(6)] + " " + thing + ", " + size));
  }
  return shops;
}

}  // namespace fairprice::testing_support
