// Files that are no workbook, damaged, or made to do harm: each ends in a FatalError that names the file, what is wrong and the mend.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/ingest/xlsx/made_workbook.hpp"

namespace fairprice::ingest::xlsx {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using testing_support::MadeWorkbook;
using testing_support::read_sheet;
using testing_support::TemporaryFolder;

struct Said {
  std::string zh, en;
};

Said refusal(const std::string& path) {
  try {
    sheets_of(path, "quotes.xlsx");
    read_sheet(path, "Sheet1");
  } catch (const FatalError& error) {
    return {error.message(Language::zh), error.message(Language::en)};
  }
  return {"read", "read"};
}

Said refusal_of_bytes(std::string_view bytes) {
  const TemporaryFolder folder;
  folder.write("quotes.xlsx", bytes);
  return refusal(folder.path_of("quotes.xlsx"));
}

Said refusal_of(const MadeWorkbook& workbook) {
  const TemporaryFolder folder;
  workbook.save(folder.path_of("quotes.xlsx"));
  return refusal(folder.path_of("quotes.xlsx"));
}

void expect_said(const Said& said, const std::string& en, const std::string& zh) {
  EXPECT_THAT(said.en, AllOf(StartsWith("quotes.xlsx"), HasSubstr(en)));
  EXPECT_THAT(said.zh, AllOf(StartsWith("quotes.xlsx"), HasSubstr(zh)));
}

std::string little_endian(std::uint32_t number, int width) {
  std::string bytes;
  for (int i = 0; i < width; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  return bytes;
}

/// The beginning of an OLE compound file ([MS-CFB] 2.2) with its directory, of one stream, in sector 0.
std::string compound_file(const std::string& stream) {
  std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  bytes.resize(30, '\0');
  bytes += little_endian(9, 2);
  bytes.resize(48, '\0');
  bytes += little_endian(0, 4);
  bytes.resize(512, '\0');
  for (const char c : stream) bytes += {c, '\0'};
  bytes.resize(1024, '\0');
  return bytes;
}

TEST(NotAWorkbook, IsCalledWhatItIs) {
  expect_said(refusal("/nonexistent/quotes.xlsx"), "cannot be opened", "无法打开");
  expect_said(refusal_of_bytes(""), "empty (0 bytes)", "0 字节");
  expect_said(refusal_of_bytes("listing_id,price\n1,2\n"), "name it .csv", "改名为 .csv");
  expect_said(refusal_of_bytes("\xEF\xBB\xBF<html><table>"), "web page", "网页");
  expect_said(refusal_of_bytes("\x01\x02\x03\x04"), "no zip archive", "不是 zip");
  expect_said(refusal_of_bytes(compound_file("Workbook")), "old .xls workbook", "旧式 .xls");
  expect_said(refusal_of_bytes(compound_file("EncryptedPackage")), "protected by a password", "密码保护");
  expect_said(refusal_of_bytes("PK\x03\x04 and nothing"), "damaged", "已损坏");
}

TEST(NotAWorkbook, InAnotherArchiveIsCalledWhatItIs) {
  const auto archive = [](const std::vector<std::string>& names) {
    MadeWorkbook made;
    made.parts.clear();
    for (const std::string& name : names) made.parts[name] = "x";
    return refusal_of(made);
  };
  expect_said(archive({"xl/workbook.bin"}), ".xlsb", ".xlsb");
  expect_said(archive({"mimetype", "content.xml"}), ".ods", ".ods");
  expect_said(archive({"word/document.xml"}), "Word", "Word");
  expect_said(archive({"quotes.csv"}), "zip archive without a workbook", "没有工作簿");
}

TEST(Damage, AtAnyPlaceOfTheFileIsNoticedOrHarmless) {
  const TemporaryFolder folder;
  const std::string path = folder.path_of("quotes.xlsx");
  MadeWorkbook made;
  made.strings("<si><t>some text</t></si>").styles({14});
  made.rows(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45231</v></c></row>)").save(path);
  const std::string sound = testing_support::read_whole(path);
  const std::string csv = read_sheet(path, "Sheet1").csv;
  EXPECT_EQ(csv, "some text,2023-11-01\n");
  for (std::size_t at = 0; at < sound.size(); at += 3) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    folder.write("quotes.xlsx", damaged);
    try {
      EXPECT_EQ(read_sheet(path, "Sheet1").csv, csv) << "byte " << at;
    } catch (const FatalError& error) {
      EXPECT_THAT(error.message(Language::en), StartsWith("quotes.xlsx"));
    }
    folder.write("quotes.xlsx", std::string_view(sound).substr(0, at));
    EXPECT_NE(refusal(path).en, "read") << "cut at " << at;
  }
}

TEST(Damage, OfStructureNamesSheetRowAndColumn) {
  MadeWorkbook made;
  const auto rows = [&](std::string_view data) { return refusal_of(made.rows(data)); };
  expect_said(rows(R"(<row r="2"/><row r="2"/>)"), "sheet \"Sheet1\": row number \"2\" behind row 2", "行号");
  expect_said(rows(R"(<row r="0"/>)"), "row number \"0\"", "行号");
  expect_said(rows(R"(<row r="1048577"/>)"), "up to 1048576", "至多 1048576");
  expect_said(rows(R"(<row r="x"/>)"), "row number \"x\"", "行号");
  expect_said(rows(R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)"), "sheet \"Sheet1\", row 1, column A: the cells",
              "列 A");
  expect_said(rows(R"(<row r="1"><c r="A2"><v>1</v></c></row>)"), "cell address \"A2\" is wrong", "\"A2\" 有误");
  expect_said(rows(R"(<row r="1"><c r="XFE1"><v>1</v></c></row>)"), "\"XFE1\"", "XFD1048576");
  expect_said(rows(R"(<row r="1"><c t="s"><v>0</v></c></row>)"), "lacks this part", "缺少这个部件");
  made.strings("<si><t>a</t></si>");
  expect_said(rows(R"(<row r="1"><c/><c t="s"><v>1</v></c></row>)"), "row 1, column B: there is no shared text \"1\" (there are 1)",
              "共有 1 个");
  expect_said(rows(R"(<row r="1"><c t="s"><v>-1</v></c></row>)"), "no shared text", "不存在");
  expect_said(rows("<row r=\"1\"></c>"), "the XML is wrong at line 1, column", "XML 第 1 行");
  made.parts["xl/worksheets/sheet1.xml"] = "<chartsheet/>";
  expect_said(refusal_of(made), "no worksheet (its root element is \"chartsheet\")", "根元素");
  made.parts["xl/worksheets/sheet1.xml"] = "";
  expect_said(refusal_of(made), "no element found", "XML");
  made.parts.erase("xl/worksheets/sheet1.xml");
  expect_said(refusal_of(made), "part xl/worksheets/sheet1.xml: the workbook lacks this part", "缺少这个部件");
  made.parts["xl/_rels/workbook.xml.rels"] = MadeWorkbook::relations({});
  expect_said(refusal_of(made), "does not say which part", "没有说");
  made.sheets("");
  expect_said(refusal_of(made), "no worksheet", "没有工作表");
}

TEST(Sheets, ThatAreAskedForInVainAreListed) {
  const TemporaryFolder folder;
  MadeWorkbook().save(folder.path_of("quotes.xlsx"));
  try {
    open_sheet(folder.path_of("quotes.xlsx"), "quotes.xlsx", "Sheet2");
    FAIL();
  } catch (const FatalError& error) {
    EXPECT_EQ(error.message(Language::en), "quotes.xlsx: has no sheet \"Sheet2\" (it has \"Sheet1\")");
  }
}

// ---- limits --------------------------------------------------------------------------------------------------------------------

TEST(Bombs, OfEntitiesAreRefusedAtTheDeclaration) {
  MadeWorkbook made;
  made.parts["xl/worksheets/sheet1.xml"] =
      "<!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData><row r=\"1\"><c t=\"str\">"
      "<v>&b;</v></c></row></sheetData></worksheet>";
  expect_said(refusal_of(made), "document type declaration", "DTD");
  made.rows("");
  made.strings("");
  made.parts["xl/styles.xml"] = "<!DOCTYPE styleSheet SYSTEM \"file:///etc/passwd\"><styleSheet/>";
  expect_said(refusal_of(made), "document type declaration", "DTD");
}

// 40 MB of blanks pack to some 40 kB.
TEST(Bombs, OfZipAreRefusedByTheirRatio) {
  MadeWorkbook made;
  made.rows("", std::string(std::size_t{40} << 20, ' '));
  expect_said(refusal_of(made), "more than 250 times its packed size", "250 倍");
  made.rows(R"(<row r="1"><c t="s"><v>0</v></c></row>)");
  made.strings("<si><t>" + std::string(std::size_t{40} << 20, ' ') + "</t></si>");
  EXPECT_THAT(refusal_of(made).en, HasSubstr("limit of 1 MB for a cell"));
}

TEST(Bombs, OfNestingAndOfLongTagsAreRefused) {
  MadeWorkbook made;
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<x>";
  made.rows(deep);
  expect_said(refusal_of(made), "nested deeper than the limit of 100", "上限 100 层");
  made.rows("<row r=\"1\" note=\"" + std::string(std::size_t{6} << 20, 'x') + "\"/>");
  expect_said(refusal_of(made), "a tag above the limit of 4 MB", "上限 4 MB");
  made.sheet("<!--" + std::string(std::size_t{6} << 20, 'x') + "--><sheetData/>");
  expect_said(refusal_of(made), "a tag above the limit of 4 MB", "上限 4 MB");
}

TEST(Bombs, OfLongCellsAndRowsAreRefused) {
  MadeWorkbook made;
  made.styles({164}, {std::string(5000, '0')});
  expect_said(refusal_of(made), "longer than the limit of 4096 bytes", "上限 4096");
  made.styles({});
  made.rows("<row r=\"3\"><c r=\"C3\" t=\"str\"><v>" + std::string((std::size_t{1} << 20) + 1, 'x') + "</v></c></row>");
  expect_said(refusal_of(made), "row 3, column C: the cell holds more than the limit of 1 MB", "上限 1 MB");
  made.strings("<si><t>" + std::string(std::size_t{1} << 19, 'x') + "</t></si>");
  std::string row = "<row r=\"1\">";
  for (int i = 0; i < 40; ++i) row += "<c t=\"s\"><v>0</v></c>";
  made.rows(row + "</row>");
  expect_said(refusal_of(made), "the row holds more than the limit of 15 MB", "上限 15 MB");
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
