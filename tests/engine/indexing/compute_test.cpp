#include "engine/indexing/compute.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace fairprice::indexing {
namespace {

using indices::Status;

TEST(Compute, EveryNameIsAMethod) {
  const auto names = method_names();
  EXPECT_EQ(names.size(), 31U);
  for (const std::string& name : names) EXPECT_TRUE(find_method(name).has_value()) << name;
  EXPECT_TRUE(find_method("geks_tornqvist").has_value());
  EXPECT_FALSE(find_method("geks-laspeyres").has_value());
  EXPECT_FALSE(find_method("").has_value());
}

// Two goods: a 10, 12, 9; b 5, 5, 6, with quantities.
const indices::Panel& panel() {
  static const indices::Panel kPanel(
      std::vector<indices::Observation>{{0, 1, 10, 4}, {0, 2, 5, 8}, {1, 1, 12, 3}, {1, 2, 5, 9}, {2, 1, 9, 5}, {2, 2, 6, 7}}, 3);
  return kPanel;
}

SeriesRequest request(const char* method) {
  SeriesRequest result;
  result.method = find_method(method).value();
  return result;
}

TEST(Compute, AMultilateralSeriesMayHaveAnyBase) {
  SeriesRequest from_second = request("geks-fisher");
  from_second.base = 1;
  const auto first = compute(panel(), request("geks-fisher"));
  const auto second = compute(panel(), from_second);
  for (std::size_t t = 0; t < 3; ++t) EXPECT_NEAR(second[t].value, first[t].value / first[1].value, 1e-12);
}

// Goods that are first seen in the third of five periods: 10 and 5, then 12 and 5, then nothing.
const indices::Panel& late() {
  static const indices::Panel kPanel(std::vector<indices::Observation>{{2, 1, 10, 4}, {2, 2, 5, 8}, {3, 1, 12, 4}, {3, 2, 5, 8}}, 5);
  return kPanel;
}

// Without a base a series begins with its first period that has products; with a base that has none, nothing is compared with it.
TEST(Compute, ASeriesBeginsWithItsProducts) {
  for (const std::string& name : method_names()) {
    if (name == "unit-value") continue;
    SeriesRequest asked = request(name.c_str());
    const auto series = compute(late(), asked);
    ASSERT_EQ(series.size(), 5U);
    EXPECT_FALSE(series[0].ok() || series[1].ok() || series[4].ok()) << name;
    EXPECT_DOUBLE_EQ(series[2].value, 1) << name;
    EXPECT_GT(series[3].value, 1) << name;
    for (const std::size_t base : {std::size_t{0}, std::size_t{4}}) {
      asked.base = base;
      for (const auto& one : compute(late(), asked)) EXPECT_FALSE(one.ok()) << name;
    }
  }
  SeriesRequest chained = request("jevons");
  chained.chained = true;
  for (const auto link : {std::optional<indices::Dissimilarity>(), std::optional(indices::Dissimilarity::logquadratic)}) {
    chained.link = link;
    const auto series = compute(late(), chained);
    EXPECT_FALSE(series[0].ok() || series[1].ok() || series[4].ok());
    EXPECT_DOUBLE_EQ(series[2].value, 1);
    EXPECT_NEAR(series[3].value, std::sqrt(1.2), 1e-12);
  }
}

/// Prices 10·1.1^t and 5·1.05^t with quantities 1 and 2, in the periods that are named.
indices::Panel growing(const std::vector<std::uint32_t>& in, std::size_t periods) {
  std::vector<indices::Observation> observations;
  for (const std::uint32_t t : in) {
    observations.push_back({t, 1, 10 * std::pow(1.1, t), 1});
    observations.push_back({t, 2, 5 * std::pow(1.05, t), 2});
  }
  return indices::Panel(observations, periods);
}

// With every good in every period GEKS over Jevons is Jevons, whatever the window and splice: √(1.1 · 1.05) a period. A group that begins after the first
// window, and a period without goods, change nothing in the others.
TEST(Compute, WindowsGoOnOverPeriodsWithoutGoods) {
  const std::vector<std::vector<std::uint32_t>> all = {{0, 1, 2, 4, 5, 6, 7}, {4, 5, 6, 7}, {2, 3, 4, 5, 6, 7}, {0, 1, 2, 3, 5, 7}};
  for (const auto& in : all)
    for (const auto splice :
         {indices::Splice::movement, indices::Splice::window, indices::Splice::half, indices::Splice::mean, indices::Splice::wisp,
          indices::Splice::hasp, indices::Splice::mean_pub, indices::Splice::fbew, indices::Splice::fbmw}) {
      SeriesRequest asked = request("geks-jevons");
      asked.window = 3;
      asked.splice = splice;
      const auto series = compute(growing(in, 8), asked);
      for (std::uint32_t t = 0; t < 8; ++t) {
        const bool there = std::find(in.begin(), in.end(), t) != in.end();
        EXPECT_EQ(series[t].ok(), there) << indices::splice_name(splice) << " " << in[0] << " " << t;
        if (there) {
          EXPECT_NEAR(series[t].value, std::pow(1.1 * 1.05, (t - in[0]) / 2.0), 1e-10) << indices::splice_name(splice);
        }
      }
    }
}

// Goods that are there but were not sold: the period has no index where quantities are needed, and nothing changes in the others.
TEST(Compute, WindowsGoOnOverPeriodsInWhichNothingWasSold) {
  std::vector<indices::Observation> observations;
  for (std::uint32_t t = 0; t < 9; ++t) {
    observations.push_back({t, 1, 10 * std::pow(1.1, t), t == 2 ? 0.0 : 5.0});
    observations.push_back({t, 2, 5 * std::pow(1.1, t), t == 2 ? 0.0 : 2.0});
  }
  const indices::Panel panel(observations, 9);
  for (const char* method : {"wtpd", "geary-khamis", "geks-fisher", "geks-tornqvist", "geks-walsh"})
    for (const std::size_t window : {3U, 4U, 9U})
      for (const auto splice : {indices::Splice::movement, indices::Splice::mean, indices::Splice::wisp, indices::Splice::fbew}) {
        SeriesRequest asked = request(method);
        asked.window = window;
        asked.splice = splice;
        const auto series = compute(panel, asked);
        EXPECT_EQ(series[2].status, Status::no_quantities) << method;
        for (std::uint32_t t = 0; t < 9; ++t)
          if (t != 2) {
            EXPECT_NEAR(series[t].value, std::pow(1.1, t), 1e-10) << method << " " << window << " " << t;
          }
      }
}

// A group that begins in the second period begins there too when prices are carried: nothing was sold at a carried price.
TEST(Compute, CarriedPricesAreNoBase) {
  SeriesRequest asked = request("fisher");
  asked.impute = SeriesRequest::Impute::carry;
  const auto series = compute(growing({1, 2, 3}, 5), asked);
  EXPECT_FALSE(series[0].ok());
  EXPECT_DOUBLE_EQ(series[1].value, 1);
  EXPECT_TRUE(series[3].ok());
}

// One window over everything is the same with periods that hold nothing in between, and as far apart as they like.
TEST(Compute, EmptyPeriodsTakeNoPart) {
  std::vector<indices::Observation> apart;
  for (std::size_t t = 0; t < 3; ++t) {
    const auto period = panel().period(t);
    for (std::size_t i = 0; i < period.size(); ++i)
      apart.push_back({static_cast<std::uint32_t>(t * 4000), period.products[i], period.prices[i], period.quantities[i]});
  }
  for (const char* method : {"geks-tornqvist", "geary-khamis", "wtpd"}) {
    const auto close = compute(panel(), request(method));
    const auto far = compute(indices::Panel(apart, 9000), request(method));
    for (std::size_t t = 0; t < 3; ++t) EXPECT_NEAR(far[t * 4000].value, close[t].value, 1e-12) << method;
    EXPECT_FALSE(far[1].ok() || far[8999].ok());
  }
}

TEST(Compute, UnitValuesOfAllProducts) {
  SeriesRequest all = request("unit-value");
  all.all_products = true;
  EXPECT_NEAR(compute(panel(), all)[1].value, (81.0 / 12) / (80.0 / 12), 1e-12);
}

TEST(Compute, ABaseThatIsNotThereIsNamed) {
  SeriesRequest far = request("jevons");
  far.base = 3;
  for (const auto& one : compute(panel(), far)) EXPECT_EQ(one.status, Status::no_period);
}

TEST(Compute, TpdIsUnweightedOnlyWhenAsked) {
  SeriesRequest plain = request("tpd");
  plain.observation_weights = indices::ObservationWeights::none;
  EXPECT_NEAR(compute(panel(), plain)[1].value, std::sqrt(1.2), 1e-12);  // every good in every period: Jevons
  EXPECT_FALSE(request("tpd").method.weighted);
  EXPECT_TRUE(request("wtpd").method.weighted);
}

}  // namespace
}  // namespace fairprice::indexing
