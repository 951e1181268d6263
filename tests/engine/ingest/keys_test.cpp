#include "engine/ingest/keys.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/base/text.hpp"

namespace fairprice::ingest {
namespace {

Dictionaries some_dictionaries() {
  Dictionaries dictionaries;
  dictionaries.brands = {{"惠普(HP)", "惠普"}, {"hp", "惠普"}, {"HP/惠普", "惠普"}, {"得力集团", "得力"}};
  dictionaries.categories = {{"笔记本电脑", "便携式计算机", "台"}, {"Laptop", "便携式计算机", "台"}};
  dictionaries.units = {{"箱", "包", 5 * 10'000}, {"令", "包", 10'000}, {"两", "斤", 1'000}};
  dictionaries.shops = {{"京东自营", "京东", "京东", ""}, {"京东旗舰", "京东", "", ""}, {"小店", "", "", "S1"}};
  return dictionaries;
}

TEST(Keys, BringsABrandsAliasesTogether) {
  Keys keys(some_dictionaries());
  const std::uint32_t hp = keys.brand("惠普");
  for (const char* alias : {"惠普(HP)", "惠普（ＨＰ）", "hp", "HP", "ｈｐ", "hp/惠普", "HP/惠普"})
    EXPECT_EQ(keys.brand(alias), hp) << alias;
  EXPECT_NE(keys.brand("惠普HP"), hp);
  EXPECT_NE(keys.brand("得力"), hp);
  EXPECT_EQ(keys.brand("得力集团"), keys.brand("得力"));
  EXPECT_EQ(keys.brand(""), kNone);
  EXPECT_EQ(keys.brand("\xC3\x28"), Keys::kBadText);
  EXPECT_EQ(keys.brands[hp], "惠普");
}

TEST(Keys, FoldsSpellingsOfAModelIntoOneProduct) {
  Keys keys(some_dictionaries());
  const std::uint32_t hp = keys.brand("hp");
  const std::uint32_t product = keys.product(hp, "LaserJet-P1106");
  for (const char* spelling :
       {"LASERJETP1106", "laserjet p1106", "Laser Jet_P1106", "laserjet/p1106", "LaserJet\\P1106", "LaserJet·P1106", "LaserJet—P1106",
        "LaserJet\xE2\x88\x92P1106", "ＬａｓｅｒＪｅｔ　Ｐ１１０６", "LaserJet.P1106", ".laserjetp1106.", "LaserJet\tP1106"})
    EXPECT_EQ(keys.product(hp, spelling), product) << spelling;
  EXPECT_NE(keys.product(hp, "LaserJet P110.6"), product);  // a dot between digits is part of the number
  EXPECT_NE(keys.product(keys.brand("得力"), "LaserJet-P1106"), product);
  EXPECT_EQ(keys.product_name(product), "惠普 LASERJETP1106");
  EXPECT_EQ(keys.product_brand(product), hp);
}

TEST(Keys, AModelThatFoldsToNothingIsNone) {
  Keys keys(some_dictionaries());
  const std::uint32_t hp = keys.brand("hp");
  for (const char* empty : {"", "-", " - / . ", "．", "——", "　"}) EXPECT_EQ(keys.product(hp, empty), kNone) << empty;
  EXPECT_EQ(keys.product(kNone, "P1106"), kNone);
  EXPECT_EQ(keys.product(hp, "P\xC3\x28"), Keys::kBadText);
}

/// The product by the short cuts is the one named by folded_model.
void expect_folded(Keys& keys, std::uint32_t brand, const std::string& model) {
  const std::string folded = folded_model(model);
  const std::uint32_t product = keys.product(brand, model);
  Keys::ProductSearch search;
  keys.begin(search, brand, model);
  keys.look(search);
  ASSERT_EQ(keys.end(search), product) << quoted_for_message(model);
  if (folded.empty()) {
    ASSERT_EQ(product, kNone) << quoted_for_message(model);
  } else {
    ASSERT_LT(product, Keys::kBadText) << quoted_for_message(model);
    ASSERT_EQ(keys.product_name(product), std::string(keys.brands[brand]) + " " + folded) << quoted_for_message(model);
  }
}

TEST(Keys, FastPathFoldsAllShortAsciiModelsAsFoldedModelDoes) {
  Keys keys(some_dictionaries());
  const std::uint32_t brand = keys.brand("得力");
  const std::string alphabet = "aZ09.-_/\\ \t\r\x0b\x1f\x7f\x01()+'@[`{~,;";
  for (const char a : alphabet) {
    expect_folded(keys, brand, std::string{a});
    for (const char b : alphabet) {
      expect_folded(keys, brand, std::string{a, b});
      for (const char c : alphabet) expect_folded(keys, brand, std::string{a, b, c});
    }
  }
  for (int c = 0; c < 128; ++c) {
    expect_folded(keys, brand, std::string{static_cast<char>(c)});
    expect_folded(keys, brand, std::string{'1', static_cast<char>(c), '2'});
    expect_folded(keys, brand, std::string{'x', static_cast<char>(c), '.', '5'});
  }
}

// Lengths around 60 and 64, where the short cuts end; some characters beyond ASCII.
TEST(Keys, FastPathFoldsRandomModelsAsFoldedModelDoes) {
  constexpr unsigned kSeed = 41;
  std::mt19937_64 random(kSeed);
  Keys keys(some_dictionaries());
  const std::uint32_t brand = keys.brand("得力");
  const std::vector<std::string> pieces = {"a", "B", "1",  "2",  ".",  ".", "-", " ",  "_", "/", "\\", "+",
                                           "9", "z", "．", "５", "ｘ", "·", "—", "得", "ß", "ﬁ", "①"};
  for (int round = 0; round < 30'000; ++round) {
    std::string model;
    const std::size_t most = round % 2 == 0 ? 15 : pieces.size();  // half of them ASCII alone
    for (std::size_t left = random() % (round % 5 == 0 ? 80 : 12); left > 0; --left)
      model += pieces[random() % std::min<std::size_t>(most, round % 2 == 0 ? 14 : most)];
    expect_folded(keys, brand, model);
    if (HasFatalFailure()) return;
  }
}

TEST(Keys, ASplitModelKeepsItsSeparators) {
  Keys keys(some_dictionaries());
  const std::uint32_t brand = keys.brand("得力");
  const std::uint32_t before = keys.product(brand, "A-1.B");
  keys.split_model(brand, {"A-1-B", "A1-B"});
  const std::uint32_t one = keys.product(brand, "A-1-B");
  const std::uint32_t other = keys.product(brand, "A1-B");
  EXPECT_NE(one, other);
  EXPECT_NE(one, before);
  for (const char* spelling : {"a-1-b", "A 1 B", "A--1_/b", "A-1.B", "Ａ－１－Ｂ"})
    EXPECT_EQ(keys.product(brand, spelling), one) << spelling;
  EXPECT_EQ(keys.product(brand, "a1 b"), other);
  EXPECT_EQ(keys.product(brand, "A1B"), kNone);  // equal to neither
  EXPECT_EQ(keys.product(brand, "A-1B"), kNone);
  EXPECT_EQ(keys.split_of(brand, "A1B"), (std::vector<std::uint32_t>{one, other}));
  EXPECT_TRUE(keys.split_of(brand, "A2B").empty());
  EXPECT_TRUE(keys.split_of(keys.brand("hp"), "A1B").empty());
  EXPECT_EQ(keys.product_name(one), "得力 A-1-B");
  EXPECT_EQ(keys.product_name(other), "得力 A1-B");
  EXPECT_EQ(keys.product_brand(one), brand);
  // The short cut in steps says the same.
  for (const std::string spelling : {"a-1-b", "a1 b", "A1B"}) {
    Keys::ProductSearch search;
    keys.begin(search, brand, spelling);
    keys.look(search);
    EXPECT_EQ(keys.end(search), keys.product(brand, spelling)) << spelling;
  }
}

TEST(Keys, NamesABarcodeByFourteenDigits) {
  Keys keys({});
  const std::uint32_t product = keys.gtin_product(6901234567892);
  EXPECT_EQ(keys.product_name(product), "GTIN 06901234567892");
  EXPECT_EQ(keys.product_brand(product), kNone);
  EXPECT_EQ(keys.gtin_product(6901234567892), product);
}

TEST(Keys, APersonsProductIsTheOneThatPrintsSo) {
  Keys keys(some_dictionaries());
  const std::uint32_t printer = keys.product(keys.brand("hp"), "P1106");
  EXPECT_EQ(keys.text_product("惠普 P1106"), printer);
  EXPECT_EQ(keys.text_product("  HP p-1106 "), printer);
  EXPECT_EQ(keys.text_product("hp p1106"), printer);
  EXPECT_EQ(keys.text_product("GTIN 06901234567892"), keys.gtin_product(6901234567892));
  const std::uint32_t free_text = keys.text_product("some thing else altogether");
  EXPECT_EQ(keys.text_product("Some Thing Else Altogether"), free_text);
  keys.split_model(keys.brand("得力"), {"A-1", "A1"});
  EXPECT_EQ(keys.text_product("得力 A-1"), keys.product(keys.brand("得力"), "A-1"));
}

TEST(Keys, BringsUnitsToTheirBase) {
  Keys keys(some_dictionaries());
  const auto carton = keys.unit("箱");
  const auto ream = keys.unit("令");
  EXPECT_EQ(carton.unit, ream.unit);
  EXPECT_EQ(keys.units[carton.unit], "包");
  EXPECT_EQ(carton.factor, 50'000);
  EXPECT_EQ(keys.unit("包").unit, carton.unit);  // not listed: a unit of its own with factor 1, the same text
  EXPECT_EQ(keys.unit("包").factor, 10'000);
  EXPECT_EQ(keys.unit("两").factor, 1'000);
  EXPECT_EQ(keys.unit("Set").unit, keys.unit(" set ").unit);
  EXPECT_EQ(keys.unit("").unit, kNone);
  EXPECT_EQ(keys.unit("").factor, 10'000);
  EXPECT_EQ(keys.unit("\xFF").unit, Keys::kBadText);
}

TEST(Keys, AShopIsItsOperators) {
  Keys keys(some_dictionaries());
  EXPECT_EQ(keys.operator_of("京东自营"), keys.operator_of("京东旗舰"));  // operator, else shop
  EXPECT_EQ(keys.operators[keys.operator_of("小店")], "小店");            // else the shop itself
  EXPECT_EQ(keys.operator_of("某 shop"), keys.operator_of("某 SHOP"));
  EXPECT_NE(keys.operator_of("某 shop"), keys.operator_of("另一家"));
  EXPECT_EQ(keys.operator_of("京东"), keys.operator_of("京东自营"));
}

TEST(Keys, ACategoryIsPrintedAsTheDictionaryWritesItElseAsItStands) {
  Keys keys(some_dictionaries());
  EXPECT_EQ(keys.category("laptop"), keys.category("笔记本电脑"));
  EXPECT_EQ(keys.categories[keys.category("LAPTOP")], "便携式计算机");
  EXPECT_EQ(keys.categories[keys.category("Desk Lamp")], "Desk Lamp");
  EXPECT_NE(keys.category("Desk Lamp"), keys.category("DESK LAMP"));  // case is kept
  EXPECT_EQ(keys.category(""), kNone);
}

TEST(Keys, SuppliersAndListingsAreComparedAsTheyStand) {
  Keys keys({});
  EXPECT_NE(keys.supplier("s1"), keys.supplier("S1"));
  EXPECT_EQ(keys.supplier("s1"), keys.supplier("s1"));
  EXPECT_NE(keys.listing("a"), keys.listing("A"));
  EXPECT_EQ(keys.listing("\xFF"), Keys::kBadText);
}

}  // namespace
}  // namespace fairprice::ingest
