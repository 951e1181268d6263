#include "engine/estimation/category_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace fairprice::estimation {
namespace {

Features thing(double memory, double storage, const std::string& cpu = "I5-12") {
  Features features;
  features.numbers[0] = memory;
  features.numbers[1] = storage;
  features.kinds[0] = cpu;
  return features;
}

/// 2000 yuan × √memory × (1 + a tenth of noise at most) × 1.5 for an I7 × 1.2 for the brand B.
double true_price(const Make& make, const Features& features) {
  return 2000 * std::sqrt(features.numbers[0]) * (features.kinds[0] == "I7-12" ? 1.5 : 1.0) * (make.brand == "B" ? 1.2 : 1.0);
}

std::vector<Configured> market(double noise, std::size_t per_kind = 10) {
  std::mt19937_64 random(3);
  std::vector<Configured> result;
  for (const char* brand : {"A", "B"})
    for (const char* cpu : {"I5-12", "I7-12"})
      for (std::size_t i = 0; i < per_kind; ++i) {
        Configured one;
        one.product = static_cast<std::uint32_t>(result.size());
        one.make.brand = brand;
        one.features = thing(i % 2 == 0 ? 8 : 16, i % 3 == 0 ? 256 : 512, cpu);
        one.name = std::string(brand) + " " + cpu + " " + std::to_string(i);
        const double off = 1 + noise * (static_cast<double>(random() % 2001) / 1000 - 1);
        one.price = std::llround(true_price(one.make, one.features) * off * 1e8);
        result.push_back(one);
      }
  return result;
}

// Without noise the model is the rule that made the prices, and the interval has no width.
TEST(CategoryModel, FindsTheRuleThatMadeThePrices) {
  CategoryModel model(market(0));
  for (const char* brand : {"A", "B"})
    for (const double memory : {8.0, 16.0}) {
      const Make make{brand, {}};
      const Features asked = thing(memory, 512, "I7-12");
      const Estimated estimated = model.estimate(make, asked);
      ASSERT_EQ(estimated.why, Why::estimated);
      EXPECT_NEAR(static_cast<double>(estimated.price), true_price(make, asked) * 1e8, 1e3);
      EXPECT_NEAR(static_cast<double>(estimated.upper - estimated.lower), 0, 1e4);
      EXPECT_EQ(estimated.observations, 40U);
      EXPECT_EQ(estimated.parameters, 5U);  // constant, memory, storage, one of two processors, one of two brands
      EXPECT_NEAR(estimated.r_squared, 1, 1e-9);
    }
}

// With noise of ±4 % the interval holds the true price; with ±40 % it is wider than ±20 %, and nothing is estimated.
TEST(CategoryModel, GivesNoEstimateWiderThanAFifth) {
  CategoryModel narrow(market(0.04));
  const Estimated estimated = narrow.estimate({"A", {}}, thing(8, 256));
  ASSERT_EQ(estimated.why, Why::estimated);
  const double truth = true_price({"A", {}}, thing(8, 256)) * 1e8;
  EXPECT_LT(static_cast<double>(estimated.lower), truth);
  EXPECT_GT(static_cast<double>(estimated.upper), truth);
  EXPECT_LE(static_cast<double>(estimated.upper), 1.2 * static_cast<double>(estimated.price) + 1);
  EXPECT_GE(static_cast<double>(estimated.lower), 0.8 * static_cast<double>(estimated.price) - 1);
  CategoryModel wide(market(0.40));
  const Estimated refused = wide.estimate({"A", {}}, thing(8, 256));
  EXPECT_EQ(refused.why, Why::too_wide);
  EXPECT_EQ(refused.price, 0);
}

TEST(CategoryModel, RefusesWhatLiesOutsideOfTheMarket) {
  CategoryModel model(market(0.02));
  EXPECT_EQ(model.estimate({"A", {}}, thing(1024, 512)).why, Why::outside);
  EXPECT_EQ(model.estimate({"A", {}}, thing(8, 512, "I9-13")).why, Why::outside);
  EXPECT_EQ(model.estimate({"C", {}}, thing(8, 512)).why, Why::outside);  // no rare brands here that could stand for it
  EXPECT_EQ(model.estimate({"A", {}}, Features{}).why, Why::nothing_stated);
}

TEST(CategoryModel, RefusesTooFewConfigurations) {
  CategoryModel model(market(0.02, 4));  // 16 in all, four of each kind
  EXPECT_EQ(model.estimate({"A", {}}, thing(8, 256)).why, Why::too_few);
}

// Five configurations of five brands stand for every brand that is not known.
TEST(CategoryModel, RareBrandsStandForUnknownOnes) {
  std::vector<Configured> all = market(0.01);
  for (const char* brand : {"C", "D", "E", "F", "G"}) {
    Configured one = all[all.size() % 7];
    one.make.brand = brand;
    one.name = brand;
    one.price = std::llround(true_price(one.make, one.features) * 0.9 * 1e8);
    all.push_back(one);
  }
  CategoryModel model(all);
  const Estimated estimated = model.estimate({"Z", {}}, thing(8, 256));
  ASSERT_EQ(estimated.why, Why::estimated);
  EXPECT_NEAR(static_cast<double>(estimated.price) / 1e8, 0.9 * 2000 * std::sqrt(8.0), 60);
}

// A characteristic that no market configuration states is left out, and so said.
TEST(CategoryModel, LeavesOutWhatTheMarketDoesNotState) {
  CategoryModel model(market(0.01));
  Features asked = thing(8, 256);
  asked.kinds[3] = "2K";
  const Estimated estimated = model.estimate({"A", {}}, asked);
  EXPECT_EQ(estimated.why, Why::estimated);
  EXPECT_TRUE(estimated.used[0]);
  EXPECT_FALSE(estimated.used[kNumbers + 3]);
}

// Every I7 has a card and no I5 has: the card says nothing of its own, and the estimate is the same.
TEST(CategoryModel, DoesWithoutAKindThatOthersMakeUp) {
  std::vector<Configured> all = market(0.01);
  for (Configured& one : all) one.features.kinds[2] = one.features.kinds[0] == "I7-12" ? "MX150" : "none";
  CategoryModel with(all);
  Features asked = thing(8, 256);
  asked.kinds[2] = "none";
  const Estimated estimated = with.estimate({"A", {}}, asked);
  ASSERT_EQ(estimated.why, Why::estimated);
  EXPECT_NEAR(static_cast<double>(estimated.price) / 1e8, 2000 * std::sqrt(8.0), 60);
}

TEST(CategoryModel, NearestAreOrderedByDistanceThenName) {
  CategoryModel model(market(0));
  const auto near = model.nearest({"B", {}}, thing(16, 512, "I7-12"), 3);
  ASSERT_EQ(near.size(), 3U);
  EXPECT_EQ(near[0].configured->name, "B I7-12 1");
  EXPECT_EQ(near[0].distance, 0);
  EXPECT_EQ(near[1].configured->name, "B I7-12 5");
  EXPECT_EQ(model.nearest({"B", {}}, thing(16, 512), 1000).size(), 40U);
}

// Line X costs 1.5 times line Y. Of a line that the market does not have, the brand as a whole says what it can: too wide here, not an error.
TEST(CategoryModel, UnknownLinesAreJudgedByTheirBrand) {
  std::vector<Configured> all = market(0.01, 20);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].make.line = all[i].make.brand + (i % 2 == 0 ? " X" : " Y");
    all[i].features.numbers[0] = i % 4 < 2 ? 8 : 16;
    all[i].price = std::llround(true_price(all[i].make, all[i].features) * (i % 2 == 0 ? 1.5 : 1.0) * 1e8);
  }
  CategoryModel model(all);
  const Estimated known = model.estimate({"A", "A X"}, thing(8, 512));
  ASSERT_EQ(known.why, Why::estimated);
  EXPECT_NEAR(static_cast<double>(known.price) / 1e8, 1.5 * 2000 * std::sqrt(8.0), 60);
  EXPECT_EQ(model.estimate({"A", "A Z"}, thing(8, 512)).why, Why::too_wide);
  for (Configured& one : all) one.price = std::llround(true_price(one.make, one.features) * 1e8);
  CategoryModel alike(all);
  const Estimated estimated = alike.estimate({"A", "A Z"}, thing(8, 512));
  ASSERT_EQ(estimated.why, Why::estimated);
  EXPECT_NEAR(static_cast<double>(estimated.price) / 1e8, 2000 * std::sqrt(8.0), 60);
}

