#include "rules/check_data.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "rules/bands.hpp"

namespace fairprice::rules {
namespace {

using Fraction = boost::multiprecision::cpp_rational;

Money amount(std::int64_t yuan, std::int64_t rest = 0) { return Money::from_ten_thousandths(yuan * 10'000 + rest); }
PackUnits pack(std::int64_t units, std::int64_t rest = 0) { return PackUnits::from_ten_thousandths(units * 10'000 + rest); }

CheckReason reason(Money price, Money reference, const std::vector<PackUnits>& packs = {}, PackUnits own = pack(1)) {
  return suspect_data(price, reference, own, packs, shipped_policy("hubei").base).reason;
}

TEST(CheckData, BeginsBeyondFiveTimesTheReference) {
  EXPECT_EQ(reason(amount(5000), amount(1000)), CheckReason::none);
  EXPECT_EQ(reason(amount(5000, 1), amount(1000)), CheckReason::far);
  EXPECT_EQ(reason(amount(200), amount(1000)), CheckReason::none);
  EXPECT_EQ(reason(amount(199, 9999), amount(1000)), CheckReason::far);
}

// 2 % of 10 x 1000: 9800.00 .. 10200.00; the other way |10 p - 1000| <= 20: 98.00 .. 102.00.
TEST(CheckData, NamesTheFactorWithinTwoPercent) {
  EXPECT_EQ(reason(amount(10'000), amount(1000)), CheckReason::factor_10);
  EXPECT_EQ(reason(amount(9'800), amount(1000)), CheckReason::factor_10);
  EXPECT_EQ(reason(amount(9'799, 9999), amount(1000)), CheckReason::far);
  EXPECT_EQ(reason(amount(10'200), amount(1000)), CheckReason::factor_10);
  EXPECT_EQ(reason(amount(10'200, 1), amount(1000)), CheckReason::far);
  EXPECT_EQ(reason(amount(98), amount(1000)), CheckReason::factor_10);
  EXPECT_EQ(reason(amount(97, 9999), amount(1000)), CheckReason::far);
  EXPECT_EQ(reason(amount(102), amount(1000)), CheckReason::factor_10);
  EXPECT_EQ(reason(amount(102, 1), amount(1000)), CheckReason::far);
  EXPECT_EQ(reason(amount(98'000), amount(1000)), CheckReason::factor_100);
  EXPECT_EQ(reason(amount(10), amount(1000)), CheckReason::factor_100);
  EXPECT_EQ(reason(amount(9, 7999), amount(1000)), CheckReason::far);
}

// A price of a box of 12 set against one: q = 12, 11 760 .. 12 240 of 1000. Only packs larger than the listing's own.
TEST(CheckData, NamesAPackThatFits) {
  EXPECT_EQ(reason(amount(12'000), amount(1000), {pack(1), pack(12)}), CheckReason::pack);
  EXPECT_EQ(reason(amount(11'760), amount(1000), {pack(12)}), CheckReason::pack);
  EXPECT_EQ(reason(amount(11'759, 9999), amount(1000), {pack(12)}), CheckReason::far);
  EXPECT_EQ(reason(amount(12'240), amount(1000), {pack(12)}), CheckReason::pack);
  EXPECT_EQ(reason(amount(12'240, 1), amount(1000), {pack(12)}), CheckReason::far);
  EXPECT_EQ(reason(amount(100), amount(1000), {pack(1)}, pack(10)), CheckReason::factor_10);
  EXPECT_EQ(reason(amount(50), amount(1000), {pack(1)}, pack(20)), CheckReason::far);
}

// Within the factor 5 a pack is only looked for where the bands would say reduce_or_delist.
TEST(CheckData, LooksForAPackOnlyWhereTheListingWouldBeTakenDown) {
  EXPECT_EQ(reason(amount(2000), amount(1000), {pack(2)}), CheckReason::pack);
  EXPECT_EQ(reason(amount(1960), amount(1000), {pack(2)}), CheckReason::pack);
  EXPECT_EQ(reason(amount(1959, 9999), amount(1000), {pack(2)}), CheckReason::none);
  EXPECT_EQ(reason(amount(1490), amount(1000), {pack(1, 5000)}), CheckReason::none);  // 49 %: evidence
  EXPECT_EQ(reason(amount(1500), amount(1000), {pack(1, 5000)}), CheckReason::pack);  // 50 %
}

TEST(CheckData, PrefersAFactorToAPack) { EXPECT_EQ(reason(amount(10'000), amount(1000), {pack(10)}), CheckReason::factor_10); }

// 2030 against 1000: q = 2 is 30 away, q = 2.05 is 20 away, q = 2.01 is 20 away too: of equally near ones the smallest.
TEST(CheckData, TakesTheNearestPackAndOfTwoTheSmaller) {
  const Policy policy = shipped_policy("hubei").base;
  const std::vector<PackUnits> packs = {pack(2), pack(2, 100), pack(2, 500)};
  const DataSuspicion found = suspect_data(amount(2030), amount(1000), pack(1), packs, policy);
  EXPECT_EQ(found.reason, CheckReason::pack);
  EXPECT_EQ(found.other, pack(2, 100));
  EXPECT_EQ(suspect_data(amount(2040), amount(1000), pack(1), packs, policy).other, pack(2, 500));
}

TEST(CheckData, AgreesWithFractions) {
  constexpr unsigned kSeed = 7;
  std::mt19937_64 random(kSeed);
  const Policy policy = shipped_policy("hubei").base;
  const auto near = [](const Fraction& a, const Fraction& b) { return (a > b ? Fraction(a - b) : Fraction(b - a)) * 50 <= b; };
  for (int round = 0; round < 20'000; ++round) {
    std::vector<PackUnits> packs;
    for (std::int64_t k = 1; k < 13; ++k)
      if (random() % 3 == 0) packs.push_back(pack(k, round % 2 == 0 ? 0 : 2500));
    const PackUnits own = pack(static_cast<std::int64_t>(1 + random() % 4));
    const Money reference = Money::from_ten_thousandths(static_cast<std::int64_t>(50 + random() % 1000));
    const Money price = Money::from_ten_thousandths(static_cast<std::int64_t>(1 + random() % 13'000 * (random() % 10 == 0 ? 10 : 1)));
    const Fraction p = price.ten_thousandths();
    const Fraction m = reference.ten_thousandths();
    const bool far = p * 5 < m || p > 5 * m;
    CheckReason expected = CheckReason::none;
    std::optional<PackUnits> best;
    if (far || (p - m) * 2 >= m) {
      if (far) expected = CheckReason::far;
      for (const PackUnits other : packs) {
        const Fraction q(other.ten_thousandths(), own.ten_thousandths());
        const auto gap = [&](PackUnits k) {
          const Fraction away = p - Fraction(k.ten_thousandths(), own.ten_thousandths()) * m;
          return away < 0 ? Fraction(-away) : away;
        };
        if (q > 1 && near(p, q * m) && (!best || gap(other) < gap(*best))) best = other;
      }
      if (best) expected = CheckReason::pack;
      if (far && (near(p, 100 * m) || near(100 * p, m))) expected = CheckReason::factor_100;
      if (far && (near(p, 10 * m) || near(10 * p, m))) expected = CheckReason::factor_10;
    }
    const DataSuspicion found = suspect_data(price, reference, own, packs, policy);
    ASSERT_EQ(found.reason, expected) << "seed " << kSeed << " round " << round << ": " << price.to_string() << " against "
                                      << reference.to_string();
    if (expected == CheckReason::pack) {
      ASSERT_EQ(found.other, *best) << "seed " << kSeed << " round " << round;
    }
  }
}

TEST(QuotientToString, HasAtMostSixPlacesAndNoTrailingZeros) {
  EXPECT_EQ(quotient_to_string(pack(8), pack(1)), "8");
  EXPECT_EQ(quotient_to_string(pack(5), pack(2)), "2.5");
  EXPECT_EQ(quotient_to_string(pack(10), pack(3)), "3.333333");
  EXPECT_EQ(quotient_to_string(pack(20), pack(3)), "6.666667");
  EXPECT_EQ(quotient_to_string(pack(100), pack(1)), "100");
  EXPECT_EQ(quotient_to_string(pack(9999), pack(0, 100)), "999900");
  EXPECT_EQ(quotient_to_string(pack(0, 101), pack(0, 100)), "1.01");
}

}  // namespace
}  // namespace fairprice::rules
