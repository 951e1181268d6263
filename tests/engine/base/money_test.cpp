#include "engine/base/money.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace fairprice {
namespace {

using Whole = boost::multiprecision::cpp_int;

/// Half away from zero, for values >= 0.
Whole rounded(const Whole& numerator, const Whole& denominator) { return (2 * numerator + denominator) / (2 * denominator); }

TEST(Money, IsPrintedWithTwoDecimalsAndFourWhereNeeded) {
  struct Row {
    std::int64_t ten_thousandths;
    std::string text;
  };
  const std::vector<Row> rows = {
      {0, "0.00"},
      {1, "0.0001"},
      {99, "0.0099"},
      {100, "0.01"},
      {110, "0.0110"},
      {125, "0.0125"},
      {5'000, "0.50"},
      {10'000, "1.00"},
      {13'800'000, "1380.00"},
      {13'800'050, "1380.0050"},
      {-35'000, "-3.50"},
      {-1, "-0.0001"},
      {999'999'999'900, "99999999.99"},
      {INT64_MAX, "922337203685477.5807"},
      {INT64_MIN, "-922337203685477.5808"},
  };
  for (const Row& row : rows) EXPECT_EQ(Money::from_ten_thousandths(row.ten_thousandths).to_string(), row.text) << row.ten_thousandths;
  EXPECT_EQ(Money::from_yuan(1380).to_string(), "1380.00");
}

TEST(Money, IsRoundedToFenHalfAwayFromZero) {
  const auto fen = [](std::int64_t count) { return Money::from_ten_thousandths(count).to_fen().ten_thousandths(); };
  EXPECT_EQ(fen(149), 100);
  EXPECT_EQ(fen(150), 200);
  EXPECT_EQ(fen(49), 0);
  EXPECT_EQ(fen(-149), -100);
  EXPECT_EQ(fen(-150), -200);
  EXPECT_EQ(fen(12'345'600), 12'345'600);
}

TEST(Money, BeyondSixtyFourBitsIsAnErrorAndNeverWraps) {
  EXPECT_EQ(Money::from_wide(Int128{INT64_MAX}).ten_thousandths(), INT64_MAX);
  EXPECT_EQ(Money::from_wide(Int128{INT64_MIN}).ten_thousandths(), INT64_MIN);
  EXPECT_THROW(Money::from_wide(Int128{INT64_MAX} + 1), MoneyOverflow);
  EXPECT_THROW(Money::from_wide(Int128{INT64_MIN} - 1), MoneyOverflow);
  EXPECT_THROW(UnitPrice::of(Money::from_ten_thousandths(INT64_MAX), PackUnits()), MoneyOverflow);
}

TEST(PackUnits, ArePrintedWithoutTrailingZeros) {
  const auto text = [](std::int64_t count) { return PackUnits::from_ten_thousandths(count).to_string(); };
  EXPECT_EQ(text(10'000), "1");
  EXPECT_EQ(text(5'000'000), "500");
  EXPECT_EQ(text(25'000), "2.5");
  EXPECT_EQ(text(100), "0.01");
  EXPECT_EQ(text(10'001), "1.0001");
  EXPECT_EQ(text(99'999'999), "9999.9999");
}

// Section 2: at least 0.01 and below 10^4.
TEST(PackUnits, AreValidFromAHundredthToBelowTenThousand) {
  const auto valid = [](std::int64_t count) { return PackUnits::from_ten_thousandths(count).valid(); };
  EXPECT_FALSE(valid(99));
  EXPECT_TRUE(valid(100));
  EXPECT_TRUE(valid(99'999'999));
  EXPECT_FALSE(valid(100'000'000));
  EXPECT_FALSE(valid(0));
  EXPECT_FALSE(valid(-10'000));
}

// 10.00 / 3 = 3.33333333(3); 20.00 / 3 = 6.66666666(6); 0.0001 / 8 = 0.0000125 exactly; 0.0001 / 6400 = 0.000000015625 -> 0.00000002.
TEST(UnitPrice, IsPriceByPackRoundedOnce) {
  const auto of = [](std::int64_t price, std::int64_t k) {
    return UnitPrice::of(Money::from_ten_thousandths(price), PackUnits::from_ten_thousandths(k)).count();
  };
  EXPECT_EQ(of(100'000, 30'000), 333'333'333);
  EXPECT_EQ(of(200'000, 30'000), 666'666'667);
  EXPECT_EQ(of(1, 80'000), 1'250);
  EXPECT_EQ(of(1, 64'000'000), 2);
  EXPECT_EQ(of(1, 10'000), 10'000);
  EXPECT_EQ(of(999'999'999'999, 100), 999'999'999'999'000'000);  // the highest price in the smallest pack
}

// Around the price at which the short way for k = 1 ends.
TEST(UnitPrice, OfOneUnitIsThePriceItself) {
  for (const std::int64_t price : {899'999'999'999'999, 900'000'000'000'000, 900'000'000'000'001, 922'337'203'685'477})
    EXPECT_EQ(UnitPrice::of(Money::from_ten_thousandths(price), PackUnits()).count(), price * 10'000) << price;
}

TEST(UnitPrice, AgreesWithNumbersOfUnlimitedSize) {
  constexpr unsigned kSeed = 11;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 20'000; ++round) {
    const auto price = static_cast<std::int64_t>(1 + (random() % 999'999'999'999 >> (random() % 40)));
    const auto k = static_cast<std::int64_t>(100 + (random() % 99'999'900 >> (random() % 27)));
    const UnitPrice found = UnitPrice::of(Money::from_ten_thousandths(price), PackUnits::from_ten_thousandths(k));
    ASSERT_EQ(Whole(found.count()), rounded(Whole(price) * 100'000'000, k)) << "seed " << kSeed << ": " << price << " / " << k;
    const auto other = static_cast<std::int64_t>(100 + (random() % 99'999'900 >> (random() % 27)));
    const Whole expected = rounded(Whole(found.count()) * other, 100'000'000);
    if (expected > INT64_MAX) continue;
    ASSERT_EQ(Whole(found.for_pack(PackUnits::from_ten_thousandths(other)).ten_thousandths()), expected) << found.count() << " x " << other;
  }
}

// Section 2: "so that a price divided by k and multiplied by k again is itself".
TEST(UnitPrice, BroughtBackToItsPackIsThePriceItself) {
  constexpr unsigned kSeed = 12;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 50'000; ++round) {
    const Money price = Money::from_ten_thousandths(static_cast<std::int64_t>(1 + random() % 999'999'999'999));
    const PackUnits k = PackUnits::from_ten_thousandths(static_cast<std::int64_t>(100 + random() % 99'999'900));
    ASSERT_EQ(UnitPrice::of(price, k).for_pack(k), price) << "seed " << kSeed << ": " << price.to_string() << " / " << k.to_string();
  }
  for (const std::int64_t k : {100, 101, 9'999, 10'001, 30'000, 99'999'998, 99'999'999})
    for (std::int64_t price = 1; price < 3'000; ++price) {
      const PackUnits pack = PackUnits::from_ten_thousandths(k);
      ASSERT_EQ(UnitPrice::of(Money::from_ten_thousandths(price), pack).for_pack(pack).ten_thousandths(), price) << price << " / " << k;
    }
}

TEST(DivideRounded, GoesHalfAwayFromZero) {
  EXPECT_EQ(static_cast<int>(divide_rounded(5, 2)), 3);
  EXPECT_EQ(static_cast<int>(divide_rounded(-5, 2)), -3);
  EXPECT_EQ(static_cast<int>(divide_rounded(4, 3)), 1);
  EXPECT_EQ(static_cast<int>(divide_rounded(-4, 3)), -1);
  EXPECT_EQ(static_cast<int>(divide_rounded(5, 3)), 2);
  EXPECT_EQ(static_cast<int>(divide_rounded(0, 7)), 0);
  EXPECT_EQ(divide_rounded_64(INT64_MAX, 2), INT64_MAX / 2 + 1);
  EXPECT_EQ(divide_rounded_64(INT64_MAX - 1, INT64_MAX), 1);
  for (std::int64_t denominator = 1; denominator <= 40; ++denominator)
    for (std::int64_t numerator = 0; numerator <= 200; ++numerator) {
      const Whole expected = rounded(numerator, denominator);
      ASSERT_EQ(Whole(divide_rounded_64(numerator, denominator)), expected) << numerator << " / " << denominator;
      ASSERT_EQ(Whole(static_cast<std::int64_t>(divide_rounded(numerator, denominator))), expected) << numerator << " / " << denominator;
      ASSERT_EQ(Whole(static_cast<std::int64_t>(divide_rounded(-numerator, denominator))), -expected) << -numerator << " / " << denominator;
    }
}

}  // namespace
}  // namespace fairprice
