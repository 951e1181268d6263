#include "engine/cli/index_build.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "tests/support/history_folder.hpp"

namespace fairprice::cli {
namespace {

using testing_support::HistoryFolder;
using testing_support::TemporaryFolder;

constexpr const char* kSample = FAIRPRICE_SOURCE_DIR "/data/sample/2023-11";

std::unique_ptr<ingest::Month> load(const std::string& folder) {
  LoadOptions options;
  options.folder = folder;
  options.period = Period::of(2023, 11);
  return load_month(options);
}

std::string csv_of_sample(int threads) {
  own_index::History history{own_index::Rules{}};
  history.add(*load(kSample), rules::shipped_policy("hubei"), threads);
  return std::string(own_index_rows(history, own_index::build_index(history, false), false).bytes());
}

// What is written for a product, read back as a row of the table `index`, is that product and that price: configurations and barcodes too.
TEST(OwnIndexFile, IsReadBackAsTheSameProductsAndPrices) {
  const auto month = load(kSample);
  own_index::History history{own_index::Rules{}};
  history.add(*month, rules::shipped_policy("hubei"), 1);
  std::map<std::string, std::int64_t> written;
  for (const auto& one : history.months()[0].products)
    if (one.state == own_index::ProductMonth::State::priced)
      written[history.products()[one.product].name] = UnitPrice::of(UnitPrice::from_count(one.price).for_pack(one.pack), one.pack).count();

  const TemporaryFolder folder;
  std::filesystem::copy(kSample, folder.path(), std::filesystem::copy_options::recursive);
  folder.write("index-own.csv", csv_of_sample(1));
  const auto again = load(folder.path());
  std::map<std::string, std::int64_t> read;
  for (const auto& row : again->index)
    if (row.own && row.index_price >= 0) read[again->keys->product_name(row.product)] = row.index_price;
  EXPECT_GT(written.size(), 300U);
  for (const auto& [name, price] : written) EXPECT_EQ(read[name], price) << name;
  std::size_t before = 0;  // own prices of products that the sample's quotes do not carry
  for (const auto& row : month->index)
    if (row.own && !written.contains(month->keys->product_name(row.product))) ++before;
  EXPECT_EQ(read.size(), written.size() + before);
  // What the sample states itself is repeated in the file, and counts once.
  std::size_t repeated = 0;
  for (const Problem& problem : again->problems)
    if (problem.action == ProblemAction::duplicate && std::string_view(problem.table) == "index") ++repeated;
  EXPECT_EQ(again->problems.size(), month->problems.size() + repeated);
}

// A configuration, a barcode that nobody gives a brand for, and goods in packs of 500.
TEST(OwnIndexFile, IsReadBackWithConfigurationsBarcodesAndPacks) {
  const TemporaryFolder folder;
  folder.write("listings.csv",
               "listing_id,supplier_id,category,brand,model,spec,unit,price\n"
               "L1,S1,笔记本电脑,联想,E14,i5-1240P 16G 512G SSD,台,5000\nL2,S1,回形针,得力,0018,,枚,0.02\n");
  std::string quotes = "channel,shop,brand,model,spec,barcode,unit,pack_size,price,date\n";
  for (const char* shop : {"a", "b", "c", "d", "e"}) {
    const std::string begin = std::string("ecommerce,") + shop + ",";
    quotes += begin + "联想,E14,i5-1240P 16G 512G SSD,,台,1,4999,2023-11-05\n";
    quotes += begin + "联想,E14,i7-1260P 16GB 1TB SSD,,台,1,6999,2023-11-05\n";
    quotes += begin + "得力,0018,,,枚,500,7.77,2023-11-05\n";
    quotes += begin + ",,,6901234567892,个,1,12,2023-11-05\n";
  }
  folder.write("quotes.csv", quotes);
  own_index::History history{own_index::Rules{}};
  history.add(*load(folder.path()), rules::shipped_policy("hubei"), 1);
  folder.write("index-own.csv", own_index_rows(history, own_index::build_index(history, false), false).bytes());
  std::set<std::string> read;
  const auto month = load(folder.path());
  for (const auto& row : month->index)
    read.insert(month->keys->product_name(row.product) + " " + UnitPrice::from_count(row.index_price).for_pack(row.k).to_string() + " / " +
                row.k.to_string());
  EXPECT_EQ(read, (std::set<std::string>{"联想 E14#I5-1240P/16G/512G-SSD/? 4999.00 / 1", "联想 E14#I7-1260P/16G/1T-SSD/? 6999.00 / 1",
                                         "得力 0018 7.77 / 500", "GTIN 06901234567892 12.00 / 1"}));
  EXPECT_TRUE(month->problems.empty());
}

TEST(OwnIndexFile, IsTheSameWhateverTheThreads) { EXPECT_EQ(csv_of_sample(1), csv_of_sample(3)); }

own_index::Rules small() {
  own_index::Rules rules;
  rules.sellers = 3;
  rules.matched = 2;
  return rules;
}

std::string rows_of(HistoryFolder& folder, bool revise = false) {
  const own_index::History history = folder.history(small());
  return std::string(own_index_rows(history, own_index::build_index(history, revise), revise).bytes());
}

// The file is whole: what is published stands in it as it was published.
TEST(OwnIndexFile, KeepsWhatIsPublished) {
  HistoryFolder folder;
  for (const char* period : {"2023-01", "2023-02"})
    for (const char* model : {"A1", "B1"}) folder.quotes(period, model, {"100", "100", "100"});
  folder.file("2023-01", "index-own.csv",
              "period,category,brand,model,index_price,level,origin\n2023-01,甲类,,,,80,own\n2023-01,甲类,甲,A1,99,,own\n");
  const std::string rows = rows_of(folder);
  EXPECT_NE(rows.find("2023-01,甲类,,,,,,,,,80.0000,own"), std::string::npos);
  // A1 stood at 99 and B1 at 100, as published; both are at 100 now: 80 · √(100/99) = 80.4030.
  EXPECT_NE(rows.find("2023-02,甲类,,,,,,,,,80.4030,own"), std::string::npos);
  EXPECT_NE(rows.find("2023-01,甲类,甲,A1,,,,1,99.00,"), std::string::npos);
  EXPECT_NE(rows.find("2023-01,甲类,甲,B1,,,,1,100.00,"), std::string::npos);
  EXPECT_NE(rows.find("2023-02,甲类,甲,A1,,,,1,100.00,"), std::string::npos);
  const std::string anew = rows_of(folder, true);
  EXPECT_NE(anew.find("2023-01,甲类,,,,,,,,,100.0000,own"), std::string::npos);
  EXPECT_NE(anew.find("2023-01,甲类,甲,A1,,,,1,100.00,"), std::string::npos);
}

// Month after month the file is laid into the newest folder: each build gives what stood there and the new month's rows, whichever of the older files are
// still there; and building twice gives the same bytes. The last build without any of them gives the same too, since nothing was revised.
TEST(OwnIndexFile, GoesOnFromItsOwnResultMonthAfterMonth) {
  for (const bool keep : {true, false}) {
    HistoryFolder folder;
    std::string before = "period,category,brand,model,barcode,spec,unit,pack_size,index_price,best_selling_price,level,origin\n";
    const std::vector<std::string> prices = {"100", "107", "99", "111.5"};
    for (std::size_t t = 0; t < prices.size(); ++t) {
      const std::string period = "2023-0" + std::to_string(t + 1);
      for (const char* model : {"A1", "B1"}) folder.quotes(period, model, {prices[t], prices[t], "101"});
      folder.quotes(period, "C1", {"5", "5", prices[t].substr(0, 1)});
      const std::string rows = rows_of(folder);
      EXPECT_TRUE(rows.starts_with(before)) << rows;
      EXPECT_GT(rows.size(), before.size());
      if (!keep && t > 0) folder.file("2023-0" + std::to_string(t), "index-own.csv", "period,category,level,origin\n");
      folder.file(period, "index-own.csv", rows);
      EXPECT_EQ(rows_of(folder), rows);
      before = rows;
    }
    EXPECT_EQ(rows_of(folder, true), before);
  }
}

TEST(OwnIndexFile, HasLevelsThenModelsOfEachMonth) {
  HistoryFolder folder;
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-01", model, {"100", "100", "100.5"});
  for (const char* model : {"A1", "B1"}) folder.quotes("2023-02", model, {"110", "110", "110"});
  const own_index::History history = folder.history(small());
  const own_index::OwnIndex index = own_index::build_index(history, false);
  // (100 + 100 + 100.5) / 3 = 100.1667 as printed; 110 / 100.1667 is 1.0981693, of 100 with four decimals.
  EXPECT_EQ(std::string(own_index_rows(history, index, false).bytes()),
            "period,category,brand,model,barcode,spec,unit,pack_size,index_price,best_selling_price,level,origin\n"
            "2023-01,甲类,,,,,,,,,100.0000,own\n"
            "2023-01,甲类,甲,A1,,,,1,100.1667,,,own\n"
            "2023-01,甲类,甲,B1,,,,1,100.1667,,,own\n"
            "2023-02,甲类,,,,,,,,,109.8169,own\n"
            "2023-02,甲类,甲,A1,,,,1,110.00,,,own\n"
            "2023-02,甲类,甲,B1,,,,1,110.00,,,own\n");
  EXPECT_EQ(
      std::string(own_index_quality(history, index).bytes()),
      "period,category,state,level,linked_to,matched,change,change_lower,change_upper,products,with_index_price,too_few_sellers,dispersed,"
      "clearance,sellers,orders_value,orders_covered,weight,contribution\n"
      "2023-01,甲类,first,100.0000,,,,,,2,2,0,0,0,6,0.00,,0.000000,0.000000\n"
      "2023-01,*,no_orders,,,,,,,,,,,,,,,1.000000,0.000000\n"
      "2023-02,甲类,linked,109.8169,2023-01,2,1.098169,1.098169,1.098169,2,2,0,0,0,6,0.00,,0.000000,0.000000\n"
      "2023-02,*,no_orders,,,,,,,,,,,,,,,1.000000,0.000000\n");
}

}  // namespace
}  // namespace fairprice::cli
