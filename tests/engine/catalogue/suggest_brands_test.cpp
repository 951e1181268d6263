#include "engine/catalogue/suggest_brands.hpp"

#include <gtest/gtest.h>

namespace fairprice::catalogue {
namespace {

struct Rows {
  ingest::Month month;
  Rows() {
    ingest::Dictionaries dictionaries;
    dictionaries.brands = {{"惠普", "惠普"}, {"HP", "惠普"}, {"联想", "联想"}};
    month.keys = std::make_shared<ingest::Keys>(std::move(dictionaries));
  }
  void add(const char* brand, const char* model, std::uint64_t gtin = 0) {
    ingest::IndexPrice row;
    row.gtin = gtin;
    row.model_product = month.keys->product(month.keys->brand(brand), model);
    month.index.push_back(row);
  }
};

TEST(SuggestBrands, ASharedBarcodeProposesTheSpelling) {
  Rows rows;
  rows.add("HP", "M427", 6901234567892);
  rows.add("hp惠普中国", "M427 fdw", 6901234567892);
  const auto found = suggest_brands(rows.month);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].alias, "HP惠普中国");
  EXPECT_EQ(found[0].brand, "惠普");
  EXPECT_EQ(found[0].evidence, "barcode");
  EXPECT_EQ(found[0].count, 1);
  EXPECT_EQ(found[0].example, "06901234567892");
}

TEST(SuggestBrands, TwoSharedModelsProposeItOneDoesNot) {
  Rows rows;
  rows.add("HP", "M427fdw");
  rows.add("惠浦", "M427-fdw");
  EXPECT_TRUE(suggest_brands(rows.month).empty());
  rows.add("HP", "P1106");
  rows.add("惠浦", "p1106");
  const auto found = suggest_brands(rows.month);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].alias, "惠浦");
  EXPECT_EQ(found[0].evidence, "model");
  EXPECT_EQ(found[0].count, 2);
}

TEST(SuggestBrands, AModelOfTwoKnownBrandsSaysNothing) {
  Rows rows;
  for (const char* model : {"X1000", "X2000"})
    for (const char* brand : {"HP", "联想", "某牌"}) rows.add(brand, model);
  EXPECT_TRUE(suggest_brands(rows.month).empty());
}

TEST(SuggestBrands, NumbersAndShortModelsSayNothing) {
  Rows rows;
  for (const char* model : {"10000", "20000", "A1", "B2"})
    for (const char* brand : {"HP", "某牌"}) rows.add(brand, model);
  EXPECT_TRUE(suggest_brands(rows.month).empty());
}

}  // namespace
}  // namespace fairprice::catalogue
