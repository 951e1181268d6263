#include "indices/dissimilarity.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "indices/bilateral.hpp"
#include "indices/matched.hpp"

namespace fairprice::indices {

namespace {

constexpr std::array<std::pair<Dissimilarity, std::string_view>, 4> kNames = {{{Dissimilarity::plspread, "plspread"},
                                                                               {Dissimilarity::asymplinear, "asymplinear"},
                                                                               {Dissimilarity::logquadratic, "logquadratic"},
                                                                               {Dissimilarity::predictedshare, "predictedshare"}}};

double value_of(const Panel::Period& period) {
  double value = 0;
  for (std::size_t i = 0; i < period.size(); ++i) value += period.prices[i] * period.quantities[i];
  return value;
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// A share that the other period's prices predict badly counts squared; a product of one period alone has price 0 in the other, so that none
/// of its share is predicted.
DissimilarityValue predicted_share(const Panel::Period& base, const Panel::Period& compared, const Matched& m) {
  const double v0 = value_of(base);
  const double v1 = value_of(compared);
  const double v10 = dot(m.p1, m.q0);  // what the base bought, at the compared prices
  const double v01 = dot(m.p0, m.q1);
  if (v0 <= 0 || v1 <= 0 || v10 <= 0 || v01 <= 0) return {0, Status::no_quantities};
  double sum = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < base.size() || j < compared.size()) {
    const bool in_base = i < base.size() && (j == compared.size() || base.products[i] <= compared.products[j]);
    const bool in_compared = j < compared.size() && (i == base.size() || compared.products[j] <= base.products[i]);
    double off0 = in_base ? base.prices[i] * base.quantities[i] / v0 : 0;
    double off1 = in_compared ? compared.prices[j] * compared.quantities[j] / v1 : 0;
    if (in_base && in_compared) {
      off0 -= compared.prices[j] * base.quantities[i] / v10;
      off1 -= base.prices[i] * compared.quantities[j] / v01;
    }
    sum += off0 * off0 + off1 * off1;
    i += in_base;
    j += in_compared;
  }
  return {sum, Status::ok};
}

}  // namespace

std::string_view dissimilarity_name(Dissimilarity measure) {
  for (const auto& [one, name] : kNames)
    if (one == measure) return name;
  return "";
}

std::optional<Dissimilarity> find_dissimilarity(std::string_view name) {
  for (const auto& [one, known] : kNames)
    if (known == name) return one;
  return std::nullopt;
}

DissimilarityValue dissimilarity(Dissimilarity measure, const Panel::Period& base, const Panel::Period& compared) {
  Matcher matcher;
  const Matched m = matcher.match(base, compared);
  if (m.size() == 0) return {0, Status::no_match};
  if (measure == Dissimilarity::predictedshare) return predicted_share(base, compared, m);
  if (measure == Dissimilarity::plspread) {
    const IndexValue laspeyres = bilateral(Formula::laspeyres, m);
    const IndexValue paasche = bilateral(Formula::paasche, m);
    if (!laspeyres.ok() || !paasche.ok()) return {0, laspeyres.ok() ? paasche.status : laspeyres.status};
    return {std::abs(std::log(laspeyres.value / paasche.value)), Status::ok};
  }
  const IndexValue index = bilateral(measure == Dissimilarity::asymplinear ? Formula::fisher : Formula::tornqvist, m);
  if (!index.ok()) return {0, index.status};
  const double v0 = dot(m.p0, m.q0);
  const double v1 = dot(m.p1, m.q1);
  double sum = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const double share = (m.p0[i] * m.q0[i] / v0 + m.p1[i] * m.q1[i] / v1) / 2;
    const double relative = m.p1[i] / m.p0[i] / index.value;
    const double off = std::log(relative);
    sum += share * (measure == Dissimilarity::asymplinear ? relative + 1 / relative - 2 : off * off);
  }
  return {sum, Status::ok};
}

}  // namespace fairprice::indices
