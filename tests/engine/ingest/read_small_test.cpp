// Decisions of people: what is wrong with a row of `exclusions` is said with its place and its value.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/ingest/row.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

TEST(ReadDecisions, AnExclusionNamesOneOfTheTablesWhoseRowsAreSources) {
  const testing_support::TemporaryFolder folder;
  folder.write("exclusions.csv",
               "table,shop,reason,by\n"
               "Quotes,one,sham,Li\n"
               "quote,two,sham,Li\n"
               "brands,three,sham,Li\n"
               ",four,sham,Li\n"
               "\xFF,five,sham,Li\n");
  Month month;
  month.period = Period::of(2023, 11);
  month.folder = folder.path();
  month.keys = std::make_shared<Keys>(Dictionaries{});
  read_decisions(month, ReadSettings());
  ASSERT_EQ(month.exclusions.size(), 1U);
  EXPECT_EQ(month.exclusions[0].table, "quotes");
  std::vector<std::string> said;
  for (const Problem& problem : month.problems)
    said.push_back(std::to_string(problem.line) + " " + std::string(problem.column) + " " + std::string(code_name(problem.code)) + " " +
                   problem.value);
  EXPECT_EQ(said, (std::vector<std::string>{"3 table not-a-table quote", "4 table not-a-table brands", "5 table missing-value ",
                                            "6 table bad-encoding \xFF"}));
}

}  // namespace
}  // namespace fairprice::ingest
