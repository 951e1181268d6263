// Cases worked with a pencil. Prices are written in yuan per base unit; the engine counts 10^-8 of them.

#include "engine/market/screening.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace fairprice::market {
namespace {

using rules::ScreeningMethod;
using Prices = std::vector<std::int64_t>;

/// "1300.00001" -> 130000001000
std::int64_t yuan(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  std::string decimals(text.substr(std::min(point + 1, text.size())));
  decimals.resize(8, '0');
  return std::stoll(digits + decimals);
}

Prices yuan(const std::vector<std::string_view>& texts) {
  Prices prices;
  for (const std::string_view text : texts) prices.push_back(yuan(text));
  EXPECT_TRUE(std::is_sorted(prices.begin(), prices.end()));
  return prices;
}

rules::ScreeningPolicy policy_of(ScreeningMethod method) {
  rules::ScreeningPolicy policy;
  policy.method = method;
  if (method == ScreeningMethod::modified_z || method == ScreeningMethod::hidiroglou_berthelot) policy.floor = {10, 100};
  return policy;
}

struct Case {
  std::vector<std::string_view> prices;  ///< ascending
  std::size_t first, last;               ///< kept: positions first .. last - 1
};

void expect_kept(ScreeningMethod method, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    std::string shown;
    for (const std::string_view price : one.prices) shown.append(price).append(" ");
    const KeptRun kept = screen(yuan(one.prices), policy_of(method));
    EXPECT_EQ(kept.first, one.first) << shown;
    EXPECT_EQ(kept.last, one.last) << shown;
  }
}

// c = 1000, distances 0 0 0 and the last; D = 0, so the floor 0.30 decides, on distances rounded to 10^-8.
TEST(Screening, KeepsAPriceExactlyAtTheFloor) {
  expect_kept(ScreeningMethod::ratio_z, {
                                            {{"1000", "1000", "1000", "1300"}, 0, 4},           // s = 0.30
                                            {{"1000", "1000", "1000", "1300.00000499"}, 0, 4},  // s = 0.3000000049.. -> 0.30000000
                                            {{"1000", "1000", "1000", "1300.000005"}, 0, 3},   // s = 0.300000005 -> half away -> 0.30000001
                                            {{"769.23076923", "1000", "1000", "1000"}, 0, 4},  // 1000 / 769.23076923 - 1 = 0.30000000(0012)
                                            {{"769.23", "1000", "1000", "1000"}, 1, 4},        // 1000 / 769.23 - 1 = 0.3000013
                                        });
}

// Distances of 800 900 1000 1150 x from c = 1000: 0.25, 0.11111111, 0, 0.15, x/1000 - 1. In order 0, 0.111.., 0.15, 0.25, ..: D = 0.15,
// and 5.1891 x 0.15 = 0.778365.
TEST(Screening, KeepsAPriceExactlyAtTheCutoff) {
  expect_kept(ScreeningMethod::ratio_z, {
                                            {{"800", "900", "1000", "1150", "1778.365"}, 0, 5},
                                            {{"800", "900", "1000", "1150", "1778.36501"}, 0, 4},
                                            {{"800", "900", "1000", "1150", "1900"}, 0, 4},
                                        });
}

// Distances of 400 500 1000 2000 x: 1.5, 1, 0, 1, x/1000 - 1: D = 1, the cutoff 5.1891 would keep all, but no distance above 2 is kept.
TEST(Screening, KeepsNothingBeyondTheGreatestDistance) {
  expect_kept(ScreeningMethod::ratio_z,
              {
                  {{"400", "500", "1000", "2000", "3000"}, 0, 5},           // s = 2
                  {{"400", "500", "1000", "2000", "3000.00001"}, 0, 4},     // s = 2.00000001
                  {{"333.33333333", "500", "1000", "2000", "2000"}, 0, 5},  // 1000 / 333.33333333 - 1 = 2.00000000(003)
                  {{"333.3333", "500", "1000", "2000", "2000"}, 1, 5},      // 2.0000003
              });
}

TEST(Screening, DropsAPriceTypedByTenEitherWay) {
  expect_kept(ScreeningMethod::ratio_z, {
                                            {{"100", "1000", "1000", "1000", "10000"}, 1, 4},  // s = 9 on both sides
                                            {{"102", "1005", "1010", "1020", "1031"}, 1, 5},
                                            {{"1005", "1010", "1020", "1031", "10150"}, 0, 4},
                                        });
}

