#include "engine/ingest/xlsx/sheet.hpp"

#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <string>
#include <vector>

#include "tests/engine/ingest/xlsx/made_workbook.hpp"

namespace fairprice::ingest::xlsx {
namespace {

using testing_support::csv_of;
using testing_support::MadeWorkbook;
using testing_support::read_made;
using testing_support::read_sheet;
using testing_support::TemporaryFolder;

lxw_format* with_format(lxw_workbook* book, const char* code) {
  lxw_format* format = ::workbook_add_format(book);
  ::format_set_num_format(format, code);
  return format;
}

void write_words(lxw_worksheet* sheet, lxw_row_t row, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!words[i].empty()) ::worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), words[i].c_str(), nullptr);
}

// A workbook as a supplier sends it, written by libxlsxwriter: a merged title, an empty row, headings, rows with dates, a percent, a formula.
TEST(Sheet, OfASupplierIsReadRowForRow) {
  const TemporaryFolder folder;
  const std::string path = folder.path_of("supplier.xlsx");
  lxw_workbook* book = ::workbook_new(path.c_str());
  lxw_worksheet* sheet = ::workbook_add_worksheet(book, "11月");
  ::worksheet_merge_range(sheet, 0, 0, 0, 5, "2023年11月 报价表", nullptr);
  write_words(sheet, 2, {"商品编号", "品牌", "商品条码", "价格", "承诺折扣率", "上架日期"});
  write_words(sheet, 3, {"00042", "得力"});
  ::worksheet_write_number(sheet, 3, 2, 6921734938725.0, nullptr);
  ::worksheet_write_number(sheet, 3, 3, 0.1 + 0.2, with_format(book, "#,##0.00"));
  ::worksheet_write_number(sheet, 3, 4, 0.9, with_format(book, "0%"));
  ::worksheet_write_number(sheet, 3, 5, 45235, with_format(book, "yyyy\"年\"m\"月\"d\"日\""));
  write_words(sheet, 4, {"00043", "含,逗号与\"引号\""});
  ::worksheet_write_formula_num(sheet, 4, 3, "=D4*2", nullptr, 1234.5599999999999);
  ::worksheet_write_boolean(sheet, 4, 4, 1, nullptr);
  lxw_datetime moment = {2023, 11, 5, 13, 45, 9};
  ::worksheet_write_datetime(sheet, 4, 5, &moment, with_format(book, "yyyy-mm-dd hh:mm"));
  lxw_row_col_options hidden = {1, 0, 0};
  ::worksheet_set_row_opt(sheet, 4, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
  ::worksheet_set_column_opt(sheet, 1, 1, 8, nullptr, &hidden);
  ::worksheet_set_column_opt(sheet, 9, 16383, 8, nullptr, &hidden);  // the emptiness to the right
  ASSERT_EQ(::workbook_close(book), LXW_NO_ERROR);

  const std::string expected =
      "2023年11月 报价表,,,,,\n"
      "\n"
      "商品编号,品牌,商品条码,价格,承诺折扣率,上架日期\n"
      "00042,得力,6921734938725,0.3,90%,2023-11-05\n"
      "00043,\"含,逗号与\"\"引号\"\"\",,1234.56,TRUE,2023-11-05 13:45:09\n";
  const auto read = read_sheet(path, "11月");
  EXPECT_EQ(read.csv, expected);
  EXPECT_EQ(read.counts.rows, 4);
  EXPECT_EQ(read.counts.hidden_rows, 1);
  EXPECT_EQ(read.counts.hidden_columns, 1);
  EXPECT_EQ(read.counts.merged_ranges, 1);
  EXPECT_EQ(read.counts.merged_over_rows, 0);
  EXPECT_EQ(read.counts.formulas, 1);
  EXPECT_EQ(read.counts.formulas_without_value, 0);
  EXPECT_EQ(read_sheet(path, "11月", 1).csv, expected);  // whatever is asked for at a time
}

TEST(Sheet, ListSaysWhichAreHiddenAndWhichAreEmpty) {
  const TemporaryFolder folder;
  const std::string path = folder.path_of("sheets.xlsx");
  lxw_workbook* book = ::workbook_new(path.c_str());
  write_words(::workbook_add_worksheet(book, "报价"), 0, {"a", "b"});
  ::workbook_add_worksheet(book, "空");
  lxw_worksheet* second = ::workbook_add_worksheet(book, "Lookup");
  ::worksheet_write_number(second, 9, 3, 1, nullptr);
  ::worksheet_hide(second);
  ASSERT_EQ(::workbook_close(book), LXW_NO_ERROR);
  const std::vector<SheetInfo> sheets = sheets_of(path, "sheets.xlsx");
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].title, "报价");
  EXPECT_EQ(sheets[0].dimension, "A1:B1");
  EXPECT_TRUE(sheets[0].has_content);
  EXPECT_EQ(sheets[0].state, SheetState::visible);
  EXPECT_FALSE(sheets[1].has_content);
  EXPECT_EQ(sheets[2].state, SheetState::hidden);
  EXPECT_TRUE(sheets[2].has_content);
  EXPECT_EQ(read_sheet(path, "lookup").csv, std::string(9, '\n') + ",,,1\n");
  EXPECT_EQ(read_sheet(path, "空").csv, "");
}

