#include "engine/ingest/source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/read_table.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing_support::gzip;
using testing_support::read_table;
using testing_support::TemporaryFolder;
using testing_support::zstd;
using Cells = std::vector<std::string>;

constexpr std::string_view kHeading = "listing_id,supplier_id,price\n";

std::vector<Cells> cells_of(const TemporaryFolder& folder, std::string_view table = "listings") {
  std::vector<Cells> rows;
  for (const auto& found : read_table(folder.path(), table)) rows.push_back(found.row.bad ? Cells{"BAD"} : found.row.cells);
  return rows;
}

std::vector<Cells> cells_of_file(std::string_view name, std::string_view bytes) {
  const TemporaryFolder folder;
  folder.write(name, bytes);
  return cells_of(folder);
}

std::string error_of_file(std::string_view name, std::string_view bytes) {
  const TemporaryFolder folder;
  folder.write(name, bytes);
  try {
    read_table(folder.path(), "listings");
  } catch (const FatalError& error) {
    EXPECT_THAT(error.message(Language::zh), HasSubstr(std::string(name)));
    return error.message(Language::en);
  }
  return "no error";
}

const std::vector<Cells> kTwoRows = {{"A", "S", "1.00"}, {"B", "S", "2.00"}};

TEST(FindFiles, TakesATablesFilesInTheOrderOfTheirNames) {
  const TemporaryFolder folder;
  for (const char* name :
       {"quotes-jd.tsv", "quotes.csv", "quotes/part-002.csv.gz", "quotes/part-001.csv", "quotes-tb.csv.zst", "quotesx.csv", "listings.csv",
        ".quotes.csv", "quotes.csv~", "quotes.md", "other/quotes.csv", "quotes/.part-003.csv"})
    folder.write(name, "");
  std::vector<std::string> names;
  for (const SourceFile& file : find_files(folder.path(), "quotes")) names.push_back(file.name);
  EXPECT_EQ(names, (Cells{"quotes-jd.tsv", "quotes-tb.csv.zst", "quotes.csv", "quotes/part-001.csv", "quotes/part-002.csv.gz"}));
  EXPECT_TRUE(find_files(folder.path(), "orders").empty());
}

TEST(FindFiles, RefusesAFileThatItCannotRead) {
  const TemporaryFolder folder;
  folder.write("quotes.ods", "");
  try {
    find_files(folder.path(), "quotes");
    FAIL() << "such a file cannot be read";
  } catch (const FatalError& error) {
    EXPECT_THAT(error.message(Language::en), AllOf(HasSubstr("quotes.ods"), HasSubstr(".csv")));
  }
  EXPECT_TRUE(find_files(folder.path(), "listings").empty());
}

/// What finding the files of `quotes` says in both languages; empty when nothing is wrong.
std::string refusal_of_quotes(const TemporaryFolder& folder) {
  try {
    find_files(folder.path(), "quotes");
  } catch (const FatalError& error) {
    return error.message(Language::en) + " | " + error.message(Language::zh);
  }
  return {};
}

// A pipe without a writer kept the run waiting for ever, and one with a writer can be read once, not several times.
TEST(FindFiles, RefusesWhatIsNoRegularFile) {
  const auto pipe = [](const TemporaryFolder& folder, const char* name) { ASSERT_EQ(::mkfifo(folder.path_of(name).c_str(), 0600), 0); };
  for (const char* name : {"quotes.csv", "quotes-jd.tsv.gz", "quotes"}) {
    const TemporaryFolder folder;
    pipe(folder, name);
    EXPECT_THAT(refusal_of_quotes(folder), AllOf(HasSubstr(std::string(name) + ": is a named pipe (FIFO), not a regular file"),
                                                 HasSubstr(std::string(name) + "：是命名管道（FIFO），不是普通文件")));
    EXPECT_TRUE(find_files(folder.path(), "listings").empty());
  }
  const TemporaryFolder folder;
  folder.write("quotes/part-001.csv", "");
  pipe(folder, "quotes/part-002.csv");
  EXPECT_THAT(refusal_of_quotes(folder), HasSubstr("quotes/part-002.csv: is a named pipe (FIFO)"));
  const TemporaryFolder device;
  std::filesystem::create_symlink("/dev/null", device.path_of("quotes.csv"));
  EXPECT_THAT(refusal_of_quotes(device), AllOf(HasSubstr("quotes.csv: is a device"), HasSubstr("quotes.csv：是设备")));
  const TemporaryFolder nested;
  std::filesystem::create_directory(nested.path_of("quotes.csv"));
  EXPECT_THAT(refusal_of_quotes(nested), AllOf(HasSubstr("quotes.csv: is a folder"), HasSubstr("quotes.csv：是文件夹")));
}