// 800 1000 1000 1500: c = 1000, distances 0.25 0 0 0.5, in order 0 0 0.25 0.5. The larger of the middle two is 0.25: limit 1.297275 keeps
// 0.5; with the smaller, 0, the floor 0.30 would not.
TEST(Screening, TakesTheLargerOfTheMiddleTwoDistances) { expect_kept(ScreeningMethod::ratio_z, {{{"800", "1000", "1000", "1500"}, 0, 4}}); }

// 1000 and 1001 of two: c = 1000.5, rounded to 10^-8; nobody is far. 1 and 100: c = 50.5, D = 49.5, but 49.5 > 2 and 0.98 <= 2.
TEST(Screening, OfOneOrTwoSellersFollowsTheSameRule) {
  expect_kept(ScreeningMethod::ratio_z, {
                                            {{"5"}, 0, 1},
                                            {{"1000", "1001"}, 0, 2},
                                            {{"1", "100"}, 1, 2},
                                            {{}, 0, 0},
                                        });
}

// modified_z: |x - c| <= max(5.1891 m, 0.10 c). First rows: m = 0, c = 1000: 100. Then 800 900 1000 1100 x: gaps 200 100 0 100 ..: m = 100,
// 518.91. Then 1000 1000 1001 x: c = 1000.5, gaps 0.5 0.5 0.5 ..: m = 0.5, the floor 100.05 decides.
TEST(Screening, OfModifiedZKeepsAPriceExactlyAtItsLimit) {
  expect_kept(ScreeningMethod::modified_z, {
                                               {{"1000", "1000", "1000", "1100"}, 0, 4},
                                               {{"1000", "1000", "1000", "1100.00000001"}, 0, 3},
                                               {{"900", "1000", "1000", "1000"}, 0, 4},
                                               {{"899.99999999", "1000", "1000", "1000"}, 1, 4},
                                               {{"800", "900", "1000", "1100", "1518.91"}, 0, 5},
                                               {{"800", "900", "1000", "1100", "1518.91000001"}, 0, 4},
                                               {{"481.09", "900", "1000", "1100", "1200"}, 0, 5},
                                               {{"481.08999999", "900", "1000", "1100", "1200"}, 1, 5},
                                               {{"1000", "1000", "1001", "1100.55"}, 0, 4},
                                               {{"1000", "1000", "1001", "1100.55000001"}, 0, 3},
                                           });
}

// tukey, n = 5: q1 the 2nd, q3 the 4th. 1000 1100 1200 1300 x: 1300 + 1.5 x 200 = 1600. x 1000 1100 1200 1300: 1000 - 1.5 x 200 = 700.
// n = 4: q1 the 1st, q3 the 3rd. 1000 1000 1100 x: 1100 + 150 = 1250.
TEST(Screening, OfTukeyKeepsAPriceExactlyOnTheFence) {
  expect_kept(ScreeningMethod::tukey, {
                                          {{"1000", "1100", "1200", "1300", "1600"}, 0, 5},
                                          {{"1000", "1100", "1200", "1300", "1600.00000001"}, 0, 4},
                                          {{"700", "1000", "1100", "1200", "1300"}, 0, 5},
                                          {{"699.99999999", "1000", "1100", "1200", "1300"}, 1, 5},
                                          {{"1000", "1000", "1100", "1250"}, 0, 4},
                                          {{"1000", "1000", "1100", "1250.00000001"}, 0, 3},
                                      });
}

// hidiroglou_berthelot. 1000 1000 1000 x: effects 0 0 0 and x/1000 - 1; mu = q1 = q3 = 0, reach 4 x 0.10 = 0.40; below (of five, so that
// x is not the first quartile itself), 1000/x - 1 <= 0.40.
// 800 900 1000 1150 x: effects -0.25 -0.11111111 0 0.15 ..: q1 the 2nd, q3 the 4th = 0.15, upwards 0.60.
// x 900 1000 1150 1200: q1 = -0.11111111, downwards 0.44444444; 1000 / 692.31 - 1 = 0.44444..(439629), 1000 / 692.3 - 1 = 0.444460..
TEST(Screening, OfHidiroglouBerthelotKeepsAPriceExactlyAtItsReach) {
  expect_kept(ScreeningMethod::hidiroglou_berthelot, {
                                                         {{"1000", "1000", "1000", "1400"}, 0, 4},
                                                         {{"1000", "1000", "1000", "1400.00001"}, 0, 3},
                                                         {{"714.28571429", "1000", "1000", "1000", "1000"}, 0, 5},
                                                         {{"714.2857", "1000", "1000", "1000", "1000"}, 1, 5},
                                                         {{"800", "900", "1000", "1150", "1600"}, 0, 5},
                                                         {{"800", "900", "1000", "1150", "1600.00001"}, 0, 4},
                                                         {{"692.31", "900", "1000", "1150", "1200"}, 0, 5},
                                                         {{"692.3", "900", "1000", "1150", "1200"}, 1, 5},
                                                     });
}

