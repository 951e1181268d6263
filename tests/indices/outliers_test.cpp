#include "indices/outliers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

namespace fairprice::indices {
namespace {

std::vector<std::size_t> marked(const Marks& marks) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < marks.size(); ++i)
    if (marks[i]) places.push_back(i);
  return places;
}
using Places = std::vector<std::size_t>;

// Sorted 0.5, 0.9, 1.0, 1.1, 1.2, 1.4, 4.0: median 1.1, Q1 = 0.95, Q3 = 1.3 (type 7: places 1.5 and 4.5).
const std::vector<double> kSample{1.1, 4.0, 0.9, 1.2, 0.5, 1.0, 1.4};

TEST(Outliers, FixedCutoffsAreLimitsOfTheRelatives) {
  EXPECT_EQ(marked(fixed_cutoff(kSample)), Places{1});
  EXPECT_EQ(marked(fixed_cutoff(kSample, 5, 0.6)), Places{4});
}

// Distances from 1.1: 0, 0.1, 0.1, 0.2, 0.3, 0.6, 2.9; their median 0.2, × 1.4826 = 0.29652: beyond 1.1 ∓ 2.5 × 0.29652 lies 4.0 alone (0.3587 < 0.5).
TEST(Outliers, RobustZMeasuresByTheMedianDistance) {
  EXPECT_EQ(marked(robust_z(kSample)), Places{1});
  EXPECT_EQ(marked(robust_z(kSample, {2, 2})), (Places{1, 4}));  // 1.1 − 2 × 0.29652 = 0.50696
}

// Up 1.1 + 2.5 × 0.2 = 1.6, down 1.1 − 2.5 × 0.15 = 0.725.
TEST(Outliers, QuartileMethodAndItsATerm) {
  EXPECT_EQ(marked(quartile_method(kSample)), (Places{1, 4}));
  EXPECT_EQ(marked(quartile_method(kSample, {2.5, 2.5}, 0.25)), Places{1});  // at least 0.275: down to 0.4125, up to 1.7875
}

// Range 0.35: up 1.3 + 0.525 = 1.825 with 1.5, down 0.95 − 0.525 = 0.425.
TEST(Outliers, ResistantFencesStandOutsideTheQuartiles) { EXPECT_EQ(marked(resistant_fences(kSample, {1.5, 1.5})), Places{1}); }

// Up 1.3 + 2.5 × 0.2 = 1.8, down 0.95 − 2.5 × 0.15 = 0.575.
TEST(Outliers, KimbersFencesFollowTheSkew) { EXPECT_EQ(marked(kimber(kSample)), (Places{1, 4})); }

// 5 % and 95 %: 0.5 + 0.3 × 0.4 = 0.62, 1.4 + 0.7 × 2.6 = 3.22; left without the 1: 0.9, 1.1, 1.2, 1.4, mean 1.15; above 1.2, 1.4: 1.3; below 0.9, 1.1: 1.
// Up 1.15 + 2.5 × 0.15 = 1.525, down 1.15 − 2.5 × 0.15 = 0.775.
TEST(Outliers, TukeysAlgorithmLeavesUnchangedPricesAside) { EXPECT_EQ(marked(tukey_algorithm(kSample)), (Places{1, 4})); }

// Prices 10 to 10, 11, 12, 13, 40: relatives 1, 1.1, 1.2, 1.3, 4, median 1.2; changes −0.2, −0.0909, 0, 0.0833, 2.333, × √max: −0.632, −0.3015, 0, 0.3005, 14.76.
// Median 0, Q1 −0.3015, Q3 0.3005; a × 0 = 0: beyond −1.206 and 1.202.
TEST(Outliers, HidiroglouAndBerthelot) {
  const std::vector<double> base{10, 10, 10, 10, 10};
  EXPECT_EQ(marked(hidiroglou_berthelot(base, std::vector<double>{10, 11, 12, 13, 40})), Places{4});
  EXPECT_EQ(marked(hidiroglou_berthelot(base, std::vector<double>{10, 11, 12, 13, 14})), Places{});
}

TEST(Outliers, TwoRelativesSayNothingOfEachOther) {
  const std::vector<double> two{1, 100};
  for (const Marks& marks :
       {robust_z(two), quartile_method(two), resistant_fences(two), kimber(two), tukey_algorithm(two), hidiroglou_berthelot(two, two)})
    EXPECT_TRUE(marked(marks).empty());
}

// The order of the sample does not matter, and no method but Tukey's, to which 1 is no change, minds the unit of the relatives.
TEST(Outliers, OrderAndScaleDoNotMatter) {
  rc::check([] {
    std::vector<double> sample;
    const int count = *rc::gen::inRange(3, 20);
    for (int i = 0; i < count; ++i) sample.push_back(*rc::gen::inRange(1, 400) / 64.0);
    std::vector<double> turned(sample.rbegin(), sample.rend());
    for (double& one : turned) one *= 4;
    const auto same = [](Marks a, const Marks& b) {
      std::reverse(a.begin(), a.end());
      return a == b;
    };
    RC_ASSERT(same(robust_z(sample), robust_z(turned)));
    RC_ASSERT(same(quartile_method(sample, {}, 0.05), quartile_method(turned, {}, 0.05)));
    RC_ASSERT(same(resistant_fences(sample), resistant_fences(turned)));
    RC_ASSERT(same(kimber(sample), kimber(turned)));
  });
}

}  // namespace
}  // namespace fairprice::indices
