// raised_before_promotion (先涨后降): the original price against the listing's own lowest deal of the seven days before the start day, else of
// its latest earlier day within twelve months.

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "engine/assessment/assess.hpp"

namespace fairprice::assessment {
namespace {

struct Promotion {
  std::shared_ptr<ingest::Month> month = std::make_shared<ingest::Month>();  // a copy looks at the same deals
  ingest::Listing listing;
  std::vector<std::uint32_t> deals;

  explicit Promotion(std::int64_t original_yuan, Date start = Date::of(2023, 11, 11)) {
    listing.original_price = Money::from_yuan(original_yuan);
    listing.promotion_start = start.days();
  }
  Promotion& deal(Date date, std::int64_t yuan, std::int64_t pack = 1) {
    ingest::Order order;
    order.date = date;
    order.unit_price = Money::from_yuan(yuan);
    order.k = PackUnits::from_ten_thousandths(pack * 10'000);
    deals.push_back(static_cast<std::uint32_t>(month->orders.size()));
    month->orders.push_back(order);
    return *this;
  }
  bool raised() const { return raised_before_promotion(*month, deals, listing, rules::Policy{}); }
};

TEST(Promotion, IsRaisedWhenTheOriginalPriceIsAboveTheLowestDealOfTheWeekBefore) {
  EXPECT_TRUE(Promotion(101).deal(Date::of(2023, 11, 10), 100).raised());
  EXPECT_FALSE(Promotion(100).deal(Date::of(2023, 11, 10), 100).raised());
  EXPECT_TRUE(Promotion(101).deal(Date::of(2023, 11, 10), 120).deal(Date::of(2023, 11, 4), 100).raised());
}

TEST(Promotion, LooksAtTheSevenDaysBeforeTheStartDay) {
  EXPECT_TRUE(Promotion(101).deal(Date::of(2023, 11, 4), 100).deal(Date::of(2023, 11, 3), 200).raised());
  // 11-03 is outside the week: it counts only when the week has no deal.
  EXPECT_FALSE(Promotion(101).deal(Date::of(2023, 11, 4), 200).deal(Date::of(2023, 11, 3), 100).raised());
  EXPECT_FALSE(Promotion(101).deal(Date::of(2023, 11, 11), 100).raised());  // the start day itself is no "before"
}

TEST(Promotion, ElseLooksAtTheLatestEarlierDayWithinTwelveMonths) {
  EXPECT_TRUE(Promotion(101).deal(Date::of(2023, 11, 3), 100).raised());
  EXPECT_FALSE(Promotion(101).deal(Date::of(2023, 11, 3), 200).deal(Date::of(2023, 11, 2), 100).raised());
  EXPECT_TRUE(Promotion(101).deal(Date::of(2023, 11, 3), 200).deal(Date::of(2023, 11, 3), 100).raised());  // the lowest of that day
  EXPECT_TRUE(Promotion(101).deal(Date::of(2022, 11, 11), 100).raised());
  EXPECT_FALSE(Promotion(101).deal(Date::of(2022, 11, 10), 100).raised());
}

TEST(Promotion, SaysNothingWithoutADealAStartOrAnOriginalPrice) {
  EXPECT_FALSE(Promotion(101).raised());
  Promotion without_start = Promotion(101).deal(Date::of(2023, 11, 10), 100);
  without_start.listing.promotion_start = Date::kNone;
  EXPECT_FALSE(without_start.raised());
  Promotion without_price = Promotion(101).deal(Date::of(2023, 11, 10), 100);
  without_price.listing.original_price = Money::from_ten_thousandths(-1);
  EXPECT_FALSE(without_price.raised());
}

TEST(Promotion, CountsNeitherCancelledNorExcludedDeals) {
  Promotion promotion = Promotion(101).deal(Date::of(2023, 11, 10), 100);
  promotion.month->orders[0].use = ingest::RowUse::excluded;
  EXPECT_FALSE(promotion.raised());
  promotion.month->orders[0].use = ingest::RowUse::not_comparable;
  promotion.month->orders[0].status = 1;
  EXPECT_FALSE(promotion.raised());
}

// 100 yuan for ten is 10 each: an original price of 11 for one is above, 10 is not; compared without a division.
TEST(Promotion, ComparesPerBaseUnit) {
  EXPECT_TRUE(Promotion(11).deal(Date::of(2023, 11, 10), 100, 10).raised());
  EXPECT_FALSE(Promotion(10).deal(Date::of(2023, 11, 10), 100, 10).raised());
  EXPECT_TRUE(Promotion(34).deal(Date::of(2023, 11, 10), 100, 3).raised());
  EXPECT_FALSE(Promotion(33).deal(Date::of(2023, 11, 10), 100, 3).raised());
}

}  // namespace
}  // namespace fairprice::assessment
