#include "engine/market/market.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace fairprice::market {
namespace {

using Why = MarketAnswer::Why;
constexpr std::int64_t kYuan = 100'000'000;

std::vector<Seller> sellers_at(const std::vector<std::int64_t>& yuan) {
  std::vector<Seller> sellers;
  for (std::size_t i = 0; i < yuan.size(); ++i)
    sellers.push_back({yuan[i] * kYuan, static_cast<std::uint32_t>(i), static_cast<std::int32_t>(19'000 + i)});
  return sellers;
}

Question mean_of_kept() { return {{rules::Statistic::Kind::mean, 0}}; }

TEST(AskMarket, TakesTheStatisticOfThoseKept) {
  const rules::Policy policy;
  const auto sellers = sellers_at({990, 1000, 1011, 5000});  // the last is screened out: 1 of 4
  const MarketAnswer answer = ask_market(sellers, mean_of_kept(), policy);
  EXPECT_EQ(answer.why, Why::present);
  EXPECT_EQ(answer.kept, 3U);
  EXPECT_EQ(answer.screened, 1U);
  EXPECT_EQ(answer.median, 100'550'000'000);  // (1000 + 1011) / 2
  EXPECT_EQ(answer.price, 100'033'333'333);   // 3001 / 3
  EXPECT_EQ(answer.newest, 19'002);           // of those kept
}

TEST(AskMarket, IsAbsentWithFewerThanThreeKept) {
  const rules::Policy policy;
  EXPECT_EQ(ask_market(sellers_at({1000, 1010}), mean_of_kept(), policy).why, Why::too_few);
  EXPECT_EQ(ask_market(sellers_at({1000, 1010, 9000}), mean_of_kept(), policy).why, Why::too_few);
  EXPECT_EQ(ask_market(sellers_at({}), mean_of_kept(), policy).why, Why::no_source);
  Question two = mean_of_kept();
  two.least = 2;
  EXPECT_EQ(ask_market(sellers_at({1000, 1010}), two, policy).why, Why::present);
}

// 7 of 10 kept is a market, 6 of 9 (a third screened) is none.
TEST(AskMarket, IsDispersedWhenMoreThanThirtyPercentFellOut) {
  const rules::Policy policy;
  EXPECT_EQ(ask_market(sellers_at({1000, 1000, 1000, 1000, 1000, 1000, 1000, 9000, 9000, 9000}), mean_of_kept(), policy).why, Why::present);
  const MarketAnswer answer = ask_market(sellers_at({1000, 1000, 1000, 1000, 1000, 1000, 9000, 9000, 9000}), mean_of_kept(), policy);
  EXPECT_EQ(answer.why, Why::dispersed);
  EXPECT_EQ(answer.kept, 6U);
  EXPECT_EQ(answer.screened, 3U);
}

TEST(AskMarket, UnscreenedKeepsAllAndKnowsNoDispersion) {
  const rules::Policy policy;
  const Question question{{rules::Statistic::Kind::median, 0}, false, false, 3};
  const MarketAnswer answer = ask_market(sellers_at({1, 1000, 90'000}), question, policy);
  EXPECT_EQ(answer.why, Why::present);
  EXPECT_EQ(answer.price, 1000 * kYuan);
  EXPECT_EQ(answer.screened, 0U);
}

/// A month with index rows of one product 0 and levels of one category 0, t = 2023-11.
struct IndexMonth {
  ingest::Month month;
  IndexMonth() {
    month.period = Period::of(2023, 11);
    month.index_of.first = {0, 0};
  }
  void price(int year, int number, std::int64_t yuan, bool own = false, ingest::RowUse use = ingest::RowUse::used) {
    ingest::IndexPrice row;
    row.period = Period::of(year, number);
    row.index_price = yuan < 0 ? -1 : yuan * kYuan;
    row.own = own;
    row.use = use;
    row.product = 0;
    row.category = 0;
    row.offset = month.index.size();
    month.index_of.rows.push_back(static_cast<std::uint32_t>(month.index.size()));
    month.index.push_back(row);
    month.index_of.first[1] = static_cast<std::uint32_t>(month.index.size());
  }
  void level(int year, int number, std::int64_t value, bool own = false) {
    ingest::IndexLevel row;
    row.category = 0;
    row.period = Period::of(year, number);
    row.level = value * kYuan;
    row.own = own;
    month.levels.push_back(row);
  }
  IndexAnswer answer(bool own = false, int max_age = -1) const {
    const Levels levels(month);
    return index_price(month, levels, 0, own, rules::Policy{}, max_age);
  }
};

TEST(IndexPrice, OfThePeriodItselfStandsAsItIs) {
  IndexMonth m;
  m.price(2023, 11, 1000);
  m.price(2023, 10, 900);
  m.price(2023, 12, 2000);  // of the future
  m.level(2023, 11, 100);
  const IndexAnswer answer = m.answer();
  EXPECT_TRUE(answer.present());
  EXPECT_EQ(answer.price, 1000 * kYuan);
  EXPECT_FALSE(answer.levels.has_value());
}

// 1000 x 96 / 100 = 960; 1000 x 100 / 96 would be the wrong way round.
TEST(IndexPrice, IsRolledByTheCategorysLevel) {
  IndexMonth m;
  m.price(2023, 5, 1000);
  m.level(2023, 5, 100);
  m.level(2023, 11, 96);
  EXPECT_EQ(m.answer().price, 960 * kYuan);
  EXPECT_EQ(m.answer().period, Period::of(2023, 5));
  EXPECT_EQ(m.answer().published, 1000 * kYuan);
}

// 1 / 3 yuan: 1000 x 97 / 99 = 979.797979797..: half away at the eighth decimal.
TEST(IndexPrice, IsRoundedOnceWhenRolled) {
  IndexMonth m;
  m.price(2023, 9, 1000);
  m.level(2023, 9, 99);
  m.level(2023, 11, 97);
  EXPECT_EQ(m.answer().price, 97'979'797'980);
}

TEST(IndexPrice, RollsBetweenEightyFiveAndAHundredAndFifteenPercentBothIncluded) {
  struct Row {
    std::int64_t level;
    bool rolled;
  };
  for (const Row row : {Row{85, true}, Row{84, false}, Row{115, true}, Row{116, false}}) {
    IndexMonth m;
    m.price(2023, 8, 1000);  // three months old: without a roll it is absent
    m.level(2023, 8, 100);
    m.level(2023, 11, row.level);
    EXPECT_EQ(m.answer().present(), row.rolled) << row.level;
    if (row.rolled) {
      EXPECT_EQ(m.answer().price, row.level * 10 * kYuan) << row.level;
    }
  }
}

TEST(IndexPrice, WithoutALevelIsUsedForTwoMonths) {
  for (const auto& [number, present] : {std::pair{9, true}, {8, false}}) {
    IndexMonth m;
    m.price(2023, number, 1000);
    m.level(2023, number, 100);  // of s alone
    EXPECT_EQ(m.answer().present(), present) << number;
    EXPECT_EQ(m.answer().why, present ? IndexAnswer::Why::present : IndexAnswer::Why::too_old);
  }
}

TEST(IndexPrice, IsForgottenAfterSixMonths) {
  for (const auto& [number, present] : {std::pair{5, true}, {4, false}}) {
    IndexMonth m;
    m.price(2023, number, 1000);
    m.level(2023, number, 100);
    m.level(2023, 11, 100);
    EXPECT_EQ(m.answer().present(), present) << number;
  }
  IndexMonth m;
  m.price(2023, 8, 1000);
  m.level(2023, 8, 100);
  m.level(2023, 11, 100);
  EXPECT_TRUE(m.answer(false, 3).present());
  EXPECT_FALSE(m.answer(false, 2).present());
}

TEST(IndexPrice, TakesPublishedLevelsForBothPeriodsElseOwnForBoth) {
  IndexMonth m;
  m.price(2023, 8, 1000);
  m.level(2023, 8, 100);  // published for s alone
  m.level(2023, 8, 200, true);
  m.level(2023, 11, 190, true);
  EXPECT_EQ(m.answer().price, 950 * kYuan);  // own / own; never published / own
  m.level(2023, 11, 110);
  EXPECT_EQ(m.answer().price, 1100 * kYuan);
}

TEST(IndexPrice, KeepsOriginsApartAndTakesTheNewestThatCounts) {
  IndexMonth m;
  m.price(2023, 11, 500, true);
  m.price(2023, 10, 1000);
  m.price(2023, 11, -1);  // best-selling price alone
  m.price(2023, 11, 700, false, ingest::RowUse::excluded);
  EXPECT_EQ(m.answer().price, 1000 * kYuan);
  EXPECT_EQ(m.answer(true).price, 500 * kYuan);
}

TEST(IndexPrice, IsNoneWithoutARow) {
  const IndexMonth m;
  EXPECT_EQ(m.answer().why, IndexAnswer::Why::none);
}

/// Orders of one product 0 in t = 2023-11.
struct OrderMonth {
  ingest::Month month;
  OrderMonth() {
    month.period = Period::of(2023, 11);
    month.orders_of.first = {0, 0};
    month.category_of = {0};
  }
  void order(std::uint32_t supplier, Date date, std::int64_t fen, std::int64_t quantity, std::int64_t pack = 1) {
    ingest::Order row;
    row.supplier = supplier;
    row.date = date;
    row.unit_price = Money::from_ten_thousandths(fen * 100);
    row.quantity = quantity * 10'000;
    row.k = PackUnits::from_ten_thousandths(pack * 10'000);
    month.orders_of.rows.push_back(static_cast<std::uint32_t>(month.orders.size()));
    month.orders.push_back(row);
    month.orders_of.first[1] = static_cast<std::uint32_t>(month.orders.size());
  }
  std::vector<Seller> sellers(int months = 12, bool reindexed = false) const {
    std::vector<Seller> found;
    supplier_sellers(month, Levels(month), 0, months, reindexed, found);
    return found;
  }
};

// Supplier 1: (10.00 x 3 + 110.00 x 1) / (3 x 1 + 1 x 12) = 140 / 15 = 9.33333333. Supplier 0: 9.00.
TEST(SupplierSellers, WeighDealsByQuantityAndPack) {
  OrderMonth m;
  m.order(1, Date::of(2023, 11, 2), 1000, 3);
  m.order(0, Date::of(2023, 11, 1), 900, 5);
  m.order(1, Date::of(2023, 10, 30), 11'000, 1, 12);
  const auto sellers = m.sellers();
  ASSERT_EQ(sellers.size(), 2U);
  EXPECT_EQ(sellers[0].seller, 0U);
  EXPECT_EQ(sellers[0].price, 9 * kYuan);
  EXPECT_EQ(sellers[1].seller, 1U);
  EXPECT_EQ(sellers[1].price, 933'333'333);
  EXPECT_EQ(sellers[1].newest, Date::of(2023, 11, 2).days());
}

TEST(SupplierSellers, CountTheMonthsThatEndWithThePeriod) {
  OrderMonth m;
  m.order(0, Date::of(2022, 11, 30), 100, 1);
  m.order(1, Date::of(2022, 12, 1), 200, 1);
  m.order(2, Date::of(2023, 11, 30), 300, 1);
  m.order(3, Date::of(2023, 12, 1), 400, 1);
  const auto year = m.sellers();
  ASSERT_EQ(year.size(), 2U);
  EXPECT_EQ(year[0].seller, 1U);
  EXPECT_EQ(year[1].seller, 2U);
  EXPECT_EQ(m.sellers(13).size(), 3U);
  EXPECT_EQ(m.sellers(1).size(), 1U);
}

// 10.00 of May is worth 10.00 x 110 / 100 = 11.00 in November; of June there is no level, so 10.00 stands: (11 + 10) / 2 = 10.50.
TEST(SupplierSellers, ReindexEachDealByTheCategorysLevelWhereItIsKnown) {
  OrderMonth m;
  m.order(0, Date::of(2023, 5, 20), 1000, 1);
  m.order(0, Date::of(2023, 6, 20), 1000, 1);
  ingest::IndexLevel level;
  level.category = 0;
  level.period = Period::of(2023, 5);
  level.level = 100 * kYuan;
  m.month.levels.push_back(level);
  level.period = Period::of(2023, 11);
  level.level = 110 * kYuan;
  m.month.levels.push_back(level);
  EXPECT_EQ(m.sellers(12, true).at(0).price, 1'050'000'000);
  EXPECT_EQ(m.sellers(12, false).at(0).price, 1'000'000'000);
}

// The largest prices, quantities and packs: 99 999 999.9999 yuan x 999 999 999.9999, a hundred times, over packs of 9999.9999.
TEST(SupplierSellers, StayExactAtTheEdgeOfTheirRange) {
  OrderMonth m;
  for (int i = 0; i < 100; ++i) {
    m.order(0, Date::of(2023, 11, 1), 1, 1);
    ingest::Order& order = m.month.orders.back();
    order.unit_price = Money::from_ten_thousandths(999'999'999'999);
    order.quantity = 9'999'999'999'999;
  }
  EXPECT_EQ(m.sellers().at(0).price, 9'999'999'999'990'000);
  for (ingest::Order& order : m.month.orders) order.k = PackUnits::from_ten_thousandths(99'999'999);
  // 99 999 999.9999 / 9999.9999 = 10000.0000999900.. = 999999999999 x 10^8 / 99999999 counts of 10^-8, rounded
  EXPECT_EQ(m.sellers().at(0).price, static_cast<std::int64_t>((Int128{999'999'999'999} * 100'000'000 + 99'999'999 / 2) / 99'999'999));
}

TEST(IsOwn, KnowsTheGroupOfSuppliersAndOperators) {
  ingest::Month month;
  month.group_of = {7, 7, 8};
  month.groups_of_operator = {{7}, {}, {8, 9}};
  EXPECT_TRUE(is_own(month, rules::Population::suppliers, 1, 7));
  EXPECT_FALSE(is_own(month, rules::Population::suppliers, 2, 7));
  EXPECT_TRUE(is_own(month, rules::Population::listings, 2, 8));
  EXPECT_TRUE(is_own(month, rules::Population::ecommerce, 0, 7));
  EXPECT_FALSE(is_own(month, rules::Population::ecommerce, 1, 7));
  EXPECT_TRUE(is_own(month, rules::Population::store, 2, 9));
  EXPECT_TRUE(is_own(month, rules::Population::ecommerce_and_store, 2, 8));
  for (const auto population : {rules::Population::suppliers, rules::Population::store})
    EXPECT_FALSE(is_own(month, population, 0, kNobody));
}

}  // namespace
}  // namespace fairprice::market
