#include "engine/ingest/relocate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/packed.hpp"
#include "tests/support/read_table.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

using testing_support::TemporaryFolder;

/// Three files, one of them packed and longer than a block; rows that cross lines.
class Relocate : public testing::Test {
 protected:
  void SetUp() override {
    std::string large = "listing_id,supplier_id,price\n";
    for (int i = 0; i < 20'000; ++i) large += "L" + std::to_string(i) + ",\"a supplier,\nof two lines\",1.00\n";
    folder_.write("listings-1.csv.gz", testing_support::gzip(large));
    folder_.write("listings-2.csv", "\xEF\xBB\xBFlisting_id,supplier_id,price\r\nA,S,1.00\r\n\r\nB,S,\"2.00\"\r\n");
    folder_.write("listings-3.csv", "listing_id,supplier_id,price\nC,S,3.00");
    month_.folder = folder_.path();
    month_.tables["listings"].files = find_files(folder_.path(), "listings");
    rows_ = testing_support::read_table(folder_.path(), "listings");
    ASSERT_EQ(rows_.size(), 20'003U);
  }

  TemporaryFolder folder_;
  Month month_;
  std::vector<testing_support::TableRow> rows_;
};

TEST_F(Relocate, FindsEachRowAgainByItsOffset) {
  std::vector<std::uint64_t> offsets;
  std::vector<const testing_support::TableRow*> expected;
  for (std::size_t i = 0; i < rows_.size(); i += i < 19'990 ? 997 : 1) {
    offsets.push_back(rows_[i].row.offset);
    expected.push_back(&rows_[i]);
  }
  std::size_t shown = 0;
  relocate(month_, "listings", offsets, [&](std::uint64_t offset, const SourceFile& file, std::int64_t line, const RowScanner& row) {
    ASSERT_LT(shown, expected.size());
    EXPECT_EQ(offset, offsets[shown]);
    EXPECT_EQ(file.name, expected[shown]->file);
    EXPECT_EQ(line, expected[shown]->row.line);
    EXPECT_EQ(row.cell(0), expected[shown]->row.cells[0]);
    ++shown;
  });
  EXPECT_EQ(shown, offsets.size());
}

TEST_F(Relocate, ReadsNothingWhenNothingIsWanted) {
  const auto fail = [](std::uint64_t, const SourceFile&, std::int64_t, const RowScanner&) { FAIL(); };
  relocate(month_, "listings", {}, fail);
  relocate(month_, "quotes", {0}, fail);
}

TEST_F(Relocate, LateProblemsNameThePlacesOfAllRowsConcerned) {
  const std::uint64_t a = rows_[20'000].row.offset;
  const std::uint64_t b = rows_[20'001].row.offset;
  LateProblems late(month_, "listings");
  EXPECT_TRUE(late.empty());
  late.add(b, "listing_id", ProblemCode::conflicting_duplicate, {a, b});
  late.add(a, "", ProblemCode::conflicting_duplicate, {a, b});
  EXPECT_FALSE(late.empty());
  late.report(ProblemAction::rejected);
  EXPECT_TRUE(late.empty());
  ASSERT_EQ(month_.problems.size(), 2U);
  const Problem& first = month_.problems[0];
  EXPECT_EQ(first.table, "listings");
  EXPECT_EQ(first.file, "listings-2.csv");
  EXPECT_EQ(first.line, 4);
  EXPECT_EQ(first.column, "listing_id");
  EXPECT_EQ(first.value, "B");
  EXPECT_EQ(first.detail, "listings-2.csv:2");
  EXPECT_EQ(first.action, ProblemAction::rejected);
  EXPECT_EQ(month_.problems[1].value, "A,S,1.00");
  EXPECT_EQ(month_.problems[1].detail, "listings-2.csv:4");
  EXPECT_EQ(month_.tables["listings"].counts.rejected, 2);
  EXPECT_EQ(month_.tables["listings"].counts.duplicate, 0);
}

// In the order of the places, whoever found them first: index rows came in the order in which threads had read them.
TEST_F(Relocate, LateProblemsNameOtherPlacesInTheirOrder) {
  LateProblems late(month_, "listings");
  const std::uint64_t place = rows_[3].row.offset;
  late.add(place, "", ProblemCode::conflicting_index, {rows_[9].row.offset, rows_[20'000].row.offset, place, rows_[1].row.offset});
  late.report(ProblemAction::rejected);
  EXPECT_EQ(month_.problems[0].detail, rows_[1].file + ":4, " + rows_[9].file + ":20, " + rows_[20'000].file + ":2");
}

// All 4000 rows of one number named each other: 300 MB of rejects.csv, and 100 times as much for ten times as many.
TEST_F(Relocate, LateProblemsNameSomeOfManyPlacesAndCountTheOthers) {
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i < 20'000; i += 10) all.push_back(rows_[i].row.offset);
  LateProblems late(month_, "listings");
  for (const std::uint64_t offset : all) late.add(offset, "", ProblemCode::conflicting_duplicate, all);
  late.report(ProblemAction::rejected);
  ASSERT_EQ(month_.problems.size(), all.size());
  for (const Problem& problem : month_.problems) {
    const std::string_view detail = problem.detail;
    EXPECT_EQ(std::count(detail.begin(), detail.end(), ':'), static_cast<std::ptrdiff_t>(LateProblems::kNamed));
    EXPECT_TRUE(detail.ends_with(", … (+1979)")) << detail;
  }
}

TEST_F(Relocate, AFileThatChangesMeanwhileEndsTheRun) {
  LateProblems late(month_, "listings");
  late.add(rows_[19'000].row.offset, "", ProblemCode::duplicate);
  folder_.write(rows_[19'000].file, "listing_id,supplier_id,price\nA,S,1\n");
  EXPECT_THROW(late.report(ProblemAction::duplicate), FatalError);
}

TEST_F(Relocate, LateProblemsCountDuplicatesApart) {
  LateProblems late(month_, "listings");
  late.add(rows_[20'002].row.offset, "", ProblemCode::duplicate);
  late.report(ProblemAction::duplicate);
  EXPECT_EQ(month_.tables["listings"].counts.duplicate, 1);
  EXPECT_EQ(month_.tables["listings"].counts.rejected, 0);
  EXPECT_EQ(month_.problems[0].file, "listings-3.csv");
  EXPECT_EQ(month_.problems[0].line, 2);
}

}  // namespace
}  // namespace fairprice::ingest
