// Files that are not plain text: sheets of a workbook, members of an archive, records of JSON.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/ingest/zip_member.hpp"
#include "tests/engine/ingest/xlsx/made_workbook.hpp"
#include "tests/support/read_table.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing_support::MadeWorkbook;
using testing_support::read_table;
using testing_support::TableRow;
using testing_support::TemporaryFolder;
using Names = std::vector<std::string>;

/// An archive of any files, by the same means as a workbook.
void write_zip(const std::string& path, const std::map<std::string, std::string>& files) {
  MadeWorkbook archive;
  archive.parts = files;
  archive.save(path);
}

Names names_of(const std::vector<SourceFile>& files) {
  Names names;
  for (const SourceFile& file : files) names.push_back(file.name);
  return names;
}

std::string error_of(const TemporaryFolder& folder) {
  try {
    read_table(folder.path(), "listings");
  } catch (const FatalError& error) {
    return error.message(Language::en);
  }
  return "no error";
}

constexpr std::string_view kHeading = "listing_id,supplier_id,price\n";

TEST(ZipMembers, AreFilesOfTheirOwn) {
  const TemporaryFolder folder;
  write_zip(folder.path_of("listings.zip"), {{"listings-a.csv", std::string(kHeading) + "A,S,1.00\n"},
                                             {"deeper/b.tsv", "listing_id\tsupplier_id\tprice\nB\tS\t2.00\n"},
                                             {"__MACOSX/._listings-a.csv", "x"}});
  std::vector<SourceFile> files;
  const auto rows = read_table(folder.path(), "listings", 1, &files);
  EXPECT_EQ(names_of(files), (Names{"listings.zip/deeper/b.tsv", "listings.zip/listings-a.csv"}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].row.cells, (Names{"B", "S", "2.00"}));
  EXPECT_EQ(rows[1].row.cells, (Names{"A", "S", "1.00"}));
  EXPECT_EQ(rows[1].file, "listings.zip/listings-a.csv");
  EXPECT_GT(files[0].size, 0U);
  EXPECT_EQ(files[0].xxh3, files[1].xxh3);  // of the archive
}

TEST(ZipMembers, ThatBurstAreRefusedWithTheLimit) {
  const TemporaryFolder folder;
  write_zip(folder.path_of("listings.zip"), {{"listings.csv", std::string(kHeading) + std::string(kHarmlessMember, 'a')}});
  EXPECT_THAT(error_of(folder), AllOf(HasSubstr("listings.zip/listings.csv"), HasSubstr("more than 250 times")));
}

TEST(ZipMembers, OfOtherKindsAndDamagedArchivesAreRefusedByName) {
  const TemporaryFolder other;
  write_zip(other.path_of("listings.zip"), {{"listings.pdf", "x"}});
  EXPECT_THAT(error_of(other), HasSubstr("listings.zip/listings.pdf: an archive may hold .csv, .tsv, .json and .jsonl alone"));
  const TemporaryFolder damaged;
  damaged.write("listings.zip", "PK no archive at all");
  EXPECT_THAT(error_of(damaged), HasSubstr("listings.zip: is not a sound zip archive"));
}

std::string cells(int row, const Names& texts) {
  std::string xml = "<row r=\"" + std::to_string(row) + "\">";
  for (std::size_t i = 0; i < texts.size(); ++i)
    xml += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + std::to_string(row) + "\" t=\"inlineStr\"><is><t>" + texts[i] +
           "</t></is></c>";
  return xml + "</row>";
}

TEST(Sheets, TheOneWithContentIsTheFileItself) {
  const TemporaryFolder folder;
  MadeWorkbook()
      .rows(cells(1, {"2023年11月商品"}) + cells(3, {"商品编号", "供应商编号", "单价（元）"}) + cells(4, {"A", "S", "1.00"}))
      .save(folder.path_of("listings.xlsx"));
  std::vector<SourceFile> files;
  const auto rows = read_table(folder.path(), "listings", 1, &files);
  EXPECT_EQ(names_of(files), Names{"listings.xlsx"});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].row.line, 4);
  EXPECT_EQ(rows[0].row.cells, (Names{"A", "S", "1.00"}));
  EXPECT_EQ(files[0].heading_line, 3);
}

