#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/matching/record.hpp"
#include "engine/matching/tokens.hpp"

namespace fairprice::matching {

using TokenId = std::uint32_t;

/// Rows of different lengths in one array: row i is [begin[i], begin[i + 1]).
template <class T>
struct Rows {
  std::vector<T> values;
  std::vector<std::uint64_t> begin{0};

  std::span<const T> operator[](std::size_t row) const {
    return {values.data() + begin[row], static_cast<std::size_t>(begin[row + 1] - begin[row])};
  }
  std::span<T> row(std::size_t row) { return {values.data() + begin[row], static_cast<std::size_t>(begin[row + 1] - begin[row])}; }
  void close() { begin.push_back(values.size()); }
  std::size_t size() const { return begin.size() - 1; }
};

struct Measure {
  Unit unit;
  std::int64_t value;  ///< in 1/1000 of the unit's base
  auto operator<=>(const Measure&) const = default;
};

/// What is known of each token of both catalogues. Ids are the order of the texts as bytes, so they do not depend on the order of rows.
struct Vocabulary {
  std::string text;                  ///< all tokens, one behind the other
  std::vector<std::uint64_t> begin;  ///< one more than tokens
  std::vector<TokenKind> kind;
  std::vector<std::uint8_t> colour;    ///< 0, or the number of the colour that the word names
  std::vector<std::uint32_t> records;  ///< in how many records it stands, in any field or as a stem
  std::vector<float> weight;           ///< inverse document frequency, ln((N + 1) / records), N records of both catalogues

  std::size_t size() const { return kind.size(); }
  std::string_view operator[](TokenId id) const {
    return std::string_view(text).substr(begin[id], static_cast<std::size_t>(begin[id + 1] - begin[id]));
  }
};

/// A catalogue as tokens. All lists of ids are sorted and without repeats, but for `order`.
struct Documents {
  Rows<TokenId> title;       ///< tokens of title, brand and model
  Rows<TokenId> order;       ///< tokens of the title as they stand, compounds left out
  Rows<TokenId> text;        ///< tokens of all fields
  Rows<TokenId> codes;       ///< what looks like a model number, in title and model
  Rows<TokenId> text_codes;  ///< the same, in all fields
  Rows<TokenId> stems;       ///< of those in `codes`: up to the last digit, where letters stand behind it
  Rows<TokenId> model;       ///< tokens of the column model, compounds included
  Rows<TokenId> brand;
  Rows<TokenId> category;
  Rows<Measure> measures;  ///< of title and model
  Rows<Measure> text_measures;
  Rows<char> squeezed;       ///< letters and digits of title and model
  Rows<char> squeezed_text;  ///< of description and other columns
  std::vector<std::optional<std::int64_t>> price;
  std::vector<std::uint32_t> twin;  ///< the first record whose title has the same tokens: itself, where no other stands before it
  std::vector<float> title_norm;    ///< root of the sum of squared weights
  std::vector<float> text_norm;

  std::size_t size() const { return title.size(); }
};

/// Two catalogues (or one, `right` then being a copy of nothing: see `self`) over one vocabulary.
struct Corpus {
  Vocabulary words;
  Documents left, right;
  bool self = false;  ///< one catalogue with itself: `right` is empty, both sides are `left`

  const Documents& right_side() const { return self ? left : right; }
};

/// Cuts both catalogues into tokens and counts them. `right` null: one with itself. The result does not depend on `threads`.
Corpus build_corpus(const Catalogue& left, const Catalogue* right, int threads);

}  // namespace fairprice::matching
