#include "indices/panel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace fairprice::indices {
namespace {

TEST(Panel, SortsProductsAndAggregatesByUnitValue) {
  PanelReport report;
  const std::vector<Observation> rows{{0, 7, 10, 1}, {0, 7, 20, 3}, {0, 2, 5, 0}, {0, 2, 7, 0}, {1, 2, 6, 1}};
  const Panel panel(rows, 2, &report);
  ASSERT_EQ(panel.period(0).size(), 2U);
  EXPECT_EQ(panel.period(0).products[0], 2U);
  EXPECT_DOUBLE_EQ(panel.period(0).prices[0], 6);     // not sold: the mean price
  EXPECT_DOUBLE_EQ(panel.period(0).prices[1], 17.5);  // (10 + 3 × 20) / 4
  EXPECT_DOUBLE_EQ(panel.period(0).quantities[1], 4);
  EXPECT_EQ(panel.period(1).size(), 1U);
  EXPECT_EQ(report.aggregated, 2U);
  EXPECT_EQ(report.rejected, 0U);
}

TEST(Panel, LeavesOutWhatIsNoPrice) {
  PanelReport report;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  const std::vector<Observation> rows{{0, 1, 0, 1},  {0, 2, -1, 1},  {0, 3, nan, 1}, {0, 4, infinite, 1},
                                      {0, 5, 1, -1}, {0, 6, 1, nan}, {9, 7, 1, 1},   {0, 8, 1, 0}};
  const Panel panel(rows, 1, &report);
  EXPECT_EQ(panel.period(0).size(), 1U);
  EXPECT_EQ(report.rejected, 7U);
}

TEST(Panel, CarriesTheLastPriceForwardAndTheFirstBack) {
  const std::vector<Observation> rows{{1, 1, 10, 2}, {3, 1, 12, 1}, {0, 2, 5, 1}, {1, 2, 6, 1}, {2, 2, 7, 1}, {3, 2, 8, 1}};
  const Panel panel = carried(Panel(rows, 4));
  const double expected[] = {10, 10, 10, 12};
  const double quantities[] = {0, 2, 0, 1};
  for (std::size_t t = 0; t < 4; ++t) {
    ASSERT_EQ(panel.period(t).size(), 2U);
    EXPECT_DOUBLE_EQ(panel.period(t).prices[0], expected[t]);
    EXPECT_DOUBLE_EQ(panel.period(t).quantities[0], quantities[t]);
  }
}

TEST(Panel, APeriodWithoutObservationsIsEmpty) {
  const Panel panel(std::vector<Observation>{{2, 1, 1, 1}}, 4);
  EXPECT_EQ(panel.periods(), 4U);
  EXPECT_EQ(panel.period(0).size(), 0U);
  EXPECT_EQ(panel.period(2).size(), 1U);
  EXPECT_EQ(panel.period(3).size(), 0U);
  EXPECT_EQ(Panel().periods(), 0U);
}

}  // namespace
}  // namespace fairprice::indices
