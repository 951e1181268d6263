#include "engine/matching/features.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/matching/feature_tools.hpp"

namespace fairprice::matching {

namespace {

constexpr float kNearSpelling = 0.8F;  // what a token counts that has only a near spelling on the other side

/// At most one letter added, left out or changed.
bool one_edit_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
  if (a.size() == b.size()) return std::equal(x == a.end() ? x : x + 1, a.end(), y == b.end() ? y : y + 1);
  return std::equal(x, a.end(), y + 1);
}

constexpr std::array<std::string_view, kFeatures> kNames = {"title_cosine",
                                                            "title_overlap",
                                                            "title_covered_least",
                                                            "title_covered_most",
                                                            "text_cosine",
                                                            "text_covered_least",
                                                            "text_covered_most",
                                                            "code_shared",
                                                            "code_elsewhere",
                                                            "code_beginning",
                                                            "code_stem",
                                                            "code_conflict",
                                                            "code_neighbour",
                                                            "code_left_over",
                                                            "code_one_side",
                                                            "model_same",
                                                            "model_differs",
                                                            "measures_agree",
                                                            "measures_conflict",
                                                            "text_measures_conflict",
                                                            "numbers_agree",
                                                            "numbers_conflict",
                                                            "colours_agree",
                                                            "colours_conflict",
                                                            "text_colours_agree",
                                                            "text_colours_conflict",
                                                            "brand_same",
                                                            "brand_differs",
                                                            "category_cosine",
                                                            "price_near",
                                                            "price_far",
                                                            "prices_absent",
                                                            "unmatched_most_least",
                                                            "unmatched_most_most",
                                                            "unmatched_least",
                                                            "unmatched_most",
                                                            "first_same",
                                                            "shared_most",
                                                            "shared_second",
                                                            "neighbours_shared",
                                                            "length_ratio",
                                                            "letters_cosine",
                                                            "head_cosine",
                                                            "head_missing_least",
                                                            "head_missing_most",
                                                            "head_digits_conflict"};

}  // namespace

std::string_view feature_name(Feature feature) { return kNames[static_cast<std::size_t>(feature)]; }

Features PairMeter::measure(std::size_t left, std::size_t right) {
  left_ = left;
  right_ = right;
  const double all = static_cast<double>(corpus_.left.size() + corpus_.right.size()) + 1;
  unit_ = static_cast<float>(1 / std::log(all));
  Features f{};
  compare_titles(f);
  compare_codes(f);
  compare_attributes(f);
  compare_columns(f);
  compare_order(f);
  compare_heads(f);
  return f;
}

/// Likeness of two tokens that are not the same: a beginning, or one edit; never where a digit is involved.
float PairMeter::likeness(TokenId a, TokenId b) const {
  const Vocabulary& words = corpus_.words;
  if (words.colour[a] != 0 && words.colour[a] == words.colour[b]) return 1;
  const std::string_view x = words[a];
  const std::string_view y = words[b];
  if (std::any_of(x.begin(), x.end(), is_digit) || std::any_of(y.begin(), y.end(), is_digit)) return 0;
  if (x.size() >= 3 && y.size() >= 3 && (x.starts_with(y) || y.starts_with(x))) return kNearSpelling;
  if (x.size() >= 5 && y.size() >= 5 && one_edit_apart(x, y)) return kNearSpelling;
  return 0;
}

/// Whether a token's letters stand somewhere in a record's title or text, whatever separates them there.
bool PairMeter::stands_in(TokenId token, const Documents& side, std::size_t row) const {
  const std::string_view word = corpus_.words[token];
  const TokenKind kind = corpus_.words.kind[token];
  if (kind == TokenKind::number || word.size() < (kind == TokenKind::word ? 4U : 5U)) return false;
  return text_of(side.squeezed[row]).find(word) != std::string_view::npos;
}

void PairMeter::compare_titles(Features& f) {
  const Documents& left = corpus_.left;
  const Documents& right = corpus_.right_side();
  const std::vector<float>& weight = corpus_.words.weight;
  split(left.title[left_], right.title[right_], shared_, only_left_, only_right_);

  float dot = 0;
  float common = 0;
  float most = 0;
  float second = 0;
  for (const TokenId id : shared_) {
    dot += weight[id] * weight[id];
    common += weight[id];
    const float one = share(id);
    second = std::max(second, std::min(most, one));
    most = std::max(most, one);
  }
  at(f, Feature::title_cosine) = dot / std::max(1e-6F, left.title_norm[left_] * right.title_norm[right_]);
  at(f, Feature::shared_most) = most;
  at(f, Feature::shared_second) = second;

  struct Side {
    float own = 0;     // weight of all tokens
    float found = 0;   // in the other title
    float text = 0;    // anywhere in the other record
    float rarest = 0;  // of those without a counterpart
    float missing = 0;
  };
  const auto look = [&](std::vector<TokenId>& only, const std::vector<TokenId>& others, const Documents& other, std::size_t row) {
    Side side;
    side.own = side.found = side.text = common;
    std::vector<TokenId> without;
    for (const TokenId id : only) {
      float near = 0;
      for (const TokenId candidate : others) near = std::max(near, likeness(id, candidate));
      if (near < 1 && stands_in(id, other, row)) near = std::max(near, 0.9F);
      const bool in_text = has(other.text[row], id);
      side.own += weight[id];
      side.found += near * weight[id];
      side.text += std::max(near, in_text ? 1.0F : 0.0F) * weight[id];
      const float lacking = (1 - near) * share(id);
      side.rarest = std::max(side.rarest, lacking);
      side.missing += lacking;
      if (near == 0) without.push_back(id);
    }
    only = without;
    return side;
  };
  const std::vector<TokenId> all_left = only_left_;
  const Side a = look(only_left_, only_right_, right, right_);
  const Side b = look(only_right_, all_left, left, left_);
  const float found = (a.found + b.found) / 2;
  at(f, Feature::title_overlap) = found / std::max(1e-6F, a.own + b.own - found);
  const auto [covered_least, covered_most] = std::minmax({a.found / std::max(1e-6F, a.own), b.found / std::max(1e-6F, b.own)});
  at(f, Feature::title_covered_least) = covered_least;
  at(f, Feature::title_covered_most) = covered_most;
  const auto [text_least, text_most] = std::minmax({a.text / std::max(1e-6F, a.own), b.text / std::max(1e-6F, b.own)});
  at(f, Feature::text_covered_least) = text_least;
  at(f, Feature::text_covered_most) = text_most;
  at(f, Feature::unmatched_most_least) = std::min(a.rarest, b.rarest);
  at(f, Feature::unmatched_most_most) = std::max(a.rarest, b.rarest);
  at(f, Feature::unmatched_least) = std::min(4.0F, std::min(a.missing, b.missing)) / 4;
  at(f, Feature::unmatched_most) = std::min(4.0F, std::max(a.missing, b.missing)) / 4;

  float text_dot = 0;
  const auto x = left.text[left_];
  const auto y = right.text[right_];
  for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
    if (*i < *j)
      ++i;
    else if (*j < *i)
      ++j;
    else
      text_dot += weight[*i] * weight[*i], ++i, ++j;
  }
  at(f, Feature::text_cosine) = text_dot / std::max(1e-6F, left.text_norm[left_] * right.text_norm[right_]);
}

