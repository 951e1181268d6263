// The reference ladder on answers of the market made by hand: which rung answers, what it rests on, what it says about itself.

#include <gtest/gtest.h>

#include <string>

#include "engine/assessment/reference.hpp"
#include "rules/policy.hpp"

namespace fairprice::assessment {
namespace {

using rules::Notice;
constexpr std::int64_t kYuan = 100'000'000;
const Period kPeriod = Period::of(2023, 11);

market::MarketAnswer market_at(std::int64_t yuan, std::uint32_t kept, int month = 11) {
  market::MarketAnswer answer;
  answer.why = market::MarketAnswer::Why::present;
  answer.price = yuan * kYuan;
  answer.kept = kept;
  answer.screened = 1;
  answer.newest = Date::of(2023, month, 5).days();
  return answer;
}

market::IndexAnswer index_at(std::int64_t yuan, int month = 11) {
  market::IndexAnswer answer;
  answer.why = market::IndexAnswer::Why::present;
  answer.price = yuan * kYuan;
  answer.period = Period::of(2023, month);
  return answer;
}

/// What the market says under a policy of `hubei`'s ladder.
struct Ladder {
  rules::Policy policy = rules::shipped_policy("hubei").base;
  Reference reference;
  Assessment assessment;
  LadderAnswer answer;

