#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/match_basis.hpp"
#include "engine/catalogue/identity.hpp"

namespace fairprice::catalogue {
namespace {

using ingest::kNone;
using ingest::RowUse;

constexpr std::uint64_t kGtin = 6901234567892;
constexpr std::uint64_t kOther = 6900000000007;

/// A month in which rows of each table carry barcodes.
struct BarcodeMonth {
  ingest::Month month;
  BarcodeMonth() { month.keys = std::make_shared<ingest::Keys>(ingest::Dictionaries{}); }

  std::uint32_t brand(const char* text) { return month.keys->brand(text); }
  std::uint32_t product(const char* brand_text, const char* model) { return month.keys->product(brand(brand_text), model); }
  void index(std::uint64_t gtin, const char* brand_text, const char* model, RowUse use = RowUse::used) {
    ingest::IndexPrice row;
    row.gtin = gtin;
    row.brand = *brand_text == '\0' ? kNone : brand(brand_text);
    row.model_product = *model == '\0' ? kNone : product(brand_text, model);
    row.has_model = *model != '\0';
    row.use = use;
    month.index.push_back(row);
  }
  void quote(std::uint64_t gtin, const char* brand_text, const char* model) {
    month.quotes.taught.emplace_back(gtin, product(brand_text, model));
  }
  void order(std::uint64_t gtin, const char* brand_text, const char* model, const char* supplier) {
    ingest::Order row;
    row.gtin = gtin;
    row.product = product(brand_text, model);
    row.has_model = true;
    row.supplier = month.keys->supplier(supplier);
    month.orders.push_back(row);
  }
  ingest::Listing& listing(std::uint64_t gtin, const char* brand_text, const char* model, const char* supplier) {
    ingest::Listing row;
    row.gtin = gtin;
    row.brand = *brand_text == '\0' ? kNone : brand(brand_text);
    row.model_product = *model == '\0' ? kNone : product(brand_text, model);
    row.has_model = *model != '\0';
    row.supplier = month.keys->supplier(supplier);
    row.listing = month.keys->listing("L" + std::to_string(month.listings.size()));
    return month.listings.emplace_back(row);
  }
  std::string learnt(std::uint64_t gtin = kGtin) {
    const std::uint32_t found = Barcodes(month).product(gtin, *month.keys);
    return found == kNone ? "none" : month.keys->product_name(found);
  }
};

TEST(Barcodes, AreLearntFromIndexAndQuoteRowsFirst) {
  BarcodeMonth m;
  m.quote(kGtin, "得力", "A1");
  for (const char* supplier : {"S1", "S2", "S3"}) m.order(kGtin, "得力", "B2", supplier);
  EXPECT_EQ(m.learnt(), "得力 A1");
  m.index(kGtin, "得力", "a-1");
  EXPECT_EQ(m.learnt(), "得力 A1");
}

TEST(Barcodes, TwoProductsOfTheMarketMakeOneAmbiguous) {
  BarcodeMonth m;
  m.quote(kGtin, "得力", "A1");
  m.index(kGtin, "得力", "B2");
  m.index(kOther, "得力", "C3");
  EXPECT_EQ(m.learnt(), "none");
  EXPECT_EQ(m.learnt(kOther), "得力 C3");
  EXPECT_EQ(Barcodes(m.month).ambiguous(), (std::vector<std::string>{"06901234567892"}));
}

TEST(Barcodes, ExcludedRowsTeachNothing) {
  BarcodeMonth m;
  m.index(kGtin, "得力", "A1", RowUse::excluded);
  m.index(kGtin, "得力", "B2");
  EXPECT_EQ(m.learnt(), "得力 B2");
}

TEST(Barcodes, AreLearntFromOrdersThatTwoSuppliersAgreeOn) {
  BarcodeMonth m;
  m.order(kGtin, "得力", "A1", "S1");
  m.order(kGtin, "得力", "A1", "S1");
  EXPECT_EQ(m.learnt(), "GTIN 06901234567892");  // one supplier alone
  m.order(kGtin, "得力", "A1", "S2");
  EXPECT_EQ(m.learnt(), "得力 A1");
  m.order(kGtin, "得力", "B2", "S3");
  EXPECT_EQ(m.learnt(), "得力 A1");  // B2 has one voice
  m.order(kGtin, "得力", "B2", "S4");
  EXPECT_EQ(m.learnt(), "GTIN 06901234567892");  // two products have two: none, and not ambiguous either
  EXPECT_TRUE(Barcodes(m.month).ambiguous().empty());
}

TEST(Barcodes, AreLearntFromListingsOnlyWhereOrdersTeachNothing) {
  BarcodeMonth m;
  m.listing(kGtin, "得力", "B2", "S1");
  m.listing(kGtin, "得力", "B2", "S2");
  EXPECT_EQ(m.learnt(), "得力 B2");
  m.order(kGtin, "得力", "A1", "S1");
  m.order(kGtin, "得力", "A1", "S2");
  EXPECT_EQ(m.learnt(), "得力 A1");
}

TEST(Barcodes, ThatNobodyTeachesAreAProductOfTheirOwn) {
  BarcodeMonth m;
  EXPECT_EQ(m.learnt(), "GTIN 06901234567892");
  EXPECT_EQ(m.learnt(96385074), "GTIN 00000096385074");
}

TEST(Barcodes, AListingContradictsWhatWasLearnt) {
  BarcodeMonth m;
  m.index(kGtin, "得力", "A1");
  const auto contradicts = [&](const char* brand_text, const char* model) {
    const ingest::Listing listing = m.listing(kGtin, brand_text, model, "S1");
    m.month.listings.pop_back();
    return Barcodes(m.month).contradicts(listing, *m.month.keys);
  };
  EXPECT_FALSE(contradicts("", ""));
  EXPECT_FALSE(contradicts("得力", ""));
  EXPECT_FALSE(contradicts("得力", "A-1"));
  EXPECT_TRUE(contradicts("得力", "B2"));
  EXPECT_TRUE(contradicts("齐心", ""));
  EXPECT_TRUE(contradicts("齐心", "A1"));
}

TEST(Barcodes, AListingContradictsTheBrandsThatMarketRowsState) {
  BarcodeMonth m;
  m.index(kGtin, "得力", "");  // brand without model: teaches no product, states a brand
  const auto contradicts = [&](const char* brand_text) {
    const ingest::Listing listing = m.listing(kGtin, brand_text, "", "S1");
    m.month.listings.pop_back();
    return Barcodes(m.month).contradicts(listing, *m.month.keys);
  };
  EXPECT_FALSE(contradicts("得力"));
  EXPECT_TRUE(contradicts("齐心"));
  EXPECT_FALSE(contradicts(""));
}

ingest::MatchVerdict verdict(const char* listing, const char* product, bool same) {
  ingest::MatchVerdict row;
  row.listing_id = listing;
  row.product = product;
  row.same = same;
  row.file = "matches.csv";
  return row;
}

TEST(Identify, AsksDecisionsThenBarcodesThenModels) {
  BarcodeMonth m;
  m.index(kGtin, "得力", "A1");
  m.listing(kGtin, "得力", "A1", "S1");
  m.listing(kGtin, "得力", "A1", "S1");
  m.listing(0, "得力", "A-1", "S1");
  m.listing(0, "", "", "S1");
  m.month.matches = {verdict("L0", "得力 C3", true), verdict("L1", "得力 A1", false)};
  identify(m.month, 2);
  const auto name = [&](std::size_t row) {
    const auto& listing = m.month.listings[row];
    return (listing.product == kNone ? "none" : m.month.keys->product_name(listing.product)) + " by " +
           std::string(match_basis_name(static_cast<MatchBasis>(listing.basis)));
  };
  EXPECT_EQ(name(0), "得力 C3 by decision");
  EXPECT_EQ(name(1), "none by unmatched");  // struck from barcode and model alike
  EXPECT_EQ(name(2), "得力 A1 by model");
  EXPECT_EQ(name(3), "none by unmatched");
}

TEST(Identify, RefusesDecisionsThatContradictEachOther) {
  for (const bool same : {true, false}) {
    BarcodeMonth m;
    m.listing(0, "得力", "A1", "S1");
    m.month.matches = {verdict("L0", "得力 A1", true), verdict("L0", same ? "得力 B2" : "得力 A1", same)};
    EXPECT_THROW(identify(m.month, 1), FatalError) << same;
  }
  BarcodeMonth m;
  m.listing(0, "得力", "A1", "S1");
  m.month.matches = {verdict("L0", "得力 A1", true), verdict("L0", "得力 A-1", true), verdict("L0", "得力 B2", false)};
  EXPECT_NO_THROW(identify(m.month, 1));
}

TEST(Identify, AnOrderWithoutAModelIsItsListingsProduct) {
  BarcodeMonth m;
  m.listing(0, "得力", "A1", "S1");
  ingest::Order order;
  order.listing = m.month.listings[0].listing;
  order.supplier = m.month.keys->supplier("S2");
  m.month.orders.assign(3, order);
  m.month.orders[1].has_model = true;
  m.month.orders[1].product = m.product("得力", "B2");
  m.month.orders[2].listing = m.month.keys->listing("unknown");
  identify(m.month, 1);
  EXPECT_EQ(m.month.orders[0].product, m.product("得力", "A1"));
  EXPECT_EQ(m.month.orders[1].product, m.product("得力", "B2"));
  EXPECT_EQ(m.month.orders[2].product, kNone);
  EXPECT_EQ(m.month.orders[2].use, RowUse::unmatched);
}

TEST(Groups, JoinSuppliersAndTheOperatorsOfTheirShops) {
  ingest::Dictionaries dictionaries;
  dictionaries.suppliers = {{"S1", "G"}, {" S2 ", "G"}, {"S3", ""}};
  dictionaries.shops = {{"shop a", "a", "Operator", "S2"}, {"shop b", "b", "Operator", ""}, {"shop c", "c", "", "S3"}};
  ingest::Month month;
  month.keys = std::make_shared<ingest::Keys>(dictionaries);
  const auto supplier = [&](const char* id) { return month.keys->supplier(id); };
  for (const char* id : {"S1", "S2", "S3", "S4", "G"}) supplier(id);
  read_groups(month);
  EXPECT_EQ(month.group_of[supplier("S1")], month.group_of[supplier("S2")]);
  EXPECT_NE(month.group_of[supplier("S3")], month.group_of[supplier("S1")]);
  EXPECT_NE(month.group_of[supplier("S4")], month.group_of[supplier("S3")]);
  EXPECT_NE(month.group_of[supplier("G")], month.group_of[supplier("S1")]);  // a supplier called as a group is not in it
  const std::uint32_t joint = month.keys->operator_of("shop b");
  EXPECT_EQ(month.groups_of_operator[joint], (std::vector<std::uint32_t>{month.group_of[supplier("S1")]}));
  EXPECT_EQ(month.groups_of_operator[month.keys->operator_of("shop c")], (std::vector<std::uint32_t>{month.group_of[supplier("S3")]}));
}

}  // namespace
}  // namespace fairprice::catalogue
