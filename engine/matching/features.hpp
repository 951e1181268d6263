#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/matching/corpus.hpp"

namespace fairprice::matching {

/// What is measured of a pair of records. All are within -1..1 or nearly so, and none changes when left and right change places, so that
/// a pair of one catalogue has one score. Weights of tokens are taken as shares of the largest possible one, ln(N + 1).
enum class Feature : std::uint8_t {
  title_cosine,         ///< of weighted token vectors
  title_overlap,        ///< weight shared / weight of either, near spellings counted in part
  title_covered_least,  ///< share of a title's weight that the other title has: of the longer one
  title_covered_most,   ///< the same of the shorter one
  text_cosine,          ///< of all fields
  text_covered_least,   ///< share of a title's weight found anywhere in the other record: the smaller of both directions
  text_covered_most,
  code_shared,     ///< weight of the rarest model number that both titles have
  code_elsewhere,  ///< weight of the rarest model number of one title that stands elsewhere in the other record
  code_beginning,  ///< a model number is the beginning of one of the other title: weight x share of the letters
  code_stem,       ///< no model number agrees, but one does up to its last digit: MMV4205BT and MMV4205BAQ; weight of the stem
  code_conflict,   ///< both titles have model numbers and none agrees: the lesser of the two rarest's weights
  code_neighbour,  ///< among them the likeness of the two most alike: T77 and T70 are siblings
  code_left_over,  ///< one agrees, and both titles have a further one that the other lacks
  code_one_side,   ///< only one of the titles has a model number
  model_same,      ///< both state the column model, and it is one
  model_differs,
  measures_agree,
  measures_conflict,
  text_measures_conflict,  ///< in any field
  numbers_agree,
  numbers_conflict,
  colours_agree,
  colours_conflict,
  text_colours_agree,  ///< in any field
  text_colours_conflict,
  brand_same,
  brand_differs,
  category_cosine,
  price_near,  ///< 1 at equal prices, 0 from a factor of e on; 0 when a price is absent
  price_far,   ///< 1 at a factor of e^2 and more
  prices_absent,
  unmatched_most_least,  ///< weight of the rarest token without counterpart: on the side where it is less
  unmatched_most_most,
  unmatched_least,  ///< weight of all tokens without counterpart, in rarest tokens, up to 4: the lesser side
  unmatched_most,
  first_same,   ///< the titles begin with the same token
  shared_most,  ///< weight of the rarest shared token
  shared_second,
  neighbours_shared,   ///< share of the adjacent pairs of tokens that both titles have
  length_ratio,        ///< tokens of the shorter title / of the longer
  letters_cosine,      ///< of the letter trigrams of the titles
  head_cosine,         ///< of the first tokens of the titles: what stands in front names the product, what follows praises it
  head_missing_least,  ///< share of the weight of a title's first tokens that the other record lacks altogether: the lesser side
  head_missing_most,
  head_digits_conflict,  ///< both titles begin with digits that the other record lacks: the lesser of the two rarest's weights
};
inline constexpr std::size_t kFeatures = static_cast<std::size_t>(Feature::head_digits_conflict) + 1;

std::string_view feature_name(Feature feature);

using Features = std::array<float, kFeatures>;

/// Measures pairs of one corpus. One object a thread: it keeps its scratch space.
class PairMeter {
 public:
  explicit PairMeter(const Corpus& corpus) : corpus_(corpus) {}

  Features measure(std::size_t left, std::size_t right);

  /// Tokens of the titles that have no counterpart in the pair measured last, and those that both have.
  std::span<const TokenId> unmatched_left() const { return only_left_; }
  std::span<const TokenId> unmatched_right() const { return only_right_; }
  std::span<const TokenId> shared() const { return shared_; }

 private:
  void compare_titles(Features& f);
  void compare_codes(Features& f);
  void compare_attributes(Features& f);
  void compare_columns(Features& f);
  void compare_order(Features& f);
  void compare_heads(Features& f);
  float likeness(TokenId a, TokenId b) const;
  bool stands_in(TokenId token, const Documents& side, std::size_t row) const;
  float share(TokenId token) const { return corpus_.words.weight[token] * unit_; }

  const Corpus& corpus_;
  float unit_ = 1;  ///< 1 / the largest weight
  std::size_t left_ = 0, right_ = 0;
  std::vector<TokenId> shared_, only_left_, only_right_;
  std::vector<std::uint64_t> scratch_left_, scratch_right_;
};

}  // namespace fairprice::matching
