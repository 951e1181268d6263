#include "engine/base/problem.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "engine/base/text.hpp"

namespace fairprice {
namespace {

Problem problem(ProblemCode code, ProblemAction action, std::string column, std::string value, std::string detail = "") {
  return {"listings", "listings.csv", 1042, std::move(column), code, action, std::move(value), std::move(detail)};
}

TEST(Problems, SayWhatIsWrongWithWhichValueAndWhatIsExpected) {
  const Problem amount = problem(ProblemCode::not_an_amount, ProblemAction::rejected, "price", "12,99.0");
  EXPECT_EQ(problem_message(amount, Language::en), "price \"12,99.0\" is not an amount (expected e.g. 1299.00); row kept in rejects.csv");
  EXPECT_EQ(problem_message(amount, Language::zh), "price \"12,99.0\" 不是金额（例如 1299.00）；该行记入 rejects.csv");

  const Problem date = problem(ProblemCode::not_a_date, ProblemAction::emptied, "listed_at", "2023-13-05");
  EXPECT_EQ(problem_message(date, Language::en), "listed_at \"2023-13-05\" is not a date (expected e.g. 2023-11-05); cell read as empty");
  EXPECT_EQ(problem_message(date, Language::zh), "listed_at \"2023-13-05\" 不是日期（例如 2023-11-05）；该单元格按空值处理");

  const Problem missing = problem(ProblemCode::missing_value, ProblemAction::rejected, "supplier_id", "");
  EXPECT_EQ(problem_message(missing, Language::en), "supplier_id is empty (expected a value); row kept in rejects.csv");
  EXPECT_EQ(problem_message(missing, Language::zh), "supplier_id 为空（应填写内容）；该行记入 rejects.csv");
}

TEST(Problems, NameTheRowWhereNoColumnIsMeantAndFurtherPlaces) {
  const Problem twin = problem(ProblemCode::duplicate, ProblemAction::duplicate, "listing_id", "L1", "listings.csv:7");
  EXPECT_EQ(problem_message(twin, Language::en),
            "listing_id \"L1\" repeats a row, see also listings.csv:7; counted once, row kept in rejects.csv");
  EXPECT_EQ(problem_message(twin, Language::zh), "listing_id \"L1\" 与另一行重复，另见 listings.csv:7；只计一次，该行记入 rejects.csv");
  const Problem fields = problem(ProblemCode::field_count, ProblemAction::rejected, "", "");
  EXPECT_EQ(problem_message(fields, Language::en),
            "row has more or fewer cells than the heading (expected as many as the heading); row kept in rejects.csv");
  EXPECT_EQ(problem_message(fields, Language::zh), "该行的单元格数与表头不同（应与表头一样多）；该行记入 rejects.csv");
}

TEST(Problems, EscapeAndCutTheValue) {
  const Problem odd = problem(ProblemCode::not_an_amount, ProblemAction::rejected, "price", "1\n2{}" + std::string(100, '9'));
  const std::string message = problem_message(odd, Language::en);
  EXPECT_NE(message.find("price \"1\\n2{}" + std::string(55, '9') + "…\" is"), std::string::npos) << message;
}

TEST(Problems, EveryCodeHasItsOwnNameAndMessagesInBothLanguages) {
  std::set<std::string> names, texts;
  for (int i = 0; i < kProblemCodes; ++i) {
    const auto code = static_cast<ProblemCode>(i);
    names.emplace(code_name(code));
    for (const Language language : {Language::zh, Language::en}) {
      const std::string text = problem_message(problem(code, ProblemAction::rejected, "price", "x"), language);
      EXPECT_TRUE(is_utf8(text));
      EXPECT_EQ(text.find("  "), std::string::npos) << text;
      EXPECT_TRUE(texts.insert(text).second) << text;
    }
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kProblemCodes));
  EXPECT_EQ(code_name(ProblemCode::missing_value), "missing-value");
  EXPECT_EQ(code_name(ProblemCode::bad_encoding), "bad-encoding");
  EXPECT_EQ(action_name(ProblemAction::emptied), "emptied");
}

/// The first column of the rows of a Markdown table, where it is a code and the last column says something.
std::set<std::string> codes_of_page(const std::string& path) {
  std::ifstream page(path);
  EXPECT_TRUE(page.is_open()) << path;
  std::set<std::string> codes;
  bool in_table = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| code |")) in_table = true;
    if (line.empty()) in_table = false;
    if (!in_table || !line.starts_with("| `")) continue;
    const std::size_t end = line.find('`', 3);
    codes.insert(line.substr(3, end - 3));
    EXPECT_GT(line.size() - line.rfind('|', line.size() - 2), 10U) << "no mend: " << line;
  }
  return codes;
}

TEST(Problems, ThePageOfIngestSaysHowToMendEachCode) {
  std::set<std::string> codes;
  for (int i = 0; i < kProblemCodes; ++i) codes.emplace(code_name(static_cast<ProblemCode>(i)));
  EXPECT_EQ(codes_of_page(FAIRPRICE_SOURCE_DIR "/engine/ingest/README.md"), codes);
}

TEST(Problems, AFatalErrorSpeaksBothLanguages) {
  const FatalError error("缺少文件", "a file is missing");
  EXPECT_EQ(error.message(Language::zh), "缺少文件");
  EXPECT_EQ(error.message(Language::en), "a file is missing");
  EXPECT_STREQ(error.what(), "a file is missing");
}

}  // namespace
}  // namespace fairprice
