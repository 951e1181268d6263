#include "engine/estimation/features.hpp"

#include <gtest/gtest.h>

#include "engine/catalogue/title/read_title.hpp"

namespace fairprice::estimation {
namespace {

Features of(std::string_view text) {
  std::bitset<title::kAttributes> contradictions;
  return features_of(title::read_stated({}, text, title::Device::computer, contradictions));
}

TEST(EstimationFeatures, CountProcessorsByFamilyAndGeneration) {
  EXPECT_EQ(of("i5-1240P 16G 512G SSD").kinds[0], "I5-12");
  EXPECT_EQ(of("i5-8250U 8G").kinds[0], "I5-8");
  EXPECT_EQ(of("i7-10510U 8G").kinds[0], "I7-10");
  EXPECT_EQ(of("R7-5800H 16G").kinds[0], "R7-5");
}

TEST(EstimationFeatures, SumDisksAndNameTheirKind) {
  const Features features = of("i5-8250U 8G 128G SSD+1T HDD");
  EXPECT_EQ(features.numbers[0], 8);
  EXPECT_EQ(features.numbers[1], 128 + 1024);
  EXPECT_EQ(features.kinds[1], "ssd+hdd");
  EXPECT_EQ(features.kinds[2], "none");  // a computer without a word of its card
}

// Twice the memory is one doubling, four times the disk two, another processor family one.
TEST(EstimationFeatures, DistanceCountsDoublingsAndKinds) {
  const Features asked = of("i5-1240P 16G 512G SSD");
  EXPECT_EQ(distance(asked, of("i5-1235U 16G 512G SSD")), 0);
  EXPECT_NEAR(distance(asked, of("i5-1240P 8G 512G SSD")), 1, 1e-12);
  EXPECT_NEAR(distance(asked, of("i7-1260P 16G 128G SSD")), 1 + 2, 1e-12);
  EXPECT_NEAR(distance(asked, of("i5-1240P 16G")), 1 + 1, 1e-12);  // size and kind of the disk are not stated
  EXPECT_EQ(distance(of("16G"), asked), 0);                        // what was not asked for does not count
}

}  // namespace
}  // namespace fairprice::estimation
