#include "indices/matched_change.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>

#include "indices/bilateral.hpp"
#include "indices/uncertainty.hpp"

namespace fairprice::indices {
namespace {

// Relatives 2, 1/2, 4 and 1: their geometric mean is the fourth root of 4. Logarithms in units of ln 2: 1, −1, 2, 0; mean 1/2, squares off it
// 0.25 + 2.25 + 2.25 + 0.25 = 5, so s² = 5/3 and the error √(5/12) of ln 2. t(3) at 97.5 % is 3.182446 (any table of Student's t).
TEST(MatchedChange, AgreesWithAHandWorkedExample) {
  const Panel panel({{{0, 1, 10, 0},
                      {0, 2, 8, 0},
                      {0, 3, 5, 0},
                      {0, 4, 3, 0},
                      {0, 9, 7, 0},
                      {1, 1, 20, 0},
                      {1, 2, 4, 0},
                      {1, 3, 20, 0},
                      {1, 4, 3, 0},
                      {1, 8, 7, 0}}},
                    2);
  const MatchedChange change = matched_change(panel, 0, 1);
  EXPECT_EQ(change.matched, 4U);
  EXPECT_NEAR(change.index.value, std::sqrt(2.0), 1e-12);
  const double error = std::sqrt(5.0 / 12) * std::log(2.0);
  EXPECT_NEAR(change.standard_error, error, 1e-12);
  EXPECT_NEAR(change.lower, std::sqrt(2.0) * std::exp(-3.182446305 * error), 1e-8);
  EXPECT_NEAR(change.upper, std::sqrt(2.0) * std::exp(3.182446305 * error), 1e-8);
}

TEST(MatchedChange, IsTheJackknifeByProduct) {
  std::mt19937_64 random(7);
  std::vector<Observation> observations;
  std::vector<std::uint32_t> product;
  for (std::uint32_t i = 0; i < 40; ++i)
    for (std::uint32_t t = 0; t < 2; ++t) {
      observations.push_back({t, i, 1 + static_cast<double>(random() % 1000) / 100, 0});
      product.push_back(i);
    }
  const auto jevons = [](const Panel& panel) {
    const IndexValue change = matched_change(panel, 0, 1).index;
    return std::vector<IndexValue>{{1, Status::ok}, change};
  };
  const Jackknife left_out = jackknife(observations, product, 2, jevons);
  const MatchedChange change = matched_change(Panel(observations, 2), 0, 1);
  EXPECT_NEAR(change.standard_error, left_out.standard_error[1], 1e-12);
  EXPECT_NEAR(change.lower, left_out.lower[1], 1e-12);
  EXPECT_NEAR(change.upper, left_out.upper[1], 1e-12);
}

TEST(MatchedChange, SaysWhenNothingOrOneProductIsShared) {
  const Panel panel({{{0, 1, 10, 0}, {1, 1, 11, 0}, {1, 2, 8, 0}, {2, 2, 9, 0}, {3, 7, 1, 0}}}, 4);
  const MatchedChange one = matched_change(panel, 0, 1);
  EXPECT_NEAR(one.index.value, 1.1, 1e-12);
  EXPECT_EQ(one.upper, 0);
  EXPECT_EQ(one.standard_error, 0);
  EXPECT_EQ(matched_change(panel, 0, 3).index.status, Status::no_match);
  EXPECT_EQ(matched_change(panel, 0, 3).matched, 0U);
  EXPECT_THROW(matched_change(panel, 0, 1, 1), std::invalid_argument);
}

// Prices of 1e300 against 1e-300: the index itself is no number, and says so.
TEST(MatchedChange, OfAnAbsurdSizeHasAStatus) {
  const Panel panel({{{0, 1, 1e-300, 0}, {0, 2, 1e-300, 0}, {1, 1, 1e300, 0}, {1, 2, 1e299, 0}}}, 2);
  const MatchedChange change = matched_change(panel, 0, 1);
  EXPECT_EQ(change.index.status, Status::out_of_range);
  EXPECT_EQ(change.upper, 0);
}

}  // namespace
}  // namespace fairprice::indices
