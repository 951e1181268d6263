#include "engine/review/review_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/ingest/small_csv.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::review {
namespace {

using testing::HasSubstr;
using testing_support::TemporaryFolder;

std::vector<Entry> two_entries() {
  return {{"L2",
           "S1",
           "",
           "",
           "=惠普打印机,M427",
           "",
           "title_names_series",
           Money::from_yuan(1500),
           Money::from_yuan(30000),
           {{"惠普 M427DN", 61, "model_series"}, {"惠普 M427FDW", 58, "model_series"}}},
          {"L1", "S2", "得力", "", "办公设备", "", "unmatched", Money::from_yuan(999), Money::from_yuan(999), {}}};
}

/// Writes the list, puts `text` into a cell of its first row, and reads the answers.
std::vector<Answer> answers_of(const std::string& old_text, const std::string& text, Language language = Language::en) {
  const TemporaryFolder folder;
  const std::string path = folder.path_of("review.csv");
  write_review(path, two_entries(), language);
  std::string list = testing_support::read_whole(path);
  const std::size_t at = list.find(old_text);
  EXPECT_NE(at, std::string::npos) << list;
  list.replace(at, old_text.size(), text);
  folder.write("review.csv", list);
  return read_answers(path);
}

std::string refusal(const std::string& old_text, const std::string& text) {
  try {
    answers_of(old_text, text);
  } catch (const FatalError& error) {
    return error.what();
  }
  return "none";
}

TEST(ReviewFile, AWorkbookAndACsvSayTheSame) {
  const TemporaryFolder folder;
  for (const Language language : {Language::zh, Language::en}) {
    write_review(folder.path_of("a.xlsx"), two_entries(), language);
    write_review(folder.path_of("a.csv"), two_entries(), language);
    const auto sheet = ingest::read_small_csv(folder.path_of("a.xlsx"), "a.xlsx");
    const auto csv = ingest::read_small_csv(folder.path_of("a.csv"), "a.csv");
    EXPECT_EQ(sheet.heading, csv.heading);
    ASSERT_EQ(sheet.rows.size(), 2U);
    ASSERT_EQ(csv.rows.size(), 2U);
    EXPECT_EQ(sheet.rows[0].cells[0], "L2");
    EXPECT_EQ(sheet.rows[0].cells[4], "=惠普打印机,M427") << "text, and no formula";
    EXPECT_EQ(csv.rows[0].cells[4], "'=惠普打印机,M427");
    EXPECT_EQ(sheet.rows[0].cells[9], "惠普 M427DN");
    EXPECT_EQ(sheet.rows[0].cells[10], "61%");
  }
}

TEST(ReviewFile, TheSameListGivesTheSameBytes) {
  const TemporaryFolder folder;
  write_review(folder.path_of("a.xlsx"), two_entries(), Language::zh);
  write_review(folder.path_of("b.xlsx"), two_entries(), Language::zh);
  EXPECT_EQ(testing_support::read_whole(folder.path_of("a.xlsx")), testing_support::read_whole(folder.path_of("b.xlsx")));
}

TEST(ReviewFile, AnswersAreReadInBothLanguages) {
  for (const auto& [same, language] : {std::pair{"same", Language::en}, {"相同", Language::zh}}) {
    const std::string why = language == Language::zh ? "同一系列" : "same series";
    const auto answers = answers_of("61%," + why + ",,", "61%," + why + "," + same + ",", language);
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].listing_id, "L2");
    EXPECT_EQ(answers[0].product, "惠普 M427DN");
    EXPECT_TRUE(answers[0].same);
    EXPECT_EQ(answers[0].line, 2);
  }
  const auto different = answers_of("61%,same series,,", "61%,same series,Different,");
  ASSERT_EQ(different.size(), 1U);
  EXPECT_FALSE(different[0].same);
}

TEST(ReviewFile, AProductOutsideTheListIsTheSame) {
  const TemporaryFolder folder;
  const std::string path = folder.path_of("review.csv");
  folder.write("review.csv", "listing_id,candidate_1,verdict_1,product\nL1,惠普 M427DN,different,惠普 M429DN\nL3,,,\n");
  const auto answers = read_answers(path);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].product, "惠普 M427DN");
  EXPECT_FALSE(answers[0].same);
  EXPECT_EQ(answers[1].product, "惠普 M429DN");
  EXPECT_TRUE(answers[1].same);
}

TEST(ReviewFile, AListWithoutAnswersHasNone) { EXPECT_TRUE(answers_of("61%", "61%").empty()); }

TEST(ReviewFile, WhatCannotBeAnAnswerIsRefusedByPlace) {
  EXPECT_THAT(refusal("61%,same series,,", "61%,same series,perhaps,"), HasSubstr("review.csv:2: verdict_1 \"perhaps\" is neither"));
  EXPECT_THAT(refusal("61%,same series,,惠普 M427FDW,58%,same series,,", "61%,same series,same,惠普 M427FDW,58%,same series,same,"),
              HasSubstr("verdict_2 \"惠普 M427FDW\" and \"惠普 M427DN\" are both said to be the same"));
  EXPECT_THAT(refusal("58%,same series,,,,,,", "58%,same series,,,,,same,"), HasSubstr("verdict_3 \"same\" stands beside no candidate"));
  const TemporaryFolder folder;
  folder.write("other.csv", "a,b\n1,2\n");
  EXPECT_THROW(read_answers(folder.path_of("other.csv")), FatalError);
}

}  // namespace
}  // namespace fairprice::review
