#include "rules/bands.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"

namespace fairprice::rules {
namespace {

using Fraction = boost::multiprecision::cpp_rational;

Money counts(std::int64_t ten_thousandths) { return Money::from_ten_thousandths(ten_thousandths); }

/// yuan and ten-thousandths of a yuan
Money amount(std::int64_t yuan, std::int64_t rest = 0) { return counts(yuan * 10'000 + rest); }

Policy bands_of(const std::string& bands) {
  return read_policy(R"({"name":"n","ladder":[{"indicators":["index_price"]}],"bands":)" + bands + "}", "test").base;
}

Fraction fraction(Ratio ratio) { return Fraction(ratio.numerator, ratio.denominator); }

/// The table of section 6 read word by word.
int slow_band(Money price, Money reference, const Policy& policy) {
  const Fraction r = Fraction(price.ten_thousandths() - reference.ten_thousandths(), reference.ten_thousandths());
  for (std::size_t i = 0; i < policy.bands.size(); ++i) {
    const Band& band = policy.bands[i];
    if (band.limit == Band::Limit::none) return static_cast<int>(i);
    if (band.limit == Band::Limit::at_most && r <= fraction(band.value)) return static_cast<int>(i);
    if (band.limit == Band::Limit::below && r < fraction(band.value)) return static_cast<int>(i);
  }
  return -1;
}

std::vector<Policy> all_policies() {
  std::vector<Policy> policies;
  for (const std::string& name : shipped_policy_names()) policies.push_back(shipped_policy(name).base);
  policies.push_back(bands_of(
      R"([{"decision":"within_range","below":0.1234},{"decision":"evidence_required","at_most":0.1235},{"decision":"reduce_or_delist"}])"));
  policies.push_back(bands_of(R"([{"decision":"within_range","at_most":-0.05},{"decision":"reduce_or_delist"}])"));
  return policies;
}

TEST(Bands, ExactlyTwentyPercentIsWithinRange) {
  const Policy policy = shipped_policy("hubei").base;
  EXPECT_EQ(decide(amount(1200), amount(1000), policy), Decision::within_range);
  EXPECT_EQ(decide(amount(1200, 1), amount(1000), policy), Decision::evidence_required);
  EXPECT_EQ(decide(amount(1), amount(1000), policy), Decision::within_range);
  EXPECT_EQ(decide(amount(1000), amount(1000), policy), Decision::within_range);
}

TEST(Bands, ExactlyFiftyPercentIsNoLongerEvidence) {
  const Policy policy = shipped_policy("hubei").base;
  EXPECT_EQ(decide(amount(1499, 9999), amount(1000), policy), Decision::evidence_required);
  EXPECT_EQ(decide(amount(1500), amount(1000), policy), Decision::reduce_or_delist);
  EXPECT_EQ(decide(amount(99'999'999), amount(0, 1), policy), Decision::reduce_or_delist);
}

// 0.07 / 0.03 = 2.333.. has no end; 1/3 more than 0.0003 is 0.0004.
TEST(Bands, NeedNoRoundedRatio) {
  const Policy policy = bands_of(R"([{"decision":"within_range","at_most":0.3333},{"decision":"reduce_or_delist"}])");
  EXPECT_EQ(decide(counts(4), counts(3), policy), Decision::reduce_or_delist);  // 0.33333.. > 0.3333
  EXPECT_EQ(decide(counts(13'333), counts(10'000), policy), Decision::within_range);
  EXPECT_EQ(decide(counts(13'334), counts(10'000), policy), Decision::reduce_or_delist);
}

TEST(Bands, AtMostZeroKeepsThePriceOfTheReferenceAlone) {
  for (const char* name : {"yunnan", "italy-anac", "brazil"}) {
    const Policy policy = shipped_policy(name).base;
    EXPECT_EQ(decide(amount(1000), amount(1000), policy), Decision::within_range) << name;
    EXPECT_NE(decide(amount(1000, 1), amount(1000), policy), Decision::within_range) << name;
  }
  EXPECT_EQ(decide(amount(1000, 1), amount(1000), shipped_policy("italy-anac").base), Decision::reduce_or_delist);
}

TEST(Bands, AgreeWithFractionsOnAllSmallAmounts) {
  for (const Policy& policy : all_policies())
    for (std::int64_t reference = 1; reference <= 60; ++reference)
      for (std::int64_t price = 1; price <= 130; ++price)
        ASSERT_EQ(band_of(counts(price), counts(reference), policy), slow_band(counts(price), counts(reference), policy))
            << price << " against " << reference << " by " << policy.name;
}

TEST(Bands, AgreeWithFractionsAroundEveryLimitOfLargeAmounts) {
  constexpr unsigned kSeed = 5;
  std::mt19937_64 random(kSeed);
  for (const Policy& policy : all_policies())
    for (int round = 0; round < 3000; ++round) {
      const std::int64_t reference = static_cast<std::int64_t>(1 + random() % 1'000'000'000'000);
      const Ratio limit = policy.bands[random() % (policy.bands.size() - 1)].value;
      const Int128 edge = Int128{reference} * (limit.denominator + limit.numerator) / limit.denominator;
      const std::int64_t price = std::max<std::int64_t>(1, static_cast<std::int64_t>(edge) + static_cast<std::int64_t>(random() % 5) - 2);
      ASSERT_EQ(band_of(counts(price), counts(reference), policy), slow_band(counts(price), counts(reference), policy))
          << "seed " << kSeed << ": " << price << " against " << reference << " by " << policy.name;
    }
}

TEST(MaxFairPrice, IsTheHighestWholeFenWithinRange) {
  const Policy hubei = shipped_policy("hubei").base;
  struct Row {
    Money reference;
    std::int64_t fen;
  };
  const std::vector<Row> rows = {
      {amount(1000), 120'000},       // 1200.00 itself is within range
      {amount(953, 3333), 114'399},  // 953.3333 x 1.2 = 1143.99996
      {amount(953, 3334), 114'400},  // 1144.00008
      {amount(0, 84), 1},            // 0.0084 x 1.2 = 0.01008
      {amount(0, 83), 0},            // 0.00996: not one fen
      {amount(99'999'999), 11'999'999'880},
  };
  for (const Row& row : rows) {
    const auto price = max_fair_price(row.reference, hubei);
    EXPECT_EQ(price.value_or(Money()).ten_thousandths(), row.fen * 100) << row.reference.to_string();
    EXPECT_EQ(price.has_value(), row.fen > 0) << row.reference.to_string();
  }
}

// 0.95 of the list price is paid and must stay within 1000 x 1.2: 1263.15 x 0.95 = 1199.9925, 1263.16 x 0.95 = 1200.002.
TEST(MaxFairPrice, OfAPayablePriceIsTheListPriceBeforeTheDiscount) {
  const Policy hubei = shipped_policy("hubei").base;
  EXPECT_EQ(max_fair_price(amount(1000), hubei, {95, 100})->to_string(), "1263.15");
  EXPECT_EQ(max_fair_price(amount(1000), hubei, {1, 1})->to_string(), "1200.00");
  EXPECT_EQ(max_fair_price(amount(1000), hubei, {5, 10})->to_string(), "2400.00");
}

// 1200.01 x 0.99999170 = 1200.000039917, paid as 1200.0000, which is within range; 1200.01 x 0.99999169 = 1200.0000279.., too;
// 1200.01 x 0.99999175 = 1200.0000999.., paid as 1200.0001, which is not, and 1200.00 itself is the highest.
TEST(MaxFairPrice, JudgesThePayablePriceAsRounded) {
  const Policy hubei = shipped_policy("hubei").base;
  EXPECT_EQ(max_fair_price(amount(1000), hubei, {99'999'170, 100'000'000})->to_string(), "1200.01");
  EXPECT_EQ(max_fair_price(amount(1000), hubei, {99'999'169, 100'000'000})->to_string(), "1200.01");
  EXPECT_EQ(max_fair_price(amount(1000), hubei, {99'999'175, 100'000'000})->to_string(), "1200.00");
}

TEST(MaxFairPrice, IsWithinRangeAndOneFenMoreIsNot) {
  constexpr unsigned kSeed = 6;
  std::mt19937_64 random(kSeed);
  for (const Policy& policy : all_policies())
    for (int round = 0; round < 3000; ++round) {
      const Money reference = counts(static_cast<std::int64_t>(1 + (random() % 1'000'000'000'000 >> (random() % 38))));
      const Ratio discount = round % 3 == 0 ? Ratio{1, 1} : Ratio{static_cast<std::int64_t>(1 + random() % 1'000'000), 1'000'000};
      const auto found = max_fair_price(reference, policy, discount);
      const auto within = [&](std::int64_t fen) {
        const Fraction paid = Fraction(fen * 100) * fraction(discount);
        const auto rounded =
            static_cast<std::int64_t>(numerator(paid) * 2 + denominator(paid)) / static_cast<std::int64_t>(denominator(paid) * 2);
        return slow_band(counts(rounded), reference, policy) == 0;
      };
      const std::int64_t fen = found ? found->ten_thousandths() / 100 : 0;
      const std::string shown =
          "seed " + std::to_string(kSeed) + ": " + reference.to_string() + " by " + policy.name + ", discount " + discount.to_string();
      if (found) {
        ASSERT_GT(fen, 0) << shown;
        ASSERT_EQ(found->ten_thousandths() % 100, 0) << shown;
        ASSERT_TRUE(within(fen)) << shown;
      }
      ASSERT_FALSE(within(fen + 1)) << shown;
    }
}

TEST(EvidenceBand, IsWhatWeakeningFallsBackTo) {
  EXPECT_TRUE(has_evidence_band(shipped_policy("hubei").base));
  EXPECT_FALSE(has_evidence_band(shipped_policy("italy-anac").base));
}

}  // namespace
}  // namespace fairprice::rules
