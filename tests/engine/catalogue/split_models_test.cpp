#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/catalogue/identity.hpp"

namespace fairprice::catalogue {
namespace {

using ingest::kNone;

/// A month with index rows alone, as the reader hands them over.
struct IndexMonth {
  ingest::Month month;
  std::vector<std::string> kept;

  IndexMonth() { month.keys = std::make_shared<ingest::Keys>(ingest::Dictionaries{}); }
  void add(const char* model, int month_number, std::int64_t price, bool own = false, const char* brand = "得力") {
    ingest::IndexPrice row;
    row.brand = month.keys->brand(brand);
    row.model_product = month.keys->product(row.brand, model);
    row.period = Period::of(2023, month_number);
    row.index_price = price;
    row.own = own;
    row.has_model = true;
    month.index.push_back(row);
    kept.push_back(kept_model(model));
  }
  std::string name(std::size_t row) const {
    return month.index[row].model_product == kNone ? "none" : month.keys->product_name(month.index[row].model_product);
  }
};

TEST(SplitModels, KeepTheirSeparatorsWhenIndexPricesOfOneMonthDiffer) {
  IndexMonth m;
  m.add("A-1", 11, 100);
  m.add("A1", 11, 200);
  m.add("a 1", 10, 100);
  m.add("A1-", 10, 100);
  m.add("B-1", 11, 100);
  split_models(m.month, m.kept);
  EXPECT_EQ(m.name(0), "得力 A-1");
  EXPECT_EQ(m.name(1), "得力 A1");
  EXPECT_EQ(m.name(2), "得力 A-1");
  EXPECT_EQ(m.name(3), "none");  // equal to neither
  EXPECT_EQ(m.name(4), "得力 B1");
  const std::uint32_t brand = m.month.keys->brand("得力");
  EXPECT_EQ(m.month.keys->product(brand, "a1"), m.month.index[1].model_product);
  EXPECT_EQ(m.month.keys->product(brand, "A--1"), m.month.index[0].model_product);
}

TEST(SplitModels, AnExcludedRowSplitsNoModel) {
  IndexMonth m;
  m.add("A-1", 11, 100);
  m.add("A1", 11, 200);
  m.month.index[1].use = ingest::RowUse::excluded;
  split_models(m.month, m.kept);
  EXPECT_EQ(m.name(0), "得力 A1");
  EXPECT_EQ(m.name(1), "得力 A1");
  // Others split it: then the excluded row's spelling is one among many.
  m.add("A-1", 10, 100);
  m.add("A 1-", 10, 300);
  split_models(m.month, m.kept);
  EXPECT_EQ(m.name(0), "得力 A-1");
  EXPECT_EQ(m.name(1), "none");
  EXPECT_EQ(m.name(3), "得力 A-1-");
}

TEST(SplitModels, StayOneWithTheSamePrice) {
  IndexMonth m;
  m.add("A-1", 11, 100);
  m.add("A1", 11, 100);
  split_models(m.month, m.kept);
  EXPECT_EQ(m.name(0), "得力 A1");
  EXPECT_EQ(m.name(1), "得力 A1");
}

TEST(SplitModels, ComparePricesOfOneOriginAndPeriodAndBrandAlone) {
  IndexMonth m;
  m.add("A-1", 11, 100);
  m.add("A1", 10, 200);                 // another period
  m.add("A1", 11, 200, true);           // another origin
  m.add("A1", 11, 200, false, "齐心");  // another brand
  m.add("A-1", 9, -1);                  // no price
  m.add("A1", 9, 100);
  split_models(m.month, m.kept);
  for (const std::size_t row : {0U, 1U, 2U, 4U, 5U}) EXPECT_EQ(m.name(row), "得力 A1") << row;
  EXPECT_EQ(m.name(3), "齐心 A1");
}

TEST(SplitModels, TheSameSpellingTwiceIsNoSplit) {
  IndexMonth m;
  m.add("A-1", 11, 100);
  m.add("a 1", 11, 200);  // one kept form: a conflicting index, not two models
  split_models(m.month, m.kept);
  EXPECT_EQ(m.name(0), "得力 A1");
}

TEST(SplitModels, MayBeThree) {
  IndexMonth m;
  m.add("A-1B", 11, 100);
  m.add("A1B", 11, 200);
  m.add("A1-B", 11, 300);
  split_models(m.month, m.kept);
  EXPECT_EQ(m.name(0), "得力 A-1B");
  EXPECT_EQ(m.name(1), "得力 A1B");
  EXPECT_EQ(m.name(2), "得力 A1-B");
}

}  // namespace
}  // namespace fairprice::catalogue
