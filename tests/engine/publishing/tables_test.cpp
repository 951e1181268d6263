#include "engine/publishing/tables.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/publishing/assessment_row.hpp"
#include "engine/publishing/publish.hpp"

namespace fairprice::publishing {
namespace {

using assessment::Assessment;
using rules::Decision;

Money yuan(std::int64_t amount) { return Money::from_yuan(amount); }

/// A month of one listing, made by hand: no reader is needed.
class TablesTest : public testing::Test {
 protected:
  TablesTest() {
    month_.keys = std::make_shared<ingest::Keys>(ingest::Dictionaries{});
    month_.period = Period::of(2023, 11);
    policy_.base.name = "test";
    rules::Rung rung;
    rung.indicators = {rules::Indicator::index_price};
    policy_.base.ladder = {rung};
    policy_.base.bands = {{Decision::within_range, rules::Band::Limit::at_most, {20, 100}},
                          {Decision::evidence_required, rules::Band::Limit::below, {50, 100}},
                          {Decision::reduce_or_delist, rules::Band::Limit::none, {}}};
  }

  ingest::Listing& add_listing(const char* id, const char* supplier, const char* brand, const char* model, Money price) {
    ingest::Keys& keys = *month_.keys;
    ingest::Listing listing;
    listing.listing = keys.listing(id);
    listing.supplier = keys.supplier(supplier);
    listing.brand = keys.brand(brand);
    listing.product = listing.model_product = keys.product(listing.brand, model);
    listing.basis = static_cast<std::uint8_t>(rules::MatchBasis::model);
    listing.price = price;
    month_.listings.push_back(listing);
    return month_.listings.back();
  }

  std::string row_of(const Assessment& one) {
    AssessmentRows rows(month_, policy_);
    CsvBuffer buffer;
    rows.put(buffer, one);
    return std::string(buffer.bytes());
  }

