#pragma once

#include <span>
#include <vector>

#include "indices/panel.hpp"

namespace fairprice::indices {

/// Prices and quantities of the same products in two periods: 0 the base, 1 the compared one. All spans are of one length.
struct Matched {
  std::span<const double> p0, q0, p1, q1;
  std::size_t size() const { return p0.size(); }
};

/// The products that two periods have in common; the arrays are kept between calls. Two-pointer merge: linear in both periods.
class Matcher {
 public:
  Matched match(const Panel::Period& base, const Panel::Period& compared);
  /// The same, with the quantities of a third period as `qb` (Lowe, Young): products present in all three.
  Matched match(const Panel::Period& base, const Panel::Period& compared, const Panel::Period& weights, std::vector<double>& pb,
                std::vector<double>& qb);

 private:
  std::vector<double> p0_, q0_, p1_, q1_;
};

}  // namespace fairprice::indices
