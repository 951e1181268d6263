// The library from outside: a folder in, assessments, explanations and answers out.

#include "engine/fairprice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/run_folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing_support::judged;
using testing_support::options_of;
using testing_support::run_folder;
using testing_support::TemporaryFolder;

constexpr std::string_view kListings = "listing_id,supplier_id,brand,model,price\n";
constexpr std::string_view kIndex = "period,brand,model,index_price\n";
constexpr std::string_view kQuotes = "channel,shop,brand,model,price,date\n";
constexpr std::string_view kOrders = "order_id,line,date,supplier_id,brand,model,quantity,unit_price\n";

std::string with(std::string_view heading, std::string_view rows) { return std::string(heading) + std::string(rows); }

/// A month in which A1 has an index price of 1000 and B2 five shops at 1000 each but for the last.
void write_month(const TemporaryFolder& folder) {
  folder.write(
      "listings.csv",
      with(kListings, "FAIR,S1,得力,A1,1200.00\nASK,S2,得力,a-1,1200.01\nCUT,S3,得力,A 1,1500\nB,S4,得力,B2,1100\nNONE,S5,得力,C3,5\n"));
  folder.write("index.csv", with(kIndex, "2023-11,得力,A1,1000\n"));
  std::string quotes(kQuotes);
  for (const char* row : {"甲,得力,B2,1000", "乙,得力,B2,1000", "丙,得力,B2,1000", "丁,得力,B2,1000", "戊,得力,B2,1010"})
    quotes += "ecommerce," + std::string(row) + ",2023-11-05\n";
  folder.write("quotes.csv", quotes);
}

TEST(RunMonth, JudgesEveryListing) {
  const TemporaryFolder folder;
  write_month(folder);
  const auto rows = judged(run_folder(folder.path()));
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows.at("FAIR").decision, "within_range");
  EXPECT_EQ(rows.at("FAIR").max_fair_price, "1200.00");
  EXPECT_EQ(rows.at("FAIR").product, "得力 A1");
  EXPECT_EQ(rows.at("ASK").decision, "evidence_required");
  EXPECT_EQ(rows.at("CUT").decision, "reduce_or_delist");
  EXPECT_EQ(rows.at("B").monitoring_price, "1002.00");  // (4 x 1000 + 1010) / 5
  EXPECT_EQ(rows.at("B").basis, "2:median(ecommerce_average)");
  EXPECT_EQ(rows.at("B").kept, 5U);
  EXPECT_EQ(rows.at("NONE").decision, "no_reference");
  EXPECT_EQ(rows.at("NONE").monitoring_price, "");
}

TEST(RunMonth, SortsListingsByTheBytesOfTheirIds) {
  const TemporaryFolder folder;
  folder.write("listings.csv", with(kListings, "b,S,得力,A,1\nB,S,得力,A,1\n商,S,得力,A,1\n10,S,得力,A,1\n9,S,得力,A,1\nab,S,得力,A,1\n"));
  const auto run = run_folder(folder.path());
  std::vector<std::string> ids;
  for (const auto& a : run.assessments.listings) ids.emplace_back(run.month->keys->listings[run.month->listings[a.row].listing]);
  EXPECT_EQ(ids, (std::vector<std::string>{"10", "9", "B", "ab", "b", "商"}));
}

// Six suppliers, a deal each; whose own deal is left out has 5 x 1000 or (4 x 1000 + 1050) / 5.
TEST(RunMonth, LeavesOutOnesOwnAndOnesGroups) {
  const TemporaryFolder folder;
  folder.write("listings.csv", with(kListings, "OWN,S6,得力,A1,1000\nOTHER,S1,得力,A1,1000\nGROUP,S7,得力,A1,1000\n"));
  std::string orders(kOrders);
  for (int i = 1; i <= 6; ++i)
    orders += "O" + std::to_string(i) + ",1,2023-10-0" + std::to_string(i) + ",S" + std::to_string(i) + ",得力,A1,2," +
              (i == 6 ? "1050" : "1000") + "\n";
  folder.write("orders.csv", orders);
  folder.write("suppliers.csv", "supplier_id,group_id\nS6,G\nS7,G\n");
  const auto rows = judged(run_folder(folder.path()));
  EXPECT_EQ(rows.at("OWN").procurement_average, "1000.00");
  EXPECT_EQ(rows.at("GROUP").procurement_average, "1000.00");
  EXPECT_EQ(rows.at("OTHER").procurement_average, "1010.00");
}

