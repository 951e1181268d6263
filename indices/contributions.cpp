#include "indices/contributions.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "indices/means.hpp"

namespace fairprice::indices {

namespace {

template <class Quantity>
std::vector<double> of_basket(const Matched& m, Quantity&& quantity) {
  double total = 0;
  for (std::size_t i = 0; i < m.size(); ++i) total += m.p0[i] * quantity(i);
  std::vector<double> result;
  for (std::size_t i = 0; i < m.size(); ++i) result.push_back((m.p1[i] - m.p0[i]) * quantity(i) / total);
  return result;
}

/// Of an arithmetic mean of relatives.
std::vector<double> of_mean(const Matched& m, const std::vector<double>& weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  std::vector<double> result;
  for (std::size_t i = 0; i < m.size(); ++i) result.push_back(weights[i] / total * (m.p1[i] / m.p0[i] - 1));
  return result;
}

/// Of a geometric mean of relatives whose value is `index`.
std::vector<double> of_geometric(const Matched& m, std::vector<double> weights, double index) {
  for (std::size_t i = 0; i < m.size(); ++i) weights[i] /= logarithmic_mean(m.p1[i] / m.p0[i], index);
  return of_mean(m, weights);
}

struct Shares {
  std::vector<double> base, compared;
};

Shares shares_of(const Matched& m) {
  Shares shares;
  double v0 = 0, v1 = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    v0 += shares.base.emplace_back(m.p0[i] * m.q0[i]);
    v1 += shares.compared.emplace_back(m.p1[i] * m.q1[i]);
  }
  for (double& share : shares.base) share /= v0;
  for (double& share : shares.compared) share /= v1;
  return shares;
}

std::vector<double> weights_of(Formula formula, const Matched& m, const FormulaOptions& options) {
  if (formula == Formula::jevons) return std::vector<double>(m.size(), 1);
  const Shares shares = shares_of(m);
  std::vector<double> weights;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const double s0 = shares.base[i];
    const double s1 = shares.compared[i];
    if (formula == Formula::geometric_laspeyres)
      weights.push_back(s0);
    else if (formula == Formula::geometric_paasche)
      weights.push_back(s1);
    else if (formula == Formula::sato_vartia)
      weights.push_back(logarithmic_mean(s0, s1));
    else if (formula == Formula::time_product_dummy_bilateral && options.dummy_weights == DummyWeights::shares)
      weights.push_back(s0 + s1 > 0 ? s0 * s1 / (s0 + s1) : 0);
    else if (formula == Formula::time_product_dummy_bilateral && options.dummy_weights == DummyWeights::none)
      weights.push_back(1);
    else
      weights.push_back((s0 + s1) / 2);
  }
  return weights;
}

}  // namespace

std::vector<double> contributions(Formula formula, const Matched& m, const FormulaOptions& options) {
  const IndexValue index = bilateral(formula, m, options);
  if (!index.ok()) return {};
  switch (formula) {
    case Formula::dutot: return of_basket(m, [](std::size_t) { return 1.0; });
    case Formula::laspeyres: return of_basket(m, [&](std::size_t i) { return m.q0[i]; });
    case Formula::paasche: return of_basket(m, [&](std::size_t i) { return m.q1[i]; });
    case Formula::walsh: return of_basket(m, [&](std::size_t i) { return std::sqrt(m.q0[i]) * std::sqrt(m.q1[i]); });
    case Formula::marshall_edgeworth: return of_basket(m, [&](std::size_t i) { return m.q0[i] + m.q1[i]; });
    case Formula::geary_khamis_bilateral:
      return of_basket(m, [&](std::size_t i) { return m.q0[i] + m.q1[i] > 0 ? m.q0[i] * m.q1[i] / (m.q0[i] + m.q1[i]) : 0; });
    case Formula::fisher: {
      double v0 = 0, v1 = 0;
      for (std::size_t i = 0; i < m.size(); ++i) {
        v0 += m.p0[i] * m.q0[i];
        v1 += m.p1[i] * m.q1[i];
      }
      const double quantity_index = v1 / v0 / index.value;
      return of_basket(m, [&](std::size_t i) { return m.q0[i] + m.q1[i] / quantity_index; });
    }
    case Formula::carli: return of_mean(m, std::vector<double>(m.size(), 1));
    case Formula::palgrave: return of_mean(m, shares_of(m).compared);
    case Formula::jevons:
    case Formula::tornqvist:
    case Formula::sato_vartia:
    case Formula::geometric_laspeyres:
    case Formula::geometric_paasche:
    case Formula::time_product_dummy_bilateral: return of_geometric(m, weights_of(formula, m, options), index.value);
    default: break;
  }
  throw std::invalid_argument("no additive contributions are known of " + std::string(formula_name(formula)));
}

}  // namespace fairprice::indices
