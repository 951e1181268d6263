#include "engine/matching/catalogue_file.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace fairprice::matching {
namespace {

class CatalogueFileTest : public ::testing::Test {
 protected:
  CatalogueFile read(std::string_view bytes) {
    folder_.write("a.csv", bytes);
    return read_catalogue(folder_.path_of("a.csv"));
  }
  std::string failure(std::string_view bytes) {
    try {
      read(bytes);
    } catch (const FatalError& error) {
      return error.message(Language::en);
    }
    return {};
  }
  testing_support::TemporaryFolder folder_;
};

TEST_F(CatalogueFileTest, KnowsItsColumnsByManyNames) {
  const auto file = read("id,Name,manufacturer,modelno,price,colour\n7,Desk lamp,Deli,T-100,\"$1,299.50\",red\n");
  ASSERT_EQ(file.records.size(), 1U);
  const Record& record = file.records[0];
  EXPECT_EQ(record.title, "Desk lamp");
  EXPECT_EQ(record.brand, "Deli");
  EXPECT_EQ(record.model, "T-100");
  EXPECT_EQ(record.price, 12'995'000);
  EXPECT_EQ(record.other, "red");
}

TEST_F(CatalogueFileTest, ReadsChineseHeadings) {
  const auto file = read("商品编号,商品名称,品牌,价格\n1,碎纸机,得力,￥899.00\n");
  EXPECT_EQ(file.records[0].title, "碎纸机");
  EXPECT_EQ(file.records[0].price, 8'990'000);
}

TEST_F(CatalogueFileTest, SortsByIdWhateverTheOrderOfTheFile) {
  const auto file = read("id,title\nb,two\na,one\n");
  EXPECT_EQ(file.records[0].id, "a");
  EXPECT_EQ(file.records[1].id, "b");
}

TEST_F(CatalogueFileTest, EmptiesAPriceThatIsNoneAndSaysSo) {
  const auto file = read("id,title,price\n1,lamp,on request\n2,desk,-1.00\n3,chair,12.00-15.00\n4,shelf,\n");
  for (const Record& record : file.records) EXPECT_FALSE(record.price) << record.id;
  ASSERT_EQ(file.problems.size(), 3U);
  EXPECT_EQ(file.problems[0].code, ProblemCode::not_an_amount);
  EXPECT_EQ(file.problems[0].line, 2);
  EXPECT_EQ(file.problems[0].value, "on request");
}

TEST_F(CatalogueFileTest, RejectsARowOfAnotherLengthAndGoesOn) {
  const auto file = read("id,title\n1,lamp,more\n2,desk\n");
  EXPECT_EQ(file.records.size(), 1U);
  ASSERT_EQ(file.problems.size(), 1U);
  EXPECT_EQ(file.problems[0].code, ProblemCode::field_count);
}

TEST_F(CatalogueFileTest, KeepsTheFirstRowOfARepeatedIdAndNamesBothLines) {
  const auto file = read("id,title\n1,lamp\n1,desk\n");
  ASSERT_EQ(file.records.size(), 1U);
  EXPECT_EQ(file.records[0].title, "lamp");
  ASSERT_EQ(file.problems.size(), 1U);
  EXPECT_EQ(file.problems[0].code, ProblemCode::conflicting_duplicate);
  EXPECT_EQ(file.problems[0].line, 3);
  EXPECT_TRUE(file.problems[0].detail.view().ends_with(":2"));
}

TEST_F(CatalogueFileTest, PrefersTheColumnIdToOneLikeIt) {
  const auto file = read("sku,id,title\n9,1,lamp\n");
  EXPECT_EQ(file.records[0].id, "1");
  EXPECT_EQ(file.records[0].other, "9");
}

TEST_F(CatalogueFileTest, SaysWhichColumnsThereAreWhenIdIsMissing) {
  EXPECT_NE(failure("key,title\n1,lamp\n").find("no column for id (found: key, title)"), std::string::npos);
}

TEST_F(CatalogueFileTest, OfNothingIsAnError) { EXPECT_FALSE(failure("").empty()); }

TEST_F(CatalogueFileTest, ReadsPairsWithLabelAndSplit) {
  folder_.write("p.csv", "a_id,b_id,label,split\n1,2,1,train\n3,4,0,test\n");
  const PairFile file = read_pairs(folder_.path_of("p.csv"));
  ASSERT_EQ(file.rows.size(), 2U);
  EXPECT_EQ(file.rows[1].left, "3");
  EXPECT_EQ(file.rows[1].label, "0");
  EXPECT_EQ(file.rows[1].split, "test");
}

}  // namespace
}  // namespace fairprice::matching
