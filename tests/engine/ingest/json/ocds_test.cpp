// Open Contracting Data Standard 1.1: small packages written after its release and record schemas, orders worked out by hand.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/engine/ingest/json/read_json.hpp"

namespace fairprice::ingest::json {
namespace {

using testing_support::json_settings;
using testing_support::JsonResult;
using testing_support::read_document;
using testing_support::read_json;
using testing_support::read_lines;
using Texts = std::vector<std::string>;

std::string item(const std::string& id, const std::string& description, const std::string& amount, const std::string& currency = "CNY") {
  return R"({"id":")" + id + R"(","description":")" + description + R"(","quantity":10,"unit":{"name":"箱","value":{"amount":)" + amount +
         R"(,"currency":")" + currency + R"("}}})";
}
std::string package(const std::string& releases) {
  return R"({"uri":"https://example.org/p.json","version":"1.1","publishedDate":"2023-11-30T00:00:00Z","publisher":{"name":"x"},"releases":[)" +
         releases + "]}";
}
std::string release(const std::string& content, const std::string& tag = "compiled", const std::string& date = "2023-11-20T00:00:00Z",
                    const std::string& ocid = "ocds-1") {
  return R"({"ocid":")" + ocid + R"(","id":"r1","date":")" + date + R"(","tag":[")" + tag +
         R"("],"initiationType":"tender","buyer":{"id":"BUY","name":"某局"},)" + content + "}";
}
const std::string kAward =
    R"("awards":[{"id":"A","status":"active","date":"2023-11-05T00:00:00Z","suppliers":[{"id":"SUP","name":"某公司"}],"items":[)";

/// order_id,line,date,,supplier_id,buyer_id,brand,model,barcode,spec,unit,,quantity,unit_price,,,status
std::string row(const std::string& deal, const std::string& line, const std::string& date, const std::string& spec,
                const std::string& price, const std::string& status = "") {
  return "ocds-1/" + deal + "," + line + "," + date + ",,SUP,BUY,,,," + spec + ",箱,,10," + price + ",,," + status + "\n";
}

TEST(Ocds, AnItemOfAnAwardIsAnOrder) {
  const JsonResult result = read_document(package(release(kAward + item("1", "A4 复印纸", "128.50") + "]}]")), Table::orders);
  EXPECT_EQ(result.csv, row("A", "1", "2023-11-05T00:00:00Z", "A4 复印纸", "128.50"));
  EXPECT_EQ(result.problems, Texts{});
  EXPECT_EQ(result.columns.size(), std::size_t{orders_column::count});
}

TEST(Ocds, OnePurchaseCountsOnceThoughTenderAwardAndContractHaveIt) {
  const std::string tender = R"("tender":{"id":"T","items":[)" + item("1", "纸", "150") + "," + item("2", "笔", "3") + "]},";
  const std::string contract = R"(,"contracts":[{"id":"C","awardID":"A","status":"active","dateSigned":"2023-11-10T00:00:00Z","items":[)" +
                               item("1", "纸", "120") + "]}]";
  const JsonResult result = read_document(
      package(release(tender + kAward + item("1", "纸", "125") + "," + item("2", "笔", "2") + "]}]" + contract)), Table::orders);
  EXPECT_EQ(result.csv, row("C", "1", "2023-11-10T00:00:00Z", "纸", "120") + row("A", "2", "2023-11-05T00:00:00Z", "笔", "2"));
  EXPECT_EQ(result.counts.ocds.tender_items, 2);
  EXPECT_EQ(result.counts.ocds.same_in_contract, 1);
}

TEST(Ocds, AContractThatNumbersItsItemsAnewIsTheSamePurchase) {
  const std::string contract = R"(,"contracts":[{"id":"C","awardID":"A","items":[)" + item("c-1", "纸", "120") + "]}]";
  const JsonResult result = read_document(package(release(kAward + item("1", "纸", "125") + "]}]" + contract)), Table::orders);
  EXPECT_EQ(result.csv, row("C", "c-1", "2023-11-05T00:00:00Z", "纸", "120"));
}

