#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairprice::catalogue {

/// `count` of `inner` make one `outer`: 500 张 one 包. Units are words of titles in simplified script; an empty one is not named.
struct PackStep {
  std::int64_t count = 0;
  std::string inner, outer;
  bool operator==(const PackStep&) const = default;
};

/// How sure it is that a chain speaks of the pack.
enum class PackCertainty : std::uint8_t {
  stated,  ///< a count a container (24支/盒, 一箱8包), or with 装 (6瓶装)
  likely,  ///< a count or product alone: 5包, 12卷*10提, 500ml*24
};

/// What a text says of packs, from the inner unit to the outer one: each step's outer is the next one's inner.
/// Where the last outer is not named, its count is what one listing holds (5包, 6瓶装); else the chain says how things are packed
/// (24支/盒), and not how many of them are sold.
struct PackChain {
  std::vector<PackStep> steps;
  PackCertainty certainty = PackCertainty::likely;
  bool says_what_is_sold() const { return steps.back().outer.empty(); }
};

struct PackText {
  std::vector<PackChain> chains;
  std::string whole;           ///< 整箱: 箱, whatever it holds
  bool contradictory = false;  ///< it gives two counts for one thing
  bool empty() const { return chains.empty() && whole.empty(); }
};

/// Reads packs out of a title or a configuration. Measures (70g, 500ml, 24寸), models (L3153, 2B), speeds (33页/分), ranges, and what
/// comes along (送2支, 可订20页) are no packs. Counts are whole numbers from 1 to 99 999.
PackText read_packs(std::string_view text);

/// "500张/包 8包/箱", "5包": for tests and messages.
std::string to_text(const PackChain& chain);

/// Whether a unit is one that other packs go into (箱, 件, 提, 捆 ...): it may be what an unnamed container is called.
bool holds_packs(std::string_view unit);

}  // namespace fairprice::catalogue
