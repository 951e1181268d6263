#include "engine/catalogue/pack_text.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace fairprice::catalogue {
namespace {

std::string told(const PackText& text) {
  std::string all;
  for (const PackChain& chain : text.chains) all += (all.empty() ? "" : " | ") + to_text(chain);
  if (!text.whole.empty()) all += (all.empty() ? "整" : " 整") + text.whole;
  return text.contradictory ? all + " !" : all;
}

// pack_examples.csv: ways of writing, each with what a person reads in it. A comma inside a text is a full-width one.
TEST(PackText, ReadsWhatAPersonReads) {
  std::ifstream file(std::string(FAIRPRICE_SOURCE_DIR) + "/tests/engine/catalogue/pack_examples.csv");
  std::string line;
  int examples = 0;
  for (std::getline(file, line); std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t comma = line.rfind(',');
    const std::string text = line.substr(0, comma);
    EXPECT_EQ(told(read_packs(text)), line.substr(comma + 1)) << text;
    ++examples;
  }
  EXPECT_GE(examples, 150);
}

TEST(PackText, OfNoTextIsNothing) {
  EXPECT_TRUE(read_packs("").empty());
  EXPECT_TRUE(read_packs("\xFF\xFE 5包").empty());
}

// Found by the fuzz target.
TEST(PackText, BuyNothingGetNothingIsNoPack) { EXPECT_TRUE(read_packs("买0赠0").empty()); }

// Found by the fuzz target: a number longer than any count was multiplied out.
TEST(PackText, LongNumbersAreNoCounts) {
  EXPECT_TRUE(read_packs("1777777711177777777771G").empty());
  EXPECT_TRUE(read_packs("1777777711177777777771包").empty());
  EXPECT_TRUE(read_packs("99999999999999999999X99999999999999999999包/箱").empty());
}

}  // namespace
}  // namespace fairprice::catalogue