TEST(Ocds, AContractWithoutItemsHasThoseOfItsAward) {
  const std::string award = kAward + item("1", "纸", "125") + "]}]";
  const auto contract = [](const std::string& status) {
    return R"(,"contracts":[{"id":"C","awardID":"A","status":")" + status + R"(","dateSigned":"2023-11-10T00:00:00Z"}])";
  };
  EXPECT_EQ(read_document(package(release(award + contract("active"))), Table::orders).csv,
            row("A", "1", "2023-11-10T00:00:00Z", "纸", "125"));
  EXPECT_EQ(read_document(package(release(award + contract("terminated"))), Table::orders).csv,
            row("A", "1", "2023-11-10T00:00:00Z", "纸", "125"));
  EXPECT_EQ(read_document(package(release(award + contract("cancelled"))), Table::orders).csv,
            row("A", "1", "2023-11-10T00:00:00Z", "纸", "125", "cancelled"));
  EXPECT_EQ(read_document(package(release(award + contract("pending"))), Table::orders).csv,
            row("A", "1", "2023-11-05T00:00:00Z", "纸", "125"));
}

TEST(Ocds, WhatIsNoDealYetOrWasNoneGivesNoOrderAndIsCounted) {
  const std::string awards = R"("awards":[{"id":"A","status":"pending","items":[)" + item("1", "纸", "1") +
                             R"(]},{"id":"B","status":"unsuccessful","items":[)" + item("1", "纸", "1") +
                             R"(]},{"id":"D","status":"active","items":[{"id":"1","description":"服务","quantity":1}]}])";
  const JsonResult result = read_document(package(release(awards)), Table::orders);
  EXPECT_EQ(result.csv, "");
  EXPECT_EQ(result.problems, Texts{});
  EXPECT_EQ(result.counts.ocds.no_deal, 2);
  EXPECT_EQ(result.counts.ocds.without_unit_value, 1);
}

TEST(Ocds, AUnitValueInAnotherCurrencyIsRejectedItemByItem) {
  const JsonResult result = read_document(package(release(kAward + item("1", "纸", "125", "USD") + "," + item("2", "笔", "2") + "," +
                                                          R"({"id":"3","quantity":1,"unit":{"value":{"amount":5}}})" + "]}]")),
                                          Table::orders);
  EXPECT_EQ(result.csv, "\n" + row("A", "2", "2023-11-05T00:00:00Z", "笔", "2") + "\n");
  EXPECT_EQ(result.problems, (Texts{"1 other-currency unit_price", "3 other-currency unit_price"}));
  EXPECT_EQ(result.full[0].value, "125 USD");
  EXPECT_EQ(result.full[0].en, "ocds-1/A: is in USD, the policy's currency is CNY: give deals in that currency alone");
  JsonSettings settings = json_settings(Table::orders, Ending::json);
  settings.currency = "USD";
  EXPECT_EQ(read_json(package(release(kAward + item("1", "纸", "125", "USD") + "]}]")), settings).csv,
            row("A", "1", "2023-11-05T00:00:00Z", "纸", "125"));
}

TEST(Ocds, ReleasesOfOneProcessAreOneWhateverTheirOrder) {
  const std::string award = release(kAward + item("1", "纸", "125") + "]}]", "award", "2023-11-05T00:00:00Z");
  const std::string contract =
      release(R"("contracts":[{"id":"C","awardID":"A","dateSigned":"2023-11-10T00:00:00Z","items":[)" + item("1", "纸", "120") + "]}]",
              "contract", "2023-11-10T00:00:00Z");
  const std::string amended = release(R"("contracts":[{"id":"C","awardID":"A","items":[)" + item("1", "纸", "118") + "]}]",
                                      "contractAmendment", "2023-11-15T00:00:00Z");
  const std::string expected = row("C", "1", "2023-11-10T00:00:00Z", "纸", "118");
  std::vector<std::string> releases = {award, contract, amended};
  std::sort(releases.begin(), releases.end());
  do {
    EXPECT_EQ(read_document(package(releases[0] + "," + releases[1] + "," + releases[2]), Table::orders).csv, expected);
    EXPECT_EQ(read_lines(releases[0] + "\n" + releases[1] + "\n" + releases[2] + "\n", Table::orders).csv, expected);
  } while (std::next_permutation(releases.begin(), releases.end()));
}

