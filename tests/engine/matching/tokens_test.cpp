#include "engine/matching/tokens.hpp"

#include <gtest/gtest.h>

#include "engine/matching/colours.hpp"

namespace fairprice::matching {
namespace {

std::vector<std::string> texts(std::string_view text) {
  std::vector<std::string> result;
  for (const Token& token : tokenise(text)) result.push_back(token.text);
  return result;
}

using Texts = std::vector<std::string>;

TEST(Tokens, AreUpperCaseAndLoseTheirSeparators) {
  EXPECT_EQ(texts("Sony Turntable - PSLX350H"), (Texts{"SONY", "TURNTABLE", "PSLX350H"}));
  EXPECT_EQ(texts("ｓｏｎｙ"), (Texts{"SONY"}));
  EXPECT_EQ(texts(""), Texts{});
}

TEST(Tokens, OfACompoundComeOneByOneAndJoined) {
  const std::vector<Token> tokens = tokenise("F3H982-10 cable");
  ASSERT_EQ(tokens.size(), 4U);
  EXPECT_EQ(tokens[2].text, "F3H98210");
  EXPECT_TRUE(tokens[2].compound);
  EXPECT_EQ(tokens[2].kind, TokenKind::code);
  EXPECT_EQ(texts("hands-free"), (Texts{"HANDS", "FREE"})) << "words alone make no model number";
}

TEST(Tokens, WriteAMeasureInOneSpellingWhateverStandsBetween) {
  for (const char* text : {"16GB", "16 gb", "16-GB", "16G"}) EXPECT_EQ(texts(text), (Texts{"16GB"})) << text;
  for (const char* text : {"15.6\"", "15.6英寸", "15.60 inch", "15.6寸"}) EXPECT_EQ(texts(text), (Texts{"15.6IN"})) << text;
  EXPECT_EQ(texts("500 sheets"), texts("500张"));
}

TEST(Tokens, GiveMeasuresTheirValueInOneUnit) {
  const Token terabyte = tokenise("1TB")[0];
  const Token gigabytes = tokenise("1000 GB")[0];
  EXPECT_EQ(terabyte.unit, Unit::bytes);
  EXPECT_EQ(terabyte.value, gigabytes.value);
  EXPECT_EQ(tokenise("512MB")[0].value, 512);  // in 1/1000 GB
}

TEST(Tokens, ReadABareGAsGigabytesOfAChipAndAsGramsOfPaper) {
  EXPECT_EQ(tokenise("16G")[0].unit, Unit::bytes);
  EXPECT_EQ(tokenise("70G")[0].unit, Unit::grams);
  EXPECT_EQ(tokenise("70克")[0].text, "70G");
}

TEST(Tokens, CutGluedConfigurationsApart) {
  EXPECT_EQ(texts("4x16GB"), (Texts{"4", "16GB"}));
  EXPECT_EQ(texts("8G512GSSD"), (Texts{"8GB", "512GB", "SSD"}));
  EXPECT_EQ(texts("1920x1080"), (Texts{"1920X1080"}));
}

TEST(Tokens, DivideIdeographsFromLatinLetters) {
  EXPECT_EQ(texts("戴尔G3游匣"), (Texts{"戴尔", "G3", "游匣"}));
  EXPECT_EQ(texts("联想笔记本"), (Texts{"联想", "想笔", "笔记", "记本"}));
  EXPECT_EQ(texts("得力S480碎纸机"), (Texts{"得力", "S480", "碎纸", "纸机"}));
}

TEST(Tokens, TellModelNumbersFromWordsYearsAndNumbers) {
  const auto kind = [](std::string_view text) { return tokenise(text)[0].kind; };
  EXPECT_EQ(kind("M427fdw"), TokenKind::code);
  EXPECT_EQ(kind("388504"), TokenKind::code);
  EXPECT_EQ(kind("3868"), TokenKind::code);
  EXPECT_EQ(kind("2019"), TokenKind::number);
  EXPECT_EQ(kind("100"), TokenKind::number);
  EXPECT_EQ(kind("printer"), TokenKind::word);
}

TEST(Tokens, KeepAUnitsNameThatIsNone) {
  EXPECT_EQ(texts("4 in 1"), (Texts{"4", "IN", "1"}));
  EXPECT_EQ(texts("plan 5 x 3"), (Texts{"PLAN", "5", "X", "3"}));
}

TEST(Squeezed, KeepsLettersAndDigitsAlone) { EXPECT_EQ(squeezed("PS-LX 350 h，黑"), "PSLX350H黑"); }

TEST(Colours, AreOneInEnglishAndChinese) {
  EXPECT_EQ(colour_of("BLACK"), colour_of("黑色"));
  EXPECT_NE(colour_of("BLACK"), colour_of("WHITE"));
  EXPECT_EQ(colour_of("PRINTER"), 0);
}

}  // namespace
}  // namespace fairprice::matching
