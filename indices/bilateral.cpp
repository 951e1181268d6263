#include "indices/bilateral.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "indices/means.hpp"

namespace fairprice::indices {

namespace {

constexpr std::array<std::pair<Formula, std::string_view>, 24> kNames = {{
    {Formula::dutot, "dutot"},
    {Formula::carli, "carli"},
    {Formula::jevons, "jevons"},
    {Formula::harmonic, "harmonic"},
    {Formula::cswd, "cswd"},
    {Formula::bmw, "bmw"},
    {Formula::laspeyres, "laspeyres"},
    {Formula::paasche, "paasche"},
    {Formula::fisher, "fisher"},
    {Formula::tornqvist, "tornqvist"},
    {Formula::walsh, "walsh"},
    {Formula::marshall_edgeworth, "marshall-edgeworth"},
    {Formula::sato_vartia, "sato-vartia"},
    {Formula::stuvel, "stuvel"},
    {Formula::drobisch, "drobisch"},
    {Formula::palgrave, "palgrave"},
    {Formula::lloyd_moulton, "lloyd-moulton"},
    {Formula::geometric_laspeyres, "geometric-laspeyres"},
    {Formula::geometric_paasche, "geometric-paasche"},
    {Formula::geary_khamis_bilateral, "geary-khamis-bilateral"},
    {Formula::time_product_dummy_bilateral, "time-product-dummy-bilateral"},
    {Formula::unit_value, "unit-value"},
    {Formula::young, "young"},
    {Formula::lowe, "lowe"},
}};

/// Σ a b
double product_sum(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// exp(Σ w(i) ln r / Σ w(i)); no_quantities where the weights sum to nothing.
template <class Weight>
IndexValue geometric(const Matched& m, Weight&& weight) {
  double sum = 0;
  double total = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const double w = weight(i);
    if (w == 0) continue;
    sum += w * std::log(m.p1[i] / m.p0[i]);
    total += w;
  }
  if (total <= 0) return {0, Status::no_quantities};
  return checked(std::exp(sum / total));
}

/// The mean of order r of the relatives; `price` and `quantity` give the expenditures that weigh them, none weighs all alike.
IndexValue mean_of_relatives(const Matched& m, std::span<const double> price, std::span<const double> quantity, double r) {
  thread_local std::vector<double> relatives;
  thread_local std::vector<double> weights;
  relatives.clear();
  weights.clear();
  for (std::size_t i = 0; i < m.size(); ++i) relatives.push_back(m.p1[i] / m.p0[i]);
  double total = 0;
  for (std::size_t i = 0; i < quantity.size(); ++i) total += weights.emplace_back(price[i] * quantity[i]);
  if (!quantity.empty() && total <= 0) return {0, Status::no_quantities};
  return checked(power_mean(relatives, weights, r));
}

/// Σp1 q / Σp0 q for quantities q(i).
template <class Quantity>
IndexValue basket(const Matched& m, Quantity&& quantity) {
  double above = 0;
  double below = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const double q = quantity(i);
    above += m.p1[i] * q;
    below += m.p0[i] * q;
  }
  if (below <= 0) return {0, Status::no_quantities};
  return checked(above / below);
}

IndexValue root_of(const IndexValue& a, const IndexValue& b) {
  if (!a.ok()) return a;
  if (!b.ok()) return b;
  return checked(std::sqrt(a.value) * std::sqrt(b.value));
}

struct Values {
  double v0, v1;  ///< expenditures
};

IndexValue with_shares(Formula formula, const Matched& m, const FormulaOptions& options) {
  const double v0 = product_sum(m.p0, m.q0);
  const double v1 = product_sum(m.p1, m.q1);
  if (v0 <= 0 || v1 <= 0) return {0, Status::no_quantities};
  const auto s0 = [&](std::size_t i) { return m.p0[i] * m.q0[i] / v0; };
  const auto s1 = [&](std::size_t i) { return m.p1[i] * m.q1[i] / v1; };
  switch (formula) {
    case Formula::sato_vartia: return geometric(m, [&](std::size_t i) { return logarithmic_mean(s0(i), s1(i)); });
    case Formula::time_product_dummy_bilateral:
      if (options.dummy_weights == DummyWeights::shares)
        return geometric(m, [&](std::size_t i) { return s0(i) + s1(i) > 0 ? s0(i) * s1(i) / (s0(i) + s1(i)) : 0; });
      [[fallthrough]];
    case Formula::tornqvist: return geometric(m, [&](std::size_t i) { return s0(i) + s1(i); });
    case Formula::stuvel: {
      const double price = product_sum(m.p1, m.q0) / v0;
      const double quantity = product_sum(m.p0, m.q1) / v0;
      const double half = (price - quantity) / 2;
      return checked(half + std::sqrt(half * half + v1 / v0));
    }
    default: break;
  }
  // unit_value
  double units0 = 0;
  double units1 = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    units0 += m.q0[i];
    units1 += m.q1[i];
  }
  return checked(v1 / units1 / (v0 / units0));
}

}  // namespace

