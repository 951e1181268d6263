// Properties of the multilateral methods: transitivity, identity, invariance, what happens without overlap; and GEKS against its definition.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <random>
#include <vector>

#include "indices/extension.hpp"
#include "indices/geks.hpp"
#include "indices/panel_methods.hpp"
#include "indices/series.hpp"

namespace fairprice::indices {
namespace {

std::vector<Observation> random_rows(std::size_t periods, bool gaps) {
  std::vector<Observation> rows;
  const auto products = static_cast<std::uint32_t>(*rc::gen::inRange(2, 6));
  for (std::uint32_t t = 0; t < periods; ++t)
    for (std::uint32_t n = 0; n < products; ++n)
      if (n == 0 || !gaps || *rc::gen::inRange(0, 4) != 0)
        rows.push_back({t, n, *rc::gen::inRange(1, 10'000) / 100.0, static_cast<double>(*rc::gen::inRange(1, 1000))});
  return rows;
}

bool near(double a, double b) { return std::abs(a / b - 1) < 1e-9; }

using Method = std::function<std::vector<IndexValue>(const Panel&, std::size_t, std::size_t)>;

std::vector<Method> methods() {
  std::vector<Method> all;
  for (const Formula formula : {Formula::jevons, Formula::fisher, Formula::tornqvist, Formula::walsh})
    all.emplace_back([formula](const Panel& panel, std::size_t first, std::size_t count) {
      return Geks(panel, formula, panel.periods()).window(first, count);
    });
  all.emplace_back([](const Panel& panel, std::size_t first, std::size_t count) { return geary_khamis(panel, first, count); });
  for (const ObservationWeights weights : {ObservationWeights::none, ObservationWeights::shares, ObservationWeights::expenditure})
    all.emplace_back(
        [weights](const Panel& panel, std::size_t first, std::size_t count) { return time_product_dummy(panel, first, count, weights); });
  return all;
}

// Ivancic, Diewert and Fox 2011, equation (10): the geometric mean over all link periods.
TEST(GeksIndex, IsTheMeanOverAllLinks) {
  rc::check([] {
    const std::size_t periods = 5;
    const Panel panel(random_rows(periods, true), periods);
    for (const Formula formula : {Formula::jevons, Formula::fisher, Formula::tornqvist, Formula::walsh}) {
      const std::vector<IndexValue> series = Geks(panel, formula, periods).window(0, periods);
      for (std::size_t t = 0; t < periods; ++t) {
        double sum = 0;
        for (std::size_t link = 0; link < periods; ++link)
          sum += std::log(fixed_base_series(panel, {.formula = formula, .formula_options = {}, .weight_period = 0}, 0)[link].value) +
                 std::log(fixed_base_series(panel, {.formula = formula, .formula_options = {}, .weight_period = 0}, link)[t].value);
        RC_ASSERT(near(series[t].value, std::exp(sum / static_cast<double>(periods))));
      }
    }
  });
}

// The last period has the prices and quantities of the first: no method drifts, which chained Fisher does (multiperiod identity, Walsh 1901).
TEST(Multilateral, PricesThatComeBackGiveOne) {
  rc::check([] {
    std::vector<Observation> rows = random_rows(4, false);
    const std::vector<Observation> first(rows.begin(), rows.end());
    for (const Observation& row : first)
      if (row.period == 0) rows.push_back({4, row.product, row.price, row.quantity});
    const Panel panel(rows, 5);
    for (const Method& method : methods()) RC_ASSERT(near(method(panel, 0, 5)[4].value, 1));
  });
}

TEST(Multilateral, ProportionalPricesGiveTheirFactor) {
  rc::check([] {
    std::vector<Observation> rows = random_rows(4, true);
    const double levels[] = {1, 1.25, 0.8, 2};
    for (Observation& row : rows) row.price = (1 + row.product) * levels[row.period];
    const Panel panel(rows, 4);
    for (const Method& method : methods())
      for (std::size_t t = 0; t < 4; ++t) RC_ASSERT(near(method(panel, 0, 4)[t].value, levels[t]));
  });
}

// Any base gives the same comparisons (circularity): a window that begins later is the same series, rebased, when it is the same window.
TEST(Multilateral, TheOrderOfRowsAndTheUnitsOfProductsDoNotMatter) {
  rc::check([] {
    const std::vector<Observation> rows = random_rows(4, true);
    std::vector<Observation> other(rows.rbegin(), rows.rend());
    for (Observation& row : other) {
      row.price *= 3.0 + row.product;
      row.quantity /= 3.0 + row.product;
    }
    const Panel a(rows, 4);
    const Panel b(other, 4);
    for (const Method& method : methods()) {
      const auto one = method(a, 0, 4);
      const auto two = method(b, 0, 4);
      for (std::size_t t = 0; t < 4; ++t) RC_ASSERT(near(one[t].value, two[t].value));
    }
  });
}

// With two periods the multilateral methods are bilateral ones.
TEST(Multilateral, TwoPeriodsAreABilateralIndex) {
  rc::check([] {
    const Panel panel(random_rows(2, false), 2);
    const auto bilateral_of = [&](Formula formula, DummyWeights weights = DummyWeights::none) {
      return fixed_base_series(panel,
                               {.formula = formula, .formula_options = {.sigma = 0, .dummy_weights = weights}, .weight_period = 0})[1]
          .value;
    };
    RC_ASSERT(near(geary_khamis(panel, 0, 2)[1].value, bilateral_of(Formula::geary_khamis_bilateral)));
    RC_ASSERT(near(time_product_dummy(panel, 0, 2, ObservationWeights::none)[1].value, bilateral_of(Formula::jevons)));
    RC_ASSERT(near(time_product_dummy(panel, 0, 2, ObservationWeights::shares)[1].value,
                   bilateral_of(Formula::time_product_dummy_bilateral, DummyWeights::shares)));
    RC_ASSERT(near(Geks(panel, Formula::fisher, 2).window(0, 2)[1].value, bilateral_of(Formula::fisher)));
  });
}

// Products 1 in periods 0 and 1, product 2 in periods 2 and 3: nothing links them.
TEST(Multilateral, PeriodsThatShareNoProductAreNamed) {
  const Panel panel(std::vector<Observation>{{0, 1, 10, 1}, {1, 1, 11, 1}, {2, 2, 5, 1}, {3, 2, 6, 1}}, 4);
  for (const Method& method : methods()) {
    const auto series = method(panel, 0, 4);
    EXPECT_DOUBLE_EQ(series[0].value, 1);
    EXPECT_NEAR(series[1].value, 1.1, 1e-12);
    EXPECT_EQ(series[2].status, Status::disconnected);
    EXPECT_EQ(series[3].status, Status::disconnected);
  }
}

// Periods 0 and 2 share nothing, but both share with 1: GEKS by least squares links them over it.
TEST(Multilateral, PeriodsThatShareThroughOthersAreLinked) {
  const Panel panel(std::vector<Observation>{{0, 1, 10, 1}, {1, 1, 11, 1}, {1, 2, 5, 1}, {2, 2, 6, 1}}, 3);
  for (const Method& method : methods()) EXPECT_NEAR(method(panel, 0, 3)[2].value, 1.1 * 1.2, 1e-12);
}

TEST(Multilateral, AnEmptyPeriodAndUnsoldGoodsAreNamed) {
  const Panel panel(std::vector<Observation>{{0, 1, 10, 1}, {2, 1, 12, 0}}, 3);
  for (const Method& method : methods()) {
    const auto series = method(panel, 0, 3);
    EXPECT_TRUE(series[0].ok());
    EXPECT_FALSE(series[1].ok());
    for (const IndexValue& one : series) EXPECT_EQ(one.ok(), one.value > 0);
  }
  EXPECT_EQ(geary_khamis(panel, 0, 3)[2].status, Status::no_quantities);
}

// Circularity: over the same products Jevons, Dutot and, with one basket, Lowe give the same through the periods between as at once.
// Laspeyres does not, so the test can tell.
TEST(IndexSeries, CircularityHoldsForJevonsDutotAndLowe) {
  std::mt19937_64 random(3);
  double drift = 0;
  for (int round = 0; round < 50; ++round) {
    std::vector<Observation> observations;
    for (std::uint32_t t = 0; t < 5; ++t)
      for (std::uint32_t product = 0; product < 7; ++product)
        observations.push_back({t, product, 1 + static_cast<double>(random() % 100) / 10, 1 + static_cast<double>(random() % 50)});
    const Panel panel(observations, 5);
    for (const Formula formula : {Formula::jevons, Formula::dutot, Formula::lowe}) {
      SeriesOptions options;
      options.formula = formula;
      const auto at_once = fixed_base_series(panel, options, 0), chained = chained_series(panel, options);
      for (std::size_t t = 0; t < 5; ++t) EXPECT_NEAR(chained[t].value / at_once[t].value, 1, 1e-12) << formula_name(formula) << " " << t;
    }
    SeriesOptions laspeyres;
    laspeyres.formula = Formula::laspeyres;
    drift += std::abs(chained_series(panel, laspeyres)[4].value / fixed_base_series(panel, laspeyres, 0)[4].value - 1);
  }
  EXPECT_GT(drift, 0.1);
}

// Period 0: a and b at 1; period 1: a at 2, c at 2; ten of each. The only price of both periods doubled, whatever the shares add up to.
TEST(Geks, SharesOfAllProductsLeaveTheMatchedRelativesTheirMean) {
  const Panel panel(std::vector<Observation>{{0, 0, 1, 10}, {0, 1, 1, 10}, {1, 0, 2, 10}, {1, 2, 2, 10}}, 2);
  for (const ShareBasis shares : {ShareBasis::matched, ShareBasis::period})
    EXPECT_NEAR(Geks(panel, Formula::tornqvist, 2, shares).window(0, 2)[1].value, 2, 1e-12);
  // By hand: x 1 → 2, y 1 → 1, z leaves. Expenditures of period 0: 10, 30, 60; of period 1: 20, 20. Shares of all: x (0.1 + 0.5)/2, y (0.3 + 0.5)/2, of 0.7: 2^(3/7).
  const Panel other(std::vector<Observation>{{0, 0, 1, 10}, {0, 1, 1, 30}, {0, 2, 1, 60}, {1, 0, 2, 10}, {1, 1, 1, 20}}, 2);
  EXPECT_NEAR(Geks(other, Formula::tornqvist, 2, ShareBasis::period).window(0, 2)[1].value, std::pow(2, 3.0 / 7), 1e-12);
  // Of the matched: x (0.25 + 0.5)/2 = 3/8.
  EXPECT_NEAR(Geks(other, Formula::tornqvist, 2, ShareBasis::matched).window(0, 2)[1].value, std::pow(2, 3.0 / 8), 1e-12);
}

TEST(Geks, RefusesFormulasThatAreNotTheirOwnReverse) {
  const Panel panel(std::vector<Observation>{{0, 1, 10, 1}}, 1);
  EXPECT_THROW(Geks(panel, Formula::laspeyres, 1), std::invalid_argument);
}

// Where nothing is revised, every splice continues the one series there is: prices that move alike.
TEST(Extension, EverySpliceContinuesASeriesThatDoesNotChange) {
  std::vector<Observation> rows;
  std::vector<double> level{1};
  for (std::uint32_t t = 0; t < 12; ++t) {
    if (t > 0) level.push_back(level.back() * (t % 3 == 0 ? 0.9 : 1.07));
    for (std::uint32_t n = 0; n < 3; ++n) rows.push_back({t, n, level[t] * (n + 1), 1.0 + (t * 7 + n * 3) % 5});
  }
  const Panel panel(rows, 12);
  const Geks geks(panel, Formula::tornqvist, 12);
  for (const Splice splice : {Splice::none, Splice::movement, Splice::window, Splice::half, Splice::mean, Splice::wisp, Splice::hasp,
                              Splice::mean_pub, Splice::fbew, Splice::fbmw}) {
    EXPECT_EQ(find_splice(splice_name(splice)), splice);
    for (const std::size_t window : {2U, 5U, 6U, 40U}) {
      const auto series =
          extended_series(12, window, splice, [&](std::size_t first, std::size_t count) { return geks.window(first, count); });
      ASSERT_EQ(series.size(), 12U);
      for (std::size_t t = 0; t < 12; ++t)
        EXPECT_NEAR(series[t].value, level[t], 1e-12) << splice_name(splice) << ' ' << window << ' ' << t;
    }
  }
}

// Period 2 has one good, and nothing of it was sold: it has no index, and the others are as if it were not there. Found by review: they came out as 1.
TEST(TimeProductDummy, APeriodWithoutExpenditureTakesNoPart) {
  const std::vector<Observation> with = {{0, 1, 10, 5}, {0, 2, 20, 3}, {1, 1, 12, 0}, {2, 1, 13, 5}, {2, 2, 30, 3}};
  const std::vector<Observation> without = {{0, 1, 10, 5}, {0, 2, 20, 3}, {1, 1, 13, 5}, {1, 2, 30, 3}};
  const auto series = time_product_dummy(Panel(with, 3), 0, 3);
  EXPECT_FALSE(series[1].ok());
  EXPECT_NEAR(series[2].value, time_product_dummy(Panel(without, 2), 0, 2)[1].value, 1e-12);
  EXPECT_NEAR(series[2].value, 1.40911226907438, 1e-12);  // the reviewer's own least squares
}

// Expenditures that no number holds are no weights.
TEST(TimeProductDummy, ExpenditureBeyondAllNumbersIsRefused) {
  const std::vector<Observation> huge = {{0, 1, 1e300, 1e300}, {1, 1, 2e300, 1e300}, {0, 2, 1, 1}, {1, 2, 2, 1}};
  for (const auto weights : {ObservationWeights::shares, ObservationWeights::expenditure})
    for (const IndexValue& one : time_product_dummy(Panel(huge, 2), 0, 2, weights)) EXPECT_EQ(one.status, Status::out_of_range);
  EXPECT_NEAR(time_product_dummy(Panel(huge, 2), 0, 2, ObservationWeights::none)[1].value, 2, 1e-12);
}

// A good that one period has alone says nothing of the change, however dear it is.
TEST(Geks, AnUnmatchedExpenditureBeyondAllNumbersIsNoMatter) {
  const std::vector<Observation> plain = {{0, 1, 10, 5}, {0, 2, 20, 3}, {1, 1, 12, 4}, {1, 2, 25, 3}, {2, 1, 13, 5}, {2, 2, 30, 3}};
  std::vector<Observation> huge = plain;
  huge.push_back({0, 3, 1e200, 1e200});
  for (const Formula formula : {Formula::jevons, Formula::fisher, Formula::tornqvist, Formula::walsh}) {
    const auto expected = Geks(Panel(plain, 3), formula, 3).window(0, 3);
    const auto found = Geks(Panel(huge, 3), formula, 3).window(0, 3);
    for (std::size_t t = 0; t < 3; ++t) EXPECT_NEAR(found[t].value, expected[t].value, 1e-12) << formula_name(formula);
  }
}

// Lloyd–Moulton has the geometric Laspeyres index for its limit as the elasticity goes to 1.
TEST(Lloyd, HasItsLimitAtOne) {
  const Panel panel(std::vector<Observation>{{0, 1, 10, 5}, {0, 2, 20, 3}, {1, 1, 12, 4}, {1, 2, 21, 3}}, 2);
  const auto value = [&](Formula formula, double sigma) {
    return fixed_base_series(panel, {.formula = formula, .formula_options = {.sigma = sigma}, .weight_period = 0})[1].value;
  };
  const double limit = value(Formula::geometric_laspeyres, 0);
  for (const double away : {1e-15, -1e-15, 1e-13, 1e-9, -1e-6, 1e-4})
    EXPECT_NEAR(value(Formula::lloyd_moulton, 1 + away), limit, std::abs(away) + 1e-14);
}

// Each pair of periods shares one good alone, so that all are equally unlike, but for rounding: period 3 is linked to the latest.
TEST(SimilarityLinks, EquallyUnlikePeriodsGoByTheLatest) {
  const Panel panel(
      std::vector<Observation>{{0, 1, 26.9, 5}, {0, 2, 6.8, 2}, {1, 1, 12.8, 5}, {1, 3, 23.6, 7}, {2, 2, 19.1, 3}, {2, 3, 5.2, 1}}, 3);
  for (const Dissimilarity measure : {Dissimilarity::plspread, Dissimilarity::asymplinear, Dissimilarity::logquadratic})
    EXPECT_NEAR(similarity_linked_series(panel, {.formula = Formula::jevons, .formula_options = {}, .weight_period = 0}, measure)[2].value,
                12.8 / 26.9 * (5.2 / 23.6), 1e-12)
        << dissimilarity_name(measure);
}

}  // namespace
}  // namespace fairprice::indices