TEST(Ocds, RecordPackagesGiveTheCompiledReleaseOrTheReleasesWithin) {
  const std::string award = release(kAward + item("1", "纸", "125") + "]}]", "award");
  const std::string expected = row("A", "1", "2023-11-05T00:00:00Z", "纸", "125");
  const auto records = [](const std::string& content) { return R"({"version":"1.1","records":[{"ocid":"ocds-1",)" + content + "}]}"; };
  EXPECT_EQ(read_document(records(R"("releases":[)" + award + R"(],"compiledRelease":)" + award), Table::orders).csv, expected);
  EXPECT_EQ(read_document(records(R"("releases":[)" + award + "]"), Table::orders).csv, expected);
  const JsonResult linked =
      read_document(records(R"("releases":[{"url":"https://example.org/1.json","date":"2023-11-05T00:00:00Z"}])"), Table::orders);
  EXPECT_EQ(linked.problems, (Texts{"1 no-release releases"}));
}

TEST(Ocds, CompiledReleasesMayComeAloneInAnArrayOrByLine) {
  const std::string compiled = release(kAward + item("1", "纸", "125") + "]}]");
  const std::string expected = row("A", "1", "2023-11-05T00:00:00Z", "纸", "125");
  EXPECT_EQ(read_document(compiled, Table::orders).csv, expected);
  EXPECT_EQ(read_document("[" + compiled + "]", Table::orders).csv, expected);
  EXPECT_EQ(read_lines(compiled + "\n", Table::orders).csv, expected);
}

TEST(Ocds, SuppliersThatWonTogetherAreOneSellerWhateverTheirOrder) {
  const auto award = [](const std::string& suppliers) {
    return read_document(
               package(release(R"("awards":[{"id":"A","suppliers":[)" + suppliers + R"(],"items":[)" + item("1", "纸", "125") + "]}]")),
               Table::orders)
        .csv;
  };
  EXPECT_EQ(award(R"({"id":"Y"},{"name":"X"})"), award(R"({"name":"X"},{"id":"Y"})"));
  EXPECT_NE(award(R"({"id":"Y"},{"name":"X"})").find(",X+Y,"), std::string::npos);
}

TEST(Ocds, AttributesOfAnItemMaySayBrandAndModel) {
  const std::string with_attributes =
      R"({"id":"1","description":"打印机","quantity":2,"unit":{"name":"台","value":{"amount":1299.0,"currency":"CNY"}},)"
      R"("attributes":[{"id":"a","name":"品牌","value":"惠普"},{"id":"b","name":"Model","value":"M427fdw"},{"id":"c","name":"颜色","value":"黑"}]})";
  EXPECT_EQ(read_document(package(release(kAward + with_attributes + "]}]")), Table::orders).csv,
            "ocds-1/A,1,2023-11-05T00:00:00Z,,SUP,BUY,惠普,M427fdw,,打印机,台,,2,1299.0,,,\n");
}

TEST(Ocds, AReleaseThatIsNoReleaseIsRejected) {
  const JsonResult result =
      read_document(package(R"({"id":"r"},[],{"ocid":"ocds-1","tag":["award"],"date":"a","date":"b"})"), Table::orders);
  EXPECT_EQ(result.problems, (Texts{"1 no-release ocid", "2 not-an-object ", "3 duplicate-key date"}));
}

TEST(Ocds, ADamagedPackageGivesWhatStandsBeforeTheDamage) {
  const std::string compiled = release(kAward + item("1", "纸", "125") + "]}]");
  const JsonResult result = read_document(package(compiled + "," + compiled.substr(0, 200)), Table::orders);
  EXPECT_EQ(result.csv, row("A", "1", "2023-11-05T00:00:00Z", "纸", "125") + "\n");
  EXPECT_EQ(result.problems, (Texts{"2 bad-json "}));
}

TEST(Ocds, ManyAwardsAndContractsTakeNoTimeThatGrowsWithTheirSquare) {
  std::string awards, contracts;
  for (int i = 0; i < 20000; ++i) {
    const std::string id = std::to_string(i);
    awards += (i > 0 ? "," : "") + std::string(R"({"id":"A)") + id + R"(","items":[{"id":"1"}]})";
    contracts += (i > 0 ? "," : "") + std::string(R"({"id":"C)") + id + R"(","awardID":"A)" + id + R"(","items":[{"id":"1"}]})";
  }
  const JsonResult result = read_document(package(release("\"awards\":[" + awards + "],\"contracts\":[" + contracts + "]")), Table::orders);
  EXPECT_EQ(result.counts.ocds.same_in_contract, 20000);
  EXPECT_EQ(result.counts.ocds.without_unit_value, 20000);
}

}  // namespace
}  // namespace fairprice::ingest::json
