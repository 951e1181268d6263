#pragma once

#include <cstddef>
#include <vector>

#include "indices/panel.hpp"
#include "indices/status.hpp"

/// What comes and goes in a panel, and how series are put on another base.
namespace fairprice::indices {

/// Products of a period against the period before. Of the first period all are new.
struct Churn {
  std::size_t products = 0;
  std::size_t matched = 0;          ///< in the period before too
  std::size_t entered = 0;          ///< not in the period before
  std::size_t left = 0;             ///< in the period before and not in this one
  double matched_value = 0;         ///< share of the matched products in this period's expenditure; 0 where nothing was sold
  double matched_value_before = 0;  ///< in the expenditure of the period before
};
std::vector<Churn> churn(const Panel& panel);

/// The series with `base` as 1. Without a value there, every period has that status.
std::vector<IndexValue> rebased(const std::vector<IndexValue>& series, std::size_t base);

/// `later` put on the level of `earlier` at the period that both have: earlier's periods up to `overlap`, then later's behind its first.
/// `later` begins at `overlap` of `earlier`.
std::vector<IndexValue> linked(const std::vector<IndexValue>& earlier, const std::vector<IndexValue>& later, std::size_t overlap);

}  // namespace fairprice::indices
