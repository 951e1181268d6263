// What must hold for any month, held against the sample month: order, files, threads and one's own rows change nothing that they must not.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "engine/ingest/values.hpp"
#include "tests/support/run_folder.hpp"
#include "tests/support/table_text.hpp"

namespace fairprice {
namespace {

using testing_support::judged;
using testing_support::publish_run;
using testing_support::read_month_text;
using testing_support::run_folder;
using testing_support::TableText;
using testing_support::TemporaryFolder;
using testing_support::write_month_text;

using Files = std::map<std::string, std::string>;
using RejectCounts = std::map<std::tuple<std::string, std::string, ProblemCode, ProblemAction>, int>;

std::string sample() { return std::string(FAIRPRICE_SOURCE_DIR) + "/data/sample/2023-11"; }

struct Result {
  Files files;
  RejectCounts rejects;
  std::map<std::string, ingest::RowCounts> counts;
};

Result result_of(const std::string& folder, int threads = 1, const std::string& policy_name = "hubei") {
  const rules::PolicySet policy = rules::shipped_policy(policy_name);
  const auto run = run_folder(folder, policy, threads);
  Result result;
  result.files = publish_run(run, folder, policy, threads);
  for (const Problem& problem : run.month->problems)
    ++result.rejects[{std::string(problem.table), std::string(problem.column), problem.code, problem.action}];
  for (const auto& [table, file] : run.month->tables) result.counts[table] = file.counts;
  return result;
}

const Result& plain() {
  static const Result result = result_of(sample());
  return result;
}

/// All that a run says of rows, whatever their place: rejects.csv names places and summary.json digests of files.
void expect_same(const Result& found, const std::string& what) {
  for (const char* file : {"assessments.csv", "flagged.csv", "orders.csv", "review.csv", "overrides.csv", "estimates.csv"}) {
    ASSERT_TRUE(plain().files.contains(file)) << file;
    EXPECT_TRUE(found.files.at(file) == plain().files.at(file)) << file << " differs: " << what;
  }
  EXPECT_EQ(found.rejects, plain().rejects) << what;
  for (const auto& [table, counts] : plain().counts) {
    EXPECT_EQ(found.counts.at(table).read, counts.read) << table << ": " << what;
    EXPECT_EQ(found.counts.at(table).by_use, counts.by_use) << table << ": " << what;
  }
}

TEST(SampleMonth, TheSameRunTwiceGivesTheSameBytes) { EXPECT_EQ(result_of(sample()).files, plain().files); }

TEST(SampleMonth, ThreadsChangeNoByte) {
  EXPECT_EQ(result_of(sample(), 2).files, plain().files);
  EXPECT_EQ(result_of(sample(), 5).files, plain().files);
}

TEST(SampleMonth, ThreadsChangeNoByteUnderAnyPolicy) {
  for (const std::string& name : rules::shipped_policy_names())
    EXPECT_EQ(result_of(sample(), 3, name).files, result_of(sample(), 1, name).files) << name;
}

TEST(SampleMonth, RowsReversedChangeNothing) {
  const TemporaryFolder folder;
  std::vector<TableText> tables = read_month_text(sample());
  for (TableText& table : tables) std::reverse(table.rows.begin(), table.rows.end());
  write_month_text(folder, tables);
  expect_same(result_of(folder.path()), "rows reversed");
}

TEST(SampleMonth, RowsShuffledChangeNothing) {
  for (const unsigned seed : {1U, 2U}) {
    const TemporaryFolder folder;
    std::mt19937_64 random(seed);
    std::vector<TableText> tables = read_month_text(sample());
    for (TableText& table : tables) std::shuffle(table.rows.begin(), table.rows.end(), random);
    write_month_text(folder, tables);
    expect_same(result_of(folder.path(), 2), "rows shuffled with seed " + std::to_string(seed));
  }
}

// quotes.csv becomes quotes/…-0.csv to …-6.csv, rows dealt out like cards; every second part is packed.
TEST(SampleMonth, FilesSplitIntoPartsChangeNothing) {
  const TemporaryFolder folder;
  for (const TableText& table : read_month_text(sample())) {
    const std::string stem = table.name.substr(0, table.name.size() - 4);
    const std::string kind = stem.substr(0, stem.find('-'));
    std::array<TableText, 7> parts;
    for (TableText& part : parts) part.heading = table.heading;
    for (std::size_t i = 0; i < table.rows.size(); ++i) parts[i % parts.size()].rows.push_back(table.rows[i]);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string name = kind + "/" + stem + "-" + std::to_string(i) + table.name.substr(stem.size());
      if (i % 2 == 0)
        folder.write(name, parts[i].text());
      else
        folder.write(name + (i % 4 == 1 ? ".gz" : ".zst"),
                     i % 4 == 1 ? testing_support::gzip(parts[i].text()) : testing_support::zstd(parts[i].text()));
    }
  }
  expect_same(result_of(folder.path(), 2), "files in seven parts");
}

TEST(SampleMonth, EveryRowIsAccountedFor) {
  const auto run = run_folder(sample(), rules::shipped_policy("hubei"), 2);
  std::map<std::string, std::int64_t> rows_of_text;
  for (const TableText& table : read_month_text(sample())) {
    const std::string stem = table.name.substr(0, table.name.size() - 4);
    for (const std::string& row : table.rows)
      rows_of_text[stem.substr(0, stem.find('-'))] += !slow::read_csv(row, table.delimiter()).empty();
  }
  for (const char* table : {"listings", "quotes", "orders", "index"}) {
    const ingest::RowCounts& counts = run.month->tables.at(table).counts;
    EXPECT_EQ(counts.read, rows_of_text[table]) << table;
    std::int64_t uses = 0;
    for (const std::int64_t use : counts.by_use) {
      EXPECT_GE(use, 0) << table;
      uses += use;
    }
    EXPECT_EQ(counts.read, counts.rejected + counts.duplicate + uses) << table;
    std::int64_t rejected = 0;
    std::int64_t duplicate = 0;
    std::map<std::pair<std::string, std::int64_t>, bool> places;  // a row with two mistakes is one rejected row
    for (const Problem& problem : run.month->problems) {
      if (problem.table != table || problem.action == ProblemAction::emptied ||
          !places.emplace(std::pair{problem.file, problem.line}, true).second)
        continue;
      ++(problem.action == ProblemAction::rejected ? rejected : duplicate);
    }
    EXPECT_EQ(counts.rejected, rejected) << table;
    EXPECT_EQ(counts.duplicate, duplicate) << table;
  }
  const auto& listings = run.month->tables.at("listings").counts;
  EXPECT_EQ(static_cast<std::int64_t>(run.assessments.listings.size()), listings.understood());
}

// One vote a seller, and never one's own: what a supplier sold at three times the price says nothing about its own listings.
TEST(SampleMonth, OnesOwnOrdersMoveNothingOfOnesOwn) {
  const auto before = run_folder(sample());
  const auto judged_before = judged(before);
  const std::vector<TableText> tables = read_month_text(sample());
  for (const std::string supplier : {"HB001", "HB017", "HB024", "HB050"}) {
    std::vector<TableText> changed = tables;
    int orders = 0;
    for (TableText& table : changed) {
      if (!table.name.starts_with("orders")) continue;
      const std::size_t whose = table.column("supplier_id", "供应商编号");
      const std::size_t price = table.column("unit_price", "成交单价");
      for (std::string& row : table.rows) {
        std::vector<std::string> cells = table.cells(row);
        if (cells.size() <= std::max(whose, price) || cells[whose] != supplier) continue;
        const auto parsed = ingest::parse_price(cells[price]);
        if (!parsed.ok) continue;
        cells[price] = Money::from_ten_thousandths(3 * parsed.value.value.ten_thousandths()).to_string();
        row = table.row_of(cells);
        ++orders;
      }
    }
    ASSERT_GT(orders, 0) << supplier;
    const TemporaryFolder folder;
    write_month_text(folder, changed);
    const auto after = run_folder(folder.path());
    const auto judged_after = judged(after);
    int listings = 0;
    int moved_others = 0;
    for (const auto& [id, was] : judged_before) {
      const ingest::Listing& listing = before.month->listings[before.month->listing_row[before.month->keys->listings.find(id)]];
      const auto& is = judged_after.at(id);
      if (before.month->keys->suppliers[listing.supplier] != supplier) {
        moved_others += was.procurement_average != is.procurement_average;
        continue;
      }
      ++listings;
      EXPECT_EQ(is.index_price, was.index_price) << id;
      EXPECT_EQ(is.procurement_average, was.procurement_average) << id;
      EXPECT_EQ(is.ecommerce_average, was.ecommerce_average) << id;
      EXPECT_EQ(is.store_average, was.store_average) << id;
      EXPECT_EQ(is.monitoring_price, was.monitoring_price) << id;
      EXPECT_EQ(is.kept, was.kept) << id;
      EXPECT_EQ(is.screened, was.screened) << id;
      EXPECT_EQ(is.decision, was.decision) << id;
    }
    EXPECT_GT(listings, 0) << supplier;
    EXPECT_GT(moved_others, 0) << supplier << ": the change does reach others";
  }
}

// At max_fair_price a listing is within range, one fen above it is not; the reference does not move with the listing's own price.
TEST(SampleMonth, AtTheHighestFairPriceAListingIsWithinRangeAndOneFenAboveItIsNot) {
  const auto before = run_folder(sample());
  const auto was = judged(before);
  for (const int fen : {0, 1}) {
    std::vector<TableText> tables = read_month_text(sample());
    for (TableText& table : tables) {
      if (!table.name.starts_with("listings")) continue;
      const std::size_t id = table.column("listing_id", "商品编号");
      const std::size_t price = table.column("price", "价格");
      for (std::string& row : table.rows) {
        std::vector<std::string> cells = table.cells(row);
        const auto found = was.find(cells[id]);
        if (found == was.end() || found->second.max_fair_price.empty()) continue;
        const Money highest = ingest::parse_price(found->second.max_fair_price).value.value;
        cells[price] = Money::from_ten_thousandths(highest.ten_thousandths() + 100 * fen).to_string();
        row = table.row_of(cells);
      }
    }
    const TemporaryFolder folder;
    write_month_text(folder, tables);
    const auto is = judged(run_folder(folder.path()));
    int asked = 0;
    for (const auto& [id, old] : was) {
      if (old.max_fair_price.empty() || id.starts_with("DUP-")) continue;
      ++asked;
      EXPECT_EQ(is.at(id).monitoring_price, old.monitoring_price) << id;
      if (fen == 0)
        EXPECT_EQ(is.at(id).decision, "within_range") << id;
      else
        EXPECT_NE(is.at(id).decision, "within_range") << id;
    }
    EXPECT_GT(asked, 3000);
  }
}

}  // namespace
}  // namespace fairprice