TEST(Sheet, VeryHiddenOnesAreListedAndChartsAreNot) {
  MadeWorkbook made;
  made.sheets(R"(<sheet name="A" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="Chart" sheetId="2" r:id="rId9"/>)");
  made.parts["xl/_rels/workbook.xml.rels"] =
      MadeWorkbook::relations({{"rId1", std::string(testing_support::kOffice) + "/worksheet", "/xl/worksheets/sheet1.xml"},
                               {"rId9", std::string(testing_support::kOffice) + "/chartsheet", "chartsheets/sheet1.xml"}});
  const TemporaryFolder folder;
  made.save(folder.path_of("made.xlsx"));
  const std::vector<SheetInfo> sheets = sheets_of(folder.path_of("made.xlsx"), "made.xlsx");
  ASSERT_EQ(sheets.size(), 1U);
  EXPECT_EQ(sheets[0].state, SheetState::very_hidden);
  EXPECT_EQ(sheets[0].dimension, "");
}

TEST(Sheet, SharedAndInlineTextsJoinTheirRunsAndLeavePhoneticOnesOut) {
  MadeWorkbook made;
  made.strings(
      "<si><t>plain</t></si>"
      "<si><r><rPr><b/></rPr><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>phonetic</t></rPh>"
      "<phoneticPr fontId=\"1\"/></si>"
      "<si><t/></si>"
      "<si><t>two&#10;lines &amp; more</t></si>");
  made.rows(
      R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>)"
      R"(<row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>)"
      R"(<c r="B2" t="inlineStr"><is><t>c</t></is></c></row>)");
  const auto read = read_made(made);
  EXPECT_EQ(read.csv, "plain,rich text,,two lines & more\nab,c,,\n");
  EXPECT_EQ(read.counts.joined_lines, 1);
}

TEST(Sheet, CellsOfEveryTypeAreWrittenAsAPersonSeesThem) {
  MadeWorkbook made;
  made.styles({14, 9, 164, 165, 166, 999}, {"0.00&quot;万元&quot;", "[$$-409]#,##0.00", "yyyy&quot;年&quot;m&quot;月&quot;"});
  made.rows(
      "<row r=\"1\">"
      "<c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\" t=\"b\"><v>0</v></c><c r=\"C1\" t=\"e\"><v>#N/A</v></c>"
      "<c r=\"D1\" t=\"str\"><f>A1&amp;B1</f><v>joined</v></c><c r=\"E1\" t=\"d\"><v>2023-11-05T00:00:00</v></c>"
      "<c r=\"F1\" s=\"1\"><v>45235</v></c><c r=\"G1\" s=\"2\"><v>0.95</v></c><c r=\"H1\" s=\"3\"><v>1.38</v></c>"
      "<c r=\"I1\" s=\"4\"><v>1299</v></c><c r=\"J1\" s=\"5\"><v>45231</v></c><c r=\"K1\" s=\"6\"><v>7</v></c><c r=\"L1\" "
      "s=\"77\"><v>8</v></c>"
      "<c r=\"M1\" t=\"n\"><v>6.9E+12</v></c><c r=\"N1\"><f>NOW()</f></c><c r=\"O1\" t=\"str\"><f>\"\"</f><v></v></c>"
      "<c r=\"P1\" t=\"str\"><v>last</v></c></row>");
  const auto read = read_made(made);
  EXPECT_EQ(read.csv, "TRUE,FALSE,#N/A,joined,2023-11-05,2023-11-05,95%,1.38万元,$1299,2023-11,7,8,6900000000000,=NOW(),,last\n");
  EXPECT_EQ(read.counts.error_cells, 1);
  EXPECT_EQ(read.counts.formulas, 3);
  EXPECT_EQ(read.counts.formulas_without_value, 1);
}