TEST(Sheets, OfSeveralThoseWithTheTablesColumnsAreRead) {
  const std::string office = testing_support::kOffice;
  MadeWorkbook book;
  book.sheets(R"(<sheet name="说明" sheetId="1" r:id="rId1"/><sheet name="10月" sheetId="2" r:id="rId4"/>)"
              R"(<sheet name="11月" sheetId="3" r:id="rId5"/><sheet name="旧" sheetId="4" state="hidden" r:id="rId4"/>)");
  book.parts["xl/_rels/workbook.xml.rels"] = MadeWorkbook::relations({{"rId1", office + "/worksheet", "worksheets/sheet1.xml"},
                                                                      {"rId2", office + "/styles", "styles.xml"},
                                                                      {"rId4", office + "/worksheet", "worksheets/sheet2.xml"},
                                                                      {"rId5", office + "/worksheet", "worksheets/sheet3.xml"}});
  const auto table = [&](const std::string& id) {
    book.rows(cells(1, {"商品编号", "供应商编号", "单价"}) + cells(2, {id, "S", "1.00"}));
    return book.parts["xl/worksheets/sheet1.xml"];
  };
  book.parts["xl/worksheets/sheet2.xml"] = table("A");
  book.parts["xl/worksheets/sheet3.xml"] = table("B");
  book.rows(cells(1, {"请填写价格"}));
  const TemporaryFolder folder;
  book.save(folder.path_of("listings.xlsx"));
  std::vector<SourceFile> files;
  EXPECT_EQ(read_table(folder.path(), "listings", 1, &files).size(), 2U);
  EXPECT_EQ(names_of(files), (Names{"listings.xlsx/10月", "listings.xlsx/11月"}));
  EXPECT_EQ(files[0].passed_over, (Names{"说明", "旧"}));

  folder.write("mapping.json", R"({"files": [{"name": "listings.xlsx", "sheet": "11月"}]})");
  EXPECT_EQ(read_table(folder.path(), "listings", 1, &files).size(), 1U);
  EXPECT_EQ(names_of(files), Names{"listings.xlsx"});
  folder.write("mapping.json", R"({"files": [{"name": "listings.xlsx", "sheet": "12月"}]})");
  EXPECT_THAT(error_of(folder), AllOf(HasSubstr("no sheet \"12月\""), HasSubstr("\"11月\"")));
}

TEST(Sheets, AWorkbookThatIsNoneIsRefusedByName) {
  const TemporaryFolder folder;
  folder.write("listings.xlsx", "listing_id,supplier_id,price\n");
  EXPECT_THAT(error_of(folder), HasSubstr("listings.xlsx"));
}

/// The values of the columns that the row has, by the names of the heading.
std::string cell(const TableRow& row, const SourceFile& file, std::string_view column) {
  const auto& names = file.headings.cells;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == column) return row.row.cells[i];
  return "no such column";
}

TEST(Records, OfJsonLinesAreRowsAtTheirLines) {
  const TemporaryFolder folder;
  folder.write("listings.jsonl",
               R"({"listing_id": "A", "supplier_id": "S", "price": 1.10, "colour": "red"}
{"listing_id": "B", "supplier_id": "S", "price": [1]}

{"supplier_id": "S", "price": "2,000.5", "listing_id": "C"}
)");
  std::vector<SourceFile> files;
  const auto rows = read_table(folder.path(), "listings", 1, &files);
  ASSERT_EQ(files.size(), 1U);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(cell(rows[0], files[0], "listing_id"), "A");
  EXPECT_EQ(cell(rows[0], files[0], "price"), "1.10");
  EXPECT_EQ(cell(rows[1], files[0], "price"), "2,000.5");
  EXPECT_EQ(rows[0].row.line, 1);
  EXPECT_EQ(rows[1].row.line, 4);
  ASSERT_EQ(files[0].bad_records.size(), 1U);
  EXPECT_EQ(files[0].bad_records[0].line, 2);
  EXPECT_EQ(files[0].headings.unknown, Names{"colour"});
}

TEST(Records, OfAnArrayInAnArchiveAndInGb18030) {
  const TemporaryFolder folder;
  write_zip(folder.path_of("listings.zip"),
            {{"listings.json", "[{\"listing_id\": \"\xBA\xBA\xD7\xD6\", \"supplier_id\": 7, \"price\": 3}]"}});
  std::vector<SourceFile> files;
  const auto rows = read_table(folder.path(), "listings", 1, &files);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows[0], files[0], "listing_id"), "汉字");
  EXPECT_EQ(cell(rows[0], files[0], "supplier_id"), "7");
}

}  // namespace
}  // namespace fairprice::ingest
