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

/// Gives a category its value from its children, and those that have none their place: with the others' change since they stood somewhere.
struct Standing {
  AggregatedTree& tree;
  const std::vector<std::vector<std::size_t>>& children;
  std::vector<std::vector<double>>& stands;
  AggregationMean mean;

  double scaled(double value) const { return mean == AggregationMean::arithmetic ? value : std::log(value); }
  double unscaled(double value) const { return mean == AggregationMean::arithmetic ? value : std::exp(value); }

  /// The weighted mean of some children in a period.
  template <class Which>
  double mean_of(std::size_t c, std::size_t t, Which which) const {
    double sum = 0, weight = 0;
    for (const std::size_t child : children[c])
      if (which(child)) {
        sum += tree.weight[child] * scaled(stands[child][t]);
        weight += tree.weight[child];
      }
    return weight > 0 ? unscaled(sum / weight) : 0;
  }

  void make(std::size_t c, std::size_t t) {
    const auto has = [&](std::size_t child) { return tree.index[child][t].ok(); };
    const auto stood = [&](std::size_t child) { return t > 0 && stands[child][t - 1] > 0; };
    if (!(mean_of(c, t, has) > 0)) return;
    const auto both = [&](std::size_t child) { return has(child) && stood(child); };
    const double then = t > 0 ? mean_of(c, t - 1, both) : 0;
    const double change = then > 0 ? mean_of(c, t, both) / then : 0;
    for (const std::size_t child : children[c])
      if (!has(child)) stands[child][t] = change > 0 && stood(child) ? stands[child][t - 1] * change : 0;
    const IndexValue value = checked(mean_of(c, t, [&](std::size_t child) { return stands[child][t] > 0; }));
    tree.index[c][t] = value;
    if (!value.ok()) return;
    stands[c][t] = value.value;
    for (const std::size_t child : children[c]) {
      if (has(child)) continue;
      if (!(stands[child][t] > 0)) stands[child][t] = value.value;  // it never stood anywhere, or nothing says how it moved
      move_below(child, t);
    }
  }

  /// What lies below a category without a value moves as it does.
  void move_below(std::size_t c, std::size_t t) {
    const bool stood = t > 0 && stands[c][t - 1] > 0;
    for (const std::size_t child : children[c]) {
      stands[child][t] = stood && stands[child][t - 1] > 0 ? stands[child][t - 1] * (stands[c][t] / stands[c][t - 1]) : stands[c][t];
      move_below(child, t);
    }
  }
};

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
  // Where each category stands, with a value or without; 0: its parent never had one.
  std::vector<std::vector<double>> stands(categories.size(), std::vector<double>(periods, 0));
  Standing standing{tree, children, stands, mean};
  for (std::size_t t = 0; t < periods; ++t) {
    for (const std::size_t c : order) {
      if (children[c].empty()) {
        tree.index[c][t] = leaves[c][t];
        if (leaves[c][t].ok()) stands[c][t] = leaves[c][t].value;
      } else {
        standing.make(c, t);
      }
    }
    if (!tree.index[top][t].ok() && t > 0)
      for (auto& series : stands) series[t] = series[t - 1];  // nothing moved
  }
  tree.contribution.assign(categories.size(), std::vector<double>(periods, 0));
  for (std::size_t t = 1; t < periods; ++t) {
    const IndexValue& before = tree.index[top][t - 1];
    const IndexValue& now = tree.index[top][t];
    if (!before.ok() || !now.ok()) continue;
    // Of the leaves first; a category's is the sum of its children's.
    double scale = 0;
    for (std::size_t c = 0; c < categories.size(); ++c) {
      if (!children[c].empty() || !(stands[c][t - 1] > 0) || !(stands[c][t] > 0)) continue;
      const double then = stands[c][t - 1];
      const double value = stands[c][t];
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
