#include "engine/ingest/scan_csv.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/support/scan_bytes.hpp"

namespace fairprice::ingest {
namespace {

using testing_support::difference;
using testing_support::scan_bytes;
using testing_support::slow_rows;
using Cells = std::vector<std::string>;

std::vector<Cells> cells_of(const std::string& bytes, std::size_t fields, char delimiter = ',', std::size_t block_size = 1 << 20) {
  std::vector<Cells> rows;
  for (const auto& row : scan_bytes(bytes, delimiter, fields, block_size)) rows.push_back(row.bad ? Cells{"BAD"} : row.cells);
  return rows;
}

std::string escaped(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) text += c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
  return text;
}

TEST(ScanCsv, CutsRowsAndFields) {
  EXPECT_EQ(cells_of("a,b\nc,d\n", 2), (std::vector<Cells>{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(cells_of("a,b\r\nc,d\r\n", 2), (std::vector<Cells>{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(cells_of("a,b\nc,d", 2), (std::vector<Cells>{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(cells_of("a\tb,c\n", 2, '\t'), (std::vector<Cells>{{"a", "b,c"}}));
  EXPECT_EQ(cells_of("", 2), (std::vector<Cells>{}));
  EXPECT_EQ(cells_of(",b\n", 2), (std::vector<Cells>{{"", "b"}}));
  EXPECT_EQ(cells_of(" a , b \n", 2), (std::vector<Cells>{{" a ", " b "}}));
}

TEST(ScanCsv, AQuotedFieldMayHoldDelimitersQuotesAndLineEnds) {
  EXPECT_EQ(cells_of("\"a,b\",c\n", 2), (std::vector<Cells>{{"a,b", "c"}}));
  EXPECT_EQ(cells_of("\"a\nb\",c\nd,e\n", 2), (std::vector<Cells>{{"a\nb", "c"}, {"d", "e"}}));
  EXPECT_EQ(cells_of("\"a\r\nb\",\"c\"\r\n", 2), (std::vector<Cells>{{"a\r\nb", "c"}}));
  EXPECT_EQ(cells_of("\"a \"\"b\"\" c\",d\n", 2), (std::vector<Cells>{{"a \"b\" c", "d"}}));
  EXPECT_EQ(cells_of("\"\"\"\",\"\"\n", 2), (std::vector<Cells>{{"\"", ""}}));
  EXPECT_EQ(cells_of("\"a\"", 1), (std::vector<Cells>{{"a"}}));
}

TEST(ScanCsv, AQuoteInsideAnUnquotedFieldIsPlainText) {
  EXPECT_EQ(cells_of("27\" screen,a\n", 2), (std::vector<Cells>{{"27\" screen", "a"}}));
  EXPECT_EQ(cells_of(" \"a\",b\n", 2), (std::vector<Cells>{{" \"a\"", "b"}}));
}

TEST(ScanCsv, TextBehindAClosingQuoteMakesABadRow) {
  EXPECT_EQ(cells_of("\"a\"b,c\nd,e\n", 2), (std::vector<Cells>{{"BAD"}, {"d", "e"}}));
  EXPECT_EQ(cells_of("\"a\" ,c\n", 2), (std::vector<Cells>{{"BAD"}}));
  EXPECT_EQ(cells_of("\"\"x,\nd,e\n", 2), (std::vector<Cells>{{"BAD"}, {"d", "e"}}));
}

TEST(ScanCsv, AQuoteThatNeverClosesCostsOneLine) {
  EXPECT_EQ(cells_of("a,b\nc,\"d\ne,f\ng,h\n", 2), (std::vector<Cells>{{"a", "b"}, {"BAD"}, {"e", "f"}, {"g", "h"}}));
  EXPECT_EQ(cells_of("a,b\nc,\"d", 2), (std::vector<Cells>{{"a", "b"}, {"BAD"}}));
  EXPECT_EQ(cells_of("\"", 1), (std::vector<Cells>{{"BAD"}}));
  EXPECT_EQ(cells_of("a,\"b\n\n\nc,d\n", 2), (std::vector<Cells>{{"BAD"}, {"c", "d"}}));
}

TEST(ScanCsv, ARowWithoutAnythingInItIsNoRow) {
  EXPECT_EQ(cells_of("\n\r\n,\n \t,\r\n\"\",\"\"\na,b\n\n", 2), (std::vector<Cells>{{"a", "b"}}));
  EXPECT_EQ(cells_of(",,,,,\na,b\n", 2), (std::vector<Cells>{{"a", "b"}}));
  EXPECT_EQ(cells_of("\xE3\x80\x80,\xC2\xA0\na,b\n", 2), (std::vector<Cells>{{"a", "b"}}));  // U+3000, U+00A0
}

TEST(ScanCsv, CountsMissingAndSuperfluousFields) {
  EXPECT_EQ(cells_of("a\nb,c,d,e\n", 2), (std::vector<Cells>{{"a"}, {"b", "c", "", ""}}));
  EXPECT_EQ(cells_of("a\n\"b\",c,d,e\n", 2), (std::vector<Cells>{{"a"}, {"b", "c", "", ""}}));
}

TEST(ScanCsv, CellsOfAnEarlierRowAreNotLeftInAShorterOne) {
  const Block block = testing_support::block_of("a,b,c\nd\n", 0, 1);
  RowScanner scanner;
  scanner.open(block, ',', 3);
  ASSERT_TRUE(scanner.next());
  ASSERT_TRUE(scanner.next());
  EXPECT_EQ(scanner.cell(0), "d");
  EXPECT_EQ(scanner.cell(1), "");
  EXPECT_EQ(scanner.cell(2), "");
}

TEST(ScanCsv, SaysWhereARowStandsAndHowItLooks) {
  const Block block = testing_support::block_of("a,\"b\nc\"\r\n\nd,e\n", 1000, 5);
  RowScanner scanner;
  scanner.open(block, ',', 2);
  ASSERT_TRUE(scanner.next());
  EXPECT_EQ(scanner.line(), 5);
  EXPECT_EQ(scanner.row_offset(), 0U);
  EXPECT_EQ(scanner.raw(), "a,\"b\nc\"");
  ASSERT_TRUE(scanner.next());
  EXPECT_EQ(scanner.line(), 8);
  EXPECT_EQ(scanner.row_offset(), 10U);
  EXPECT_EQ(scanner.raw(), "d,e");
  EXPECT_FALSE(scanner.next());
  EXPECT_FALSE(scanner.next());
}

// Block sizes of 1 to 40 bytes: the cut falls on every place of the quoted fields.
TEST(ScanCsv, AQuotedFieldMayCrossABlockBoundary) {
  const std::string bytes = "a,\"b\nb\",c\r\n\"\"\"x\"\"\",\"\",\"y,\r\n\"\r\nplain,row,here\n\"\n\n\n\",\"\"\"\",\"z\"\n";
  const auto expected = slow_rows(bytes, ',', 3);
  ASSERT_EQ(expected.size(), 4U);
  for (std::size_t block_size = 1; block_size <= 40; ++block_size)
    EXPECT_EQ(difference(scan_bytes(bytes, ',', 3, block_size), expected), "") << "blocks of " << block_size;
}

TEST(ScanCsv, LastRowEndIsOnePastTheLastWholeRow) {
  const auto end_of = [](std::string_view bytes) { return last_row_end(bytes.data(), bytes.data() + bytes.size(), ',') - bytes.data(); };
  EXPECT_EQ(end_of(""), 0);
  EXPECT_EQ(end_of("a,b"), 0);
  EXPECT_EQ(end_of("a,b\n"), 4);
  EXPECT_EQ(end_of("a,b\nc"), 4);
  EXPECT_EQ(end_of("a,b\n\"c\nd"), 4);
  EXPECT_EQ(end_of("a,b\n\"c\nd\""), 4);  // it may go on with another quote
  EXPECT_EQ(end_of("a,b\n\"c\nd\"\n"), 10);
  EXPECT_EQ(end_of("a\"b\nc"), 4);  // no quoted field
  EXPECT_EQ(end_of("\"a\"\"\n\"\"\"\n"), 9);
}

// All texts of up to 8 characters from the alphabet in which everything can happen.
TEST(ScanCsv, AgreesWithTheSlowReaderOnAllShortTexts) {
  const std::string alphabet = "a,\"\n\r";
  int failures = 0;
  std::string text;
  const auto visit = [&](const auto& self, int left) -> void {
    for (const std::size_t block_size : {std::size_t{1}, std::size_t{1} << 20}) {
      const std::string found = difference(scan_bytes(text, ',', 2, block_size), slow_rows(text, ',', 2));
      if (!found.empty() && ++failures <= 5) ADD_FAILURE() << escaped(text) << " in blocks of " << block_size << ": " << escaped(found);
    }
    if (left == 0) return;
    for (const char c : alphabet) {
      text.push_back(c);
      self(self, left - 1);
      text.pop_back();
    }
  };
  visit(visit, 7);
  EXPECT_EQ(failures, 0);
}

TEST(ScanCsv, AgreesWithTheSlowReaderOnRandomTexts) {
  constexpr unsigned kSeed = 11;
  std::mt19937_64 random(kSeed);
  const std::string alphabet = "aaaa,,\"\n\r";
  int failures = 0;
  for (int round = 0; round < 5000 && failures < 5; ++round) {
    std::string text;
    const std::size_t size = random() % 400;  // several groups of 64 bytes
    for (std::size_t i = 0; i < size; ++i) {
      char c = alphabet[random() % alphabet.size()];
      if (c == '"' && round % 3 == 0) c = 'b';  // texts without quotes take the other path
      text += c;
    }
    const std::size_t block_size = 1 + random() % 200;
    const std::size_t fields = 1 + random() % 4;
    const std::string found = difference(scan_bytes(text, ',', fields, block_size), slow_rows(text, ',', fields));
    if (!found.empty()) {
      ++failures;
      ADD_FAILURE() << "seed " << kSeed << " round " << round << ": " << escaped(text) << " in blocks of " << block_size << ": "
                    << escaped(found);
    }
  }
}

}  // namespace
}  // namespace fairprice::ingest
