#include "indices/series.hpp"

namespace fairprice::indices {

namespace {

/// One comparison after another with the same buffers.
class Comparison {
 public:
  Comparison(const Panel& panel, const SeriesOptions& options) : panel_(panel), options_(options) {}

  IndexValue between(std::size_t base, std::size_t compared) {
    if (options_.formula != Formula::young && options_.formula != Formula::lowe)
      return bilateral(options_.formula, matcher_.match(panel_.period(base), panel_.period(compared)), options_.formula_options);
    if (options_.weight_period >= panel_.periods()) return {0, Status::no_period};
    const Matched products = matcher_.match(panel_.period(base), panel_.period(compared), panel_.period(options_.weight_period), pb_, qb_);
    return bilateral(options_.formula, products, pb_, qb_, options_.formula_options);
  }

 private:
  const Panel& panel_;
  const SeriesOptions& options_;
  Matcher matcher_;
  std::vector<double> pb_, qb_;
};

IndexValue linked(const IndexValue& from, const IndexValue& link) {
  if (!from.ok()) return from;
  if (!link.ok()) return link;
  return checked(from.value * link.value);
}

/// Periods whose dissimilarities differ by less are equally unlike: what differs is rounding.
constexpr double kSame = 1e-12;

/// 1 in the first period that has products, nothing elsewhere.
std::vector<IndexValue> begun_series(const Panel& panel) {
  std::vector<IndexValue> series(panel.periods(), {0, Status::no_match});
  if (const std::size_t first = first_with_products(panel); first < series.size()) series[first] = {1, Status::ok};
  return series;
}

}  // namespace

std::size_t first_with_products(const Panel& panel) {
  std::size_t first = 0;
  while (first < panel.periods() && panel.period(first).size() == 0) ++first;
  return first;
}

std::vector<IndexValue> fixed_base_series(const Panel& panel, const SeriesOptions& options, std::size_t base) {
  std::vector<IndexValue> series(panel.periods(), {0, Status::no_period});
  if (base >= panel.periods()) return series;
  Comparison comparison(panel, options);
  const bool empty = panel.period(base).size() == 0;
  for (std::size_t t = 0; t < series.size(); ++t) series[t] = t == base && !empty ? IndexValue{1, Status::ok} : comparison.between(base, t);
  return series;
}

std::vector<IndexValue> chained_series(const Panel& panel, const SeriesOptions& options) {
  std::vector<IndexValue> series = begun_series(panel);
  Comparison comparison(panel, options);
  for (std::size_t t = first_with_products(panel) + 1; t < series.size(); ++t)
    series[t] = linked(series[t - 1], comparison.between(t - 1, t));
  return series;
}

std::vector<IndexValue> similarity_linked_series(const Panel& panel, const SeriesOptions& options, Dissimilarity measure) {
  std::vector<IndexValue> series = begun_series(panel);
  Comparison comparison(panel, options);
  for (std::size_t t = first_with_products(panel) + 1; t < series.size(); ++t) {
    DissimilarityValue least{0, Status::no_match};
    std::size_t link = 0;
    for (std::size_t earlier = 0; earlier < t; ++earlier) {
      if (!series[earlier].ok()) continue;
      const DissimilarityValue here = dissimilarity(measure, panel.period(earlier), panel.period(t));
      if (here.status != Status::ok || (least.status == Status::ok && here.value > least.value + kSame)) continue;
      if (least.status != Status::ok || here.value < least.value) least = here;
      link = earlier;
    }
    series[t] = least.status == Status::ok ? linked(series[link], comparison.between(link, t)) : IndexValue{0, least.status};
  }
  return series;
}

}  // namespace fairprice::indices