void PairMeter::compare_order(Features& f) {
  const Documents& left = corpus_.left;
  const Documents& right = corpus_.right_side();
  const auto a = left.order[left_];
  const auto b = right.order[right_];
  at(f, Feature::first_same) = !a.empty() && !b.empty() && a[0] == b[0] ? 1 : 0;
  at(f, Feature::length_ratio) =
      a.empty() || b.empty() ? 0 : static_cast<float>(std::min(a.size(), b.size())) / static_cast<float>(std::max(a.size(), b.size()));
  const auto pairs = [](std::span<const TokenId> order, std::vector<std::uint64_t>& to) {
    to.clear();
    for (std::size_t i = 0; i + 1 < order.size(); ++i) to.push_back(std::uint64_t{order[i]} << 32 | order[i + 1]);
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
  };
  const auto overlap = [](const std::vector<std::uint64_t>& x, const std::vector<std::uint64_t>& y) {
    std::size_t both = 0;
    for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
      if (*i < *j)
        ++i;
      else if (*j < *i)
        ++j;
      else
        ++both, ++i, ++j;
    }
    return both;
  };
  pairs(a, scratch_left_);
  pairs(b, scratch_right_);
  const std::size_t least = std::min(scratch_left_.size(), scratch_right_.size());
  at(f, Feature::neighbours_shared) =
      least == 0 ? 0 : static_cast<float>(overlap(scratch_left_, scratch_right_)) / static_cast<float>(least);
  const auto trigrams = [](std::string_view text, std::vector<std::uint64_t>& to) {
    to.clear();
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
      to.push_back(static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << 16 |
                   static_cast<std::uint64_t>(static_cast<unsigned char>(text[i + 1])) << 8 | static_cast<unsigned char>(text[i + 2]));
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
  };
  trigrams(text_of(left.squeezed[left_]), scratch_left_);
  trigrams(text_of(right.squeezed[right_]), scratch_right_);
  const double product = static_cast<double>(scratch_left_.size()) * static_cast<double>(scratch_right_.size());
  at(f, Feature::letters_cosine) =
      product > 0 ? static_cast<float>(static_cast<double>(overlap(scratch_left_, scratch_right_)) / std::sqrt(product)) : 0;
}

void PairMeter::compare_heads(Features& f) {
  static constexpr std::size_t kHead = 8;
  const Documents& left = corpus_.left;
  const Documents& right = corpus_.right_side();
  const auto head_of = [](std::span<const TokenId> order) {
    std::vector<TokenId> head(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(std::min(kHead, order.size())));
    std::sort(head.begin(), head.end());
    head.erase(std::unique(head.begin(), head.end()), head.end());
    return head;
  };
  const std::vector<TokenId> a = head_of(left.order[left_]);
  const std::vector<TokenId> b = head_of(right.order[right_]);
  at(f, Feature::head_cosine) = cosine(a, b, corpus_.words.weight);
  struct Missing {
    float part = 0;    // share of the weight
    float digits = 0;  // weight of the rarest token with a digit
  };
  const auto missing = [&](const std::vector<TokenId>& head, const Documents& other, std::size_t row) {
    Missing result;
    float all = 0;
    for (const TokenId id : head) {
      all += share(id);
      if (has(other.text[row], id) || stands_in(id, other, row)) continue;
      result.part += share(id);
      const std::string_view text = corpus_.words[id];
      if (std::any_of(text.begin(), text.end(), is_digit)) result.digits = std::max(result.digits, share(id));
    }
    result.part /= std::max(1e-6F, all);
    return result;
  };
  const Missing x = missing(a, right, right_);
  const Missing y = missing(b, left, left_);
  at(f, Feature::head_missing_least) = std::min(x.part, y.part);
  at(f, Feature::head_missing_most) = std::max(x.part, y.part);
  at(f, Feature::head_digits_conflict) = std::min(x.digits, y.digits);
}

}  // namespace fairprice::matching
