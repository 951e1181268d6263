// Workbooks that others collected because they are odd. What each holds was read off the sheets by hand, and every sheet agrees with openpyxl
// (bench/formats/xlsx_compare.py).

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/engine/ingest/xlsx/made_workbook.hpp"

namespace fairprice::ingest::xlsx {
namespace {

namespace fs = std::filesystem;

fs::path corpus() { return fs::path(FAIRPRICE_SOURCE_DIR) / ".." / "shared" / "data" / "messy"; }

struct Case {
  std::string file, sheet, csv;
};

TEST(Corpora, SheetsReadAsTheyLook) {
  if (!fs::exists(corpus() / "frictionless")) GTEST_SKIP() << "the corpora are not beside this tree (shared/data/messy)";
  const std::vector<Case> cases = {
      {"frictionless/table.xlsx", "Лист1", "id,name\n1,english\n2,中国人\n"},
      {"frictionless/sheet2.xlsx", "Sheet1", ""},
      {"frictionless/sheet2.xlsx", "Sheet2", "id,name\n1,english\n2,中国人\n"},
      {"frictionless/merged-cells.xlsx", "Sheet1", "data,\n"},
      {"frictionless/skip-rows.xlsx", "Sheet1", "Table 1,\nA,B\n8,9\n,TOTAL\n"},
      {"frictionless/preserve-formatting-percentage.xlsx", "Sheet1", "col1,col2\n123,52%\n456,30%\n789,6%\n"},
      {"frictionless/cast-int-to-string-issue-1251.xlsx", "Sheet1", "A,B,C,D,E\n001,b,1,a,1\n002,c,1,1,1\n"},
      {"frictionless/table-infer-boolean.xlsx", "Sheet1", "number,string,boolean\n1,two,TRUE\n3,four,FALSE\n"},
      {"csvkit_examples/dummy.xlsx", "Sheet1", "a,b,c\n1,2,3\n"},
  };
  for (const auto& [file, sheet, csv] : cases) {
    const std::string path = (corpus() / file).string();
    const std::string title = sheet == "Sheet1" ? sheets_of(path, file).front().title : sheet;
    EXPECT_EQ(testing_support::read_sheet(path, title).csv, csv) << file;
  }
}

// csvkit's own test expects these values.
TEST(Corpora, DatesAndTimesAreThoseThatCsvkitExpects) {
  if (!fs::exists(corpus() / "csvkit_examples")) GTEST_SKIP() << "the corpora are not beside this tree (shared/data/messy)";
  const std::string path = (corpus() / "csvkit_examples" / "test.xlsx").string();
  const std::string csv = testing_support::read_sheet(path, sheets_of(path, "test.xlsx").front().title).csv;
  EXPECT_NE(csv.find("Chicago Reader,1971-01-01,40,TRUE,1,1971-01-01 04:14:00,,\n"), std::string::npos) << csv;
  EXPECT_NE(csv.find("Chicago Sun-Times,1948-01-01,63,TRUE,1.27,1948-01-01 14:57:13,,Extra data"), std::string::npos) << csv;
  EXPECT_NE(csv.find("Chicago Tribune,1920-01-01,164,FALSE,41800000.01,1920-01-01,,\n"), std::string::npos) << csv;
}

TEST(Corpora, EveryWorkbookIsReadToItsEnd) {
  if (!fs::exists(corpus())) GTEST_SKIP() << "the corpora are not beside this tree (shared/data/messy)";
  int workbooks = 0;
  for (const auto& entry : fs::recursive_directory_iterator(corpus())) {
    if (entry.path().extension() != ".xlsx") continue;
    for (const SheetInfo& sheet : sheets_of(entry.path().string(), "corpus.xlsx")) {
      const std::string csv = testing_support::read_sheet(entry.path().string(), sheet.title).csv;
      EXPECT_EQ(csv.empty(), !sheet.has_content) << entry.path();
    }
    ++workbooks;
  }
  EXPECT_GT(workbooks, 0);
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