  ingest::Month month_;
  rules::PolicySet policy_;
};

TEST_F(TablesTest, AnAssessmentHasTheContractsColumnsInTheirOrder) {
  ingest::Listing& listing = add_listing("L1", "S1", "得力", "S480", yuan(800));
  listing.category = month_.keys->category("碎纸机");
  listing.unit_text = month_.unit_texts.intern("台");
  listing.pack_size = 25'000;
  Assessment one;
  one.judged = yuan(800);
  one.indicators = {yuan(1000), assessment::kAbsent, Money::from_ten_thousandths(9'000'001), assessment::kAbsent};
  one.market_median = Money::from_ten_thousandths(9'000'001);
  one.monitoring_price = yuan(1000);
  one.max_fair_price = yuan(1200);
  one.rung = 1;
  one.inputs = 1;
  one.sources_kept = 1;
  one.decision = Decision::within_range;
  // (800 - 900.0001) / 900.0001 = -0.11111121...; (800 - 1000) / 1000 = -0.2
  EXPECT_EQ(
      row_of(one),
      "L1,S1,得力 S480,model,碎纸机,800.00,台,2.5,1000.00,,900.0001,,-0.111111,1000.00,1:index_price,1,0,-0.200000,within_range,1200.00,");
}

TEST_F(TablesTest, AListingWithoutReferenceLeavesItsColumnsEmpty) {
  ingest::Listing& listing = add_listing("=L,1", "", "", "", yuan(5));
  listing.product = ingest::kNone;
  listing.basis = static_cast<std::uint8_t>(rules::MatchBasis::unmatched);
  Assessment one;
  one.judged = yuan(5);
  one.sources_kept = 9;  // sums over nothing are not printed
  EXPECT_EQ(row_of(one), "\"'=L,1\",,,unmatched,,5.00,,1,,,,,,,,,,,no_reference,,");
}

TEST_F(TablesTest, ManyRowsAtOnceAreTheRowsOneByOne) {
  std::vector<Assessment> all;
  std::string expected;
  for (int i = 0; i < 77; ++i) {  // more than is looked up at once, and no multiple of it
    add_listing(("L" + std::to_string(i)).c_str(), "S1", i % 3 == 0 ? "A,B" : "得力", ("M" + std::to_string(i % 5)).c_str(), yuan(i + 1));
    if (i % 7 == 0) month_.listings.back().product = month_.keys->gtin_product(6'900'000'000'000U + static_cast<unsigned>(i));
    if (i % 11 == 0) month_.listings.back().product = ingest::kNone;
    Assessment one;
    one.row = static_cast<std::uint32_t>(i);
    one.judged = yuan(i + 1);
    all.push_back(one);
  }
  for (const Assessment& one : all) expected += row_of(one) + "\n";
  AssessmentRows rows(month_, policy_);
  CsvBuffer buffer;
  rows.put_rows(buffer, all);
  EXPECT_EQ(buffer.bytes(), expected);
  EXPECT_NE(expected.find("GTIN 06900000000007"), std::string::npos);
}

TEST_F(TablesTest, TheProductIsPrintedAsKeysNamesIt) {
  for (const std::uint32_t product : {month_.keys->gtin_product(6'901'234'567'892U), month_.keys->text_product("ANYTHING"),
                                      month_.keys->product(month_.keys->brand("得力"), "S-480")}) {
    add_listing("L", "S", "X", "Y", yuan(1));
    month_.listings.back().product = product;
    Assessment one;
    one.row = static_cast<std::uint32_t>(month_.listings.size() - 1);
    EXPECT_NE(row_of(one).find("," + month_.keys->product_name(product) + ","), std::string::npos) << row_of(one);
  }
}

TEST_F(TablesTest, FlaggedRowsCountUnitsInTheListingsOwnPacks) {
  ingest::Listing& listing = add_listing("L1", "S1", "得力", "S480", yuan(1300));
  listing.k = PackUnits::from_ten_thousandths(80'000);  // 8 base units
  assessment::Assessments all;
  Assessment one;
  one.judged = yuan(1300);
  one.monitoring_price = yuan(1000);
  one.rung = 1;
  one.inputs = 1;
  one.decision = Decision::evidence_required;
  one.newest_source = Date::of(2023, 11, 30);
  all.listings = {one};
  assessment::Flagged flagged;
  flagged.units_numerator = Int128{20} * 100'000'000;  // 20 base units are 2.5 packs of 8
  flagged.has_units = true;
  flagged.fen_at_risk = 75'000;  // (1300 - 1000) x 2.5
  flagged.has_money_at_risk = true;
  all.flagged = {flagged};
  EXPECT_EQ(flagged_rows(month_, all, policy_).bytes(),
            "L1,S1,得力 S480,model,,1300.00,,1,,,,,,1000.00,1:index_price,0,0,0.300000,evidence_required,,,2.5,750.00,2023-11-30,,,,,\n");
}

TEST_F(TablesTest, AFlaggedRowWithoutReferenceHasNoMoneyAtRisk) {
  add_listing("L1", "S1", "得力", "S480", yuan(1300));
  assessment::Assessments all;
  Assessment one;
  one.decision = Decision::check_data;
  one.reason = rules::CheckReason::unit_mismatch;
  all.listings = {one};
  all.flagged = {assessment::Flagged{}};
  EXPECT_EQ(flagged_rows(month_, all, policy_).bytes(), "L1,S1,得力 S480,model,,1300.00,,1,,,,,,,,,,,check_data,,unit_mismatch,,,,,,,,\n");
}

TEST_F(TablesTest, RejectsAreSortedByPlaceHoweverTheyWereFound) {
  const auto problem = [](const char* table, const char* file, std::int64_t line, const char* column, ProblemCode code) {
    return Problem{table, file, line, column, code, ProblemAction::rejected, "x", ""};
  };
  month_.problems = {problem("quotes", "quotes-b.csv", 2, "price", ProblemCode::not_an_amount),
                     problem("quotes", "quotes-a.csv", 10, "price", ProblemCode::not_an_amount),
                     problem("listings", "listings.csv", 7, "price", ProblemCode::not_an_amount),
                     problem("quotes", "quotes-a.csv", 9, "price", ProblemCode::not_an_amount),
                     problem("quotes", "quotes-a.csv", 9, "date", ProblemCode::not_a_date)};
  const std::string rows(rejects_rows(month_, Language::en).bytes());
  std::string places;
  for (std::size_t at = 0; at < rows.size(); at = rows.find('\n', at) + 1) {
    std::size_t end = at;
    for (int commas = 0; commas < 4; ++end) commas += rows[end] == ',';
    places += rows.substr(at, end - at - 1) + "\n";
  }
  EXPECT_EQ(places,
            "listings,listings.csv,7,price\n"
            "quotes,quotes-a.csv,9,date\n"
            "quotes,quotes-a.csv,9,price\n"
            "quotes,quotes-a.csv,10,price\n"
            "quotes,quotes-b.csv,2,price\n");
  EXPECT_NE(rows.find(",not-an-amount,"), std::string::npos);
  EXPECT_TRUE(rows.ends_with(",x,rejected\n"));
}

TEST_F(TablesTest, OrdersShowPromiseAndReference) {
  ingest::Order order;
  order.in_period = 0;
  order.unit_price = yuan(95);
  month_.orders = {order};
  month_.period_orders = {{"O1", "1", "完成", yuan(100), 900'000}};
  assessment::Assessments all;
  all.orders = {{0, yuan(90), yuan(100)}};
  EXPECT_EQ(orders_rows(month_, all).bytes(), "O1,1,完成,100.00,0.900000,95.00,90.00,false,100.00,-0.050000\n");
  month_.orders[0].unit_price = yuan(90);  // at the promise is not above it
  EXPECT_EQ(orders_rows(month_, all).bytes(), "O1,1,完成,100.00,0.900000,90.00,90.00,true,100.00,-0.100000\n");
  month_.period_orders = {{"O1", "", "", assessment::kAbsent, -1}};
  all.orders = {{0, assessment::kAbsent, assessment::kAbsent}};
  EXPECT_EQ(orders_rows(month_, all).bytes(), "O1,,,,,90.00,,,,\n");
}

TEST_F(TablesTest, ReviewHasFiveCandidatesAtMost) {
  add_listing("L1", "S1", "得力", "S480", yuan(1));
  assessment::Assessments all;
  assessment::Review review;
  review.reason = "unmatched";
  review.title = "碎纸机, 5级";
  review.candidates = {"a", "b", "c", "d", "e", "f"};
  all.review = {review};
  EXPECT_EQ(review_rows(month_, all).bytes(), "L1,S1,,,\"碎纸机, 5级\",,unmatched,a,b,c,d,e\n");
  all.review[0].candidates = {"a"};
  EXPECT_EQ(review_rows(month_, all).bytes(), "L1,S1,,,\"碎纸机, 5级\",,unmatched,a,,,,\n");
}

TEST_F(TablesTest, OverridesShowBothDecisions) {
  assessment::Assessments all;
  all.overrides = {{"L1", "得力 S480", "", Decision::evidence_required, Decision::no_reference, yuan(1000), assessment::kAbsent}};
  EXPECT_EQ(overrides_rows(all).bytes(), "L1,得力 S480,evidence_required,1000.00,,no_reference,\n");
}

}  // namespace
}  // namespace fairprice::publishing
