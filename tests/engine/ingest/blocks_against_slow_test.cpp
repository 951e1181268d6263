// Whole files through BlockReader and RowScanner against the slow reader of tests/support: many sizes around the block's, any number of
// threads, and the public collection of difficult CSV files when it lies beside this tree.

#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "tests/support/packed.hpp"
#include "tests/support/read_table.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

using testing_support::difference;
using testing_support::read_table;
using testing_support::slow_rows;
using testing_support::TableRow;
using testing_support::TemporaryFolder;

constexpr std::string_view kHeading = "listing_id,supplier_id,price\n";
constexpr std::size_t kFields = 3;

/// What the slow reader makes of the file below its heading, in the reader's counts of lines and offsets.
std::vector<slow::CsvRow> expected_rows(const std::string& body) {
  std::vector<slow::CsvRow> rows = slow_rows(body, ',', kFields);
  for (slow::CsvRow& row : rows) {
    row.line += 1;
    row.offset += kHeading.size();
  }
  return rows;
}

std::vector<slow::CsvRow> rows_of(const std::vector<TableRow>& found) {
  std::vector<slow::CsvRow> rows;
  for (const TableRow& one : found) rows.push_back(one.row);
  return rows;
}

std::string random_body(std::mt19937_64& random, std::size_t size, const std::string& alphabet) {
  std::string body;
  body.reserve(size);
  while (body.size() < size) body += alphabet[random() % alphabet.size()];
  if (body.find('\n') == std::string::npos) body += '\n';
  return body;
}

TEST(Blocks, SmallFilesReadAsTheSlowReaderReadsThem) {
  constexpr unsigned kSeed = 21;
  std::mt19937_64 random(kSeed);
  const TemporaryFolder folder;
  int failures = 0;
  for (int round = 0; round < 1500 && failures < 5; ++round) {
    const std::string body = random_body(random, random() % 120, "aa,\"\n\r");
    folder.write("listings.csv", std::string(kHeading) + body);
    const std::string found = difference(rows_of(read_table(folder.path(), "listings")), expected_rows(body));
    if (found.empty()) continue;
    ++failures;
    ADD_FAILURE() << "seed " << kSeed << " round " << round << ": " << found;
  }
}

// The reader's blocks are 256 KiB; rows, quoted fields and line ends fall on every side of the cuts.
TEST(Blocks, FilesOfManyBlocksReadAsTheSlowReaderReadsThem) {
  constexpr unsigned kSeed = 22;
  std::mt19937_64 random(kSeed);
  const TemporaryFolder folder;
  const std::size_t kBlock = std::size_t{256} << 10;
  const std::vector<std::string> alphabets = {"aaaaaaa,,\"\n\r", "aaaaaaaaaaaa,,,\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\"\n"};
  for (const std::string& alphabet : alphabets)
    for (const std::size_t size :
         {kBlock - kHeading.size() - 1, kBlock - kHeading.size(), kBlock + 1, 2 * kBlock, 3 * kBlock + random() % kBlock}) {
      const std::string body = random_body(random, size, alphabet);
      folder.write("listings.csv", std::string(kHeading) + body);
      const auto expected = expected_rows(body);
      for (const int threads : {1, 4})
        EXPECT_EQ(difference(rows_of(read_table(folder.path(), "listings", threads)), expected), "")
            << "seed " << kSeed << ", " << size << " bytes";
    }
}

