#include "engine/ingest/encoding_warning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace fairprice::ingest {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A table of which `read` rows were read and the first `bad` rejected for two cells each.
void fill(Month& month, std::int64_t read, std::int64_t bad, ProblemAction action = ProblemAction::rejected) {
  month.tables["quotes"].counts.read = read;
  for (std::int64_t row = 0; row < bad; ++row)
    for (const char* column : {"brand", "shop"})
      month.problems.push_back({"quotes", "quotes-gbk.csv", row + 2, column, ProblemCode::bad_encoding, action, "\xB5\xC3", ""});
}

TEST(WarnOfEncoding, SpeaksWhenHalfOfATablesRowsAreNoUtf8) {
  Month half;
  fill(half, 4, 2);
  EXPECT_EQ(warn_of_encoding(half), 1U);
  ASSERT_EQ(half.warnings_en.size(), 1U);
  ASSERT_EQ(half.warnings_zh.size(), 1U);
  EXPECT_THAT(half.warnings_en[0],
              AllOf(HasSubstr("quotes-gbk.csv"), HasSubstr("2 of the 4 rows"), HasSubstr("--encoding"), HasSubstr("save as UTF-8")));
  EXPECT_THAT(half.warnings_zh[0],
              AllOf(HasSubstr("quotes-gbk.csv"), HasSubstr("4 行中有 2 行"), HasSubstr("--encoding"), HasSubstr("另存为 UTF-8")));
}

TEST(WarnOfEncoding, CountsARowOnceHoweverManyOfItsCells) {
  Month month;
  fill(month, 5, 2);  // four cells of five rows would be more than half
  EXPECT_EQ(warn_of_encoding(month), 0U);
  EXPECT_TRUE(month.warnings_en.empty());
}

TEST(WarnOfEncoding, IsSilentAboutWhatIsNotRejectedForIt) {
  Month emptied;
  fill(emptied, 2, 2, ProblemAction::emptied);
  EXPECT_EQ(warn_of_encoding(emptied), 0U);
  Month other;
  fill(other, 2, 0);
  other.problems.push_back({"quotes", "quotes.csv", 2, "price", ProblemCode::not_an_amount, ProblemAction::rejected, "x", ""});
  other.problems.push_back({"quotes", "quotes.csv", 3, "price", ProblemCode::not_an_amount, ProblemAction::rejected, "x", ""});
  EXPECT_EQ(warn_of_encoding(other), 0U);
  Month nothing;
  fill(nothing, 0, 0);
  EXPECT_EQ(warn_of_encoding(nothing), 0U);
}

}  // namespace
}  // namespace fairprice::ingest
