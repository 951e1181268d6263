#include "engine/matching/boosted_trees.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fairprice::matching {

namespace {

constexpr double kShrinkage = 0.06;
constexpr double kPenalty = 1;  // of a leaf's squared value
constexpr std::size_t kBins = 64;

struct Sums {
  double gradient = 0;
  double curvature = 0;
  std::size_t count = 0;
  void add(const Sums& other) { gradient += other.gradient, curvature += other.curvature, count += other.count; }
  Sums without(const Sums& other) const { return {gradient - other.gradient, curvature - other.curvature, count - other.count}; }
  double gain() const { return gradient * gradient / (curvature + kPenalty); }
};

/// Upper bounds of the bins of a feature: at most 63 values that cut the examples into equal parts.
std::vector<float> bin_bounds(std::span<const Example> examples, std::size_t feature) {
  std::vector<float> values;
  values.reserve(examples.size());
  for (const Example& one : examples) values.push_back(one.features[feature]);
  std::sort(values.begin(), values.end());
  std::vector<float> bounds;
  for (std::size_t i = 1; i < kBins; ++i) {
    const float bound = values[i * values.size() / kBins];
    if (bound < values.back() && (bounds.empty() || bounds.back() < bound)) bounds.push_back(bound);
  }
  return bounds;
}

}  // namespace

class TreeGrower {
 public:
  TreeGrower(std::span<const Example> examples, const BoostedTrees::Settings& settings)
      : examples_(examples), settings_(settings), bins_(examples.size() * kFeatures) {
    for (std::size_t feature = 0; feature < kFeatures; ++feature) {
      bounds_[feature] = bin_bounds(examples, feature);
      for (std::size_t row = 0; row < examples.size(); ++row) {
        const auto bin = std::lower_bound(bounds_[feature].begin(), bounds_[feature].end(), examples[row].features[feature]);
        bins_[row * kFeatures + feature] = static_cast<std::uint8_t>(bin - bounds_[feature].begin());
      }
    }
    gradient_.resize(examples.size());
    curvature_.resize(examples.size());
  }

  /// One tree for the present scores, which it moves on.
  std::vector<BoostedTrees::Node> grow(std::vector<double>& scores) {
    for (std::size_t row = 0; row < examples_.size(); ++row) {
      const double p = probability(scores[row]);
      gradient_[row] = examples_[row].weight * (examples_[row].label - p);
      curvature_[row] = examples_[row].weight * std::max(p * (1 - p), 1e-6);
    }
    std::vector<BoostedTrees::Node> nodes(1);
    std::vector<std::uint32_t> all(examples_.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<Leaf> leaves;
    leaves.push_back(open_leaf(0, std::move(all)));
    while (leaves.size() < settings_.leaves) {
      const auto best = std::max_element(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& b) { return a.gain < b.gain; });
      if (best->gain <= 1e-9) break;
      Leaf taken = std::move(*best);
      leaves.erase(best);
      std::vector<std::uint32_t> low, high;
      for (const std::uint32_t row : taken.rows) (bins_[row * kFeatures + taken.feature] <= taken.bin ? low : high).push_back(row);
      BoostedTrees::Node& node = nodes[taken.node];
      node.feature = static_cast<std::uint8_t>(taken.feature);
      node.threshold = bounds_[taken.feature][taken.bin];
      node.left = static_cast<std::int32_t>(nodes.size());
      node.right = node.left + 1;
      const auto left = static_cast<std::size_t>(node.left);
      nodes.resize(nodes.size() + 2);
      leaves.push_back(open_leaf(left, std::move(low)));
      leaves.push_back(open_leaf(left + 1, std::move(high)));
    }
    for (const Leaf& leaf : leaves) {
      const double value = kShrinkage * leaf.sums.gradient / (leaf.sums.curvature + kPenalty);
      nodes[leaf.node].value = static_cast<float>(value);
      for (const std::uint32_t row : leaf.rows) scores[row] += value;
    }
    return nodes;
  }

 private:
  struct Leaf {
    std::size_t node = 0;
    std::vector<std::uint32_t> rows;
    Sums sums;
    double gain = 0;  ///< of its best split
    std::size_t feature = 0;
    std::size_t bin = 0;  ///< the last one of the lower part
  };

  Leaf open_leaf(std::size_t node, std::vector<std::uint32_t> rows) const {
    Leaf leaf;
    leaf.node = node;
    leaf.rows = std::move(rows);
    std::vector<Sums> histogram(kFeatures * kBins);
    for (const std::uint32_t row : leaf.rows) {
      const Sums one{gradient_[row], curvature_[row], 1};
      leaf.sums.add(one);
      for (std::size_t feature = 0; feature < kFeatures; ++feature) histogram[feature * kBins + bins_[row * kFeatures + feature]].add(one);
    }
    for (std::size_t feature = 0; feature < kFeatures; ++feature) {
      Sums low;
      for (std::size_t bin = 0; bin < bounds_[feature].size(); ++bin) {
        low.add(histogram[feature * kBins + bin]);
        const Sums high = leaf.sums.without(low);
        if (low.count < settings_.fewest || high.count < settings_.fewest) continue;
        const double gain = low.gain() + high.gain() - leaf.sums.gain();
        if (gain > leaf.gain) leaf.gain = gain, leaf.feature = feature, leaf.bin = bin;
      }
    }
    return leaf;
  }

  std::span<const Example> examples_;
  BoostedTrees::Settings settings_;
  std::array<std::vector<float>, kFeatures> bounds_;
  std::vector<std::uint8_t> bins_;
  std::vector<double> gradient_, curvature_;
};

BoostedTrees BoostedTrees::fit(std::span<const Example> examples, const Settings& settings) {
  BoostedTrees model;
  double matches = 0;
  double all = 0;
  for (const Example& one : examples) matches += one.weight * one.label, all += one.weight;
  const double share = std::clamp(all > 0 ? matches / all : 0.5, 1e-3, 1 - 1e-3);
  model.bias_ = std::log(share / (1 - share));
  if (examples.size() < 2 * settings.fewest) return model;
  TreeGrower grower(examples, settings);
  std::vector<double> scores(examples.size(), model.bias_);
  for (int i = 0; i < settings.trees; ++i) model.trees_.push_back(grower.grow(scores));
  return model;
}

double BoostedTrees::operator()(const Features& features) const {
  double sum = bias_;
  for (const auto& tree : trees_) {
    std::size_t at = 0;
    while (tree[at].left >= 0)
      at = static_cast<std::size_t>(features[tree[at].feature] <= tree[at].threshold ? tree[at].left : tree[at].right);
    sum += static_cast<double>(tree[at].value);
  }
  return sum;
}

}  // namespace fairprice::matching