TEST(Blocks, PackedFilesGiveTheRowsOfThePlainOnes) {
  constexpr unsigned kSeed = 23;
  std::mt19937_64 random(kSeed);
  const std::string body = random_body(random, 700'000, "aaaaaaa,,\"\n\r");
  const auto expected = expected_rows(body);
  const std::string plain = std::string(kHeading) + body;
  const TemporaryFolder packed_by_gzip;
  packed_by_gzip.write("listings.csv.gz", testing_support::gzip(plain));
  EXPECT_EQ(difference(rows_of(read_table(packed_by_gzip.path(), "listings", 2)), expected), "");
  const TemporaryFolder packed_by_zstd;
  packed_by_zstd.write("listings.csv.zst", testing_support::zstd(plain));
  EXPECT_EQ(difference(rows_of(read_table(packed_by_zstd.path(), "listings", 2)), expected), "");
}

TEST(Blocks, AQuotedFieldMayBeLargerThanABlock) {
  std::string body = "A,S,1\nB,\"";
  while (body.size() < 900'000) body += "a line,\n\"\"quoted\"\"\r\n";
  body += "\",2\nC,S,3\n";
  const TemporaryFolder folder;
  folder.write("listings.csv", std::string(kHeading) + body);
  const auto rows = read_table(folder.path(), "listings");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(difference(rows_of(rows), expected_rows(body)), "");
}

// The quote in the second row never closes: 20 MB below it are rows all the same.
TEST(Blocks, AnUnclosedQuoteCostsOneLineOfALargeFile) {
  constexpr std::string_view kRow = "some listing of a supplier,S0001,1234.50\n";
  std::string body = "A,S,1\nB,\"S,2\n";
  std::size_t expected = 2;
  for (; body.size() < 20'000'000; ++expected) body += kRow;
  const TemporaryFolder folder;
  folder.write("listings.csv", std::string(kHeading) + body);
  std::vector<SourceFile> files = find_files(folder.path(), "listings");
  BlockReader reader(files, "listings");
  Block block;
  RowScanner scanner;
  std::size_t rows = 0;
  std::vector<std::int64_t> bad_lines;
  std::string last;
  while (reader.next(block)) {
    scanner.open(block, ',', kFields);
    for (; scanner.next(); ++rows) {
      if (scanner.bad_quotes()) bad_lines.push_back(scanner.line());
      last = scanner.cell(2);
    }
  }
  EXPECT_EQ(rows, expected);
  EXPECT_EQ(bad_lines, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(last, "1234.50");
}

/// Where the rows of listings.csv start and which of them are bad, each block read into the next of so many buffers: which buffer a block
/// comes into, and how large it has grown, must not matter.
struct Found {
  std::vector<std::uint64_t> offsets;
  std::vector<std::int64_t> bad_lines;
  std::string last;
  std::size_t longest_bad = 0;
};
Found rows_with_buffers(const TemporaryFolder& folder, std::size_t buffers) {
  std::vector<SourceFile> files = find_files(folder.path(), "listings");
  BlockReader reader(files, "listings");
  std::vector<Block> blocks(buffers);
  RowScanner scanner;
  Found found;
  for (std::size_t turn = 0; reader.next(blocks[turn % buffers]); ++turn) {
    const Block& block = blocks[turn % buffers];
    scanner.open(block, ',', kFields);
    while (scanner.next()) {
      found.offsets.push_back(block.offset + scanner.row_offset());
      if (scanner.bad_quotes()) {
        found.bad_lines.push_back(scanner.line());
        found.longest_bad = std::max(found.longest_bad, scanner.raw().size());
      }
      found.last = scanner.cell(0);
    }
  }
  return found;
}

// It was cut every 16 MB, and each piece counted as a row.
TEST(Blocks, ALineAboveSixteenMegabytesIsOneBadRow) {
  constexpr std::size_t kMost = std::size_t{16} << 20;
  const std::string longest = "A,S," + std::string(kMost - 5, '1') + "\n";
  const std::string longer = "B,S," + std::string(kMost - 4, '1') + "\n";
  const std::string much_longer = "C,S," + std::string(2 * kMost + 12'345, '1') + "\r\n";
  const std::string tail = "D,S,4\nE,S,5";
  const TemporaryFolder folder;
  folder.write("listings.csv", std::string(kHeading) + longest + longer + much_longer + tail);
  const std::uint64_t start = kHeading.size();
  const std::uint64_t second = start + longest.size();
  const std::uint64_t third = second + longer.size();
  const std::uint64_t fourth = third + much_longer.size();
  for (const std::size_t buffers : {1U, 2U}) {
    const Found found = rows_with_buffers(folder, buffers);
    EXPECT_EQ(found.offsets, (std::vector<std::uint64_t>{start, second, third, fourth, fourth + 6}));
    EXPECT_EQ(found.bad_lines, (std::vector<std::int64_t>{3, 4}));
    EXPECT_EQ(found.last, "E");
    EXPECT_LT(found.longest_bad, 5000U);  // the problem keeps what stands in the row
  }
  folder.write("listings.csv", std::string(kHeading) + "A,S,1\n" + much_longer.substr(0, kMost + 7));
  EXPECT_EQ(rows_with_buffers(folder, 1).bad_lines, (std::vector<std::int64_t>{3}));
}

// A quoted field of 20 MB came through when the buffer happened to be that large already, which depended on the threads.
TEST(Blocks, WhichRowsAreTooLargeDoesNotDependOnTheBuffers) {
  constexpr std::string_view kRow = "some listing of a supplier,S0001,1234.50\n";
  std::string rows;
  while (rows.size() < 20'000'000) rows += kRow;
  const TemporaryFolder folder;
  folder.write("listings.csv", std::string(kHeading) + "A,S,1\nB,S,\"2\n" + rows + "C,S,\"\n" + rows + "\n\"\nD,S,4\n");
  const Found one = rows_with_buffers(folder, 1);
  const Found three = rows_with_buffers(folder, 3);
  EXPECT_EQ(one.last, "D");
  EXPECT_EQ(one.bad_lines.front(), 3);
  EXPECT_EQ(one.bad_lines, three.bad_lines);
  EXPECT_EQ(one.offsets, three.offsets);
}

std::string without_carriage_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

// csv-spectrum: each file has a JSON twin, a list of objects by heading. The files are no tables of ours, so only the scanner reads them.
// The stored copy of newlines_crlf.csv has lost its carriage returns, so they are left out on both sides.
TEST(Blocks, CsvSpectrumGivesWhatItsAuthorsExpect) {
  const std::filesystem::path folder = std::filesystem::path(FAIRPRICE_SOURCE_DIR) / ".." / "shared" / "data" / "messy" / "csv-spectrum";
  if (!std::filesystem::exists(folder / "csvs")) GTEST_SKIP() << "csv-spectrum is not beside this tree (shared/data/messy)";
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "csvs")) {
    const std::string name = entry.path().stem().string();
    rapidjson::Document expected;
    expected.Parse(testing_support::read_whole(folder / "json" / (name + ".json")).c_str());
    ASSERT_TRUE(expected.IsArray()) << name;
    const auto rows = testing_support::scan_bytes(testing_support::read_whole(entry.path()), ',', 16, 1 << 16);
    ASSERT_EQ(rows.size(), expected.Size() + 1) << name;
    for (rapidjson::SizeType i = 0; i < expected.Size(); ++i) {
      ASSERT_EQ(rows[i + 1].cells.size(), expected[i].MemberCount()) << name;
      for (std::size_t field = 0; field < rows[0].cells.size(); ++field)
        EXPECT_EQ(without_carriage_returns(rows[i + 1].cells[field]),
                  without_carriage_returns(expected[i][rows[0].cells[field].c_str()].GetString()))
            << name << ", row " << i;
    }
    ++files;
  }
  EXPECT_EQ(files, 11);
}

}  // namespace
}  // namespace fairprice::ingest
