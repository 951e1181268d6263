#include "indices/imputation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

namespace fairprice::indices {
namespace {

std::optional<double> price(const Panel& panel, std::size_t period, std::uint32_t product) {
  const Panel::Period one = panel.period(period);
  for (std::size_t i = 0; i < one.size(); ++i)
    if (one.products[i] == product) return one.prices[i];
  return std::nullopt;
}

// Products 1 and 2 (class 0) rise by 10 % and 21 %: on the geometric mean by √(1.1 · 1.21); 3 (class 1) falls by 20 %. 4 is of class 0, 5 of class 1, 6 of class 2.
Panel gaps() {
  return Panel({{{0, 1, 10, 1},
                 {0, 2, 20, 1},
                 {0, 3, 5, 1},
                 {0, 4, 100, 1},
                 {0, 5, 100, 1},
                 {0, 6, 100, 1},
                 {1, 1, 11, 1},
                 {1, 2, 24.2, 1},
                 {1, 3, 4, 1},
                 {1, 7, 9, 1},
                 {2, 1, 11, 1},
                 {2, 4, 130, 2}}},
               3);
}

TEST(Imputation, OverallMeanIsTheChangeOfAllThatWereSeenTwice) {
  const Panel filled = imputed(gaps());
  const double change = std::cbrt(1.1 * 1.21 * 0.8);
  for (const std::uint32_t product : {4U, 5U, 6U}) EXPECT_NEAR(*price(filled, 1, product), 100 * change, 1e-12);
  EXPECT_EQ(price(filled, 0, 7), std::nullopt);  // not before it was seen
  EXPECT_NEAR(*price(filled, 2, 7), 9, 1e-12);   // product 1 alone was seen twice, and did not change
  EXPECT_EQ(*price(filled, 2, 4), 130);          // back again
}

TEST(Imputation, ClassMeanIsTheChangeOfItsClass) {
  const Panel filled = imputed(gaps(), {0, 0, 0, 1, 0, 1, 2, 0});
  EXPECT_NEAR(*price(filled, 1, 4), 100 * std::sqrt(1.1 * 1.21), 1e-12);
  EXPECT_NEAR(*price(filled, 1, 5), 80, 1e-12);
  EXPECT_NEAR(*price(filled, 1, 6), 100 * std::cbrt(1.1 * 1.21 * 0.8), 1e-12);  // nobody else in its class
}

TEST(Imputation, StopsWhenAProductStaysAway) {
  const Panel panel({{{0, 1, 10, 1}, {0, 2, 10, 1}, {1, 1, 10, 1}, {2, 1, 10, 1}, {3, 1, 10, 1}}}, 4);
  const Panel filled = imputed(panel, {}, 2);
  EXPECT_TRUE(price(filled, 1, 2).has_value());
  EXPECT_TRUE(price(filled, 2, 2).has_value());
  EXPECT_FALSE(price(filled, 3, 2).has_value());
  EXPECT_EQ(filled.period(1).quantities[1], 0);
}

// The change of a panel with imputed prices is that of the matched products: imputing by the overall mean adds nothing to a Jevons index.
TEST(Imputation, ByTheOverallMeanLeavesTheMatchedChangeAlone) {
  const Panel filled = imputed(gaps());
  const Panel::Period before = filled.period(0);
  const Panel::Period after = filled.period(1);
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (const auto now = price(filled, 1, before.products[i])) sum += std::log(*now / before.prices[i]), ++count;
  EXPECT_EQ(count, 6U);
  EXPECT_EQ(after.size(), 7U);
  EXPECT_NEAR(std::exp(sum / static_cast<double>(count)), std::cbrt(1.1 * 1.21 * 0.8), 1e-12);
}

TEST(Imputation, OfAnEmptyPanelIsEmpty) { EXPECT_EQ(imputed(Panel({}, 3)).periods(), 3U); }

}  // namespace
}  // namespace fairprice::indices
