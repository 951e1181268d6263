#include "indices/churn.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "indices/series.hpp"
#include "indices/uncertainty.hpp"

namespace fairprice::indices {
namespace {

TEST(Churn, CountsWhatComesAndGoes) {
  const Panel panel(std::vector<Observation>{{0, 1, 10, 1}, {0, 2, 10, 3}, {1, 2, 10, 1}, {1, 3, 30, 1}}, 2);
  const auto result = churn(panel);
  EXPECT_EQ(result[0].entered, 2U);
  EXPECT_EQ(result[1].matched, 1U);
  EXPECT_EQ(result[1].entered, 1U);
  EXPECT_EQ(result[1].left, 1U);
  EXPECT_DOUBLE_EQ(result[1].matched_value, 0.25);
  EXPECT_DOUBLE_EQ(result[1].matched_value_before, 0.75);
}

const IndexValue kNone{0, Status::no_match};
IndexValue value(double number) { return {number, Status::ok}; }

TEST(Rebased, PutsAnyPeriodToOne) {
  const auto series = rebased({value(1), kNone, value(2), value(3)}, 2);
  EXPECT_DOUBLE_EQ(series[0].value, 0.5);
  EXPECT_EQ(series[1].status, Status::no_match);
  EXPECT_DOUBLE_EQ(series[3].value, 1.5);
  EXPECT_EQ(rebased({value(1), kNone}, 1)[0].status, Status::no_match);
  EXPECT_EQ(rebased({value(1)}, 4)[0].status, Status::no_period);
}

TEST(Linked, ContinuesAtTheCommonPeriod) {
  const auto series = linked({value(1), value(1.2), value(9)}, {value(2), value(3), kNone}, 1);
  ASSERT_EQ(series.size(), 4U);
  EXPECT_DOUBLE_EQ(series[1].value, 1.2);
  EXPECT_NEAR(series[2].value, 1.8, 1e-12);
  EXPECT_EQ(series[3].status, Status::no_match);
  EXPECT_THROW(linked({value(1)}, {}, 0), std::invalid_argument);
}

// Of a mean the jackknife's error is exactly s/√n: the Jevons index, product by product. ln r = ln 1.1, ln 1.3, ln 0.9.
TEST(Jackknife, OfAMeanIsItsStandardError) {
  std::vector<Observation> rows;
  std::vector<std::uint32_t> products;
  const double relatives[] = {1.1, 1.3, 0.9};
  for (std::uint32_t n = 0; n < 3; ++n)
    for (std::uint32_t t = 0; t < 2; ++t) {
      rows.push_back({t, n, t == 0 ? 10 : 10 * relatives[n], 1});
      products.push_back(n);
    }
  const SeriesOptions jevons{.formula = Formula::jevons, .formula_options = {}, .weight_period = 0};
  const Jackknife result = jackknife(rows, products, 2, [&](const Panel& panel) { return fixed_base_series(panel, jevons); });
  const double mean = (std::log(1.1) + std::log(1.3) + std::log(0.9)) / 3;
  double squares = 0;
  for (const double r : relatives) squares += (std::log(r) - mean) * (std::log(r) - mean);
  EXPECT_NEAR(result.standard_error[1], std::sqrt(squares / 2 / 3), 1e-12);
  EXPECT_NEAR(result.upper[1] / result.index[1].value, std::exp(4.302652729911275 * result.standard_error[1]), 1e-9);
  EXPECT_DOUBLE_EQ(result.standard_error[0], 0);
  EXPECT_EQ(jackknife({rows[0], rows[1]}, {0, 0}, 2, [&](const Panel& panel) { return fixed_base_series(panel, jevons); }).groups, 1U);
}

}  // namespace
}  // namespace fairprice::indices
