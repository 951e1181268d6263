#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/matching/logistic.hpp"

namespace fairprice::matching {

/// Gradient boosted regression trees for the log odds of a match: small trees, each fitted to what those before left over. They find
/// which features matter only together, and need labels: some hundred matches. Friedman (2001), Annals of Statistics 29(5), 1189-1232;
/// Newton steps with a penalty on leaves as Chen & Guestrin (2016), KDD, equations 5 to 7.
class BoostedTrees {
 public:
  struct Settings {
    int trees = 150;
    std::size_t leaves = 10;  ///< of a tree
    std::size_t fewest = 10;  ///< examples in a leaf
  };
  static BoostedTrees fit(std::span<const Example> examples, const Settings& settings);
  double operator()(const Features& features) const;  ///< log odds

 private:
  struct Node {
    float threshold = 0;  ///< left when the feature is at most this
    std::uint8_t feature = 0;
    std::int32_t left = -1;  ///< -1: a leaf
    std::int32_t right = -1;
    float value = 0;  ///< of a leaf
  };
  double bias_ = 0;
  std::vector<std::vector<Node>> trees_;

  friend class TreeGrower;
};

}  // namespace fairprice::matching
