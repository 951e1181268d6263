#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

namespace fairprice::indices {

/// Which of n things hang together (union by halving paths).
class Connected {
 public:
  explicit Connected(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

  std::size_t group_of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t i, std::size_t j) { parent_[group_of(i)] = group_of(j); }
  bool same(std::size_t i, std::size_t j) { return group_of(i) == group_of(j); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace fairprice::indices