// The fast way to the nearest against distance() over all.
TEST(CategoryModel, NearestAgreeWithTryingAll) {
  std::mt19937_64 random(11);
  const auto any = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const auto thing_of = [&] {
    Features features;
    for (double& number : features.numbers) number = std::array<double, 4>{0, 8, 16, 33}[any(4)];
    for (std::string& kind : features.kinds) kind = std::array<std::string, 4>{"", "a", "b", "c"}[any(4)];
    return features;
  };
  std::vector<Configured> all;
  for (std::size_t i = 0; i < 300; ++i) {
    Configured one;
    one.name = "P" + std::to_string(1000 + i);
    one.make.brand = any(2) == 0 ? "A" : "B";
    one.features = thing_of();
    one.price = 100;
    all.push_back(one);
  }
  const CategoryModel model(all);
  for (int asked = 0; asked < 50; ++asked) {
    const Features features = thing_of();
    const Make make{asked % 3 == 0 ? "C" : "A", {}};
    std::vector<double> distances;
    for (const Configured& one : all) distances.push_back(distance(features, one.features) + (one.make.brand == make.brand ? 0 : 0.5));
    std::sort(distances.begin(), distances.end());
    const auto near = model.nearest(make, features, 7);
    ASSERT_EQ(near.size(), 7U);
    for (std::size_t i = 0; i < near.size(); ++i) {
      EXPECT_NEAR(near[i].distance, distances[i], 1e-9);
      EXPECT_NEAR(near[i].distance,
                  distance(features, near[i].configured->features) + (near[i].configured->make.brand == make.brand ? 0 : 0.5), 1e-9);
    }
  }
}

TEST(CategoryModel, KnowsLinesOfABrand) {
  EXPECT_EQ(make_of("联想", "THINKPADE14").line, "联想 THINKPADE");
  EXPECT_EQ(make_of("联想", "8500").line, "");
  EXPECT_EQ(make_of("联想", "YOGA").line, "联想 YOGA");
}

}  // namespace
}  // namespace fairprice::estimation