TEST(FindFiles, FollowsASymbolicLinkToAFile) {
  const TemporaryFolder folder;
  folder.write("elsewhere/november", "");
  std::filesystem::create_symlink(folder.path_of("elsewhere/november"), folder.path_of("quotes.csv"));
  EXPECT_EQ(find_files(folder.path(), "quotes").size(), 1U);
}

TEST(FindFiles, LeavesNothingInATablesFolderUnsaid) {
  for (const char* name :
       {"quotes/part-001.parquet", "quotes/part-001", "quotes/notes.md", "quotes/deeper/part-001.csv", "quotes/part-001.csv.bz2"}) {
    const TemporaryFolder folder;
    folder.write("quotes/part-000.csv", "");
    folder.write(name, "");
    const std::string shown = std::string(name).find("deeper") == std::string::npos ? name : "quotes/deeper";
    EXPECT_THAT(refusal_of_quotes(folder), HasSubstr(shown + ": ")) << name;
  }
}

// Endings that people give to data, and capital letters as Windows writes them: refused by name, or read, but never passed over.
TEST(FindFiles, PassesOverNoDataThatIsNamedLikeTheTable) {
  for (const char* name :
       {"quotes.parquet", "quotes-jd.ods", "quotes.csv.7z", "quotes.tar.gz", "QUOTES.CSV", "quotes.csv.gz.gz", "quotes.et", "quotes"}) {
    const TemporaryFolder folder;
    folder.write(name, "");
    EXPECT_THAT(refusal_of_quotes(folder),
                AllOf(HasSubstr(std::string(name) + ": this kind of file cannot be read"), HasSubstr("不能读取这种文件")))
        << name;
  }
  const TemporaryFolder folder;
  for (const char* name : {"Quotes.csv", "index.html", "quotes.md", "quotes-of-the-day/notes.md"}) folder.write(name, "");
  EXPECT_EQ(find_files(folder.path(), "quotes").size(), 1U);
  EXPECT_TRUE(find_files(folder.path(), "index").empty());
}

TEST(FindFiles, SaysThatAFolderIsMissing) {
  const TemporaryFolder folder;
  EXPECT_THROW(find_files(folder.path_of("nowhere"), "quotes"), FatalError);
}

TEST(BlockReader, ReadsEveryKindOfLineEnd) {
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id,supplier_id,price\nA,S,1.00\nB,S,2.00\n"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id,supplier_id,price\nA,S,1.00\nB,S,2.00"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id,supplier_id,price\r\nA,S,1.00\r\nB,S,2.00\r\n"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id,supplier_id,price\rA,S,1.00\rB,S,2.00\r"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id,supplier_id,price\rA,S,1.00\rB,S,2.00"), kTwoRows);
}

TEST(BlockReader, SkipsAByteOrderMark) {
  EXPECT_EQ(cells_of_file("listings.csv", "\xEF\xBB\xBFlisting_id,supplier_id,price\nA,S,1.00\nB,S,2.00\n"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "\xEF\xBB\xBF\"listing_id\",supplier_id,price\nA,S,1.00\nB,S,2.00\n"), kTwoRows);
}