TEST(Screening, OfNoneKeepsAll) { expect_kept(ScreeningMethod::none, {{{"0.00000001", "1", "99999999"}, 0, 3}, {{}, 0, 0}}); }

TEST(Statistics, RoundHalfAwayFromZero) {
  EXPECT_EQ(median_of_sorted(Prices{7}), 7);
  EXPECT_EQ(median_of_sorted(Prices{1, 2}), 2);  // 1.5
  EXPECT_EQ(median_of_sorted(Prices{1, 3, 9}), 3);
  EXPECT_EQ(median_of_sorted(Prices{1, 3, 6, 9}), 5);  // 4.5
  EXPECT_EQ(mean_of(Prices{1, 2}), 2);
  EXPECT_EQ(mean_of(Prices{1, 1, 2}), 1);     // 1.333
  EXPECT_EQ(mean_of(Prices{1, 2, 2}), 2);     // 1.667
  EXPECT_EQ(mean_of(Prices{1, 1, 2, 2}), 2);  // 1.5
  const std::int64_t high = (std::int64_t{1} << 60) - 1;
  EXPECT_EQ(mean_of(Prices(100, high)), high);  // the sum needs more than 64 bits
  EXPECT_EQ(median_of_sorted(Prices(100, high)), high);
}

TEST(Statistics, OfSortedPrices) {
  using Kind = rules::Statistic::Kind;
  const Prices ten{10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
  struct Row {
    Prices prices;
    rules::Statistic statistic;
    std::int64_t expected;
  };
  const std::vector<Row> rows = {
      {ten, {Kind::median, 0}, 55},
      {ten, {Kind::mean, 0}, 55},
      {ten, {Kind::lowest, 0}, 10},
      {ten, {Kind::highest, 0}, 100},
      {ten, {Kind::mean_of_lowest, 3}, 20},
      {ten, {Kind::mean_of_lowest, 1}, 10},
      {Prices{10, 21}, {Kind::mean_of_lowest, 3}, 16},  // all two: 15.5
      {ten, {Kind::percentile, 70}, 70},                // 70 x 10 / 100 = 7th
      {ten, {Kind::percentile, 71}, 80},                // 7.1 -> 8th
      {ten, {Kind::percentile, 1}, 10},
      {ten, {Kind::percentile, 100}, 100},
      {Prices{10, 20, 30}, {Kind::percentile, 70}, 30},          // 2.1 -> 3rd
      {Prices{10, 20, 30, 40, 50}, {Kind::percentile, 70}, 40},  // 3.5 -> 4th
      {Prices{10}, {Kind::percentile, 70}, 10},
  };
  for (const Row& row : rows)
    EXPECT_EQ(statistic_of_sorted(row.prices, row.statistic), row.expected) << row.statistic.to_string() << " of " << row.prices.size();
}

TEST(Dispersed, IsAMarketOfWhichMoreThanThirtyPercentFellOut) {
  const rules::MarketPolicy policy;
  const Prices ten(10, 1000);
  EXPECT_FALSE(is_dispersed(ten, {0, 7}, policy));  // 3 of 10
  EXPECT_TRUE(is_dispersed(ten, {0, 6}, policy));   // 4 of 10
  EXPECT_FALSE(is_dispersed(ten, {2, 9}, policy));
  EXPECT_TRUE(is_dispersed(ten, {0, 0}, policy));
  EXPECT_TRUE(is_dispersed(Prices{1, 1, 1}, {0, 2}, policy));      // 1 of 3
  EXPECT_FALSE(is_dispersed(Prices{1, 1, 1, 1}, {0, 3}, policy));  // 1 of 4
}

TEST(Dispersed, IsAMarketWhoseKeptPricesDifferByMoreThanThree) {
  const rules::MarketPolicy policy;
  const Prices within = yuan({"1000", "2000", "3000"});
  const Prices beyond = yuan({"1000", "2000", "3000.00000001"});
  EXPECT_FALSE(is_dispersed(within, {0, 3}, policy));
  EXPECT_TRUE(is_dispersed(beyond, {0, 3}, policy));
  const Prices screened = yuan({"1000", "1000", "1000", "9000"});
  EXPECT_FALSE(is_dispersed(screened, {0, 3}, policy));  // only those kept count
}

}  // namespace
}  // namespace fairprice::market
