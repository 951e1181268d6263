#include "engine/matching/features.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "tests/support/match_catalogue.hpp"

namespace fairprice::matching {
namespace {

using testing_support::titled;

float value(const Features& features, Feature which) { return features[static_cast<std::size_t>(which)]; }

/// The features of two titles among some others, so that weights differ.
Features of(const Record& left, const Record& right) {
  const Catalogue a = {left, titled("l2", "canon desk printer"), titled("l3", "canon chair black")};
  const Catalogue b = {right, titled("r2", "canon desk printer"), titled("r3", "canon chair white")};
  const Corpus corpus = build_corpus(a, &b, 1);
  return PairMeter(corpus).measure(0, 0);
}
Features of(const char* left, const char* right) { return of(titled("l1", left), titled("r1", right)); }

TEST(Features, HaveANameEach) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kFeatures; ++i) names.insert(feature_name(static_cast<Feature>(i)));
  EXPECT_EQ(names.size(), kFeatures);
  EXPECT_EQ(names.count(""), 0U);
}

TEST(TitleCosine, IsThatOfTheWeightedTokens) {
  const Catalogue a = {titled("a", "red lamp")};
  const Catalogue b = {titled("b", "red chair")};
  const Corpus corpus = build_corpus(a, &b, 1);
  const double red = std::log(3.0 / 2);  // two of two records; N + 1 = 3
  const double other = std::log(3.0);
  const Features features = PairMeter(corpus).measure(0, 0);
  EXPECT_NEAR(value(features, Feature::title_cosine), red * red / (red * red + other * other), 1e-5);
}

TEST(Features, OfEqualTitlesShowNothingMissing) {
  const Features features = of("Epson projector EB1080 white", "Epson projector EB1080 white");
  EXPECT_NEAR(value(features, Feature::title_cosine), 1, 1e-5);
  EXPECT_NEAR(value(features, Feature::title_overlap), 1, 1e-5);
  EXPECT_EQ(value(features, Feature::unmatched_most), 0);
  EXPECT_EQ(value(features, Feature::code_conflict), 0);
  EXPECT_GT(value(features, Feature::code_shared), 0.5F);
}

TEST(CodeShared, FindsAModelNumberWhateverDividesIt) {
  EXPECT_GT(value(of("Sony PSLX350H", "Sony PS-LX350H turntable"), Feature::code_shared), 0.5F);
  EXPECT_GT(value(of("Sony PSLX350H", "Sony PS LX350H turntable"), Feature::code_shared), 0.5F);
}

TEST(CodeConflict, StandsWhereBothTitlesHaveAnotherModelNumber) {
  const Features siblings = of("Sony camera DSCT77", "Sony camera DSCT70");
  EXPECT_GT(value(siblings, Feature::code_conflict), 0.5F);
  EXPECT_GT(value(siblings, Feature::code_neighbour), 0.4F);
  EXPECT_EQ(value(of("Sony camera DSCT77", "Sony camera"), Feature::code_conflict), 0) << "one side says nothing";
}

TEST(CodeStem, AgreesWhereOnlyTheEndingDiffers) {
  const Features features = of("Maytag oven MMV4205BT", "Maytag oven MMV4205BAQ");
  EXPECT_GT(value(features, Feature::code_stem), 0.5F);
  EXPECT_EQ(value(features, Feature::code_conflict), 0);
}

TEST(Measures, ConflictWhereBothSidesStateAnotherSize) {
  EXPECT_GT(value(of("laptop 16GB 512GB SSD", "laptop 8GB 512GB SSD"), Feature::measures_conflict), 0);
  EXPECT_EQ(value(of("laptop 8GB 512GB SSD", "laptop 512G"), Feature::measures_conflict), 0) << "one side says less";
  EXPECT_EQ(value(of("disk 1TB", "disk 1024 GB"), Feature::measures_conflict), 0) << "within 3 %";
  EXPECT_GT(value(of("paper 500 sheets", "paper 250 sheets"), Feature::measures_conflict), 0);
}

TEST(Colours, ConflictInWhateverLanguage) {
  EXPECT_EQ(value(of("lamp black", "lamp white"), Feature::colours_conflict), 1);
  EXPECT_EQ(value(of("lamp black", "台灯 黑色"), Feature::colours_agree), 1);
  EXPECT_EQ(value(of("lamp black", "lamp"), Feature::colours_conflict), 0);
}

TEST(Prices, AreNearAtEqualityAndFarAtTenTimes) {
  Record left = titled("l1", "lamp");
  Record right = titled("r1", "lamp");
  EXPECT_EQ(value(of(left, right), Feature::prices_absent), 1);
  left.price = right.price = 1'000'000;
  EXPECT_NEAR(value(of(left, right), Feature::price_near), 1, 1e-6);
  right.price = 10'000'000;
  EXPECT_EQ(value(of(left, right), Feature::price_near), 0);
  EXPECT_EQ(value(of(left, right), Feature::price_far), 1);
}

TEST(Brand, IsLookedForInTheOtherTitleWhereOnlyOneSideHasTheColumn) {
  Record left = titled("l1", "desk printer");
  left.brand = "Canon";
  EXPECT_EQ(value(of(left, titled("r1", "canon printer")), Feature::brand_same), 1);
  EXPECT_EQ(value(of(left, titled("r1", "epson printer")), Feature::brand_differs), 1);
}

TEST(Features, AreTheSameWhenTheSidesChangePlaces) {
  const auto shops = testing_support::two_shops(30, 10, 5);
  const Corpus forward = build_corpus(shops.left, &shops.right, 1);
  const Corpus backward = build_corpus(shops.right, &shops.left, 1);
  PairMeter there(forward);
  PairMeter back(backward);
  for (std::size_t i = 0; i < shops.left.size(); ++i) {
    for (std::size_t j = 0; j < shops.right.size(); ++j) {
      const Features a = there.measure(i, j);
      const Features b = back.measure(j, i);
      for (std::size_t k = 0; k < kFeatures; ++k)
        ASSERT_NEAR(a[k], b[k], 1e-5) << feature_name(static_cast<Feature>(k)) << ": " << shops.left[i].title << " | "
                                      << shops.right[j].title;
    }
  }
}

TEST(Features, StayWithinTheirRange) {
  const auto shops = testing_support::two_shops(20, 20, 9);
  const Corpus corpus = build_corpus(shops.left, &shops.right, 1);
  PairMeter meter(corpus);
  for (std::size_t i = 0; i < shops.left.size(); ++i)
    for (std::size_t j = 0; j < shops.right.size(); ++j)
      for (const float one : meter.measure(i, j)) ASSERT_TRUE(one >= 0 && one <= 1.0001F) << one;
}

TEST(Features, OfEmptyTitlesAreNumbers) {
  for (const float one : of("", "")) EXPECT_TRUE(std::isfinite(one));
  for (const float one : of("", "canon printer")) EXPECT_TRUE(std::isfinite(one));
}

}  // namespace
}  // namespace fairprice::matching
