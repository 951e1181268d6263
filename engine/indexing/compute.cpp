#include "engine/indexing/compute.hpp"

#include <algorithm>
#include <functional>

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

using Window = std::function<std::vector<IndexValue>(std::size_t first, std::size_t count)>;

/// Whether the method needs quantities: then a period in which nothing was sold is one without goods.
bool needs_quantities(const SeriesRequest& request) {
  if (request.method.kind == Method::Kind::geks) return request.method.formula != Formula::jevons;
  return request.method.kind == Method::Kind::geary_khamis || request.observation_weights != indices::ObservationWeights::none;
}

bool has_goods(const Panel& panel, std::size_t t, bool sold) {
  const Panel::Period period = panel.period(t);
  if (!sold) return period.size() > 0;
  return std::any_of(period.quantities.begin(), period.quantities.end(), [](double quantity) { return quantity > 0; });
}

/// A window that begins with periods without goods has its 1 in the first that has some.
Window of_its_products(const Panel& panel, bool sold, Window window) {
  return [&panel, sold, window = std::move(window)](std::size_t first, std::size_t count) {
    std::vector<IndexValue> series;
    while (series.size() < count && !has_goods(panel, first + series.size(), sold))
      series.push_back({0, panel.period(first + series.size()).size() == 0 ? Status::no_match : Status::no_quantities});
    if (series.size() < count) {
      const std::vector<IndexValue> rest = window(first + series.size(), count - series.size());
      series.insert(series.end(), rest.begin(), rest.end());
    }
    return series;
  };
}

std::vector<IndexValue> multilateral(const Panel& panel, const SeriesRequest& request, std::size_t window, Splice splice) {
  const std::size_t periods = panel.periods();
  const bool sold = needs_quantities(request);
  if (request.method.kind == Method::Kind::geks) {
    const indices::Geks geks(panel, request.method.formula, window);
    return indices::extended_series(periods, window, splice, of_its_products(panel, sold, [&](std::size_t first, std::size_t count) {
                                      return geks.window(first, count);
                                    }));
  }
  return indices::extended_series(periods, window, splice, of_its_products(panel, sold, [&](std::size_t first, std::size_t count) {
                                    if (request.method.kind == Method::Kind::geary_khamis)
                                      return indices::geary_khamis(panel, first, count, request.sample);
                                    return indices::time_product_dummy(panel, first, count, request.observation_weights, request.sample);
                                  }));
}

/// One window over all periods: those without a product take no part, nor memory.
std::vector<IndexValue> of_all_periods(const Panel& panel, const SeriesRequest& request) {
  const bool sold = needs_quantities(request);
  std::vector<IndexValue> all(panel.periods(), {0, Status::no_match});
  std::vector<std::size_t> places;
  std::vector<indices::Observation> observations;
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    if (!has_goods(panel, t, sold)) {
      if (period.size() > 0) all[t] = {0, Status::no_quantities};
      continue;
    }
    for (std::size_t i = 0; i < period.size(); ++i)
      observations.push_back({static_cast<std::uint32_t>(places.size()), period.products[i], period.prices[i], period.quantities[i]});
    places.push_back(t);
  }
  if (places.empty()) return all;
  const Panel dense(observations, places.size());
  const std::vector<IndexValue> series = multilateral(dense, request, places.size(), Splice::none);
  for (std::size_t i = 0; i < places.size(); ++i) all[places[i]] = series[i];
  return all;
}

std::vector<IndexValue> multilateral(const Panel& panel, const SeriesRequest& request) {
  const std::size_t periods = panel.periods();
  const std::size_t window = request.window == 0 ? periods : std::min(request.window, periods);
  const bool all_window = request.sample == indices::Sample::all_window;  // which asks of a period without products, too
  std::vector<IndexValue> series = window < periods ? multilateral(panel, request, window, request.splice)
                                   : all_window     ? multilateral(panel, request, periods, Splice::none)
                                                    : of_all_periods(panel, request);
  if (!request.base) return series;
  const IndexValue base = series[*request.base];
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

namespace {

/// The periods from `first` to the one before `end` alone.
Panel part_of(const Panel& panel, std::size_t first, std::size_t end) {
  std::vector<indices::Observation> observations;
  for (std::size_t t = first; t < end; ++t) {
    const Panel::Period period = panel.period(t);
    for (std::size_t i = 0; i < period.size(); ++i)
      observations.push_back({static_cast<std::uint32_t>(t - first), period.products[i], period.prices[i], period.quantities[i]});
  }
  return Panel(observations, end - first);
}

/// Of a panel whose first and last period have products.
std::vector<IndexValue> compute_whole(const Panel& given, const SeriesRequest& request) {
  using Impute = SeriesRequest::Impute;
  const Panel filled = request.impute == Impute::carry  ? indices::carried(given)
                       : request.impute == Impute::mean ? indices::imputed(given)
                                                        : Panel();
  const Panel& panel = request.impute == Impute::none ? given : filled;
  const std::size_t base = request.base.value_or(0);
  if (request.method.multilateral()) return multilateral(panel, request);
  if (request.method.formula == Formula::unit_value && request.all_products) return unit_values(panel, base);
  const indices::SeriesOptions options{request.method.formula, request.formula_options, request.weight_period.value_or(0)};
  if (!request.chained) return indices::fixed_base_series(panel, options, base);
  return request.link ? indices::similarity_linked_series(panel, options, *request.link) : indices::chained_series(panel, options);
}

}  // namespace

std::vector<IndexValue> compute(const Panel& given, const SeriesRequest& request) {
  const std::size_t periods = given.periods();
  std::vector<IndexValue> series(periods, {0, Status::no_match});
  if (request.base.value_or(0) >= periods) return std::vector<IndexValue>(periods, {0, Status::no_period});
  // A group that begins later, or ends earlier, than others of its file is computed over its own time.
  const std::size_t first = indices::first_with_products(given);
  std::size_t end = periods;
  while (end > first && given.period(end - 1).size() == 0) --end;
  const auto is_outside = [&](const std::optional<std::size_t>& period) { return period && (*period < first || *period >= end); };
  if (first == end || is_outside(request.base)) return series;
  const bool weighed = request.method.kind == Method::Kind::bilateral &&
                       (request.method.formula == Formula::young || request.method.formula == Formula::lowe);
  if (weighed && is_outside(request.weight_period)) return series;
  SeriesRequest own = request;
  if (own.base) *own.base -= first;
  if (own.weight_period) own.weight_period = weighed ? *own.weight_period - first : 0;
  const std::vector<IndexValue> whole =
      first == 0 && end == periods ? compute_whole(given, own) : compute_whole(part_of(given, first, end), own);
  std::copy(whole.begin(), whole.end(), series.begin() + static_cast<std::ptrdiff_t>(first));
  return series;
}

}  // namespace fairprice::indexing