TEST(RunMonth, ComparesWithAndWithoutPeoplesDecisions) {
  const TemporaryFolder folder;
  write_month(folder);
  folder.write("matches.csv", "listing_id,product,verdict,by,on,approved_by,reason\nNONE,得力 A1,same,a,2023-11-01,b,c\n");
  const auto run = run_folder(folder.path());
  ASSERT_EQ(run.assessments.overrides.size(), 1U);
  const assessment::Override& change = run.assessments.overrides[0];
  EXPECT_EQ(change.listing_id, "NONE");
  EXPECT_EQ(change.product, "得力 A1");
  EXPECT_EQ(change.product_without, "得力 C3");
  EXPECT_EQ(change.decision, rules::Decision::check_data);  // 5 yuan against 1000
  EXPECT_EQ(change.decision_without, rules::Decision::no_reference);
}

TEST(RunMonth, NamesWhatIsMissing) {
  const auto error_of = [](const TemporaryFolder& folder) {
    try {
      run_folder(folder.path());
    } catch (const FatalError& error) {
      return error.message(Language::en);
    }
    return std::string("no error");
  };
  const TemporaryFolder empty;
  EXPECT_THAT(error_of(empty), HasSubstr("listings"));
  empty.write("listings.csv", kListings);
  EXPECT_NE(error_of(empty), "no error");  // it must have a row
  empty.write("listings.csv", "listing_id,supplier_id,prcie\nA,S,1\n");
  EXPECT_THAT(error_of(empty), AllOf(HasSubstr("listings.csv"), HasSubstr("price"), HasSubstr("prcie")));
  EXPECT_THROW(run_month(options_of("/nowhere/at/all"), rules::shipped_policy("hubei")), FatalError);
}

TEST(RunMonth, SaysTheSameWhenItLetsQuotesGo) {
  const TemporaryFolder folder;
  write_month(folder);
  folder.write("exclusions.csv", "table,shop,reason,by,on\nquotes,甲,刷单,王,2023-11-30\n");  // assessed twice, for overrides.csv
  const rules::PolicySet policy = rules::shipped_policy("hubei");
  LoadOptions options = options_of(folder.path(), 2);
  const auto kept = testing_support::publish_run(run_month(options, policy), folder.path(), policy);
  options.keep_quotes = false;
  const auto run = run_month(options, policy);
  EXPECT_EQ(testing_support::publish_run(run, folder.path(), policy), kept);
  EXPECT_THROW(explain(*run.month, policy, "B"), std::logic_error);  // rather than a market without shops
}

TEST(RunMonth, TellsItsProgressByStage) {
  const TemporaryFolder folder;
  write_month(folder);
  std::vector<std::string> stages;
  LoadOptions options = options_of(folder.path(), 2);
  options.progress = [&](std::string_view stage, std::uint64_t, std::uint64_t) {
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
  };
  run_month(options, rules::shipped_policy("hubei"));
  EXPECT_THAT(stages, testing::Contains("read index"));
  EXPECT_THAT(stages, testing::Contains("match"));
  EXPECT_EQ(stages.back(), "assess");
}

TEST(UseWindows, TakesTheLongestOfRungsAndCategories) {
  LoadOptions options;
  use_windows(options, rules::shipped_policy("hubei"));
  EXPECT_EQ(options.orders_months, 12);
  use_windows(options, rules::shipped_policy("italy-anac"));
  EXPECT_EQ(options.orders_months, 24);
}

TEST(Explain, TellsEverySourceWithItsPlace) {
  const TemporaryFolder folder;
  write_month(folder);
  const rules::PolicySet policy = rules::shipped_policy("hubei");
  const auto run = run_folder(folder.path(), policy);
  const assessment::Explanation told = explain(*run.month, policy, " B ");
  EXPECT_EQ(told.listing_id, "B");
  EXPECT_EQ(told.listing_file, "listings.csv");
  EXPECT_EQ(told.listing_line, 5);
  EXPECT_EQ(told.basis, "2:median(ecommerce_average)");
  EXPECT_EQ(told.rung, 2);
  EXPECT_EQ(told.band, 0);
  ASSERT_EQ(told.rows.size(), 6U);  // the listing itself and five quotes
  int quotes = 0;
  for (const assessment::SourceRow& row : told.rows) {
    if (row.table != "quotes") continue;
    EXPECT_EQ(row.file, "quotes.csv");
    EXPECT_EQ(row.line, 2 + quotes++);
    EXPECT_EQ(row.fate, "used");
    EXPECT_EQ(row.date, "2023-11-05");
  }
  EXPECT_EQ(quotes, 5);
}

