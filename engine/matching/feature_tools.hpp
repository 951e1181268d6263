#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include "engine/matching/features.hpp"

/// What the files that measure features share.
namespace fairprice::matching {

inline float& at(Features& f, Feature which) { return f[static_cast<std::size_t>(which)]; }

inline bool has(std::span<const TokenId> sorted, TokenId id) { return std::binary_search(sorted.begin(), sorted.end(), id); }

inline std::string_view text_of(std::span<const char> characters) { return {characters.data(), characters.size()}; }

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Two sorted lists into what both have and what only one has.
template <class T>
void split(std::span<const T> a, std::span<const T> b, std::vector<T>& both, std::vector<T>& only_a, std::vector<T>& only_b) {
  both.clear();
  only_a.clear();
  only_b.clear();
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() || j != b.end()) {
    if (j == b.end() || (i != a.end() && *i < *j)) {
      only_a.push_back(*i++);
    } else if (i == a.end() || *j < *i) {
      only_b.push_back(*j++);
    } else {
      both.push_back(*i++);
      ++j;
    }
  }
}

/// Of two sorted lists of tokens as weighted vectors.
inline float cosine(std::span<const TokenId> a, std::span<const TokenId> b, const std::vector<float>& weight) {
  float dot = 0;
  float aa = 0;
  float bb = 0;
  for (const TokenId id : a) aa += weight[id] * weight[id];
  for (const TokenId id : b) {
    bb += weight[id] * weight[id];
    if (has(a, id)) dot += weight[id] * weight[id];
  }
  return aa > 0 && bb > 0 ? dot / std::sqrt(aa * bb) : 0;
}

}  // namespace fairprice::matching
