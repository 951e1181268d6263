#include "engine/cases/savings.hpp"

#include <gtest/gtest.h>

#include "engine/cases/amounts.hpp"

namespace fairprice::cases {
namespace {

Money yuan(const char* text) { return Money::from_ten_thousandths(*ten_thousandths_of(text)); }

Deal deal(const char* date, std::int64_t packs, const char* price, const char* listing = "SHREDDER-1380", const char* k = "1") {
  Deal one;
  one.party = "HB005";
  one.product = "科密 3868";
  one.order_id = std::string("O") + date;
  one.date = date;
  one.listing = listing;
  one.quantity = packs * 10'000;
  one.unit_price = yuan(price);
  one.k = PackUnits::from_ten_thousandths(*ten_thousandths_of(k));
  return one;
}

/// The shredder: flagged at 1380 against 1144, cut to 1144; closed by the run of 2024-01-02.
Case shredder() {
  Case one;
  one.id = "2023-11-00001";
  one.party = "HB005";
  one.product = "科密 3868";
  one.category = "碎纸机";
  one.opened_in = "2023-11";
  one.state = rules::CaseState::reduced;
  one.closed_on = "2024-01-02";
  CaseListing& listing = one.listings["SHREDDER-1380"];
  listing.flagged_price = yuan("1380");
  listing.flagged_monitoring = listing.price = yuan("1144");
  return one;
}

Savings saved(
    const Case& one, const std::vector<Deal>& deals, const LevelOf& level = [](const auto&, const auto&) { return std::nullopt; },
    const std::string& from = "0001-01-01", const std::string& to = "9999-12-31") {
  std::vector<const Deal*> pointers;
  for (const Deal& each : deals) pointers.push_back(&each);
  return savings_of(one, pointers, level, from, to);
}

std::int64_t fen(Int128 amount) { return static_cast<std::int64_t>(amount); }

// "A shredder cut from 1380 to 1144 yuan, 223 sold, the deals struck lower still, almost 100 000 yuan." By hand:
//   the cut alone          223 × (1380 − 1144)                       = 52 628
//   what was paid          200 × (1380 − 930) + 23 × (1380 − 960)    = 90 000 + 9 660 = 99 660
//   prudently, 1100 before 200 × (1100 − 930) + 23 × (1100 − 960)    = 34 000 + 3 220 = 37 220
//   level 100 → 99         1366.20: 200 × 436.20 + 23 × 406.20       = 87 240 + 9 342.60 = 96 582.60
TEST(Savings, OfTheShredderAreWorkedByHand) {
  Case one = shredder();
  one.mean_deal_before = 1100 * 100'000'000LL;
  const std::vector<Deal> deals = {deal("2024-01-05", 200, "930"), deal("2024-06-30", 23, "960")};
  const LevelOf level = [](const std::string& category, const std::string& month) -> std::optional<std::int64_t> {
    EXPECT_EQ(category, "碎纸机");
    return month == "2023-11" ? 10'000'000'000 : 9'900'000'000;
  };
  const Savings savings = saved(one, deals, level);
  EXPECT_EQ(savings.deals, 2);
  EXPECT_EQ(fen(savings.to_new_price), 52'628'00);
  EXPECT_EQ(fen(savings.to_monitoring), 52'628'00);
  EXPECT_EQ(fen(savings.gross), 99'660'00);
  EXPECT_EQ(fen(savings.prudent), 37'220'00);
  EXPECT_EQ(fen(savings.net_of_index), 96'582'60);
  EXPECT_TRUE(savings.index_known);
}

TEST(Savings, ArePrudentlyNothingWhereNothingWasSoldBefore) {
  const Savings savings = saved(shredder(), {deal("2024-01-05", 1, "1144")});
  EXPECT_EQ(fen(savings.gross), 236'00);
  EXPECT_EQ(fen(savings.prudent), 0);
  EXPECT_FALSE(savings.index_known);
  EXPECT_EQ(fen(savings.net_of_index), 236'00);  // the flagged price stands in unmoved
}

TEST(Savings, CountDealsOfTwelveMonthsAfterTheClosing) {
  const std::vector<Deal> deals = {deal("2024-01-02", 1, "1000"), deal("2024-01-03", 1, "1000"), deal("2025-01-02", 1, "1000"),
                                   deal("2025-01-03", 1, "1000")};
  EXPECT_EQ(saved(shredder(), deals).deals, 2);
  EXPECT_EQ(saved(
                shredder(), deals, [](const auto&, const auto&) { return std::nullopt; }, "2024-01-01", "2024-12-31")
                .deals,
            1);
  Case open = shredder();
  open.state = rules::CaseState::delisted;
  EXPECT_EQ(saved(open, deals).deals, 0);
}

// A deal above the price that was flagged counts against the savings; one of a listing that is not in the case is held against its cheapest.
TEST(Savings, MayBeBelowZeroAndTakeTheCheapestForOthers) {
  Case one = shredder();
  one.listings["DEARER"] = one.listings["SHREDDER-1380"];
  one.listings["DEARER"].flagged_price = yuan("1500");
  EXPECT_EQ(fen(saved(one, {deal("2024-02-01", 2, "1400")}).gross), -40'00);
  EXPECT_EQ(fen(saved(one, {deal("2024-02-01", 1, "1300", "NEW")}).gross), 80'00);
  EXPECT_EQ(fen(saved(one, {deal("2024-02-01", 1, "1300", "DEARER")}).gross), 200'00);
}

// Flagged at 13.80 a box of twelve, 1.15 a piece; three deals of 5 packs of 5 at 5.02: 75 pieces × 1.15 − 15 × 5.02 = 86.25 − 75.30 = 10.95.
TEST(Savings, AreCountedPerBaseUnit) {
  Case one = shredder();
  CaseListing& listing = one.listings["SHREDDER-1380"];
  listing.flagged_price = yuan("13.80");
  listing.flagged_k = PackUnits::from_ten_thousandths(12 * 10'000);
  const Savings savings = saved(one, std::vector<Deal>(3, deal("2024-02-01", 5, "5.02", "SHREDDER-1380", "5")));
  EXPECT_EQ(fen(savings.gross), 10'95);
  EXPECT_EQ(savings.units, Int128{75} * 100'000'000);
}

}  // namespace
}  // namespace fairprice::cases
