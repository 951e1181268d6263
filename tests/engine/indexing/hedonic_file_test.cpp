#include "engine/indexing/hedonic_file.hpp"

#include <gtest/gtest.h>

#include "engine/base/problem.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::indexing {
namespace {

HedonicFile read(const std::string& text, const std::vector<std::string>& characteristics) {
  const testing_support::TemporaryFolder folder;
  folder.write("goods.csv", text);
  return read_hedonic(folder.path_of("goods.csv"), "price", "month", characteristics);
}

const char* const kGoods = "month,price,ram,brand\n2,10,4,A\n10,12,8,C\n2,11,8,B\n";

TEST(HedonicFile, TextBecomesADummyForEachValueButTheFirst) {
  const HedonicFile file = read(kGoods, {"ram", "brand"});
  EXPECT_EQ(file.terms, (std::vector<std::string>{"ram", "brand=B", "brand=C"}));
  EXPECT_EQ(file.periods, (std::vector<std::string>{"2", "10"}));  // by number
  EXPECT_EQ(file.data.values, (std::vector<double>{4, 0, 0, 8, 0, 1, 8, 1, 0}));
  EXPECT_EQ(file.data.periods, (std::vector<std::uint32_t>{0, 1, 0}));
}

// By time, not by text: 2023-10 is after 2023-8, and a month is one however it is written.
TEST(HedonicFile, MonthsAreInTheOrderOfTime) {
  const HedonicFile file = read("month,price,ram\n2023-10,3,1\n2023-8,1,1\n2023年9月,2,1\n2023-08,1,1\n2024-1,4,1\n", {"ram"});
  EXPECT_EQ(file.periods, (std::vector<std::string>{"2023-08", "2023-09", "2023-10", "2024-01"}));
  EXPECT_EQ(file.data.periods, (std::vector<std::uint32_t>{2, 0, 1, 0, 3}));
  EXPECT_EQ(find_period(file, "2023年8月"), 0U);
  EXPECT_EQ(find_period(file, "2023-1"), std::nullopt);
}

// January, or October without its zero? And 202307 is July 2023 among months.
TEST(HedonicFile, AMonthWithADotIsAskedBack) {
  EXPECT_EQ(read("month,price,ram\n2023.00,3,1\n2023.25,1,1\n2023.5,1,1\n", {"ram"}).periods.size(), 3U);  // quarters, as numbers
  const HedonicFile file = read("month,price,ram\n2023-10,3,1\n2023.1,1,1\n2023.11,1,1\n202307,1,1\n", {"ram"});
  EXPECT_EQ(file.periods, (std::vector<std::string>{"2023-07", "2023-10"}));
  ASSERT_EQ(file.problems.size(), 2U);
  EXPECT_EQ(file.problems[0].code, ProblemCode::not_a_period);
  EXPECT_THROW(read("month,price,ram\n2023.1,3,1\n", {"ram"}), FatalError);
}

TEST(HedonicFile, EqualNumbersAreOnePeriod) {
  for (const char* text : {"month,price,ram\n10,3,1\n1.0,1,1\n1,1,1\n", "month,price,ram\n10,3,1\n1,1,1\n1.0,1,1\n"}) {
    const HedonicFile file = read(text, {"ram"});
    EXPECT_EQ(file.periods, (std::vector<std::string>{"1", "10"}));
    EXPECT_EQ(file.data.periods, (std::vector<std::uint32_t>{1, 0, 0}));
    EXPECT_EQ(find_period(file, "1.00"), 0U);
  }
}

TEST(HedonicFile, PeriodsOfOtherKindsThanTheFirstAreLeftOut) {
  const HedonicFile file = read("month,price,ram\n2023-10,3,1\nOctober,1,1\n5,1,1\n", {"ram"});
  EXPECT_EQ(file.periods, (std::vector<std::string>{"2023-10"}));
  ASSERT_EQ(file.problems.size(), 2U);
  EXPECT_EQ(file.problems[0].code, ProblemCode::not_a_period);
  EXPECT_EQ(read("month,price,ram\nQ2,3,1\nQ1,1,1\n", {"ram"}).periods, (std::vector<std::string>{"Q1", "Q2"}));
}

TEST(HedonicFile, AConfigurationIsARowOfTheDesign) {
  const HedonicFile file = read(kGoods, {"ram", "brand"});
  const auto row = [&](const std::map<std::string, std::string>& values) { return configuration_row(file, {"ram", "brand"}, values); };
  EXPECT_EQ(row({{"ram", "16"}, {"brand", "C"}}), (std::vector<double>{1, 16, 0, 1}));
  EXPECT_EQ(row({{"ram", "16"}, {"brand", "A"}}), (std::vector<double>{1, 16, 0, 0}));
  EXPECT_THROW(row({{"ram", "16"}}), FatalError);
  EXPECT_THROW(row({{"ram", "16"}, {"brand", "D"}}), FatalError);
  EXPECT_THROW(row({{"ram", "much"}, {"brand", "A"}}), FatalError);
  EXPECT_THROW(row({{"ram", "16"}, {"brand", "A"}, {"colour", "red"}}), FatalError);
}

TEST(HedonicFile, BadRowsAreLeftOutAndNamed) {
  const HedonicFile file = read("month,price,ram,brand\n1,10,4,A\n1,0,4,A\n1,x,4,A\n,10,4,A\n1,10,,A\n1,10,4\n", {"ram"});
  EXPECT_EQ(file.data.rows(), 1U);
  EXPECT_EQ(file.problems.size(), 5U);
  EXPECT_THROW(read(kGoods, {"disk"}), FatalError);
  EXPECT_THROW(read("month,price,ram\n1,0,4\n", {"ram"}), FatalError);
}

}  // namespace
}  // namespace fairprice::indexing