  Ladder() {
    reference.rung_index.resize(policy.ladder.size());
    reference.populations.resize(policy.ladder.size());
  }
  Ladder& index(std::int64_t yuan, int month = 11) {
    reference.index = reference.rung_index[0] = index_at(yuan, month);
    return *this;
  }
  Ladder& averages(std::int64_t procurement, std::int64_t ecommerce, std::int64_t store, std::uint32_t kept = 5) {
    const std::int64_t yuan[] = {procurement, ecommerce, store};
    for (std::size_t i = 0; i < 3; ++i)
      if (yuan[i] > 0) reference.averages[i] = market_at(yuan[i], kept);
    return *this;
  }
  Ladder& own_index(std::int64_t yuan) {
    reference.rung_index[2] = index_at(yuan);
    return *this;
  }
  Ladder& ask(PackUnits k = PackUnits()) {
    answer = answer_ladder(reference, k, kPeriod, policy, assessment);
    return *this;
  }
  std::string basis() const { return monitoring_basis(assessment, policy) + " = " + assessment.monitoring_price.to_string(); }
  std::string notices() const { return notices_text(assessment, PackUnits()); }
};

TEST(Ladder, TheFirstRungThatHasWhatItNeedsAnswers) {
  EXPECT_EQ(Ladder().index(1000).averages(900, 950, 1010).own_index(800).ask().basis(), "1:index_price = 1000.00");
  EXPECT_EQ(Ladder().averages(900, 950, 1010).own_index(800).ask().basis(),
            "2:median(procurement_average+ecommerce_average+store_average) = 950.00");
  EXPECT_EQ(Ladder().averages(900, 0, 1011).ask().basis(), "2:median(procurement_average+store_average) = 955.50");
  EXPECT_EQ(Ladder().averages(0, 950, 0).ask().basis(), "2:median(ecommerce_average) = 950.00");
  EXPECT_EQ(Ladder().own_index(800).ask().basis(), "3:own_index_price = 800.00");
  Ladder nothing;
  nothing.ask();
  EXPECT_EQ(nothing.assessment.rung, 0);
  EXPECT_FALSE(present(nothing.assessment.monitoring_price));
  EXPECT_EQ(monitoring_basis(nothing.assessment, nothing.policy), "");
}

// 900 and 1010.0001 per unit of a pack of 500: 450 000.00 and 505 000.05.
TEST(Ladder, AnswersInTheListingsPack) {
  Ladder ladder;
  ladder.averages(900, 0, 1010);
  ladder.reference.averages[2].price += 10'000;
  ladder.ask(PackUnits::from_ten_thousandths(500 * 10'000));
  EXPECT_EQ(ladder.assessment.indicators[1].to_string(), "450000.00");
  EXPECT_EQ(ladder.assessment.indicators[3].to_string(), "505000.05");
  EXPECT_EQ(ladder.assessment.monitoring_price.to_string(), "477500.0250");
}

TEST(Ladder, SumsTheSourcesOfTheAnsweringRung) {
  const Ladder two = Ladder().averages(900, 0, 1000, 4).ask();
  EXPECT_EQ(two.assessment.sources_kept, 8U);
  EXPECT_EQ(two.assessment.sources_screened, 2U);
  const Ladder index = Ladder().index(1000).averages(900, 0, 1000, 4).ask();
  EXPECT_EQ(index.assessment.sources_kept, 1U);
  EXPECT_EQ(index.assessment.sources_screened, 0U);
  EXPECT_EQ(index.assessment.newest_source, Date::of(2023, 11, 30));  // an index price counts with the last day of its period
}

// m = 1000: an index price of 1300 or 700 is just no conflict.
TEST(Ladder, IndexConflictIsMoreThanThirtyPercentOfTheMedian) {
  EXPECT_EQ(Ladder().index(1300).averages(1000, 0, 0).ask().notices(), "");
  EXPECT_EQ(Ladder().index(1301).averages(1000, 0, 0).ask().notices(), "index_conflict");
  EXPECT_EQ(Ladder().index(700).averages(1000, 0, 0).ask().notices(), "");
  EXPECT_EQ(Ladder().index(699).averages(1000, 0, 0).ask().notices(), "index_conflict");
  EXPECT_EQ(Ladder().index(699).ask().notices(), "");
}

TEST(Ladder, IndicatorConflictIsMoreThanThirtyPercentBetweenLowestAndHighest) {
  EXPECT_EQ(Ladder().averages(1000, 1100, 1300).ask().notices(), "");
  EXPECT_EQ(Ladder().averages(1301, 1100, 1000).ask().notices(), "indicator_conflict");
  EXPECT_EQ(Ladder().index(1100).averages(1301, 1100, 1000).ask().notices(), "");  // the monitoring price is no median
}

TEST(Ladder, ThinEvidenceIsFewerThanFiveSellersAndNoIndexPrice) {
  EXPECT_EQ(Ladder().averages(0, 1000, 0, 4).ask().notices(), "thin_evidence");
  EXPECT_EQ(Ladder().averages(0, 1000, 0, 5).ask().notices(), "");
  EXPECT_EQ(Ladder().averages(1000, 1000, 0, 3).ask().notices(), "");  // six in two indicators
  EXPECT_EQ(Ladder().index(1000).ask().notices(), "");
  EXPECT_EQ(Ladder().own_index(1000).ask().notices(), "");
}

TEST(Ladder, StaleIsAnIndexPriceOfMoreThanTwoMonthsOrOrdersAloneOfMoreThanThree) {
  EXPECT_EQ(Ladder().index(1000, 9).ask().notices(), "");
  EXPECT_EQ(Ladder().index(1000, 8).ask().notices(), "stale_reference");
  const auto orders_of = [](int month) {
    Ladder ladder;
    ladder.reference.averages[0] = market_at(1000, 5, month);
    return ladder.ask().notices();
  };
  EXPECT_EQ(orders_of(8), "");
  EXPECT_EQ(orders_of(7), "stale_reference");
  Ladder mixed;
  mixed.averages(0, 1000, 0);
  mixed.reference.averages[0] = market_at(1000, 5, 1);
  EXPECT_EQ(mixed.ask().notices(), "");  // not orders alone
}

TEST(Ladder, IsWeakOnOrdersAloneOrAnOwnIndex) {
  EXPECT_TRUE(Ladder().averages(1000, 0, 0).ask().answer.weak);
  EXPECT_TRUE(Ladder().own_index(1000).ask().answer.weak);
  EXPECT_FALSE(Ladder().averages(1000, 1000, 0).ask().answer.weak);
  EXPECT_FALSE(Ladder().averages(0, 1000, 0).ask().answer.weak);
  EXPECT_FALSE(Ladder().index(1000).ask().answer.weak);
}

// One count of 10^-8 yuan in a pack of one rounds to 0.0000 yuan: no price.
TEST(Ladder, APriceThatRoundsToNothingIsAbsent) {
  Ladder ladder;
  ladder.index(1).own_index(800);
  ladder.reference.index.price = ladder.reference.rung_index[0].price = 1;
  ladder.ask();
  EXPECT_EQ(ladder.basis(), "3:own_index_price = 800.00");
  EXPECT_FALSE(present(ladder.assessment.indicators[0]));
}

TEST(Ladder, APopulationIsNamedWithItsStatistic) {
  Ladder ladder;
  ladder.policy = rules::shipped_policy("italy-anac").base;
  ladder.reference.populations = {market_at(1000, 6, 6)};
  ladder.reference.rung_index.resize(1);
  ladder.ask();
  EXPECT_EQ(ladder.basis(), "1:percentile:70(suppliers) = 1000.00");
  EXPECT_EQ(ladder.notices(), "stale_reference");  // suppliers are orders alone, the newest of June
  EXPECT_EQ(ladder.assessment.sources_kept, 6U);
}

TEST(NoticesText, PutsTheReasonFirst) {
  Assessment assessment;
  assessment.reason = rules::CheckReason::pack;
  assessment.other_pack = PackUnits::from_ten_thousandths(25'000);
  assessment.notices.add(Notice::above_ecommerce);
  assessment.notices.add(Notice::index_conflict);
  EXPECT_EQ(notices_text(assessment, PackUnits()), "pack:2.5;index_conflict;above_ecommerce");
  assessment.reason = rules::CheckReason::far;
  EXPECT_EQ(notices_text(assessment, PackUnits()), "index_conflict;above_ecommerce");
  assessment.reason = rules::CheckReason::factor_100;
  assessment.notices = {};
  EXPECT_EQ(notices_text(assessment, PackUnits()), "factor:100");
}

}  // namespace
}  // namespace fairprice::assessment
