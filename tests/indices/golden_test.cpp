// Every series of the golden tables (made with R's IndexNumR 0.6.0 and by direct solutions; see the note beside them), against ours: 1e-10
// relative, 1e-8 where the reference iterates.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "indices/bilateral.hpp"
#include "indices/extension.hpp"
#include "indices/geks.hpp"
#include "indices/panel_methods.hpp"
#include "indices/series.hpp"
#include "tests/support/golden_panel.hpp"

namespace fairprice::indices {
namespace {

using testing_support::GoldenSeries;

std::string option(const GoldenSeries& golden, const std::string& name, const std::string& otherwise = {}) {
  const auto found = golden.options.find(name);
  return found == golden.options.end() ? otherwise : found->second;
}

SeriesOptions series_options(const GoldenSeries& golden) {
  SeriesOptions options;
  options.formula = find_formula(golden.method).value();
  options.formula_options.sigma = std::stod(option(golden, "sigma", "0.7"));
  const std::string weights = option(golden, "weights");
  options.formula_options.dummy_weights = weights == "shares"    ? DummyWeights::shares
                                          : weights == "average" ? DummyWeights::average
                                                                 : DummyWeights::none;
  options.weight_period = std::stoul(option(golden, "weight_period", "1")) - 1;
  return options;
}

std::vector<IndexValue> bilateral_series(const Panel& panel, const GoldenSeries& golden) {
  const SeriesOptions options = series_options(golden);
  if (option(golden, "output") == "chained") {
    if (const std::string link = option(golden, "link"); !link.empty())
      return similarity_linked_series(panel, options, find_dissimilarity(link).value());
    return chained_series(panel, options);
  }
  return fixed_base_series(panel, options, std::stoul(option(golden, "base", "1")) - 1);
}

/// sample=all: the ratio of the periods' own unit values, whatever was sold.
std::vector<IndexValue> unit_values_of_all(const Panel& panel) {
  std::vector<IndexValue> series;
  double base = 0;
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    double value = 0;
    double units = 0;
    const Panel::Period period = panel.period(t);
    for (std::size_t i = 0; i < period.size(); ++i) {
      value += period.prices[i] * period.quantities[i];
      units += period.quantities[i];
    }
    if (t == 0) base = value / units;
    series.push_back(checked(value / units / base));
  }
  return series;
}

std::vector<IndexValue> multilateral_series(const Panel& panel, const GoldenSeries& golden) {
  const std::size_t window = std::stoul(option(golden, "window"));
  const Splice splice = find_splice(option(golden, "splice")).value();
  const Sample sample = option(golden, "sample") == "all_window" ? Sample::all_window : Sample::all;
  if (golden.method.starts_with("geks_")) {
    const Formula formula = find_formula(golden.method.substr(5)).value();
    const Geks geks(panel, formula, splice == Splice::none ? panel.periods() : window, ShareBasis::matched);
    return extended_series(panel.periods(), window, splice,
                           [&](std::size_t first, std::size_t count) { return geks.window(first, count); });
  }
  if (golden.method == "geary_khamis")
    return extended_series(panel.periods(), window, splice,
                           [&](std::size_t first, std::size_t count) { return geary_khamis(panel, first, count, sample); });
  const std::string weights = option(golden, "weights");
  const ObservationWeights observations = weights == "shares"        ? ObservationWeights::shares
                                          : weights == "expenditure" ? ObservationWeights::expenditure
                                                                     : ObservationWeights::none;
  return extended_series(panel.periods(), window, splice, [&](std::size_t first, std::size_t count) {
    return time_product_dummy(panel, first, count, observations, sample);
  });
}

class Golden : public testing::TestWithParam<const char*> {};

TEST_P(Golden, EverySeriesAgrees) {
  const std::string name = GetParam();
  if (!std::filesystem::exists(testing_support::golden_folder() + "/expected_" + name + ".csv"))
    GTEST_SKIP() << testing_support::golden_folder() << " is not there";
  const Panel plain = testing_support::golden_panel(name);
  const Panel filled = carried(plain);
  std::size_t compared = 0;
  for (const GoldenSeries& golden : testing_support::golden_series(name)) {
    const Panel& panel = option(golden, "impute") == "carry" ? filled : plain;
    const bool multilateral = golden.options.contains("window");
    const std::vector<IndexValue> ours = golden.method == "unit_value" && option(golden, "sample") == "all" ? unit_values_of_all(panel)
                                         : multilateral ? multilateral_series(panel, golden)
                                                        : bilateral_series(panel, golden);
    const bool iterated = golden.method == "geary_khamis";
    double worst = 0;
    std::size_t missing = 0;
    std::size_t where = 0;
    ASSERT_EQ(ours.size(), golden.index.size()) << golden.method << ' ' << golden.options_text;
    for (std::size_t t = 0; t < ours.size(); ++t) {
      if (golden.index[t] == 0 || !ours[t].ok()) {
        missing += golden.index[t] != 0 || ours[t].ok();
        continue;
      }
      const double off = std::abs(ours[t].value / golden.index[t] - 1);
      if (off > worst) {
        worst = off;
        where = t;
      }
    }
    EXPECT_EQ(missing, 0U) << golden.method << ' ' << golden.options_text;
    EXPECT_LT(worst, iterated ? 1e-8 : 1e-10) << golden.method << ' ' << golden.options_text << " period " << where + 1;
    ++compared;
  }
  EXPECT_GT(compared, 80U);
}

INSTANTIATE_TEST_SUITE_P(Panels, Golden, testing::Values("ces", "turvey", "sugar", "synth2000"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace fairprice::indices
