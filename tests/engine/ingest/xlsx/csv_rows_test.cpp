#include "engine/ingest/xlsx/csv_rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fairprice::ingest::xlsx {
namespace {

std::string taken(CsvRows& rows) {
  std::string all;
  char piece[7];
  while (const std::size_t got = rows.take(piece, sizeof piece)) all.append(piece, got);
  return all;
}

TEST(CsvRows, GiveEachRowItsLineAndAllTheSameWidth) {
  CsvRows rows;
  rows.add(2, "title", 1);
  rows.add(4, "a,b,c", 3);
  rows.add(5, "1,,3", 3);
  rows.add(6, "1", 1);
  EXPECT_EQ(rows.ready(), 0U);  // the widest may come yet
  rows.finish();
  EXPECT_EQ(taken(rows), "\ntitle,,\n\na,b,c\n1,,3\n1,,\n");
}

TEST(CsvRows, AreAsWideAsTheSheetSaysUnlessItExaggerates) {
  CsvRows believed;
  believed.expect_columns(4);
  believed.add(1, "a,b", 2);
  believed.finish();
  EXPECT_EQ(taken(believed), "a,b,,\n");

  CsvRows doubted;
  doubted.expect_columns(16384);
  doubted.add(1, "a,b", 2);
  doubted.finish();
  EXPECT_EQ(taken(doubted), "a,b\n");
}

TEST(CsvRows, AStrayCellFarBelowWidensItsOwnRowAlone) {
  CsvRows rows;
  std::string expected;
  for (int row = 1; row <= 150; ++row) {
    if (row == 120) {
      rows.add(row, "x,y,z", 3);
      expected += "x,y,z\n";
    } else {
      rows.add(row, "x,y", 2);
      expected += "x,y\n";
    }
  }
  EXPECT_GT(rows.ready(), 0U);
  rows.finish();
  EXPECT_EQ(rows.made(), expected.size());
  EXPECT_EQ(taken(rows), expected);
}

TEST(CsvRows, NoRowsAreNoBytes) {
  CsvRows rows;
  rows.expect_columns(5);
  rows.finish();
  EXPECT_EQ(taken(rows), "");
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
