#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "indices/status.hpp"

namespace fairprice::indices {

/// A node of a tree of categories. Leaves bring their own index; the others are made from their children.
struct Category {
  std::string name;
  std::size_t parent = kNone;  ///< place in the list; kNone: the top, of which there is one
  double weight = 0;           ///< of leaves: expenditure of the weight period, at least 0; of others the sum of their leaves' is taken

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

/// How children become their parent's index (CPI Manual 2020, chapter 8).
enum class AggregationMean {
  arithmetic,  ///< Σ w I: a Young index, or a Lowe index when the weights are price-updated to the indices' base
  geometric    ///< Π I^w
};

struct AggregatedTree {
  std::vector<std::vector<IndexValue>> index;  ///< by category and period
  /// By category and period, what it adds to the top's change since the period before: w (I_t − I_t−1) / top_t−1 for the arithmetic mean. They add up
  /// over the children of each category; of the first period, and with the geometric mean (through logarithmic means), as
  /// contributions() of relatives. A category without a value contributes as the one that stands for it. 0 where there is none.
  std::vector<std::vector<double>> contribution;
  std::vector<double> weight;  ///< by category, of 1 in all
};

/// `leaves[c]` is the index of category c by period (all of one length), empty for categories with children. A leaf, or a whole category, without a value moves with its siblings
/// from where it stood last: overall mean imputation (CPI Manual 2020, chapter 6), so that its absence changes nothing and its return brings its whole change. One that never
/// had a value stands where its siblings' mean is. Consistent: aggregating over the tree gives what aggregating all leaves at once gives, where none is missing. Throws std::invalid_argument
/// when the tree is none (a loop, two tops, a negative weight, series of different lengths).
AggregatedTree aggregate(const std::vector<Category>& categories, const std::vector<std::vector<IndexValue>>& leaves,
                         AggregationMean mean = AggregationMean::arithmetic);

}  // namespace fairprice::indices
