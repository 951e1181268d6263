#include "engine/base/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fairprice {
namespace {

struct Case {
  std::string text, expected;
};

std::string utf8(unsigned code) {
  std::string bytes;
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
  return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
}

TEST(Text, TrimsEveryUnicodeWhiteSpaceAndNothingElse) {
  // PropList.txt of Unicode 15, White_Space.
  const std::vector<unsigned> spaces = {0x9,    0xA,    0xB,    0xC,    0xD,    0x20,   0x85,   0xA0,   0x1680,
                                        0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
                                        0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  unsigned next = 0;
  for (unsigned code = 1; code < 0xFFFF; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    const bool space = next < spaces.size() && spaces[next] == code;
    if (space) ++next;
    const std::string c = utf8(code);
    const std::string cell = c + "台" + c;
    EXPECT_EQ(trimmed(cell), space ? "台" : cell) << std::hex << code;
    EXPECT_EQ(trimmed_front(cell), space ? "台" + c : cell) << std::hex << code;
    EXPECT_EQ(trimmed(c), space ? "" : c) << std::hex << code;
  }
  EXPECT_EQ(next, spaces.size());
  EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
  EXPECT_EQ(trimmed("a\xA0"), "a\xA0") << "a lone byte is no white space";
}

TEST(Text, KnowsWellFormedUtf8) {
  for (const std::string good : {"", "abc", "得力 S480", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "12345678价"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const std::string bad : {"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE5\xBE", "12345678\xFF", "\xBC\xDB\xB8\xF1"})
    EXPECT_FALSE(is_utf8(bad)) << quoted_for_message(bad);
}

TEST(Text, CanonicalTextIsCompatibleUpperAndTrimmed) {
  const std::vector<Case> cases = {
      {"", ""},
      {"hp", "HP"},
      {"  Hp 280\t", "HP 280"},
      {"惠普(hp)", "惠普(HP)"},
      {"惠普（ＨＰ）", "惠普(HP)"},
      {"ﬁx", "FIX"},          // the ligature is two letters
      {"straße", "STRASSE"},  // full case mapping
      {"ı", "I"},             // the same in every locale
      {"i", "I"},
      {"㎡", "M2"},
      {"①", "1"},
      {"ｶﾞ", "ガ"},        // two half-width characters compose to one
      {"e\xCC\x81", "É"},  // so do a letter and its accent
      {"\xE3\x80\x80得力\xC2\xA0", "得力"},
      {"\xEF\xA8\x8E", "\xEF\xA8\x8E"},  // U+FA0E: one of the twelve unified ideographs of the compatibility block
      {"\xEF\xA4\x80", "\xE8\xB1\x88"},  // U+F900 is U+8C48
  };
  for (const Case& c : cases) EXPECT_EQ(canonical_text(c.text), c.expected) << c.text;
  EXPECT_EQ(compatible_text("  ｅＢｏｏｋ　笔记本 "), "eBook 笔记本");
  EXPECT_EQ(compatible_text(" eBook "), "eBook");
}

TEST(Text, FastPathForIdeographsIsWhatUnicodeSays) {
  // A half-width comma behind sends the text through the Unicode library; it becomes U+3001 and is cut off again.
  const std::string slow_sign = "､", normal_sign = "、";
  for (unsigned code = 1; code < 0xA000; code = code == 0x7F ? 0x4E00 : code + 1) {
    const std::string c = "a" + utf8(code) + "b";
    const std::string slow = canonical_text(c + slow_sign);
    EXPECT_EQ(canonical_text(c) + normal_sign, slow) << std::hex << code;
  }
  EXPECT_TRUE(is_ascii_or_ideographs("得力 S480"));
  EXPECT_FALSE(is_ascii_or_ideographs("得力。"));
  EXPECT_FALSE(is_ascii_or_ideographs("\xE5\xBE"));
}

TEST(Text, FoldedModelDropsSeparatorsButNotTheDecimalPoint) {
  struct Model {
    std::string text, folded, kept;
  };
  const std::vector<Model> cases = {
      {"DCP-7080D", "DCP7080D", "DCP-7080D"},
      {"dcp 7080 d", "DCP7080D", "DCP-7080-D"},
      {"ｄｃｐ－7080 d", "DCP7080D", "DCP-7080-D"},
      {"X1.5·a.", "X1.5A", "X1.5-A-"},
      {"A.B", "AB", "A-B"},
      {".5", "5", "-5"},
      {"5.", "5", "5-"},
      {"1..5", "15", "1-5"},
      {"V1.10.2", "V1.10.2", "V1.10.2"},
      {"a – — − b", "AB", "A-B"},
      {"a_/\\b", "AB", "A-B"},
      {"a\xE3\x80\x80 \xC2\xA0z", "AZ", "A-Z"},
      {"得力-S480", "得力S480", "得力-S480"},
      {"-_/", "", "-"},
      {"", "", ""},
      {"  S480  ", "S480", "S480"},
      {"1．5", "1.5", "1.5"},
      {"得.5", "得5", "得-5"},
  };
  for (const Model& m : cases) {
    EXPECT_EQ(folded_model(m.text), m.folded) << m.text;
    EXPECT_EQ(kept_model(m.text), m.kept) << m.text;
  }
}

TEST(Text, MessagesShowControlCharactersAndCutBetweenCharacters) {
  EXPECT_EQ(quoted_for_message("a\nb\tc\r\x01"), "a\\nb\\tc\\r\\x01");
  EXPECT_EQ(quoted_for_message("得力得力", 3), "得力得…");
  EXPECT_EQ(quoted_for_message("得力得", 3), "得力得");
  EXPECT_EQ(quoted_for_message("\xBC\xDB"), "\\xbc\\xdb");
  EXPECT_EQ(quoted_for_message("\xE2\x80\xAE"
                               "123"),
            "\\u202e123");
  EXPECT_EQ(quoted_for_message(std::string(61, 'x')), std::string(60, 'x') + "…");
  EXPECT_EQ(quoted_for_message("12,99.0"), "12,99.0");
}

TEST(Text, EditDistanceCountsSingleSteps) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("price", ""), 5U);
  EXPECT_EQ(edit_distance("prcie", "price"), 2U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("unit", "units"), 1U);
}

}  // namespace
}  // namespace fairprice
