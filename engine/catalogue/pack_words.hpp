#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairprice::catalogue {

/// A title as the words that matter for packs. What `pack_text` reads its patterns from.
struct PackWord {
  enum class Kind : std::uint8_t {
    count,    ///< a whole number
    unit,     ///< a counting unit: 张, 盒, 箱
    measure,  ///< a number with a unit of weight or volume: 500ml
    times,    ///< * × X
    per,      ///< /
    every,    ///< 每
    whole,    ///< 整
    packed,   ///< 装, 入
    buy,      ///< 买
    gift,     ///< 送, 赠
    aside,    ///< what follows is not the pack: 配, 含, 可, 约 ...
    edge,     ///< space, bracket, punctuation
    other,
  };
  Kind kind = Kind::other;
  std::int64_t count = 0;
  bool in_words = false;       ///< a count written as 一, 十二
  std::string_view unit = {};  ///< in simplified script
  int rank = 0;                ///< of a unit: what is larger can hold what is smaller
};

/// `canonical`: canonical text. The units of the answer are literals.
std::vector<PackWord> pack_words(std::string_view canonical);

/// Every unit that a text may name, in simplified script.
const std::vector<std::string_view>& unit_words();

/// The rank of a unit's word, -1 for none.
int pack_rank(std::string_view unit);

}  // namespace fairprice::catalogue
