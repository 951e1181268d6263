// One JSON text: an array of records, wherever it stands.

#include <gtest/gtest.h>

#include "engine/ingest/json/limits.hpp"
#include "tests/engine/ingest/json/read_json.hpp"

namespace fairprice::ingest::json {
namespace {

using testing_support::json_settings;
using testing_support::JsonResult;
using testing_support::read_document;
using testing_support::read_json;
using testing_support::read_lines;
using Texts = std::vector<std::string>;

JsonResult read_at(const std::string& text, const std::string& pointer, const ColumnsByHeading* columns = nullptr) {
  JsonSettings settings = json_settings(Table::units, Ending::json);
  settings.records = pointer;
  settings.rules.columns = columns;
  return read_json(text, settings);
}

TEST(JsonDocument, TheLineIsTheNumberOfTheRecord) {
  const JsonResult result = read_document(
      " [ {\"alias\":\"a\",\n\"unit\":\"b\"} ,\n {\"alias\":[],\"unit\":\"d\"},3, {\"alias\":\"e\",\"unit\":\"f\"}]\n", Table::units);
  EXPECT_EQ(result.csv, "a,b,\n\n\ne,f,\n");
  EXPECT_EQ(result.problems, (Texts{"2 nested-value alias", "3 not-an-object "}));
}

TEST(JsonDocument, AnEmptyArrayIsATableWithoutRows) {
  const JsonResult result = read_document("[]", Table::units);
  EXPECT_FALSE(result.error);
  EXPECT_EQ(result.csv, "");
  EXPECT_EQ(result.columns, (Texts{"alias", "unit", "factor"}));
}

TEST(JsonDocument, EverythingBeforeAnErrorIsReadAndOneProblemSaysWhereItIs) {
  const std::string good = "[{\"alias\":\"a\",\"unit\":\"b\"},\n{\"alias\":\"c\",\"unit\":\"d\"}";
  const auto said = [&](const std::string& rest) {
    const JsonResult result = read_document(good + rest, Table::units);
    EXPECT_EQ(result.csv, "a,b,\nc,d,\n\n") << rest;
    EXPECT_EQ(result.problems, (Texts{"3 bad-json "})) << rest;
    return result.full.empty() ? std::string() : result.full[0].en;
  };
  EXPECT_EQ(said(""),
            "line 2, byte 25 of the file: is not JSON: a comma or ] is missing; mend it, or export it again; nothing behind it was read");
  EXPECT_EQ(said("]]").substr(0, 30), "line 2, byte 26 of the file: i");
  EXPECT_EQ(said(",\n  {\"alias\":\"e\",,\"unit\":\"f\"},{\"alias\":\"g\",\"unit\":\"h\"}]"),
            "line 3, byte 3 of the file: is not JSON from byte 14 of the record on: a key in double quotes is missing; mend it, or export "
            "it again; "
            "nothing behind it was read");
  said(",]");
  said(",{\"alias\":\"e\",\"unit\":\"f\"");
  said(",{\"alias\":\"e\",\"unit\":\"f}]");
  said(",{\"alias\":\"e\",\"unit\":[\"f}]");
  said(",{\"alias\":\"e\",\"unit\":[1}]");
  said(" {\"alias\":\"e\",\"unit\":\"f\"}]");
  said("}");
  said(",tru]");
}

TEST(JsonDocument, RecordsDeeperInAreFoundByAPointer) {
  const std::string records = "[{\"alias\":\"a\",\"unit\":\"b\"},{\"alias\":\"c\",\"unit\":\"d\"}]";
  EXPECT_EQ(
      read_at("{\"meta\":{\"n\":[1,{}],\"t\":\"]}\"},\"data\":{\"x\":null,\"items\":" + records + ",\"y\":1},\"z\":[]}", "/data/items").csv,
      "a,b,\nc,d,\n");
  EXPECT_EQ(read_at("[0,{\"a/b\":{\"m~n\":" + records + "}}]", "/1/a~1b/m~0n").csv, "a,b,\nc,d,\n");
  EXPECT_EQ(read_at("{\"\\u0064ata\":" + records + "}", "/data").csv, "a,b,\nc,d,\n");
  EXPECT_EQ(read_at("{\"one\":{\"alias\":\"a\",\"unit\":\"b\"}}", "/one").csv, "a,b,\n");
}

TEST(JsonDocument, APointerThatLeadsNowhereSaysWhatIsThere) {
  EXPECT_NE(read_at("{\"meta\":1,\"date\":[]}", "/data").error.value_or("").find("there is no key \"data\" (found \"meta\", \"date\")"),
            std::string::npos);
  EXPECT_NE(read_at("{\"data\":1}", "/data/items").error.value_or("").find("there is no /data/items"), std::string::npos);
  EXPECT_NE(read_at("[1]", "/1").error.value_or("").find("no element \"1\""), std::string::npos);
  EXPECT_NE(read_at("[1]", "data").error.value_or("").find("no JSON Pointer"), std::string::npos);
}

TEST(JsonDocument, WhatStandsAroundTheRecordsMustBeJsonToo) {
  const std::string records = "[{\"alias\":\"a\",\"unit\":\"b\"}]";
  EXPECT_EQ(read_at("{\"data\":" + records + ",\"x\":tru}", "/data").problems, (Texts{"2 bad-json "}));
  EXPECT_EQ(read_at("{\"x\":01,\"data\":" + records + "}", "/data").problems, (Texts{"1 bad-json "}));
  EXPECT_EQ(read_at("{\"data\":" + records + "} x", "/data").problems, (Texts{"2 bad-json "}));
  EXPECT_EQ(read_at("{\"data\":" + records + ",\"data\":[]}", "/data").problems, (Texts{"2 bad-json "}));
  EXPECT_EQ(read_at("{\"data\":" + records, "/data").problems, (Texts{"2 bad-json "}));
}

TEST(JsonDocument, AnObjectOfWhichNobodySaidWhereTheRecordsAreNamesThePlaces) {
  const JsonResult result = read_document("{\"data\":{\"items\":[{\"a\":1}],\"n\":[1]},\"more\":[{}]}", Table::units);
  EXPECT_EQ(
      result.error.value_or(""),
      "a.json: is one object, and nothing says where in it the records are (arrays of objects were found at \"/data/items\", \"/more\"): "
      "write the JSON Pointer as records in the mapping file; nothing was run");
}

TEST(JsonDocument, ASingleRecordIsATableOfOneRow) {
  EXPECT_EQ(read_document("{\n \"alias\": \"a\",\n \"unit\": \"b\"\n}\n", Table::units).csv, "a,b,\n");
}

TEST(JsonDocument, WhatStandsInAFileBeatsTheEndingOfItsName) {
  const std::string line = "{\"alias\":\"a\",\"unit\":\"b\"}\n";
  EXPECT_EQ(read_document(line + line, Table::units).csv, "a,b,\na,b,\n");
  EXPECT_EQ(read_lines("[" + line + "," + line + "]", Table::units).csv, "a,b,\na,b,\n");
  EXPECT_NE(read_document("alias,unit\na,b\n", Table::units).error.value_or("").find("neither an array of objects nor JSON Lines"),
            std::string::npos);
}

TEST(JsonDocument, ARecordAboveTheLimitEndsTheReadingByName) {
  const JsonResult result = read_document("[{\"alias\":\"a\",\"unit\":\"b\"},{\"alias\":\"" + std::string(kLargestRecord, 'x') +
                                              "\",\"unit\":\"b\"},{\"alias\":\"c\",\"unit\":\"d\"}]",
                                          Table::units);
  EXPECT_EQ(result.csv, "a,b,\n\n");
  EXPECT_EQ(result.problems, (Texts{"2 too-large "}));
  EXPECT_NE(result.full[0].en.find("16 MB"), std::string::npos);
}

TEST(JsonDocument, TheSizeOfThePiecesThatAreReadChangesNothing) {
  const std::string text =
      "\xEF\xBB\xBF{\"x\\\"\":\"]\\\\\",\"data\" : [ {\"alias\":\"惠\\u666e\",\"unit\":\"}\"}, 1 ,\n{\"unit\":\"\\\"]\",\"alias\":1.5e1}] "
      ", \"y\":{\"data\":[]}, }";
  const JsonResult whole = read_at(text, "/data");
  EXPECT_EQ(whole.csv, "惠普,},\n\n15,\"\"\"]\",\n\n");
  EXPECT_EQ(whole.problems, (Texts{"2 not-an-object ", "4 bad-json "}));
  JsonSettings settings = json_settings(Table::units, Ending::json);
  settings.records = "/data";
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    const JsonResult found = read_json(text, settings, piece);
    EXPECT_EQ(found.csv, whole.csv) << piece;
    EXPECT_EQ(found.problems, whole.problems) << piece;
  }
}

TEST(JsonDocument, ColumnsDeeperInARecordAreFoundByPointers) {
  const ColumnsByHeading said = {{"alias", "/names/0"}, {"unit", "/offer/unit~1zh/value"}, {"factor", ""}};
  const JsonResult result = read_at(
      "[{\"names\":[\"a\",\"b\"],\"offer\":{\"unit/zh\":{\"value\":1.50}},\"factor\":9},"
      "{\"names\":[],\"offer\":{\"unit/zh\":{\"value\":\"1e2\"}}},"
      "{\"names\":[[\"a\"]],\"offer\":{\"unit/zh\":{\"value\":1}}},"
      "{\"names\":[\"a\"],\"offer\":{\"unit/zh\":{\"value\":1e2,\"value\":2}}},"
      "{\"names\":[true],\"offer\":{\"unit/zh\":{\"value\":1e2}}}]",
      "", &said);
  EXPECT_EQ(result.csv, "a,1.50,\n,1e2,\n\n\ntrue,100,\n");
  EXPECT_EQ(result.problems, (Texts{"3 nested-value /names/0", "4 duplicate-key value"}));
  const ColumnsByHeading wrong = {{"alias", "/a~2"}, {"unit", "/b"}};
  EXPECT_NE(read_at("[{\"a\":1}]", "", &wrong).error.value_or("").find("no JSON Pointer"), std::string::npos);
}

}  // namespace
}  // namespace fairprice::ingest::json
