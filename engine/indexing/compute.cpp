#include "engine/indexing/compute.hpp"

#include <algorithm>

#include "indices/geks.hpp"
#include "indices/imputation.hpp"
#include "indices/series.hpp"

namespace fairprice::indexing {

using indices::Formula;
using indices::IndexValue;
using indices::Panel;
using indices::Splice;
using indices::Status;

namespace {

constexpr Formula kFormulas[] = {Formula::dutot,
                                 Formula::carli,
                                 Formula::jevons,
                                 Formula::harmonic,
                                 Formula::cswd,
                                 Formula::bmw,
                                 Formula::laspeyres,
                                 Formula::paasche,
                                 Formula::fisher,
                                 Formula::tornqvist,
                                 Formula::walsh,
                                 Formula::marshall_edgeworth,
                                 Formula::sato_vartia,
                                 Formula::stuvel,
                                 Formula::drobisch,
                                 Formula::palgrave,
                                 Formula::lloyd_moulton,
                                 Formula::geometric_laspeyres,
                                 Formula::geometric_paasche,
                                 Formula::geary_khamis_bilateral,
                                 Formula::time_product_dummy_bilateral,
                                 Formula::young,
                                 Formula::lowe,
                                 Formula::unit_value};
constexpr Formula kGeks[] = {Formula::jevons, Formula::fisher, Formula::tornqvist, Formula::walsh};

/// Each period's own value a unit, whatever was sold: a price index only of one good.
std::vector<IndexValue> unit_values(const Panel& panel, std::size_t base) {
  std::vector<IndexValue> levels;
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    double value = 0;
    double units = 0;
    for (std::size_t i = 0; i < period.size(); ++i) {
      value += period.prices[i] * period.quantities[i];
      units += period.quantities[i];
    }
    levels.push_back(units > 0 ? indices::checked(value / units)
                               : IndexValue{0, period.size() == 0 ? Status::no_match : Status::no_quantities});
  }
  if (base >= levels.size()) return std::vector<IndexValue>(levels.size(), {0, Status::no_period});
  const IndexValue first = levels[base];
  for (IndexValue& level : levels) level = !first.ok() ? first : level.ok() ? indices::checked(level.value / first.value) : level;
  return levels;
}

std::vector<IndexValue> window_of(const Panel& panel, const SeriesRequest& request, std::size_t first, std::size_t count) {
  if (request.method.kind == Method::Kind::geary_khamis) return indices::geary_khamis(panel, first, count, request.sample);
  return indices::time_product_dummy(panel, first, count, request.observation_weights, request.sample);
}

std::vector<IndexValue> multilateral(const Panel& panel, const SeriesRequest& request) {
  const std::size_t periods = panel.periods();
  const std::size_t window = request.window == 0 ? periods : std::min(request.window, periods);
  const Splice splice = window == periods ? Splice::none : request.splice;
  std::vector<IndexValue> series;
  if (request.method.kind == Method::Kind::geks) {
    const indices::Geks geks(panel, request.method.formula, splice == Splice::none ? periods : window);
    series =
        indices::extended_series(periods, window, splice, [&](std::size_t first, std::size_t count) { return geks.window(first, count); });
  } else {
    series = indices::extended_series(periods, window, splice,
                                      [&](std::size_t first, std::size_t count) { return window_of(panel, request, first, count); });
  }
  if (request.base == 0 || request.base >= periods) return series;
  const IndexValue base = series[request.base];
  for (IndexValue& one : series) one = !base.ok() ? base : one.ok() ? indices::checked(one.value / base.value) : one;
  return series;
}

}  // namespace

std::optional<Method> find_method(std::string_view name) {
  if (const auto formula = indices::find_formula(name)) return Method{Method::Kind::bilateral, *formula, true};
  std::string wanted(name);
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  if (wanted == "geary-khamis") return Method{Method::Kind::geary_khamis, Formula::fisher, true};
  if (wanted == "tpd" || wanted == "wtpd") return Method{Method::Kind::time_product_dummy, Formula::fisher, wanted == "wtpd"};
  if (wanted.starts_with("geks-"))
    if (const auto formula = indices::find_formula(wanted.substr(5)))
      if (std::find(std::begin(kGeks), std::end(kGeks), *formula) != std::end(kGeks)) return Method{Method::Kind::geks, *formula, true};
  return std::nullopt;
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const Formula formula : kFormulas) names.emplace_back(indices::formula_name(formula));
  names.emplace_back("tpd");
  names.emplace_back("wtpd");
  for (const Formula formula : kGeks) names.push_back("geks-" + std::string(indices::formula_name(formula)));
  names.emplace_back("geary-khamis");
  return names;
}

std::vector<IndexValue> compute(const Panel& given, const SeriesRequest& request) {
  using Impute = SeriesRequest::Impute;
  const Panel filled = request.impute == Impute::carry  ? indices::carried(given)
                       : request.impute == Impute::mean ? indices::imputed(given)
                                                        : Panel();
  const Panel& panel = request.impute == Impute::none ? given : filled;
  if (request.base >= panel.periods()) return std::vector<IndexValue>(panel.periods(), {0, Status::no_period});
  if (request.method.multilateral()) return multilateral(panel, request);
  if (request.method.formula == Formula::unit_value && request.all_products) return unit_values(panel, request.base);
  const indices::SeriesOptions options{request.method.formula, request.formula_options, request.weight_period};
  if (!request.chained) return indices::fixed_base_series(panel, options, request.base);
  return request.link ? indices::similarity_linked_series(panel, options, *request.link) : indices::chained_series(panel, options);
}

}  // namespace fairprice::indexing
