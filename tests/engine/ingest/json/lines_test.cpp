// JSON Lines: what becomes of values, and of lines that are wrong. The table `units` has the columns alias, unit, factor.

#include <gtest/gtest.h>

#include "engine/ingest/json/limits.hpp"
#include "tests/engine/ingest/json/read_json.hpp"

namespace fairprice::ingest::json {
namespace {

using testing_support::json_settings;
using testing_support::JsonResult;
using testing_support::read_json;
using testing_support::read_lines;
using Texts = std::vector<std::string>;

/// The row of one record in which `value` stands under `factor`.
std::string factor(const std::string& value) {
  const JsonResult result = read_lines(R"({"alias":"a","unit":"b","factor":)" + value + "}", Table::units);
  if (result.error) return *result.error;
  return result.problems.empty() ? result.csv : result.problems[0];
}

TEST(JsonLines, NumbersGoThroughAsTheyAreWritten) {
  EXPECT_EQ(factor("1.10"), "a,b,1.10\n");
  EXPECT_EQ(factor("-0"), "a,b,-0\n");
  EXPECT_EQ(factor("12345678901234567"), "a,b,12345678901234567\n");
  EXPECT_EQ(factor("123456789012345678901234567890.12345678901234567890"), "a,b,123456789012345678901234567890.12345678901234567890\n");
  EXPECT_EQ(factor("0.1"), "a,b,0.1\n");
  EXPECT_EQ(factor("1e2"), "a,b,100\n");
  EXPECT_EQ(factor("-1.25E-3"), "a,b,-0.00125\n");
  EXPECT_EQ(factor("6.900011234567e12"), "a,b,6900011234567\n");
}

TEST(JsonLines, TextsThatLookLikeNumbersAreNotTouched) { EXPECT_EQ(factor(R"("1e2")"), "a,b,1e2\n"); }

TEST(JsonLines, WordsAreCellsAndNullIsAnEmptyOne) {
  EXPECT_EQ(factor("true"), "a,b,true\n");
  EXPECT_EQ(factor("false"), "a,b,false\n");
  EXPECT_EQ(factor("null"), "a,b,\n");
}

TEST(JsonLines, TextsAreUnescapedAndQuotedForCsv) {
  EXPECT_EQ(factor(R"("5\" 屏, 黑")"), "a,b,\"5\"\" 屏, 黑\"\n");
  EXPECT_EQ(factor(R"("\u60E0\u666e \uD83D\uDDA8 \/ \\ \u00e9")"), "a,b,惠普 🖨 / \\ é\n");
  EXPECT_EQ(factor(R"("a\r\nb\nc\td\u0000e")"), "a,b,a b c d e\n");
}

TEST(JsonLines, HalfASurrogatePairIsBadEncodingOfItsRecordAlone) {
  const JsonResult result = read_lines(
      "{\"alias\":\"\\uD83D\",\"unit\":\"b\"}\n"
      "{\"alias\":\"\\uDDA8\",\"unit\":\"b\"}\n"
      "{\"alias\":\"a\",\"unit\":\"b\",\"note\":\"\\uDDA8\"}\n"
      "{\"alias\":\"\xFF\",\"unit\":\"b\"}\n"
      "{\"alias\":\"\xED\xB6\xA8\",\"unit\":\"b\"}\n"
      "{\"alias\":\"\xED\x9F\xBF\",\"unit\":\"b\"}\n",
      Table::units);
  EXPECT_EQ(result.problems,
            (Texts{"1 bad-encoding ", "2 bad-encoding alias", "3 bad-encoding note", "4 bad-encoding alias", "5 bad-encoding alias"}));
  EXPECT_EQ(result.csv, "\n\n\n\n\n\xED\x9F\xBF,b,\n");
}

TEST(JsonLines, LineNumbersAreThoseOfTheFile) {
  const JsonResult result = read_lines(
      "\n"
      "{\"alias\":\"a\",\"unit\":\"b\"}\r\n"
      " \t\r\n"
      "{\"alias\":\"a\" \"unit\":\"b\"}\n"
      "{\"alias\":\"c\",\"unit\":\"d\"}",
      Table::units);
  EXPECT_EQ(result.csv, "\na,b,\n\n\nc,d,\n");
  EXPECT_EQ(result.problems, (Texts{"4 bad-json "}));
  EXPECT_EQ(result.full[0].en, "is not JSON from byte 14 of the record on: a comma or } is missing; mend it, or export it again");
  EXPECT_EQ(result.full[0].value, "{\"alias\":\"a\" \"unit\":\"b\"}");
  EXPECT_EQ(result.counts.records, 3);
}

TEST(JsonLines, WhatIsNoRecordIsRejectedAndTheOthersAreRead) {
  const JsonResult result = read_lines(
      "{\"alias\":\"a\",\"unit\":\"b\"}\n"
      "[\"a\",\"b\"]\n"
      "7\n"
      "{\"alias\":{\"zh\":\"a\"},\"unit\":\"b\"}\n"
      "{\"alias\":[\"a\"],\"unit\":\"b\"}\n"
      "{\"alias\":\"a\",\"unit\":\"b\",\"alias\":\"a\"}\n"
      "{\"note\":1,\"unit\":\"b\",\"note\":1,\"alias\":\"a\"}\n"
      "{\"alias\":\"a\",\"unit\":\"b\",\"factor\":NaN}\n"
      "{\"alias\":\"a\",\"unit\":\"b\",\"factor\":-Infinity}\n"
      "{\"alias\":\"a\",\"unit\":\"b\"} {}\n"
      "{\"alias\":\"a\",\"unit\":\"b\"\n"
      "{}\n"
      "{\"alias\":\" \",\"unit\":null}\n"
      "{'alias':'a','unit':'b'}\n"
      "{\"alias\":\"a\",\"单位\":\"b\",\"unit\":\"c\"}\n"
      "{\"alias\":\"z\",\"unit\":\"b\",\"deep\":{\"alias\":\"x\",\"alias\":[[{}]]}}\n",
      Table::units);
  EXPECT_EQ(result.problems, (Texts{"2 not-an-object ", "3 not-an-object ", "4 nested-value alias", "5 nested-value alias",
                                    "6 duplicate-key alias", "7 duplicate-key note", "8 bad-json ", "9 bad-json ", "10 bad-json ",
                                    "11 bad-json ", "12 no-value ", "13 no-value ", "14 bad-json ", "15 two-keys unit"}));
  EXPECT_EQ(result.csv, "a,b,\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nz,b,\n");
  EXPECT_EQ(result.unknown, (Texts{"note", "deep"}));
}

/// The parser's quick scan, sixteen bytes at a time, lets 0x1A to 0x1F pass where they stand behind an aligned address: without a check of
/// our own, where a record happens to lie in memory would decide whether it is read.
TEST(JsonLines, AnUnescapedControlCharacterIsRefusedWhereverItStands) {
  for (int c = 0; c < 0x20; ++c)
    for (std::size_t before = 0; before < 40; ++before) {
      if (c == '\n') continue;
      const std::string text =
          "{\"alias\":\"" + std::string(before, 'x') + static_cast<char>(c) + std::string(40, 'y') + "\",\"unit\":\"b\"}";
      EXPECT_EQ(read_lines(text, Table::units).problems, (Texts{"1 bad-json "})) << c << " behind " << before;
    }
}

TEST(JsonLines, BracketsDeeperThanTheLimitAreRefusedByName) {
  const auto nested = [](int depth) {
    return "{\"alias\":\"a\",\"unit\":\"b\",\"deep\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  EXPECT_EQ(read_lines(nested(kDeepest - 1), Table::units).csv, "a,b,\n");
  const JsonResult result = read_lines(nested(kDeepest), Table::units);
  EXPECT_EQ(result.problems, (Texts{"1 too-large "}));
  EXPECT_NE(result.full[0].en.find("100 brackets"), std::string::npos);
  EXPECT_EQ(read_lines("{\"alias\":\"a\",\"deep\":" + std::string(1'000'000, '['), Table::units).problems, (Texts{"1 too-large "}));
}

TEST(JsonLines, ALineAboveTheLimitIsGivenUpAndTheNextIsRead) {
  const std::string large = "{\"alias\":\"" + std::string(kLargestRecord, 'x') + "\",\"unit\":\"b\"}\n";
  const JsonResult result =
      read_lines("{\"alias\":\"a\",\"unit\":\"b\"}\n" + large + "{\"alias\":\"c\",\"unit\":\"d\"}\n" + large, Table::units);
  EXPECT_EQ(result.csv, "a,b,\n\nc,d,\n\n");
  EXPECT_EQ(result.problems, (Texts{"2 too-large ", "4 too-large "}));
  EXPECT_NE(result.full[0].en.find("16 MB"), std::string::npos);
  EXPECT_NE(result.full[0].zh.find("16 MB"), std::string::npos);
}

TEST(JsonLines, TheSizeOfThePiecesThatAreReadChangesNothing) {
  const std::string text =
      "\xEF\xBB\xBF{\"alias\":\"a\\u60e0\",\"unit\":\"b\"}\n\n{\"alias\":1,\"unit\":[]}\n{\"alias\":\"惠普\",\"unit\":\"b\",\"x\":2}\n{";
  const JsonResult whole = read_lines(text, Table::units);
  EXPECT_EQ(whole.csv, "a惠,b,\n\n\n惠普,b,\n\n");
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    const JsonResult found = read_json(text, json_settings(Table::units, Ending::lines), piece);
    EXPECT_EQ(found.csv, whole.csv) << piece;
    EXPECT_EQ(found.problems, whole.problems) << piece;
  }
}

TEST(JsonLines, ARecordWithBytesThatAreNoTextInTheFilesEncodingIsRejected) {
  const JsonResult result = read_json("{\"alias\":\"a\",\"unit\":\"b\"}\n{\"alias\":\"c\",\"unit\":\"d\"}\n",
                                      json_settings(Table::units, Ending::lines), 5, {{30, 41}});
  EXPECT_EQ(result.csv, "a,b,\n\n");
  EXPECT_EQ(result.problems, (Texts{"2 bad-encoding "}));
  EXPECT_NE(result.full[0].en.find("byte 41 of the file"), std::string::npos);
}

TEST(JsonLines, AnEmptyFileIsRefusedAsAnEmptyTableIs) {
  EXPECT_NE(read_lines("", Table::units).error.value_or("").find("the file is empty"), std::string::npos);
  EXPECT_NE(read_lines(" \n\n", Table::units).error.value_or("").find("the file is empty"), std::string::npos);
}

}  // namespace
}  // namespace fairprice::ingest::json
