#include "engine/indexing/panel_file.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace fairprice::indexing {
namespace {

PanelFile read(const std::string& text, bool by_group = false) {
  const testing_support::TemporaryFolder folder;
  folder.write("prices.csv", text);
  return read_panel(folder.path_of("prices.csv"), by_group);
}

TEST(PanelFile, MonthsAreCountedWithoutGaps) {
  const PanelFile file = read("product,price,period,quantity\na,1,2023-11,5\na,2,2024-02,6\n");
  EXPECT_EQ(file.periods, (std::vector<std::string>{"2023-11", "2023-12", "2024-01", "2024-02"}));
  EXPECT_EQ(file.groups.front().panel.period(1).size(), 0U);
  EXPECT_DOUBLE_EQ(file.groups.front().panel.period(3).prices[0], 2);
}

TEST(PanelFile, NumbersRunFromTheFirstToTheLast) {
  EXPECT_EQ(read("period,product,price\n2023,a,1\n2021,a,1\n").periods, (std::vector<std::string>{"2021", "2022", "2023"}));
  EXPECT_FALSE(read("period,product,price\n3,a,1\n").has_quantities);
}

TEST(PanelFile, NamesThatAreNoUtf8AreLeftOut) {
  const PanelFile file = read("period,product,price,group\n1,a\xE4\xB8,1,x\n1,b,1,x\xFFy\n1,c,1,x\n", true);
  ASSERT_EQ(file.problems.size(), 2U);
  EXPECT_EQ(file.problems[0].code, ProblemCode::bad_encoding);
  EXPECT_EQ(std::string_view(file.problems[0].column), "product");
  EXPECT_EQ(std::string_view(file.problems[1].column), "group");
  EXPECT_EQ(file.groups.size(), 1U);
}

TEST(PanelFile, GroupsHaveAllPeriods) {
  const PanelFile file = read("period,product,price,quantity,group\n1,a,1,1,x\n2,b,1,1,y\n", true);
  ASSERT_EQ(file.groups.size(), 2U);
  EXPECT_EQ(file.groups[0].name, "x");
  EXPECT_EQ(file.groups[0].panel.periods(), 2U);
}

TEST(PanelFile, BadRowsAreLeftOutAndNamed) {
  const PanelFile file = read(
      "period,product,price,quantity\n1,a,1,1\n0,a,1,1\nfoo,a,1,1\n1,,1,1\n1,a,,1\n1,a,1e400,1\n1,a,-1,1\n1,a,1,-1\n1,a,1,x\n2023-01,a,1,"
      "1\n1,a,1\n");
  EXPECT_EQ(file.problems.size(), 10U);
  EXPECT_EQ(file.problems[0].line, 3);
  EXPECT_EQ(file.groups.front().panel.period(0).size(), 1U);
}

TEST(PanelFile, WithoutAUsableRowOrAColumnNothingIsRead) {
  EXPECT_THROW(read("period,product,price\n1,a,0\n"), FatalError);
  EXPECT_THROW(read("period,product\n1,a\n"), FatalError);
  EXPECT_THROW(read("period,product,price\n1,a,1\n", true), FatalError);
  EXPECT_THROW(read_panel("/nowhere/prices.csv", false), FatalError);
}

}  // namespace
}  // namespace fairprice::indexing
