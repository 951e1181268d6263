#include "engine/catalogue/attributes.hpp"

#include <gtest/gtest.h>

#include "engine/base/problem.hpp"

namespace fairprice::catalogue {
namespace {

ingest::Dictionaries with_attributes(const char* attributes) {
  ingest::Dictionaries dictionaries;
  dictionaries.categories.push_back({"便携式电脑", "笔记本电脑", ""});
  dictionaries.attributes.push_back({"便携式电脑", attributes, "attributes.csv:2"});
  return dictionaries;
}

StatedConfiguration stated(const ingest::Dictionaries& dictionaries, const char* text, const char* model = "E14") {
  ingest::Keys keys(dictionaries);
  const AttributeTable table(keys);
  title::Tokens tokens(text);
  return stated_configuration(table.of(keys.category("笔记本电脑")), title::read_configuration(tokens, title::Device::computer), {}, model);
}

TEST(Attributes, AreReadInTheirOrderByTheCategorysName) {
  ingest::Keys keys(with_attributes(" memory  cpu gpu? "));
  const AttributeTable table(keys);
  const auto list = table.of(keys.category("笔记本电脑"));
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].attribute, title::Attribute::memory);
  EXPECT_EQ(list[1].attribute, title::Attribute::cpu);
  EXPECT_FALSE(list[1].optional);
  EXPECT_TRUE(list[2].optional);
  EXPECT_TRUE(table.of(keys.category("硒鼓")).empty());
  EXPECT_TRUE(table.of(ingest::kNone).empty());
}

TEST(Attributes, AnUnknownOneIsRefusedWithItsPlace) {
  ingest::Keys keys(with_attributes("cpu colours"));
  try {
    const AttributeTable table(keys);
    FAIL();
  } catch (const FatalError& error) {
    EXPECT_NE(std::string(error.what()).find("attributes.csv:2"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("colours"), std::string::npos) << error.what();
  }
}

TEST(Attributes, WhatIsNotStatedIsAQuestionMark) {
  const auto table = with_attributes("cpu memory storage gpu?");
  EXPECT_EQ(stated(table, "i5-1240P 16G 512G SSD").text, "I5-1240P/16G/512G-SSD/?");
  EXPECT_TRUE(stated(table, "i5-1240P 16G 512G SSD").complete);
  EXPECT_EQ(stated(table, "16G内存").text, "?/16G/?/?");
  EXPECT_FALSE(stated(table, "16G内存").complete);
  EXPECT_EQ(stated(table, "商务办公").text, "");
  EXPECT_FALSE(stated(table, "i5 16G 512G").complete);  // the generation is open
  EXPECT_EQ(stated(table, "i5-1240P 16G 512G MX450").text, "I5-1240P/16G/512G-SSD/MX450");
  EXPECT_FALSE(stated(table, "i5-1240P 16G 512G MX450/RTX3060").complete);  // a choice
}

TEST(Attributes, WhatTheModelSaysIsNotSaidAgain) {
  const auto table = with_attributes("cpu memory storage");
  EXPECT_EQ(stated(table, "MacBook Air M2 256G", "MACBOOKAIRM2256G").text, "");
  EXPECT_EQ(stated(table, "MacBook Air M2 8G内存 256G", "MACBOOKAIRM2256G").text, "?/8G/?");
  EXPECT_EQ(stated(table, "6G内存", "X256G").text, "?/6G/?");  // not as the end of 256G
}

TEST(Attributes, ConfigurationsAgreeWhereBothState) {
  EXPECT_TRUE(compatible("I5-1240P/16G/?", "I5-1240P/?/512G-SSD"));
  EXPECT_FALSE(compatible("I5-1240P/16G/?", "I5-1240P/8G/?"));
  EXPECT_TRUE(compatible("", "I5-1240P/8G/?"));
  EXPECT_TRUE(states_all_of("I5-1240P/16G/512G-SSD", "?/16G/?"));
  EXPECT_TRUE(states_all_of("?/16G/?", ""));
  EXPECT_FALSE(states_all_of("?/16G/?", "I5-1240P/16G/?"));
  EXPECT_FALSE(states_all_of("", "?/16G/?"));
}

TEST(Attributes, AConfiguredProductPrintsAndIsFoundAgain) {
  ingest::Keys keys({});
  const std::uint32_t brand = keys.brand("联想");
  const std::uint32_t base = keys.product(brand, "ThinkPad E14");
  const std::uint32_t product = keys.configured(base, "I5-1240P/16G/512G-SSD/?");
  EXPECT_EQ(keys.product_name(product), "联想 THINKPADE14#I5-1240P/16G/512G-SSD/?");
  EXPECT_EQ(keys.base_of(product), base);
  EXPECT_EQ(keys.base_of(base), base);
  EXPECT_EQ(keys.configuration(product), "I5-1240P/16G/512G-SSD/?");
  EXPECT_EQ(keys.configuration(base), "");
  EXPECT_EQ(keys.product_brand(product), brand);
  EXPECT_EQ(keys.text_product("联想 THINKPADE14#I5-1240P/16G/512G-SSD/?"), product);
  EXPECT_EQ(keys.text_product("联想 ThinkPad-E14#I5-1240P/16G/512G-SSD/?"), product);
  EXPECT_EQ(keys.configuration(keys.gtin_product(6901234567892)), "");
}

}  // namespace
}  // namespace fairprice::catalogue
