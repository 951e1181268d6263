#include "engine/ingest/sheet_warning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <string>

#include "engine/ingest/small_csv.hpp"
#include "engine/ingest/source.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

using testing::HasSubstr;
using testing_support::TemporaryFolder;

/// Three listings; the second in a hidden row, the supplier of all merged into one cell, one error.
std::string listings_with_surprises(const TemporaryFolder& folder) {
  std::string path = folder.path_of("listings.xlsx");
  lxw_workbook* book = ::workbook_new(path.c_str());
  lxw_worksheet* notes = ::workbook_add_worksheet(book, "说明");
  ::worksheet_hide(notes);
  ::worksheet_write_string(notes, 0, 0, "not this one", nullptr);
  lxw_worksheet* sheet = ::workbook_add_worksheet(book, "报价");
  ::worksheet_activate(sheet);
  ::worksheet_set_first_sheet(sheet);
  const char* const heading[] = {"listing_id", "supplier_id", "price", "barcode"};
  for (lxw_col_t i = 0; i < 4; ++i) ::worksheet_write_string(sheet, 0, i, heading[i], nullptr);
  for (lxw_row_t row = 1; row <= 3; ++row) {
    ::worksheet_write_string(sheet, row, 0, ("L" + std::to_string(row)).c_str(), nullptr);
    ::worksheet_write_number(sheet, row, 2, 10.5 * row, nullptr);
  }
  ::worksheet_merge_range(sheet, 1, 1, 3, 1, "S1", nullptr);
  lxw_row_col_options hidden = {1, 0, 0};
  ::worksheet_set_row_opt(sheet, 2, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
  ::worksheet_write_formula_str(sheet, 3, 3, "=NA()", nullptr, "#N/A");
  EXPECT_EQ(::workbook_close(book), LXW_NO_ERROR);
  return path;
}

TEST(SheetWarning, SaysWhatASheetHides) {
  const TemporaryFolder folder;
  listings_with_surprises(folder);
  Month month;
  TableFile& table = month.tables["listings"];
  table.files = find_files(folder.path(), "listings");
  BlockReader reader(table.files, "listings");
  Block block;
  while (reader.next(block)) {
  }
  ASSERT_EQ(warn_of_sheets(month), 1U);
  EXPECT_THAT(month.warnings_en[0], HasSubstr("listings.xlsx: 1 hidden rows (read like the others), 1 ranges merged over several rows"));
  EXPECT_THAT(month.warnings_zh[0], HasSubstr("listings.xlsx：1 个隐藏行（照常读取），1 处跨行合并单元格"));
}

TEST(SheetWarning, IsSilentOnATextFile) {
  Month month;
  month.tables["quotes"].files.resize(1);
  EXPECT_EQ(warn_of_sheets(month), 0U);
}

// What `check --input` and `match` read: of a workbook the first sheet that can be seen.
TEST(SmallCsv, OfAWorkbookIsItsFirstVisibleSheet) {
  const TemporaryFolder folder;
  const SmallCsv csv = read_small_csv(listings_with_surprises(folder), "listings.xlsx");
  EXPECT_THAT(csv.heading, testing::ElementsAre("listing_id", "supplier_id", "price", "barcode"));
  ASSERT_EQ(csv.rows.size(), 3U);
  EXPECT_EQ(csv.rows[0].cells[1], "S1");
  EXPECT_EQ(csv.rows[1].cells[2], "21");
  EXPECT_EQ(csv.rows[2].line, 4);
}

}  // namespace
}  // namespace fairprice::ingest
