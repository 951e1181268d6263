#include "engine/own_index/build.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/history_folder.hpp"

namespace fairprice::own_index {
namespace {

using testing_support::HistoryFolder;
using State = CategoryMonth::State;

/// Small numbers, so that an example fits on a page: three sellers, two products a link.
Rules small() {
  Rules rules;
  rules.sellers = 3;
  rules.matched = 2;
  return rules;
}

const ProductMonth* find(const History& history, std::size_t month, const std::string& name) {
  for (const ProductMonth& one : history.months()[month].products)
    if (history.products()[one.product].name == name) return &one;
  return nullptr;
}

std::vector<std::string> same(const std::string& price) { return {price, price, price}; }

// A mean of the sellers kept: (100 + 104 + 108) / 3 = 104; 1000 is screened out (contract section 5: more than three times the median).
TEST(OwnIndex, PriceIsTheMeanOfTheSellersKept) {
  HistoryFolder folder;
  folder.quotes("2023-01", "A1", {"100", "104", "108", "1000"});
  folder.quotes("2023-01", "B1", {"100", "104"});
  const History history = folder.history(small());
  EXPECT_EQ(find(history, 0, "甲 A1")->price, 10'400'000'000);
  EXPECT_EQ(find(history, 0, "甲 A1")->sellers, 3U);
  EXPECT_EQ(find(history, 0, "甲 B1")->state, ProductMonth::State::too_few);
  EXPECT_EQ(find(history, 0, "甲 B1")->price, -1);
}

// Months 1 to 3 share A and B; relatives 1.10 and 0.90 in month 2: √0.99 = 0.994987, level 99.4987. In month 3 A is 121 and B 99, against 110 and
// 90: 1.1 both, so 99.4987 × 1.1 = 109.44857, rounded to 109.4486.
TEST(OwnIndex, LevelIsChainedFromMatchedProducts) {
  HistoryFolder folder;
  folder.quotes("2023-01", "A1", same("100"));
  folder.quotes("2023-01", "B1", same("100"));
  folder.quotes("2023-02", "A1", same("110"));
  folder.quotes("2023-02", "B1", same("90"));
  folder.quotes("2023-02", "C1", same("70"));
  folder.quotes("2023-03", "A1", same("121"));
  folder.quotes("2023-03", "B1", same("99"));
  const History history = folder.history(small());
  const OwnIndex index = build_index(history, false);
  ASSERT_EQ(index.categories.size(), 3U);
  EXPECT_EQ(index.categories[0].level, 10'000'000'000);
  EXPECT_EQ(index.categories[0].state, State::first);
  EXPECT_EQ(index.categories[1].level, 9'949'870'000);
  EXPECT_EQ(index.categories[1].linked_to, Period::of(2023, 1));
  EXPECT_EQ(index.categories[1].change.matched, 2U);
  EXPECT_EQ(index.categories[1].priced, 3U);
  EXPECT_EQ(index.categories[2].level, 10'944'860'000);
}

// Too few products in common with month 2, enough with month 1: the link reaches back.
TEST(OwnIndex, LinkReachesOverAThinMonth) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-01", model, same("100"));
  folder.quotes("2023-02", "A1", same("100"));
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-03", model, same("120"));
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.categories[1].state, State::too_few);
  EXPECT_EQ(index.categories[1].level, -1);
  EXPECT_EQ(index.categories[1].change.matched, 1U);
  EXPECT_EQ(index.categories[2].linked_to, Period::of(2023, 1));
  EXPECT_EQ(index.categories[2].level, 12'000'000'000);
}

// New products alone in month 2: no level there, and none after, since nothing says what 2023-03 is against 2023-01.
TEST(OwnIndex, ABrokenSeriesDoesNotBeginAnew) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-01", model, same("100"));
  for (const char* model : {"C1", "D1"}) folder.quotes("2023-02", model, same("100"));
  for (const char* model : {"C1", "D1"}) folder.quotes("2023-03", model, same("100"));
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.categories[1].state, State::too_few);
  EXPECT_EQ(index.categories[2].state, State::broken);
  EXPECT_EQ(index.categories[2].level, -1);
}

// 60 is below 0.7 × 100, and 2 of 10 units below a half: B is being cleared out and takes no part. A alone is too little for a link.
TEST(OwnIndex, ClearanceIsLeftOut) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1", "C1"}) folder.quotes("2023-01", model, same("100"));
  folder.quotes("2023-02", "A1", same("100"));
  folder.quotes("2023-02", "B1", same("60"));
  folder.quotes("2023-02", "C1", same("60"));
  folder.order("2023-01", "B1", "S1", 10, "100");
  folder.order("2023-02", "B1", "S1", 2, "60");
  folder.order("2023-01", "C1", "S1", 10, "100");
  folder.order("2023-02", "C1", "S1", 5, "60");  // half of the sales is not below a half
  const History history = folder.history(small());
  EXPECT_EQ(find(history, 1, "甲 B1")->state, ProductMonth::State::clearance);
  EXPECT_EQ(find(history, 1, "甲 C1")->state, ProductMonth::State::priced);
  const OwnIndex index = build_index(history, false);
  EXPECT_EQ(index.categories[1].clearance, 1U);
  EXPECT_EQ(index.categories[1].change.matched, 2U);
  EXPECT_NEAR(index.categories[1].change.index.value, std::sqrt(0.6), 1e-12);
  Rules rules = small();
  rules.clearance_price = {0, 0};
  EXPECT_EQ(find(folder.history(rules), 1, "甲 B1")->state, ProductMonth::State::priced);
}

// Nobody ordered: one shop of four still offers it, and at half the price.
TEST(OwnIndex, ShopsThatRemainStandForSalesWhereNobodyOrdered) {
  HistoryFolder folder;
  Rules rules = small();
  rules.sellers = 1;
  folder.quotes("2023-01", "A1", {"100", "100", "100", "100"});
  folder.quotes("2023-02", "A1", {"50"});
  folder.quotes("2023-01", "B1", {"100", "100", "100", "100"});
  folder.quotes("2023-02", "B1", {"50", "50"});
  const History history = folder.history(rules);
  EXPECT_EQ(find(history, 1, "甲 A1")->state, ProductMonth::State::clearance);
  EXPECT_EQ(find(history, 1, "甲 B1")->state, ProductMonth::State::priced);
}

// What was published stays, and later months are linked to it: 80 × 1.5.
TEST(OwnIndex, PublishedLevelsStayAndAreContinued) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) {
    folder.quotes("2023-01", model, same("100"));
    folder.quotes("2023-02", model, same("110"));
    folder.quotes("2023-03", model, same("165"));
  }
  folder.file("2023-02", "index.csv", "period,category,level,origin\n2023-02,甲类,80,own\n");
  const History history = folder.history(small());
  const OwnIndex index = build_index(history, false);
  EXPECT_EQ(index.categories[0].level, -1);
  EXPECT_EQ(index.categories[0].state, State::before_published);
  EXPECT_EQ(index.categories[1].state, State::published);
  EXPECT_EQ(index.categories[1].level, 8'000'000'000);
  EXPECT_EQ(index.categories[2].level, 12'000'000'000);
  const OwnIndex revised = build_index(history, true);
  EXPECT_EQ(revised.categories[0].level, 10'000'000'000);
  EXPECT_EQ(revised.categories[1].level, 11'000'000'000);
}

// A later month's folder may state the levels of earlier ones, and of months that have no folder any more; where two folders differ, the later counts.
TEST(OwnIndex, LevelsStatedByALaterFolderCountForTheirMonths) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) {
    folder.quotes("2023-01", model, same("100"));
    folder.quotes("2023-02", model, same("110"));
    folder.quotes("2023-03", model, same("165"));
  }
  folder.file("2023-01", "index.csv", "period,category,level,origin\n2023-01,甲类,70,own\n");
  folder.file("2023-02", "index.csv", "period,category,level,origin\n2022-12,甲类,55,own\n2023-01,甲类,72,own\n2023-02,甲类,80,own\n");
  const History history = folder.history(small());
  const OwnIndex index = build_index(history, false);
  ASSERT_EQ(index.categories.size(), 4U);
  EXPECT_EQ(index.categories[0].period, Period::of(2022, 12));
  EXPECT_EQ(index.categories[0].level, 5'500'000'000);
  EXPECT_EQ(index.categories[1].level, 7'200'000'000);
  EXPECT_EQ(index.categories[2].level, 8'000'000'000);
  EXPECT_EQ(index.categories[3].level, 12'000'000'000);
  ASSERT_EQ(history.restated().size(), 1U);
  EXPECT_EQ(history.restated()[0].period, Period::of(2023, 1));
  EXPECT_EQ(history.restated()[0].before, Period::of(2023, 1));
  EXPECT_EQ(history.restated()[0].now, Period::of(2023, 2));
}

// A level stated for a month that has no folder: the series has begun, and what is there cannot be linked to it.
TEST(OwnIndex, ASeriesWhosePublishedMonthsAreGoneDoesNotBeginAnew) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-02", model, same("100"));
  folder.file("2023-02", "index.csv", "period,category,level,origin\n2023-01,甲类,70,own\n");
  const OwnIndex index = build_index(folder.history(small()), false);
  ASSERT_EQ(index.categories.size(), 2U);
  EXPECT_EQ(index.categories[0].level, 7'000'000'000);
  EXPECT_EQ(index.categories[1].level, -1);
  EXPECT_EQ(index.categories[1].state, State::too_few);
}

// The month's folder is gone, but its published prices are there: 100 and 100, of which February's 110 and 121 are √(1.1 · 1.21) times as much: 70 · 1.1537.
TEST(OwnIndex, IsLinkedToPublishedPricesOfAMonthThatIsGone) {
  HistoryFolder folder;
  folder.quotes("2023-02", "A1", same("110"));
  folder.quotes("2023-02", "B1", same("121"));
  folder.file("2023-02", "index.csv",
              "period,category,brand,model,index_price,level,origin\n2023-01,甲类,,,,70,own\n2023-01,甲类,甲,A1,100,,own\n2023-01,甲类,甲,"
              "B1,100,,own\n");
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.categories[1].state, State::linked);
  EXPECT_EQ(index.categories[1].linked_to, Period::of(2023, 1));
  EXPECT_EQ(index.categories[1].level, std::llround(70e4 * std::sqrt(1.1 * 1.21)) * 10'000);
}

// A published price is what the next month is held against, whatever the quotes said: 50 and 100 then, 100 and 100 now.
TEST(OwnIndex, IsLinkedToThePricesThatWerePublished) {
  HistoryFolder folder;
  for (const char* period : {"2023-01", "2023-02"})
    for (const char* model : {"A1", "B1"}) folder.quotes(period, model, same("100"));
  folder.file("2023-01", "index.csv", "period,category,brand,model,index_price,origin\n2023-01,甲类,甲,A1,50,own\n");
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.categories[1].level, std::llround(100e4 * std::sqrt(2.0)) * 10'000);
}

// Quoted in both months but listed in one alone, before or after: the product is of its category in both.
TEST(OwnIndex, AProductKeepsItsCategoryWhereNobodyListsIt) {
  for (const std::string listed : {"2023-01", "2023-02"}) {
    HistoryFolder folder;
    folder.file("2023-01", "listings.csv", "");
    for (const std::string period : {"2023-01", "2023-02"}) {
      std::string rows = "channel,shop,brand,model,price,date\n";
      for (const char* model : {"E1", "F1"})
        for (const char* shop : {"a", "b", "c"}) rows += std::string("store,") + shop + ",甲," + model + ",100," + period + "-03\n";
      folder.file(period, "quotes-2.csv", rows);
      folder.quotes(period, "Z9", {"1"});
    }
    for (const char* model : {"E1", "F1"}) folder.listing(listed, model, "乙类");
    const History history = folder.history(small());
    const OwnIndex index = build_index(history, false);
    int levels = 0;
    for (const CategoryMonth& one : index.categories)
      if (history.categories()[one.category] == "乙类") levels += one.level == 10'000'000'000 ? 1 : 0;
    EXPECT_EQ(levels, 2) << "listed in " << listed;
  }
}

// Listed as 甲类 and quoted, then listed as 丙类 without quotes, then quoted and not listed: it is of 丙类 by then.
TEST(OwnIndex, AListingWithoutQuotesSaysTheCategoryToo) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) {
    folder.quotes("2023-01", model, same("100"));
    folder.listing("2023-02", model, "丙类");
  }
  folder.quotes("2023-02", "Z9", {"1"});
  folder.quotes("2023-03", "Z9", {"1"});
  std::string rows = "channel,shop,brand,model,price,date\n";
  for (const char* model : {"A1", "B1"})
    for (const char* shop : {"a", "b", "c"}) rows += std::string("store,") + shop + ",甲," + model + ",100,2023-03-03\n";
  folder.file("2023-03", "quotes-2.csv", rows);
  const History history = folder.history(small());
  EXPECT_EQ(history.categories()[find(history, 2, "甲 A1")->category], "丙类");
}

// January published 100 for both; by now B has one seller there. February's 110 and 110 are linked to what was published.
TEST(OwnIndex, IsLinkedToAPublishedPriceThatQuotesNoLongerGive) {
  HistoryFolder folder;
  folder.quotes("2023-01", "A1", same("100"));
  folder.quotes("2023-01", "B1", {"100"});
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-02", model, same("110"));
  folder.file("2023-01", "index.csv",
              "period,category,brand,model,index_price,level,origin\n2023-01,甲类,,,,100,own\n2023-01,甲类,甲,A1,100,,own\n2023-01,甲类,甲,"
              "B1,100,,own\n");
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.categories[0].too_few_sellers, 1U);
  EXPECT_EQ(index.categories[1].change.matched, 2U);
  EXPECT_EQ(index.categories[1].level, 11'000'000'000);
}

// Listed as 甲类 in January and as 丙类 from February on; March is published and has no folder: its prices are of 丙类.
TEST(OwnIndex, PublishedPricesAreOfTheCategoryOfTheirTime) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-01", model, same("100"));
  for (const char* period : {"2023-02", "2023-04"}) {
    std::string rows = "channel,shop,brand,model,price,date\n";
    for (const char* model : {"A1", "B1"}) {
      folder.listing(period, model, "丙类");
      for (const char* shop : {"a", "b", "c"})
        rows += std::string("store,") + shop + ",甲," + model + (std::string(period) == "2023-02" ? ",100," : ",120,") + period + "-03\n";
    }
    folder.file(period, "quotes-2.csv", rows);
    folder.quotes(period, "Z9", {"1"});
  }
  folder.file("2023-04", "index.csv",
              "period,category,brand,model,index_price,origin\n2023-03,丙类,甲,A1,110,own\n2023-03,丙类,甲,B1,110,own\n");
  const History history = folder.history(small());
  std::vector<std::string> levels;
  for (const CategoryMonth& one : build_index(history, false).categories)
    if (one.level >= 0)
      levels.push_back(history.categories()[one.category] + " " + one.period.to_string() + " " + std::to_string(one.level / 1'000'000));
  EXPECT_EQ(levels, (std::vector<std::string>{"甲类 2023-01 10000", "丙类 2023-02 10000", "丙类 2023-03 11000", "丙类 2023-04 12000"}));
}

// February's quotes give no price at all, but both were published at 110: it is linked by them, as it would be without its folder.
TEST(OwnIndex, PublishedPricesAloneMakeALink) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) {
    folder.quotes("2023-01", model, same("100"));
    folder.quotes("2023-02", model, {"110"});
  }
  folder.file("2023-02", "index.csv",
              "period,category,brand,model,index_price,origin\n2023-02,甲类,甲,A1,110,own\n2023-02,甲类,甲,B1,110,own\n");
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.categories[1].state, State::linked);
  EXPECT_EQ(index.categories[1].level, 11'000'000'000);
}

// Own rows of earlier months, counted in 台, lie in a folder whose rows are counted in 个: both stay what they are.
TEST(OwnIndex, OwnRowsOfAnotherUnitRejectNothing) {
  HistoryFolder folder;
  std::string rows = "channel,shop,brand,model,unit,price,date\n";
  for (const char* shop : {"a", "b", "c"}) rows += std::string("store,") + shop + ",甲,E1,个,100,2023-02-03\n";
  folder.file("2023-02", "quotes-2.csv", rows);
  folder.quotes("2023-02", "Z9", {"1"});
  folder.file("2023-02", "index.csv",
              "period,category,brand,model,unit,index_price,origin\n2022-12,甲类,甲,E1,台,90,own\n2023-01,甲类,甲,E1,台,91,own\n2023-01,"
              "甲类,甲,E1,个,92,own\n");
  const History history = folder.history(small());
  EXPECT_EQ(find(history, 0, "甲 E1")->price, 10'000'000'000);
  EXPECT_EQ(history.stated().at(Period::of(2022, 12)).prices.size(), 1U);
  EXPECT_EQ(history.stated().at(Period::of(2023, 1)).prices.size(), 2U);
}

// No unit is the unit that the product has; another unit is another product.
TEST(OwnIndex, AProductWithoutAUnitIsTheOneWithIt) {
  HistoryFolder folder;
  const auto quotes = [&](const std::string& period, const std::string& unit) {
    std::string rows = "channel,shop,brand,model,unit,price,date\n";
    for (const char* model : {"E1", "F1"})
      for (const char* shop : {"a", "b", "c"})
        rows += std::string("store,") + shop + ",甲," + model + "," + unit + ",100," + period + "-03\n";
    folder.file(period, "quotes-2.csv", rows);
    folder.quotes(period, "Z9", {"1"});
    for (const char* model : {"E1", "F1"}) folder.listing(period, model, "乙类");
  };
  quotes("2023-01", "");
  quotes("2023-02", "台");
  quotes("2023-03", "套");
  const History history = folder.history(small());
  int first = 0, linked = 0, broken = 0;
  const OwnIndex index = build_index(history, false);
  for (const CategoryMonth& one : index.categories)
    if (history.categories()[one.category] == "乙类") {
      first += one.state == State::first ? 1 : 0;
      linked += one.state == State::linked ? 1 : 0;
      broken += one.state == State::too_few ? 1 : 0;
    }
  EXPECT_EQ(first, 1);
  EXPECT_EQ(linked, 1);
  EXPECT_EQ(broken, 1);
}

// A price of one folder and a best-selling price of another are both of the month; where one is stated twice the later folder counts.
TEST(OwnIndex, WhatFoldersStateIsTakenCellByCell) {
  HistoryFolder folder;
  for (const char* period : {"2023-01", "2023-02"}) folder.quotes(period, "A1", same("100"));
  folder.file("2023-01", "index.csv", "period,category,brand,model,index_price,best_selling_price,origin\n2023-01,甲类,甲,A1,77,70,own\n");
  folder.file("2023-02", "index.csv", "period,category,brand,model,index_price,best_selling_price,origin\n2023-01,甲类,甲,A1,,66,own\n");
  const History history = folder.history(small());
  const auto& stated = history.stated().at(Period::of(2023, 1)).prices.begin()->second;
  EXPECT_EQ(stated.price, 7'700'000'000);
  EXPECT_EQ(stated.best_selling, 6'600'000'000);
  ASSERT_EQ(history.restated().size(), 1U);
}

// A shop that belongs to a supplier of the mall has no vote: its price is what the index is to be held against.
TEST(OwnIndex, SuppliersShopsHaveNoVote) {
  HistoryFolder folder;
  folder.quotes("2023-01", "A1", {"100", "100", "100", "130"});
  folder.file("2023-01", "shops.csv", "alias,shop,operator,supplier_id\nshop4,shop4,shop4,S1\n");
  const History history = folder.history(small());
  EXPECT_EQ(find(history, 0, "甲 A1")->price, 10'000'000'000);
}

// Orders weigh categories: 300 yuan of 甲类 and 100 of 乙类. 甲类 rises by 20 %, 乙类 falls by 20 %: 0.75 × 1.2 + 0.25 × 0.8 = 1.1, of which 0.15 and −0.05.
TEST(OwnIndex, OrdersWeighCategories) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) {
    folder.quotes("2023-01", model, same("100"));
    folder.quotes("2023-02", model, same("120"));
  }
  for (const char* period : {"2023-01", "2023-02"})
    for (const char* model : {"E1", "F1"}) folder.listing(period, model, "乙类");
  Rules rules = small();
  for (const auto& [period, price] : {std::pair<std::string, std::string>{"2023-01", "100"}, {"2023-02", "80"}}) {
    std::string rows = "channel,shop,brand,model,price,date\n";
    for (const char* model : {"E1", "F1"})
      for (const char* shop : {"a", "b", "c"}) rows += std::string("store,") + shop + ",甲," + model + "," + price + "," + period + "-03\n";
    folder.file(period, "quotes-2.csv", rows);
  }
  folder.order("2023-01", "A1", "S1", 3, "100");
  folder.order("2023-01", "E1", "S1", 1, "100");
  const History history = folder.history(rules);
  const OwnIndex index = build_index(history, false);
  ASSERT_EQ(index.total.size(), 2U);
  EXPECT_NEAR(index.total[0].level, 100, 1e-12);
  EXPECT_NEAR(index.total[1].level, 110, 1e-9);
  const std::size_t first = history.categories()[0] == "甲类" ? 0 : 1;
  EXPECT_NEAR(index.weight[first], 0.75, 1e-12);
  EXPECT_NEAR(index.total[1].contribution[first], 0.15, 1e-12);
  EXPECT_NEAR(index.total[1].contribution[1 - first], -0.05, 1e-12);
}

/// Two categories of equal weight: 甲类 with A1 and B1, 乙类 with E1 and F1, and their prices by month; nothing where a category has no quotes.
OwnIndex of_two_categories(HistoryFolder& folder, const std::vector<std::pair<std::string, std::string>>& prices) {
  for (std::size_t t = 0; t < prices.size(); ++t) {
    const std::string period = "2023-0" + std::to_string(t + 1);
    for (const char* model : {"A1", "B1"}) folder.quotes(period, model, same(prices[t].first));
    std::string rows = "channel,shop,brand,model,price,date\n";
    for (const char* model : {"E1", "F1"}) {
      folder.listing(period, model, "乙类");
      if (prices[t].second.empty()) continue;
      for (const char* shop : {"a", "b", "c"})
        rows += std::string("store,") + shop + ",甲," + model + "," + prices[t].second + "," + period + "-03\n";
    }
    folder.file(period, "quotes-2.csv", rows);
  }
  folder.order("2023-01", "A1", "S1", 1, "100");
  folder.order("2023-01", "E1", "S1", 1, "100");
  return build_index(folder.history(small()), false);
}

// 甲类 stands at 100, 110, 110, 110; 乙类 at 100, nothing, 120, 120. In month 2 乙类 moves with the others, to 110, and in month 3 it is compared with
// that: ½ · 1 + ½ · 120/110 of 110 is 115, which is what the two months' levels say without month 2: ½ · 1.1 + ½ · 1.2. Nothing counts twice.
TEST(OwnIndex, ACategoryThatComesBackIsInTheTotalOnce) {
  HistoryFolder folder;
  const OwnIndex index = of_two_categories(folder, {{"100", "100"}, {"110", ""}, {"110", "120"}, {"110", "120"}, {"121", "120"}});
  ASSERT_EQ(index.total.size(), 5U);
  EXPECT_NEAR(index.total[1].level, 110, 1e-9);
  EXPECT_NEAR(index.total[2].level, 115, 1e-9);
  EXPECT_NEAR(index.total[3].level, 115, 1e-9);
  EXPECT_NEAR(index.total[4].level, 100 * (0.5 * 1.21 + 0.5 * 1.2), 1e-9);
  double sum = 0;
  for (const double one : index.total[2].contribution) sum += one;
  EXPECT_NEAR(sum, 115.0 / 110 - 1, 1e-12);
  EXPECT_EQ(index.total[0].state, TotalMonth::State::first);
  EXPECT_EQ(index.total[2].state, TotalMonth::State::linked);
}

// 100, 200, 100, 200 and 100, 71, 100, 71: the mean of what became of both, and no more than that when both are back.
TEST(OwnIndex, TheTotalDoesNotDriftWhereLevelsBounce) {
  HistoryFolder folder;
  const OwnIndex index = of_two_categories(folder, {{"100", "100"}, {"200", "71"}, {"100", "100"}, {"200", "71"}, {"100", "100"}});
  for (const std::size_t t : {2U, 4U}) EXPECT_NEAR(index.total[t].level, 100, 1e-9);
  EXPECT_NEAR(index.total[1].level, 135.5, 1e-9);
  EXPECT_NEAR(index.total[3].level, 135.5, 1e-9);
}

// Neither has a level in month 2, so the total has none; month 3 goes on from month 1.
TEST(OwnIndex, AMonthInWhichNoCategoryHasALevelHasNoTotal) {
  HistoryFolder folder;
  for (const char* period : {"2023-01", "2023-03"})
    for (const char* model : {"A1", "B1"}) folder.quotes(period, model, same(std::string(period) == "2023-01" ? "100" : "130"));
  folder.quotes("2023-02", "A1", same("100"));
  folder.order("2023-01", "A1", "S1", 1, "100");
  const OwnIndex index = build_index(folder.history(small()), false);
  EXPECT_EQ(index.total[1].state, TotalMonth::State::no_level);
  EXPECT_EQ(index.total[2].state, TotalMonth::State::linked);
  EXPECT_NEAR(index.total[2].level, 130, 1e-9);
}

// A fall to 60 % in a month whose orders nobody laid there is no clearance; three shops still offer it.
TEST(OwnIndex, AMonthWithoutOrdersIsNoMonthWithoutSales) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-01", model, same("100"));
  folder.quotes("2023-02", "A1", same("60"));
  folder.quotes("2023-02", "B1", same("60"));
  folder.order("2023-01", "A1", "S1", 10, "100");
  const History history = folder.history(small());
  EXPECT_FALSE(history.months()[1].orders_known);
  EXPECT_EQ(find(history, 1, "甲 A1")->state, ProductMonth::State::priced);
}

// Three suppliers ordered in January; in February the product is neither quoted nor ordered, and the month's tables hold January's orders too.
TEST(OwnIndex, ABestSellingPriceComesFromEarlierOrdersToo) {
  HistoryFolder folder;
  folder.quotes("2023-02", "A1", same("100"));
  folder.listing("2023-02", "B1");
  std::string rows = "order_id,date,supplier_id,brand,model,quantity,unit_price\n";
  for (const char* supplier : {"S1", "S2", "S3"}) rows += std::string("O") + supplier + ",2023-01-07," + supplier + ",甲,B1,10,55.5\n";
  folder.file("2023-02", "orders.csv", rows);
  const History history = folder.history(small());
  ASSERT_NE(find(history, 0, "甲 B1"), nullptr);
  EXPECT_EQ(find(history, 0, "甲 B1")->best_selling, 5'550'000'000);
}

// Orders never make an index price, however many there are.
TEST(OwnIndex, OrdersMakeNoIndexPrice) {
  HistoryFolder folder;
  folder.quotes("2023-01", "A1", same("100"));
  folder.listing("2023-01", "B1");
  for (const char* supplier : {"S1", "S2", "S3", "S4"}) folder.order("2023-01", "B1", supplier, 10, "55.5");
  const History history = folder.history(small());
  EXPECT_EQ(find(history, 0, "甲 B1")->state, ProductMonth::State::no_seller);
  EXPECT_EQ(find(history, 0, "甲 B1")->price, -1);
  EXPECT_EQ(find(history, 0, "甲 B1")->best_selling, 5'550'000'000);
}

}  // namespace
}  // namespace fairprice::own_index
