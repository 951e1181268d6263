#include "indices/matched.hpp"

#include <algorithm>

namespace fairprice::indices {

Matched Matcher::match(const Panel::Period& base, const Panel::Period& compared) {
  p0_.clear();
  q0_.clear();
  p1_.clear();
  q1_.clear();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < base.size() && j < compared.size()) {
    if (base.products[i] < compared.products[j]) {
      ++i;
    } else if (base.products[i] > compared.products[j]) {
      ++j;
    } else {
      p0_.push_back(base.prices[i]);
      q0_.push_back(base.quantities[i++]);
      p1_.push_back(compared.prices[j]);
      q1_.push_back(compared.quantities[j++]);
    }
  }
  return {p0_, q0_, p1_, q1_};
}

Matched Matcher::match(const Panel::Period& base, const Panel::Period& compared, const Panel::Period& weights, std::vector<double>& pb,
                       std::vector<double>& qb) {
  p0_.clear();
  q0_.clear();
  p1_.clear();
  q1_.clear();
  pb.clear();
  qb.clear();
  std::size_t j = 0;
  std::size_t k = 0;
  for (std::size_t i = 0; i < base.size(); ++i) {
    while (j < compared.size() && compared.products[j] < base.products[i]) ++j;
    while (k < weights.size() && weights.products[k] < base.products[i]) ++k;
    if (j == compared.size() || compared.products[j] != base.products[i]) continue;
    if (k == weights.size() || weights.products[k] != base.products[i]) continue;
    p0_.push_back(base.prices[i]);
    q0_.push_back(base.quantities[i]);
    p1_.push_back(compared.prices[j]);
    q1_.push_back(compared.quantities[j]);
    pb.push_back(weights.prices[k]);
    qb.push_back(weights.quantities[k]);
  }
  return {p0_, q0_, p1_, q1_};
}

}  // namespace fairprice::indices