TEST(BlockReader, FindsTheDelimiterInTheHeading) {
  EXPECT_EQ(cells_of_file("listings.tsv", "listing_id\tsupplier_id\tprice\nA\tS\t1.00\nB\tS\t2.00\n"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id\tsupplier_id\tprice\nA\tS\t1.00\nB\tS\t2.00\n"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "listing_id;supplier_id;price\nA;S;1.00\nB;S;2.00\n"), kTwoRows);
}

TEST(BlockReader, ReadsPackedFiles) {
  const std::string plain = std::string(kHeading) + "A,S,1.00\nB,S,2.00\n";
  EXPECT_EQ(cells_of_file("listings.csv.gz", gzip(plain)), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv.zst", zstd(plain)), kTwoRows);
  // Archives joined one behind another are one stream.
  EXPECT_EQ(cells_of_file("listings.csv.gz", gzip(plain.substr(0, 35)) + gzip(plain.substr(35))), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv.zst", zstd(plain.substr(0, 35)) + zstd(plain.substr(35))), kTwoRows);
}

TEST(BlockReader, RefusesADamagedArchive) {
  std::string plain(kHeading);
  for (int i = 0; i < 2000; ++i) plain += "L" + std::to_string(i * 7919) + ",S,1.00\n";
  const std::string gz = gzip(plain);
  const std::string zst = zstd(plain);
  EXPECT_THAT(error_of_file("listings.csv.gz", ""), HasSubstr("empty (0 bytes)"));
  EXPECT_THAT(error_of_file("listings.csv.zst", ""), HasSubstr("empty (0 bytes)"));
  EXPECT_THAT(error_of_file("listings.csv.gz", gz.substr(0, gz.size() / 2)), HasSubstr("cut short"));
  EXPECT_THAT(error_of_file("listings.csv.gz", gz.substr(0, gz.size() - 1)), HasSubstr("cut short"));
  EXPECT_THAT(error_of_file("listings.csv.zst", zst.substr(0, zst.size() / 2)), HasSubstr("cut short"));
  EXPECT_THAT(error_of_file("listings.csv.zst", zst.substr(0, zst.size() - 1)), HasSubstr("cut short"));
  std::string flipped = gz;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x10);
  EXPECT_NE(error_of_file("listings.csv.gz", flipped), "no error");
  EXPECT_THAT(error_of_file("listings.csv.gz", plain), HasSubstr("not a sound gzip archive"));
  EXPECT_THAT(error_of_file("listings.csv.zst", plain), HasSubstr("not a sound zstd archive"));
}

TEST(BlockReader, RefusesAFileWithoutAHeading) {
  for (const char* bytes : {"", "\n", "\n\n\n", "\r\n \r\n", "\xEF\xBB\xBF", ",,\n"})
    EXPECT_THAT(error_of_file("listings.csv", bytes), AllOf(HasSubstr("listings.csv"), HasSubstr("empty"))) << bytes;
  EXPECT_THAT(error_of_file("listings.csv.gz", gzip("")), HasSubstr("empty"));
  EXPECT_THAT(error_of_file("listings.csv", "listing_id,supplier_id,prcie\nA,S,1\n"), AllOf(HasSubstr("price"), HasSubstr("prcie")));
}

TEST(BlockReader, FindsTheHeadingBelowTitles) {
  EXPECT_EQ(cells_of_file("listings.csv", "2023年11月商品表\n\n制表：某某,,\n商品 编号,供应商编码,单价（元）\nA,S,1.00\nB,S,2.00\n"),
            kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "a title, with commas, many, of, them\nlisting_id;supplier_id;price\nA;S;1.00\nB;S;2.00\n"),
            kTwoRows);
  const TemporaryFolder folder;
  folder.write("listings.csv", "title\n\"two\nlines\",,\n" + std::string(kHeading) + "A,S,1.00\n");
  const auto rows = read_table(folder.path(), "listings");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].row.line, 5);
  // The row with most columns of the table is the one that is found wanting.
  EXPECT_THAT(error_of_file("listings.csv", "title\nlisting_id,supplier_id,prcie\nA,S,1\n"),
              AllOf(HasSubstr("listings.csv:2: no column for price"), HasSubstr("prcie")));
}

TEST(BlockReader, FollowsTheMappingOfTheFolder) {
  const TemporaryFolder folder;
  folder.write("mapping.json", R"({"files": [{"name": "listings-jd*.csv", "encoding": "gbk", "delimiter": "semicolon", "header_row": 2,
                                             "columns": {"price": "#3", "listing_id": "货号", "title": ""}}]})");
  folder.write("listings-jd-1.csv", "listing_id;supplier_id;price\n\xBB\xF5\xBA\xC5;supplier_id;x;\xC6\xB7\xC3\xFB\nA;S;1.00;t\n");
  folder.write("listings.csv", std::string(kHeading) + "B,S,2.00\n");
  std::vector<SourceFile> files;
  const auto rows = read_table(folder.path(), "listings", 1, &files);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].row.cells, (Cells{"A", "S", "1.00", "t"}));
  EXPECT_EQ(files[0].encoding, Encoding::gb18030);
  EXPECT_EQ(files[0].heading_line, 2);
  EXPECT_EQ(files[0].headings.field(listings_column::price), 2);
  EXPECT_FALSE(files[0].headings.has(listings_column::title));
}

TEST(BlockReader, TakesTheFoldersOwnHeadings) {
  const TemporaryFolder folder;
  folder.write("headings.csv", "column,alias\nprice,开票价\n");
  folder.write("listings.csv", "listing_id,supplier_id,开票价（万元）\nA,S,1.00\nB,S,2.00\n");
  EXPECT_EQ(cells_of(folder), kTwoRows);
  folder.write("headings.csv", "column,alias\nprcie,开票价\n");
  EXPECT_THROW(find_files(folder.path(), "listings"), FatalError);
}

