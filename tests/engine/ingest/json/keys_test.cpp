// Keys are understood as headings are.

#include <gtest/gtest.h>

#include "tests/engine/ingest/json/read_json.hpp"

namespace fairprice::ingest::json {
namespace {

using testing_support::json_settings;
using testing_support::JsonResult;
using testing_support::read_json;
using testing_support::read_lines;
using Texts = std::vector<std::string>;

std::string listing(const std::string& more) { return "{\"商品编号\":\"1\",\"供应商编号\":\"s\"," + more + "}\n"; }
const std::string kBeforePrice = "1,s,,,,,,,,,,";
const std::string kBehindPrice = ",,,,\n";

TEST(JsonKeys, ChineseAndEnglishKeysInAnyCaseAreTheSameColumns) {
  const JsonResult result =
      read_lines("{\"Listing ID\":\"1\",\"SUPPLIER-ID\":\"s\",\"单价\":2,\"\\u54c1\\u724c\":\"惠普\",\"颜色\":\"黑\"}\n", Table::listings);
  EXPECT_EQ(result.csv, "1,s,,,惠普,,,,,,,2,,,,\n");
  EXPECT_EQ(result.unknown, (Texts{"颜色"}));
}

TEST(JsonKeys, RecordsMayHaveTheirKeysInAnyOrderAndLeaveSomeOut) {
  const JsonResult result = read_lines(
      "{\"alias\":\"a\",\"unit\":\"b\",\"factor\":1}\n{\"unit\":\"b\",\"alias\":\"a\"}\n{\"alias\":\"a\",\"factor\":3}\n"
      "{\"factor\":4,\"unit\":\"b\",\"alias\":\"a\"}\n{\"alias\":\"a\",\"unit\":\"b\",\"factor\":5}\n",
      Table::units);
  EXPECT_EQ(result.csv, "a,b,1\na,b,\na,,3\na,b,4\na,b,5\n");
  EXPECT_EQ(result.problems, Texts{});
}

TEST(JsonKeys, AMissingRequiredColumnIsToldAsForAHeading) {
  const JsonResult result = read_lines("{\"listing_id\":1,\"supplier_id\":2,\"prcie\":3}\n", Table::listings);
  EXPECT_EQ(result.error.value_or(""),
            "a.json:1: no column for price (found \"prcie\": rename it); headings found: \"listing_id\", \"supplier_id\", \"prcie\"; "
            "nothing was run");
}

TEST(JsonKeys, AUnitInAKeyIsTheUnitOfTheColumn) {
  const JsonResult result = read_lines(listing("\"价格（万元）\":\"1.38\""), Table::listings);
  EXPECT_EQ(result.csv, kBeforePrice + "1.38" + kBehindPrice);
  EXPECT_EQ(result.columns[listings_column::price], "价格（万元）");
}

TEST(JsonKeys, AnotherUnitFurtherDownRejectsTheRecord) {
  const JsonResult result = read_lines(
      listing("\"价格（万元）\":1.38") + listing("\"价格\":13800") + listing("\"价格(千元)\":13.8") + listing("\"价格（万元）\":2"),
      Table::listings);
  // 千元 is refused for the whole file when it stands among the first records.
  EXPECT_NE(result.error.value_or("").find("千元"), std::string::npos);
  const JsonResult two =
      read_lines(listing("\"价格（万元）\":1.38") + listing("\"价格\":13800") + listing("\"价格（万元）\":2"), Table::listings);
  EXPECT_EQ(two.csv, kBeforePrice + "1.38" + kBehindPrice + "\n" + kBeforePrice + "2" + kBehindPrice);
  EXPECT_EQ(two.problems, (Texts{"2 other-unit 价格"}));
}

TEST(JsonKeys, AKeyWithANoteThatSaysNothingGivesWayToOneWithout) {
  const std::string before = "1,s,,,,", behind = ",,,,,,9,,,,\n";
  EXPECT_EQ(read_lines(listing("\"型号（旧）\":\"A\",\"型号\":\"B\",\"price\":9"), Table::listings).csv, before + "B" + behind);
  EXPECT_EQ(read_lines(listing("\"型号\":\"B\",\"型号（旧）\":\"A\",\"price\":9"), Table::listings).csv, before + "B" + behind);
  EXPECT_EQ(read_lines(listing("\"型号（旧）\":\"A\",\"price\":9"), Table::listings).csv, before + "A" + behind);
}

TEST(JsonKeys, WhatAPersonSaysOfAColumnNobodyElseSays) {
  const ColumnsByHeading said = {{"price", "到手价"}, {"brand", ""}};
  JsonSettings settings = json_settings(Table::listings, Ending::lines);
  settings.rules.columns = &said;
  const JsonResult result = read_json(listing("\"price\":9,\"到手价\":8,\"brand\":\"X\""), settings);
  EXPECT_EQ(result.csv, kBeforePrice + "8" + kBehindPrice);
  EXPECT_EQ(result.unknown, (Texts{"price", "brand"}));
}

TEST(JsonKeys, ACellNumberIsRefusedForJson) {
  const ColumnsByHeading said = {{"price", "#3"}};
  JsonSettings settings = json_settings(Table::listings, Ending::lines);
  settings.rules.columns = &said;
  EXPECT_NE(read_json(listing("\"price\":9"), settings).error.value_or("").find("no numbered cells"), std::string::npos);
}

TEST(JsonKeys, MoreKeysThanAreRememberedDoNotStopTheReading) {
  std::string text = "{\"alias\":\"a\",\"unit\":\"b\"}\n";
  for (int i = 0; i < 6000; ++i) text += "{\"alias\":\"a\",\"k" + std::to_string(i) + "\":1,\"unit\":\"b\"}\n";
  const JsonResult result = read_lines(text, Table::units);
  EXPECT_EQ(result.problems, Texts{});
  EXPECT_EQ(result.csv.size(), 6001 * std::string("a,b,\n").size());
}

}  // namespace
}  // namespace fairprice::ingest::json