TEST(Sheet, DatesFollowTheSystemOfTheWorkbook) {
  MadeWorkbook made;
  made.styles({14}).rows(R"(<row r="1"><c r="A1" s="1"><v>43769</v></c><c r="B1"><v>43769</v></c></row>)");
  made.sheets(R"(<sheet name="Sheet1" sheetId="1" r:id="rId1"/>)", R"(<workbookPr date1904="true"/>)");
  EXPECT_EQ(csv_of(made), "2023-11-01,43769\n");
}

// Rows and cells may leave out their addresses; empty and formatted cells are none; a namespace prefix changes nothing.
TEST(Sheet, AddressesMayBeLeftOutAndPrefixesUsed) {
  MadeWorkbook made;
  made.rows(R"(<row><c><v>1</v></c><c s="0"/><c><v>3</v></c></row><row r="4"><c/></row><row><c r="B5"><v>5</v></c><c><v>6</v></c></row>)");
  EXPECT_EQ(csv_of(made), "1,,3\n\n\n\n,5,6\n");
  made.parts["xl/worksheets/sheet1.xml"] =
      std::string("<x:worksheet xmlns:x=\"") + testing_support::kSpreadsheet +
      "\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_EQ(csv_of(made), "1\n");
}

TEST(Sheet, ADimensionThatLiesCostsNothing) {
  MadeWorkbook made;
  made.rows(R"(<row r="1"><c r="A1"><v>1</v></c></row>)", R"(<dimension ref="A1:XFD1048576"/>)");
  EXPECT_EQ(csv_of(made), "1\n");
  made.rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>)", R"(<dimension ref="A1"/>)");
  EXPECT_EQ(csv_of(made), "1,,3\n");
  made.rows(R"(<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>)");
  EXPECT_EQ(csv_of(made), std::string(1'048'575, '\n') + std::string(16'383, ',') + "1\n");
}

TEST(Sheet, MergedRangesOverRowsAreCountedApart) {
  MadeWorkbook made;
  made.rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"/><c r="B2"><v>3</v></c></row>)", "",
            R"(<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="C1:D1"/></mergeCells>)");
  const auto read = read_made(made);
  EXPECT_EQ(read.csv, "1,2\n,3\n");
  EXPECT_EQ(read.counts.merged_ranges, 2);
  EXPECT_EQ(read.counts.merged_over_rows, 1);
}

// A part may be in any encoding that XML knows; names of parts in any case.
TEST(Sheet, Utf16AndOtherSpellingsOfPartNamesAreRead) {
  MadeWorkbook made;
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("<sst><si><t>abc</t></si></sst>")) wide += {c, '\0'};
  made.parts["xl/SharedStrings.XML"] = wide;
  made.rows(R"(<row r="1"><c r="A1" t="s"><v>0</v></c></row>)");
  EXPECT_EQ(csv_of(made), "abc\n");
}

// Ten thousand rows of texts, shared ones among them, cross every buffer; a wide cell in the middle.
TEST(Sheet, ManyRowsArriveWholeWhateverTheBuffers) {
  MadeWorkbook made;
  const std::string wide(300'000, 'w');
  made.strings("<si><t>" + wide + "</t></si><si><t>shared</t></si>");
  std::string rows;
  std::string expected;
  for (int row = 1; row <= 10'000; ++row) {
    const std::string number = std::to_string(row);
    const bool is_wide = row % 2'500 == 0;
    rows += "<row r=\"" + number + "\"><c r=\"A" + number + "\"><v>" + number + "</v></c><c r=\"B" + number + "\" t=\"s\"><v>" +
            (is_wide ? "0" : "1") + "</v></c></row>";
    expected += number + "," + (is_wide ? wide : "shared") + "\n";
  }
  made.rows(rows);
  EXPECT_EQ(csv_of(made), expected);
}

TEST(Sheet, TheDigestIsOfTheFileOnDisk) {
  const TemporaryFolder folder;
  MadeWorkbook made;
  made.rows(R"(<row r="1"><c r="A1"><v>1</v></c></row>)").save(folder.path_of("made.xlsx"));
  const auto reader = open_sheet(folder.path_of("made.xlsx"), "made.xlsx", "Sheet1");
  char buffer[64];
  while (reader->read(buffer, sizeof buffer) > 0) {
  }
  const std::string bytes = testing_support::read_whole(folder.path_of("made.xlsx"));
  EXPECT_EQ(reader->packed_size(), bytes.size());
  EXPECT_EQ(reader->packed_position(), bytes.size());
  folder.write("made.csv", bytes);
  const auto plain = open_unpacked(folder.path_of("made.csv"), "made.csv");
  std::string all(bytes.size() + 1, '\0');
  while (plain->read(all.data(), all.size()) > 0) {
  }
  EXPECT_EQ(reader->digest(), plain->digest());
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
