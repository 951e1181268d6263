#include "engine/ingest/xlsx/cell_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/slow_csv.hpp"

namespace fairprice::ingest::xlsx {
namespace {

struct Case {
  std::string text;
  std::string field;
  bool line_ends = false;
};

TEST(CellText, BecomesOneFieldOnOneLine) {
  const std::vector<Case> cases = {
      {"得力 3868", "得力 3868"},
      {"007", "007"},
      {" padded ", " padded "},
      {"a,b", "\"a,b\""},
      {"5\" screen", "\"5\"\" screen\""},
      {"\"", "\"\"\"\""},
      {"first\nsecond", "first second", true},
      {"first\r\nsecond\rthird", "first second third", true},
      {"first_x000D_\nsecond", "first second", true},
      {"a\tb", "a b"},
      {"_x0041__x4E2D_", "A中"},
      {"_xD83D__xDE00_", "\xF0\x9F\x98\x80"},
      {"_xD83D_x", "\xEF\xBF\xBDx"},
      {"_xDE00_", "\xEF\xBF\xBD"},
      {"_x005F_x000D_", "_x000D_"},
      {"_x00ZZ_", "_x00ZZ_"},
      {"_x004", "_x004"},
      {"a_b_c", "a_b_c"},
      {"_x002C_", "\",\""},
      {"_x0000_a", " a"},
      {"", ""},
      {"   ", ""},
      {"\n", "", true},
      {"\xC2\xA0\xE3\x80\x80", ""},
  };
  for (const auto& [text, field, line_ends] : cases) {
    std::string out = "before,";
    EXPECT_EQ(append_text(text, out), line_ends) << text;
    EXPECT_EQ(out, "before," + field) << text;
  }
}

// What a CSV reader makes of the field is the text: all texts of up to four of these characters.
TEST(CellText, IsReadBackByTheSlowReader) {
  const std::string letters = "a,\" ";
  std::vector<std::string> texts = {""};
  for (std::size_t i = 0; i < texts.size() && texts[i].size() < 4; ++i)
    for (const char c : letters) texts.push_back(texts[i] + c);
  for (const std::string& text : texts) {
    std::string line = "x,";
    append_text(text, line);
    line += '\n';
    const auto cut = slow::cut_row(line, 0, ',');
    ASSERT_TRUE(cut && !cut->row.bad && cut->row.cells.size() == 2) << text;
    EXPECT_EQ(cut->row.cells[1], text.find_first_not_of(' ') == std::string::npos ? "" : text);
  }
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