std::string_view formula_name(Formula formula) {
  for (const auto& [one, name] : kNames)
    if (one == formula) return name;
  return "";
}

std::optional<Formula> find_formula(std::string_view name) {
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  for (const auto& [one, known] : kNames)
    if (known == wanted) return one;
  return std::nullopt;
}

bool needs_quantities(Formula formula) { return formula > Formula::bmw; }

IndexValue bilateral(Formula formula, const Matched& m, const FormulaOptions& options) {
  if (m.size() == 0) return {0, Status::no_match};
  switch (formula) {
    case Formula::dutot: return basket(m, [](std::size_t) { return 1.0; });
    case Formula::carli: return mean_of_relatives(m, {}, {}, 1);
    case Formula::jevons: return geometric(m, [](std::size_t) { return 1.0; });
    case Formula::harmonic: return mean_of_relatives(m, {}, {}, -1);
    case Formula::cswd: return root_of(bilateral(Formula::carli, m), bilateral(Formula::harmonic, m));
    case Formula::bmw: {
      double above = 0;
      double below = 0;
      for (std::size_t i = 0; i < m.size(); ++i) {
        const double root = std::sqrt(m.p1[i] / m.p0[i]);
        above += root;
        below += 1 / root;
      }
      return checked(above / below);
    }
    case Formula::laspeyres: return basket(m, [&](std::size_t i) { return m.q0[i]; });
    case Formula::paasche: return basket(m, [&](std::size_t i) { return m.q1[i]; });
    case Formula::fisher: return root_of(bilateral(Formula::laspeyres, m), bilateral(Formula::paasche, m));
    case Formula::walsh: return basket(m, [&](std::size_t i) { return std::sqrt(m.q0[i]) * std::sqrt(m.q1[i]); });
    case Formula::marshall_edgeworth: return basket(m, [&](std::size_t i) { return m.q0[i] + m.q1[i]; });
    case Formula::drobisch: {
      const IndexValue laspeyres = bilateral(Formula::laspeyres, m);
      const IndexValue paasche = bilateral(Formula::paasche, m);
      if (!laspeyres.ok() || !paasche.ok()) return laspeyres.ok() ? paasche : laspeyres;
      return checked((laspeyres.value + paasche.value) / 2);
    }
    case Formula::palgrave: return mean_of_relatives(m, m.p1, m.q1, 1);
    case Formula::lloyd_moulton:
      if (!std::isfinite(options.sigma)) return {0, Status::out_of_range};
      return mean_of_relatives(m, m.p0, m.q0, 1 - options.sigma);
    case Formula::geometric_laspeyres: return geometric(m, [&](std::size_t i) { return m.p0[i] * m.q0[i]; });
    case Formula::geometric_paasche: return geometric(m, [&](std::size_t i) { return m.p1[i] * m.q1[i]; });
    case Formula::geary_khamis_bilateral:
      return basket(m, [&](std::size_t i) { return m.q0[i] + m.q1[i] > 0 ? m.q0[i] * m.q1[i] / (m.q0[i] + m.q1[i]) : 0; });
    case Formula::time_product_dummy_bilateral:
      if (options.dummy_weights == DummyWeights::none) return bilateral(Formula::jevons, m);
      return with_shares(formula, m, options);
    case Formula::tornqvist:
    case Formula::sato_vartia:
    case Formula::stuvel:
    case Formula::unit_value: return with_shares(formula, m, options);
    case Formula::young:
    case Formula::lowe: break;
  }
  throw std::invalid_argument(std::string(formula_name(formula)) + " needs the quantities of a weight period");
}

IndexValue bilateral(Formula formula, const Matched& m, std::span<const double> pb, std::span<const double> qb,
                     const FormulaOptions& options) {
  if (m.size() == 0) return {0, Status::no_match};
  if (formula == Formula::lowe) return basket(m, [&](std::size_t i) { return qb[i]; });
  if (formula == Formula::young) return mean_of_relatives(m, pb, qb, 1);
  return bilateral(formula, m, options);
}

}  // namespace fairprice::indices
