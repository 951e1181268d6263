#include "indices/aggregation.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "indices/means.hpp"

namespace fairprice::indices {

namespace {

/// Children before their parents.
std::vector<std::size_t> upwards(const std::vector<Category>& categories, std::vector<std::vector<std::size_t>>& children) {
  children.assign(categories.size(), {});
  std::size_t top = Category::kNone;
  for (std::size_t c = 0; c < categories.size(); ++c) {
    const std::size_t parent = categories[c].parent;
    if (parent == Category::kNone) {
      if (top != Category::kNone)
        throw std::invalid_argument("two categories have no parent: " + categories[top].name + ", " + categories[c].name);
      top = c;
    } else if (parent >= categories.size()) {
      throw std::invalid_argument(categories[c].name + " has a parent that is not there");
    } else {
      children[parent].push_back(c);
    }
  }
  if (top == Category::kNone) throw std::invalid_argument("no category is the top");
  std::vector<std::size_t> order{top};
  for (std::size_t i = 0; i < order.size(); ++i) order.insert(order.end(), children[order[i]].begin(), children[order[i]].end());
  if (order.size() != categories.size()) throw std::invalid_argument("the categories go round in a circle");
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace

AggregatedTree aggregate(const std::vector<Category>& categories, const std::vector<std::vector<IndexValue>>& leaves,
                         AggregationMean mean) {
  if (leaves.size() != categories.size()) throw std::invalid_argument("each category needs a series, or an empty one");
  std::vector<std::vector<std::size_t>> children;
  const std::vector<std::size_t> order = upwards(categories, children);
  std::size_t periods = 0;
  AggregatedTree tree;
  tree.weight.assign(categories.size(), 0);
  for (std::size_t c = 0; c < categories.size(); ++c) {
    if (!children[c].empty()) continue;
    if (periods != 0 && leaves[c].size() != periods) throw std::invalid_argument(categories[c].name + " has another number of periods");
    periods = leaves[c].size();
    if (!(categories[c].weight >= 0) || !std::isfinite(categories[c].weight))
      throw std::invalid_argument(categories[c].name + " has no weight");
    tree.weight[c] = categories[c].weight;
  }
  for (const std::size_t c : order)
    if (categories[c].parent != Category::kNone) tree.weight[categories[c].parent] += tree.weight[c];
  const std::size_t top = order.back();
  const double total = tree.weight[top];
  if (!(total > 0)) throw std::invalid_argument("the weights sum to nothing");
  for (double& weight : tree.weight) weight /= total;

  tree.index.assign(categories.size(), std::vector<IndexValue>(periods, {0, Status::no_match}));
  for (const std::size_t c : order) {
    if (children[c].empty()) {
      tree.index[c] = leaves[c];
      continue;
    }
    for (std::size_t t = 0; t < periods; ++t) {
      double sum = 0;
      double weight = 0;
      for (const std::size_t child : children[c]) {
        const IndexValue& one = tree.index[child][t];
        if (!one.ok()) continue;
        sum += tree.weight[child] * (mean == AggregationMean::arithmetic ? one.value : std::log(one.value));
        weight += tree.weight[child];
      }
      if (weight > 0) tree.index[c][t] = checked(mean == AggregationMean::arithmetic ? sum / weight : std::exp(sum / weight));
    }
  }
  tree.contribution.assign(categories.size(), std::vector<double>(periods, 0));
  for (std::size_t t = 1; t < periods; ++t) {
    const IndexValue& before = tree.index[top][t - 1];
    const IndexValue& now = tree.index[top][t];
    if (!before.ok() || !now.ok()) continue;
    // Of the leaves first; a category's is the sum of its children's.
    double scale = 0;
    for (std::size_t c = 0; c < categories.size(); ++c) {
      if (!children[c].empty() || !tree.index[c][t].ok() || !tree.index[c][t - 1].ok()) continue;
      const double then = tree.index[c][t - 1].value;
      const double value = tree.index[c][t].value;
      if (mean == AggregationMean::arithmetic) {
        tree.contribution[c][t] = tree.weight[c] * (value - then) / before.value;
      } else {
        const double share = tree.weight[c] / logarithmic_mean(value / then, now.value / before.value);
        tree.contribution[c][t] = share * (value / then - 1);
        scale += share;
      }
    }
    if (mean == AggregationMean::geometric && scale > 0)
      for (std::size_t c = 0; c < categories.size(); ++c) tree.contribution[c][t] /= scale;
    for (const std::size_t c : order)
      if (categories[c].parent != Category::kNone) tree.contribution[categories[c].parent][t] += tree.contribution[c][t];
  }
  return tree;
}

}  // namespace fairprice::indices