TEST(Explain, NamesTheNearestListings) {
  const TemporaryFolder folder;
  write_month(folder);
  const rules::PolicySet policy = rules::shipped_policy("hubei");
  const auto run = run_folder(folder.path(), policy);
  try {
    explain(*run.month, policy, "FIAR");
    FAIL() << "there is no such listing";
  } catch (const FatalError& error) {
    EXPECT_THAT(error.message(Language::en), AllOf(HasSubstr("FIAR"), HasSubstr("FAIR")));
  }
}

Question question(const char* supplier, const char* model, const char* price) {
  Question asked;
  asked.supplier_id = supplier;
  asked.brand = "得力";
  asked.model = model;
  asked.price = price;
  return asked;
}

TEST(Check, AnswersAsIfTheQuestionWereAListing) {
  const TemporaryFolder folder;
  write_month(folder);
  const Answers answers =
      check(options_of(folder.path()), rules::shipped_policy("hubei"),
            {question("S9", "A1", "1200"), question("", "A1", "面议"), question("", "B2", "1503"), question("S1", "Z9", "1")});
  ASSERT_EQ(answers.assessments.size(), 3U);
  EXPECT_EQ(answers.question, (std::vector<std::size_t>{0, 2, 3}));
  EXPECT_EQ(answers.assessments[0].decision, rules::Decision::within_range);
  EXPECT_EQ(answers.assessments[1].decision, rules::Decision::reduce_or_delist);  // 1503 = 1.5 x 1002
  EXPECT_EQ(answers.assessments[2].decision, rules::Decision::no_reference);
  ASSERT_EQ(answers.problems.size(), 1U);
  EXPECT_EQ(answers.problems[0].first, 1U);
  EXPECT_EQ(answers.problems[0].second.code, ProblemCode::price_on_request);
}

// A question is no source: asking a hundred times at a low price moves neither listings nor other questions.
TEST(Check, AQuestionIsNoSourceForAnything) {
  const TemporaryFolder folder;
  write_month(folder);
  const rules::PolicySet central = rules::shipped_policy("central");
  folder.write("listings.csv", with(kListings, "A,S1,得力,A1,1000\nB,S2,得力,A1,1010\nC,S3,得力,A1,1020\n"));
  std::vector<Question> questions{question("S9", "A1", "1000")};
  const Money alone = check(options_of(folder.path()), central, questions).assessments[0].monitoring_price;
  EXPECT_EQ(alone.to_string(), "1010.00");
  for (int i = 0; i < 100; ++i) questions.push_back(question(("Q" + std::to_string(i)).c_str(), "A1", "1"));
  const Answers answers = check(options_of(folder.path()), central, questions);
  EXPECT_EQ(answers.assessments.size(), 101U);
  EXPECT_EQ(answers.assessments[0].monitoring_price, alone);
}

TEST(Check, LeavesOutTheAskersOwnDeals) {
  const TemporaryFolder folder;
  folder.write("listings.csv", with(kListings, "X,S9,得力,Z9,1\n"));
  std::string orders(kOrders);
  for (int i = 1; i <= 4; ++i)
    orders += "O" + std::to_string(i) + ",1,2023-10-01,S" + std::to_string(i) + ",得力,A1,1," + (i == 4 ? "1200" : "1000") + "\n";
  folder.write("orders.csv", orders);
  const Answers answers =
      check(options_of(folder.path()), rules::shipped_policy("hubei"), {question("S4", "A1", "1000"), question("", "A1", "1000")});
  EXPECT_EQ(answers.assessments[0].monitoring_price.to_string(), "1000.00");
  EXPECT_EQ(answers.assessments[1].monitoring_price.to_string(), "1050.00");
}

}  // namespace
}  // namespace fairprice
