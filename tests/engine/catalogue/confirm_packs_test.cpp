#include "engine/catalogue/confirm_packs.hpp"

#include <gtest/gtest.h>

#include <string>

#include "engine/catalogue/pack_words.hpp"

namespace fairprice::catalogue {
namespace {

/// Units numbered by their place among the words; 只 and 个 are one unit, as in the dictionary.
std::uint32_t unit_of(std::string_view word) {
  if (word == "只") word = "个";
  for (std::uint32_t i = 0; i < unit_words().size(); ++i)
    if (unit_words()[i] == word) return i;
  return ingest::kNone;
}

bool contradicts(const char* text, double size, const char* unit) {
  return contradicts_pack(read_packs(text), static_cast<std::int64_t>(size * PackUnits::kOne), unit_of(unit), unit_of);
}

TEST(ContradictsPack, ACountOfWhatIsSoldMustBeThePackSize) {
  EXPECT_FALSE(contradicts("6瓶装", 6, "瓶"));
  EXPECT_TRUE(contradicts("6瓶装", 1, "瓶"));
  EXPECT_TRUE(contradicts("6瓶装", 12, "瓶"));
  EXPECT_TRUE(contradicts("A4 70g 500张 5包", 1, "包"));
  EXPECT_FALSE(contradicts("A4 70g 500张 5包", 5, "包"));
  EXPECT_FALSE(contradicts("500ml*24", 24, "瓶"));  // the unit is not named
  EXPECT_TRUE(contradicts("500ml*24", 1, "瓶"));
}

TEST(ContradictsPack, AContainerIsConsistentWithOneAndWithWhatItHolds) {
  for (const double size : {1, 12, 144}) EXPECT_FALSE(contradicts("12支/盒 12盒/箱", size, "支")) << size;
  EXPECT_TRUE(contradicts("12支/盒 12盒/箱", 10, "支"));
  EXPECT_FALSE(contradicts("12支/盒 12盒/箱", 1, "盒"));
  EXPECT_FALSE(contradicts("12支/盒 12盒/箱", 12, "盒"));
  EXPECT_FALSE(contradicts("12支/盒 10盒/箱", 1, "箱"));
}

TEST(ContradictsPack, ThePackSizeMustNotCountWhatIsInOneUnit) {
  EXPECT_TRUE(contradicts("12支/盒", 12, "盒"));
  EXPECT_TRUE(contradicts("12支/盒 10盒/箱", 120, "箱"));
  EXPECT_FALSE(contradicts("12支/盒", 5, "盒"));  // five boxes: nothing speaks against it
  EXPECT_FALSE(contradicts("12支/盒", 1, "盒"));
}

TEST(ContradictsPack, WholeContainersAndTextsThatContradictThemselves) {
  EXPECT_TRUE(contradicts("A4复印纸 整箱", 1, "包"));
  EXPECT_FALSE(contradicts("A4复印纸 整箱", 8, "包"));
  EXPECT_FALSE(contradicts("A4复印纸 整箱", 1, "箱"));
  EXPECT_TRUE(contradicts("5包/箱 8包/箱", 5, "包"));
}

TEST(ContradictsPack, WhatSpeaksOfOtherUnitsOrOfNothingIsNoContradiction) {
  EXPECT_FALSE(contradicts("得力碎纸机 一次5张", 1, "台"));
  EXPECT_FALSE(contradicts("A4 70g", 5, "包"));
  EXPECT_FALSE(contradicts("", 5, "包"));
  EXPECT_FALSE(contradicts_pack(read_packs("6瓶装"), PackUnits::kOne, ingest::kNone, unit_of));
  EXPECT_FALSE(contradicts("10个/盒", 10, "只")) << "the dictionary makes one unit of 只 and 个";
}

std::int64_t factor(const char* text, const char* unit, const char* base) {
  return stated_factor(read_packs(text), unit_of(unit), unit_of(base), unit_of);
}

TEST(StatedFactor, IsTheProductBetweenTheTwoUnits) {
  EXPECT_EQ(factor("500张/包 8包/箱", "箱", "包"), 8);
  EXPECT_EQ(factor("500张/包 8包/箱", "箱", "张"), 4000);
  EXPECT_EQ(factor("500张/包 8包/箱", "包", "张"), 500);
  EXPECT_EQ(factor("500张/包 8包/箱", "包", "箱"), 0) << "not the other way round";
}

TEST(StatedFactor, IsNothingWhereTheTextIsNotSure) {
  EXPECT_EQ(factor("500张 8包", "箱", "包"), 0) << "8包 is what is sold, of no named container";
  EXPECT_EQ(factor("5包/箱 8包/箱", "箱", "包"), 0);
  EXPECT_EQ(factor("整箱", "箱", "包"), 0);
}

}  // namespace
}  // namespace fairprice::catalogue