// Settings that are not strict: the file says why it is not read, the others are.
TEST(BlockReader, PassesOverAFileThatCannotBeRead) {
  const TemporaryFolder folder;
  folder.write("listings-1.csv", "nothing of the kind\n");
  folder.write("listings-2.csv", std::string(kHeading) + "A,S,1.00\n");
  folder.write("listings-3.parquet", "x");
  folder.write("listings-4.csv", std::string(kHeading) + "B,S,2.00\n");
  auto settings = std::make_shared<InputSettings>();
  settings->strict = false;
  std::vector<SourceFile> files = find_files(folder.path(), "listings", settings);
  BlockReader reader(files, "listings");
  Block block;
  std::string rows;
  while (reader.next(block)) rows.append(block.data, block.size);
  EXPECT_EQ(rows, "A,S,1.00\nB,S,2.00\n");
  ASSERT_EQ(files.size(), 4U);
  for (const std::size_t wrong : {0U, 2U}) EXPECT_NE(files[wrong].unreadable, nullptr);
  for (const std::size_t right : {1U, 3U}) EXPECT_EQ(files[right].unreadable, nullptr);
}

TEST(BlockReader, SkipsEmptyLinesAboveTheHeading) {
  EXPECT_EQ(cells_of_file("listings.csv", "\nlisting_id,supplier_id,price\nA,S,1.00\nB,S,2.00\n"), kTwoRows);
  EXPECT_EQ(cells_of_file("listings.csv", "\n,,\n\r\nlisting_id,supplier_id,price\nA,S,1.00\nB,S,2.00\n"), kTwoRows);
}

TEST(BlockReader, AHeadingMayHaveLineEndsInsideQuotes) {
  const TemporaryFolder folder;
  folder.write("listings.csv", "listing_id,supplier_id,price,\"a\nnote\"\nA,S,1.00,x\n");
  const auto rows = read_table(folder.path(), "listings");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].row.line, 3);
  EXPECT_EQ(rows[0].row.cells, (Cells{"A", "S", "1.00", "x"}));
}

TEST(BlockReader, AFileWithAHeadingAloneHasNoRows) {
  EXPECT_TRUE(cells_of_file("listings.csv", kHeading).empty());
  EXPECT_TRUE(cells_of_file("listings.csv", "listing_id,supplier_id,price").empty());
}

TEST(BlockReader, AQuoteThatNeverClosesCostsOneLine) {
  EXPECT_EQ(cells_of_file("listings.csv", std::string(kHeading) + "A,S,1.00\nX,\"S,9.00\nB,S,2.00\n"),
            (std::vector<Cells>{kTwoRows[0], {"BAD"}, kTwoRows[1]}));
}

TEST(BlockReader, CountsLinesFromTheTopOfEachFile) {
  const TemporaryFolder folder;
  folder.write("listings-1.csv", std::string(kHeading) + "A,S,\"1\n\n\"\n\nB,S,2\n");
  folder.write("listings-2.csv", std::string("\n") + std::string(kHeading) + "C,S,3\r\nD,S,4");
  const auto rows = read_table(folder.path(), "listings");
  ASSERT_EQ(rows.size(), 4U);
  const std::vector<std::pair<std::string, std::int64_t>> expected = {
      {"listings-1.csv", 2}, {"listings-1.csv", 6}, {"listings-2.csv", 3}, {"listings-2.csv", 4}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(rows[i].file, expected[i].first) << i;
    EXPECT_EQ(rows[i].row.line, expected[i].second) << i;
  }
}

TEST(BlockReader, TellsSizeAndDigestOfTheBytesOnDisk) {
  const TemporaryFolder folder;
  const std::string plain = std::string(kHeading) + "A,S,1.00\n";
  const std::string packed = gzip(plain);
  folder.write("listings-1.csv", plain);
  folder.write("listings-2.csv.gz", packed);
  std::vector<SourceFile> files;
  read_table(folder.path(), "listings", 1, &files);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].size, plain.size());
  EXPECT_EQ(files[0].xxh3, XXH3_64bits(plain.data(), plain.size()));
  EXPECT_EQ(files[1].size, packed.size());
  EXPECT_EQ(files[1].xxh3, XXH3_64bits(packed.data(), packed.size()));
}

TEST(BlockReader, AFileThatVanishedIsAnError) {
  const TemporaryFolder folder;
  folder.write("listings.csv", kHeading);
  std::vector<SourceFile> files = find_files(folder.path(), "listings");
  folder.remove("listings.csv");
  BlockReader reader(files, "listings");
  Block block;
  EXPECT_THROW(reader.next(block), FatalError);
}

}  // namespace
}  // namespace fairprice::ingest
