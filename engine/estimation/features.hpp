#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <string>

#include "engine/catalogue/title/configuration.hpp"

/// What a thing is made of, as a regression takes it, and how far two things are apart. Numbers here are characteristics and logarithms, not prices.
namespace fairprice::estimation {

/// A characteristic: a number (its logarithm explains the price) or one of several kinds.
inline constexpr std::size_t kNumbers = 7;  ///< memory, storage, screen, refresh, power, horsepower, speed
inline constexpr std::size_t kKinds =
    8;  ///< processor family, kind of storage, graphics card, resolution, print colour, duplex, paper, network
using Stated = std::bitset<kNumbers + kKinds>;

struct Features {
  std::array<double, kNumbers> numbers{};  ///< 0: not stated
  std::array<std::string, kKinds> kinds;   ///< empty: not stated
  Stated stated() const;
};

/// `ram`, `storage` …: what messages call a characteristic.
std::string_view feature_name(std::size_t feature);

/// Of a processor its family and generation count (`I5-12` of `I5-1240P`), since no market has each number often enough. The colour and the operating
/// system do not count.
Features features_of(const title::Configuration& configuration);

/// How different `other` is from `asked` in what `asked` states: for each number the doublings between them, for each kind 1 when it is another, and 1 for
/// what `other` does not state. 0: equal in all.
double distance(const Features& asked, const Features& other);

}  // namespace fairprice::estimation
