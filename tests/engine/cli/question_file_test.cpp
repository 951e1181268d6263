#include "engine/cli/question_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace fairprice::cli {
namespace {

namespace fs = std::filesystem;

class QuestionFileTest : public testing::Test {
 protected:
  ~QuestionFileTest() override { fs::remove(path_); }
  QuestionFile read(const std::string& text, const std::string& supplier = "") {
    std::ofstream(path_, std::ios::binary) << text;
    return read_question_file(path_.string(), supplier);
  }
  fs::path path_ = fs::temp_directory_path() / ("fairprice-questions-" + std::to_string(::getpid()) + "-" +
                                                testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
};

TEST_F(QuestionFileTest, CallsRowsByNumberWhereTheyHaveNoId) {
  const QuestionFile file = read("品牌,型号,价格\n得力,S480,1250\n\n得力,S500,900\n", "S7");
  ASSERT_EQ(file.questions.size(), 2U);
  EXPECT_EQ(file.questions[0].listing_id, "1");
  EXPECT_EQ(file.questions[1].listing_id, "2");
  EXPECT_EQ(file.questions[1].model, "S500");
  EXPECT_EQ(file.questions[1].price, "900");
  EXPECT_EQ(file.questions[1].supplier_id, "S7");
  EXPECT_EQ(file.lines[1], 4);
}

TEST_F(QuestionFileTest, TakesIdsAndSuppliersWhereTheyStand) {
  const QuestionFile file = read(
      "\xEF\xBB\xBF"
      "supplier_id;商品编号;price;model;brand\nS1;A1;12,50;X;Y\n;;1;X;Y\n",
      "S7");
  ASSERT_EQ(file.questions.size(), 2U);
  EXPECT_EQ(file.questions[0].listing_id, "A1");
  EXPECT_EQ(file.questions[0].supplier_id, "S1");
  EXPECT_EQ(file.questions[0].price, "12,50");
  EXPECT_EQ(file.questions[1].listing_id, "2");
  EXPECT_EQ(file.questions[1].supplier_id, "S7");
}

TEST_F(QuestionFileTest, AUnitInTheHeadingGoesWithTheNumber) {
  const QuestionFile file = read("brand,model,价格（万元）\nA,B,1.38\nA,B,1380元\n");
  ASSERT_EQ(file.questions.size(), 2U);
  EXPECT_EQ(file.questions[0].price, "1.38万元");
  EXPECT_EQ(file.questions[1].price, "1380元");
}

TEST_F(QuestionFileTest, ARowThatCannotBeCutIsAProblemAndTheOthersGoOn) {
  const QuestionFile file = read("brand,model,price\nA,B\nA,B,5\n");
  ASSERT_EQ(file.problems.size(), 1U);
  EXPECT_EQ(file.problems[0].line, 2);
  EXPECT_EQ(file.problems[0].code, ProblemCode::field_count);
  ASSERT_EQ(file.questions.size(), 1U);
}

TEST_F(QuestionFileTest, WithoutAPriceColumnThereIsNothingToAsk) {
  EXPECT_THROW(read("brand,model\nA,B\n"), FatalError);
  EXPECT_THROW(read(""), FatalError);
}

// `check` of nothing would end with 0: all fair.
TEST_F(QuestionFileTest, AHeadingWithoutARowIsNoQuestion) {
  EXPECT_THROW(read("brand,model,price\n"), FatalError);
  EXPECT_THROW(read("brand,model,price\n\n,,\n"), FatalError);
}

}  // namespace
}  // namespace fairprice::cli
