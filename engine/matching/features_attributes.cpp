// What tells two models of one maker apart: model numbers, sizes, colours, and the columns that state them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "engine/matching/feature_tools.hpp"

namespace fairprice::matching {

namespace {

/// Share of the letters that two texts have in common at their beginnings and ends.
float affix_likeness(std::string_view a, std::string_view b) {
  const auto front = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  std::size_t back = 0;
  while (front + back < std::min(a.size(), b.size()) && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  return static_cast<float>(front + back) / static_cast<float>(std::max(a.size(), b.size()));
}

/// Values within 3 % are one: 1000 GB and 1024 GB, 15.6 and 16 inches not.
bool near_value(std::int64_t a, std::int64_t b) { return std::llabs(a - b) * 100 <= 3 * std::max(std::llabs(a), std::llabs(b)); }

struct MeasureCounts {
  int agree = 0;     ///< kinds with a common value
  int conflict = 0;  ///< kinds where both sides have a value that the other lacks, and none or not all is common
};

MeasureCounts compare_measures(std::span<const Measure> a, std::span<const Measure> b) {
  MeasureCounts counts;
  for (std::size_t i = 0; i < a.size();) {
    std::size_t end = i;
    while (end < a.size() && a[end].unit == a[i].unit) ++end;
    const auto first = std::lower_bound(b.begin(), b.end(), Measure{a[i].unit, INT64_MIN});
    auto last = first;
    while (last != b.end() && last->unit == a[i].unit) ++last;
    if (first != last) {
      const auto lacks = [](auto from, auto to, std::int64_t value) {
        return std::none_of(from, to, [&](const Measure& one) { return near_value(one.value, value); });
      };
      bool left_over = false;
      bool right_over = false;
      bool common = false;
      for (std::size_t k = i; k < end; ++k) (lacks(first, last, a[k].value) ? left_over : common) = true;
      for (auto it = first; it != last; ++it)
        if (lacks(a.begin() + static_cast<std::ptrdiff_t>(i), a.begin() + static_cast<std::ptrdiff_t>(end), it->value)) right_over = true;
      counts.agree += common ? 1 : 0;
      counts.conflict += left_over && right_over ? 1 : 0;
    }
    i = end;
  }
  return counts;
}

}  // namespace

void PairMeter::compare_codes(Features& f) {
  const Documents& left = corpus_.left;
  const Documents& right = corpus_.right_side();
  const auto a = left.codes[left_];
  const auto b = right.codes[right_];
  const auto longest_weight = [&](std::span<const TokenId> codes, auto&& counts) {
    float most = 0;
    for (const TokenId id : codes)
      if (counts(id)) most = std::max(most, share(id));
    return most;
  };
  const auto found = [&](TokenId id, const Documents& side, std::size_t row) {
    return has(side.title[row], id) ||
           (corpus_.words[id].size() >= 5 && text_of(side.squeezed[row]).find(corpus_.words[id]) != std::string_view::npos);
  };
  const auto found_in_text = [&](TokenId id, const Documents& side, std::size_t row) {
    return has(side.text[row], id) ||
           (corpus_.words[id].size() >= 5 && text_of(side.squeezed_text[row]).find(corpus_.words[id]) != std::string_view::npos);
  };
  const auto any = [](TokenId) { return true; };
  const float shared = std::max(longest_weight(a, [&](TokenId id) { return found(id, right, right_); }),
                                longest_weight(b, [&](TokenId id) { return found(id, left, left_); }));
  const float elsewhere = std::max(longest_weight(a, [&](TokenId id) { return found_in_text(id, right, right_); }),
                                   longest_weight(b, [&](TokenId id) { return found_in_text(id, left, left_); }));
  at(f, Feature::code_shared) = shared;
  at(f, Feature::code_elsewhere) = elsewhere;
  const float most_left = longest_weight(a, any);
  const float most_right = longest_weight(b, any);
  const auto over = [&](TokenId id, const Documents& side, std::size_t row) {
    return !found(id, side, row) && !found_in_text(id, side, row);
  };
  const float over_left = longest_weight(a, [&](TokenId id) { return over(id, right, right_); });
  const float over_right = longest_weight(b, [&](TokenId id) { return over(id, left, left_); });

  float beginning = 0;
  float neighbour = 0;
  for (const TokenId x : a) {
    if (!over(x, right, right_)) continue;
    for (const TokenId y : b) {
      if (!over(y, left, left_)) continue;
      const std::string_view s = corpus_.words[x];
      const std::string_view t = corpus_.words[y];
      const auto shorter = static_cast<float>(std::min(s.size(), t.size()));
      const float weight = std::min(share(x), share(y));
      if (shorter >= 4 && (s.starts_with(t) || t.starts_with(s) || s.ends_with(t) || t.ends_with(s)))
        beginning = std::max(beginning, weight * shorter / static_cast<float>(std::max(s.size(), t.size())));
      else
        neighbour = std::max(neighbour, weight * affix_likeness(s, t));
    }
  }
  at(f, Feature::code_beginning) = beginning;
  const bool agrees = shared > 0.5F || elsewhere > 0.5F || beginning > 0.3F;
  if (!agrees) {
    float stem = 0;
    const auto look = [&](std::span<const TokenId> stems, std::span<const TokenId> others, const Documents& side, std::size_t row) {
      for (const TokenId id : stems) {
        const std::string_view text = corpus_.words[id];
        const bool there = has(others, id) || (text.size() >= 5 && text_of(side.squeezed[row]).find(text) != std::string_view::npos) ||
                           (text.size() >= 6 && text_of(side.squeezed_text[row]).find(text) != std::string_view::npos);
        if (there) stem = std::max(stem, share(id));
      }
    };
    look(left.stems[left_], right.stems[right_], right, right_);
    look(right.stems[right_], left.stems[left_], left, left_);
    at(f, Feature::code_stem) = stem;
  }
  if (!agrees && at(f, Feature::code_stem) < 0.5F) {
    at(f, Feature::code_conflict) = std::min(over_left, over_right);
    at(f, Feature::code_neighbour) = neighbour;
  } else if (agrees) {
    at(f, Feature::code_left_over) = std::min(over_left, over_right);
  }
  at(f, Feature::code_one_side) = std::max(0.0F, std::abs(most_left - most_right) - (agrees ? 1.0F : 0.0F));

  const auto model_left = left.model[left_];
  const auto model_right = right.model[right_];
  if (!model_left.empty() && !model_right.empty()) {
    std::vector<TokenId> both, only_a, only_b;
    split(model_left, model_right, both, only_a, only_b);
    const bool same = only_a.empty() || only_b.empty();
    at(f, same ? Feature::model_same : Feature::model_differs) = 1;
  }
}

void PairMeter::compare_attributes(Features& f) {
  const Documents& left = corpus_.left;
  const Documents& right = corpus_.right_side();
  const Vocabulary& words = corpus_.words;
  const MeasureCounts title = compare_measures(left.measures[left_], right.measures[right_]);
  at(f, Feature::measures_agree) = static_cast<float>(std::min(title.agree, 4)) / 4;
  at(f, Feature::measures_conflict) = static_cast<float>(std::min(title.conflict, 3)) / 3;
  const MeasureCounts text = compare_measures(left.text_measures[left_], right.text_measures[right_]);
  at(f, Feature::text_measures_conflict) = static_cast<float>(std::min(text.conflict, 3)) / 3;

  int numbers = 0;
  unsigned colours_both = 0;
  for (const TokenId id : shared_) {
    numbers += words.kind[id] == TokenKind::number ? 1 : 0;
    if (words.colour[id] != 0) ++colours_both;
  }
  at(f, Feature::numbers_agree) = static_cast<float>(std::min(numbers, 4)) / 4;
  const auto count = [&](const std::vector<TokenId>& ids, auto&& which) {
    return static_cast<int>(std::count_if(ids.begin(), ids.end(), which));
  };
  const auto is_number = [&](TokenId id) { return words.kind[id] == TokenKind::number; };
  at(f, Feature::numbers_conflict) = static_cast<float>(std::min({count(only_left_, is_number), count(only_right_, is_number), 2})) / 2;

  const auto colours = [&](std::span<const TokenId> ids) {
    std::uint64_t set = 0;
    for (const TokenId id : ids)
      if (words.colour[id] != 0) set |= std::uint64_t{1} << words.colour[id];
    return set;
  };
  const auto compare = [&](std::uint64_t a, std::uint64_t b, Feature agree, Feature conflict) {
    if (a != 0 && b != 0) at(f, (a & b) != 0 ? agree : conflict) = 1;
  };
  compare(colours(left.title[left_]), colours(right.title[right_]), Feature::colours_agree, Feature::colours_conflict);
  compare(colours(left.text[left_]), colours(right.text[right_]), Feature::text_colours_agree, Feature::text_colours_conflict);
}

void PairMeter::compare_columns(Features& f) {
  const Documents& left = corpus_.left;
  const Documents& right = corpus_.right_side();
  // A brand column may stand on one side alone: then the other side's title is asked.
  const auto named = [&](std::span<const TokenId> brand, const Documents& side, std::size_t row) {
    return std::any_of(brand.begin(), brand.end(), [&](TokenId id) { return has(side.text[row], id) || stands_in(id, side, row); });
  };
  const auto brand_left = left.brand[left_];
  const auto brand_right = right.brand[right_];
  if (!brand_left.empty() || !brand_right.empty()) {
    const bool same =
        (!brand_left.empty() && named(brand_left, right, right_)) || (!brand_right.empty() && named(brand_right, left, left_));
    at(f, same ? Feature::brand_same : Feature::brand_differs) = 1;
  }
  if (!left.category[left_].empty() && !right.category[right_].empty())
    at(f, Feature::category_cosine) = cosine(left.category[left_], right.category[right_], corpus_.words.weight);
  const auto price_left = left.price[left_];
  const auto price_right = right.price[right_];
  if (price_left && price_right) {
    const double apart = std::abs(std::log(static_cast<double>(*price_left) / static_cast<double>(*price_right)));
    at(f, Feature::price_near) = static_cast<float>(std::max(0.0, 1 - apart));
    at(f, Feature::price_far) = static_cast<float>(std::min(1.0, apart / 2));
  } else {
    at(f, Feature::prices_absent) = 1;
  }
}

}  // namespace fairprice::matching
