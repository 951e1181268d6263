#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/matching/units.hpp"

namespace fairprice::matching {

enum class TokenKind : std::uint8_t {
  word,     ///< letters, or one or two neighbouring ideographs
  number,   ///< digits, perhaps with a decimal point
  measure,  ///< a number and its unit, in the unit's canonical spelling: "16 GB", "16gb" and "16G" are all 16GB
  code,     ///< letters with digits, or many digits: what a model number looks like
};

struct Token {
  std::string text;  ///< canonical (NFKC, upper case), without separators
  TokenKind kind = TokenKind::word;
  Unit unit = Unit::none;  ///< of a measure
  std::int64_t value = 0;  ///< of a number or measure, in 1/1000 of the unit's base; 0 otherwise
  bool compound = false;   ///< the join of atoms that separators divide, given besides its atoms: F3H982-10 -> F3H982, 10, F3H98210
};

/// Cuts a text into tokens, in the order of the text. Letters and digits that stand together are an atom; a change between ideographs and
/// Latin letters divides (戴尔G3 -> 戴尔, G3); a run of ideographs gives its bigrams. An atom may be followed by its compound.
/// `text` must be UTF-8.
std::vector<Token> tokenise(std::string_view text);

/// The letters and digits of a text alone, canonical, in order: where a model number is looked for whatever separates its parts.
std::string squeezed(std::string_view text);

}  // namespace fairprice::matching
