#include "engine/base/ratio.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace fairprice {
namespace {

TEST(Ratio, IsReadAsTheDecimalThatStandsThere) {
  struct Row {
    std::string text;
    std::int64_t numerator, denominator;
  };
  const std::vector<Row> rows = {
      {"0.20", 20, 100},
      {"5.1891", 51'891, 10'000},
      {"-1", -1, 1},
      {"3", 3, 1},
      {"0", 0, 1},
      {"-0.99", -99, 100},
      {"999999999.999999999", 999'999'999'999'999'999, 1'000'000'000},
      {"0.000000001", 1, 1'000'000'000},
  };
  for (const Row& row : rows) {
    const auto found = Ratio::parse(row.text);
    ASSERT_TRUE(found) << row.text;
    EXPECT_EQ(found->numerator, row.numerator) << row.text;
    EXPECT_EQ(found->denominator, row.denominator) << row.text;
  }
}

TEST(Ratio, IsNothingElse) {
  for (const char* bad : {"",     "-",   ".",     "-.",  ".5",  "5.",  "+1",  " 1",  "1 ",         "1e3",          "1E3",
                          "0x10", "1,5", "1.2.3", "--1", "20%", "1/2", "nan", "inf", "1000000000", "0.0000000001", "１"})
    EXPECT_FALSE(Ratio::parse(bad)) << bad;
  EXPECT_FALSE(Ratio::parse(std::string_view("1\0", 2)));
}

TEST(Ratio, IsPrintedWithAsFewDigitsAsSayIt) {
  EXPECT_EQ((Ratio{20, 100}).to_string(), "0.2");
  EXPECT_EQ((Ratio{51'891, 10'000}).to_string(), "5.1891");
  EXPECT_EQ((Ratio{3, 1}).to_string(), "3");
  EXPECT_EQ((Ratio{300, 100}).to_string(), "3");
  EXPECT_EQ((Ratio{0, 100}).to_string(), "0");
  EXPECT_EQ((Ratio{-5, 100}).to_string(), "-0.05");
  EXPECT_EQ((Ratio{-1, 1}).to_string(), "-1");
}

TEST(Ratio, PrintedAndReadAgainIsTheSame) {
  constexpr unsigned kSeed = 21;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 20'000; ++round) {
    Ratio ratio;
    for (std::uint64_t places = random() % 10; places > 0; --places) ratio.denominator *= 10;
    ratio.numerator = static_cast<std::int64_t>(random() % (static_cast<std::uint64_t>(ratio.denominator) * 1000));
    if (round % 2 == 0) ratio.numerator = -ratio.numerator;
    const auto again = Ratio::parse(ratio.to_string());
    ASSERT_TRUE(again) << "seed " << kSeed << ": " << ratio.to_string();
    ASSERT_EQ(*again, ratio) << "seed " << kSeed << ": " << ratio.to_string();
  }
}

TEST(Ratio, EqualsWhateverTheDenominators) {
  EXPECT_EQ((Ratio{2, 10}), (Ratio{20, 100}));
  EXPECT_EQ((Ratio{999'999'999'999'999'999, 1'000'000'000}), (Ratio{999'999'999'999'999'999, 1'000'000'000}));
  EXPECT_FALSE((Ratio{2, 10}) == (Ratio{21, 100}));
}

// 1/3 = 0.333333(3); 2/3 = 0.666666(6); 1/2000000 = 0.0000005, half away from zero; -1/2000001 is nearer to zero.
TEST(RatioToString, HasSixDecimalsRoundedHalfAwayFromZero) {
  EXPECT_EQ(ratio_to_string(200, 1000), "0.200000");
  EXPECT_EQ(ratio_to_string(1, 3), "0.333333");
  EXPECT_EQ(ratio_to_string(2, 3), "0.666667");
  EXPECT_EQ(ratio_to_string(-2, 3), "-0.666667");
  EXPECT_EQ(ratio_to_string(1, 2'000'000), "0.000001");
  EXPECT_EQ(ratio_to_string(-1, 2'000'000), "-0.000001");
  EXPECT_EQ(ratio_to_string(0, 7), "0.000000");
  EXPECT_EQ(ratio_to_string(7, 1), "7.000000");
  EXPECT_EQ(ratio_to_string(1'999'999'999, 1'000'000'000), "2.000000");
  EXPECT_EQ(ratio_to_string(999'999'999'998, 1), "999999999998.000000");
}

TEST(RatioToString, GivesAZeroNoSign) { EXPECT_EQ(ratio_to_string(-1, 2'000'001), "0.000000"); }

}  // namespace
}  // namespace fairprice
