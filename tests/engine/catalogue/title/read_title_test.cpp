#include "engine/catalogue/title/read_title.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fairprice::title {
namespace {

const Vocabulary& vocabulary() {
  static const Vocabulary kVocabulary({{"惠普", "惠普"},
                                       {"HP", "惠普"},
                                       {"惠普(HP)", "惠普"},
                                       {"联想", "联想"},
                                       {"Lenovo", "联想"},
                                       {"ThinkPad", "联想"},
                                       {"得力", "得力"},
                                       {"deli", "得力"},
                                       {"TP-LINK", "普联"},
                                       {"西部数据", "西部数据"},
                                       {"Western Digital", "西部数据"},
                                       {"小米", "小米"},
                                       {"荣耀", "荣耀"},
                                       {"华为", "华为"},
                                       {"格力", "格力"},
                                       {"苹果", "苹果"}},
                                      {{"笔记本电脑", "笔记本电脑"},
                                       {"笔记本", "笔记本电脑"},
                                       {"激光打印机", "激光打印机"},
                                       {"硒鼓", "硒鼓"},
                                       {"固态硬盘", "硬盘"},
                                       {"平板电脑", "平板电脑"},
                                       {"碎纸机", "碎纸机"}});
  return kVocabulary;
}

TitleReading read(const std::string& title, const std::string& spec = {}) { return read_title(title, spec, vocabulary()); }

std::string models(const TitleReading& reading, double least = 0.35) {  // not a price
  std::string result;
  for (const ModelCandidate& one : reading.models)
    if (one.confidence >= least) result.append(result.empty() ? "" : " ").append(one.text);  // not a price
  return result;
}

TEST(ReadTitle, BrandsStandAsWholeWordsOrInsideARun) {
  EXPECT_EQ(read("惠普(HP) M427fdw").brand, "惠普");
  EXPECT_EQ(read("HP/惠普 M427fdw").brand, "惠普");
  EXPECT_EQ(read("全新联想拯救者 R7000").brand, "联想");
  EXPECT_EQ(read("thinkpad E14").brand, "联想");
  EXPECT_EQ(read("Western Digital 1TB").brand, "西部数据");
  EXPECT_EQ(read("TP-LINK AX3000").brand, "普联");
  EXPECT_EQ(read("HPX 100").brand, "");  // HP only as a whole word
  EXPECT_EQ(read("ＨＰ　Ｍ４２７").brand, "惠普");
}

TEST(ReadTitle, TheFrontBrandCountsAndASecondIsNoted) {
  const auto reading = read("华为荣耀平板 8英寸");
  EXPECT_EQ(reading.brand, "华为");
  EXPECT_TRUE(reading.several_brands);
  EXPECT_FALSE(read("惠普（HP） 惠普打印机").several_brands);
}

TEST(ReadTitle, ModelsAreLettersWithDigits) {
  EXPECT_EQ(models(read("惠普(HP)M427fdw黑白激光多功能一体机")), "M427FDW");
  EXPECT_EQ(models(read("得力deli S480碎纸机")), "S480");
  EXPECT_EQ(models(read("格力 KFR-35GW/NhAa1BAj 大1.5匹")), "KFR35GWNHAA1BAJ");
  EXPECT_EQ(models(read("苹果 iPad Air MGKM2CH/A 9.7英寸平板电脑 64G")), "MGKM2CHA");
  EXPECT_EQ(models(read("联想ThinkPad E14 20Y7003LCD i5-1240P 16G 512G 14英寸")), "E14 20Y7003LCD");
  EXPECT_EQ(models(read("惠普 14-ce2022TX 14英寸")), "14CE2022TX");
}

TEST(ReadTitle, AVariantBehindANumberIsPartOfIt) {
  EXPECT_EQ(models(read("华为 Mate60 Pro 手机")), "MATE60PRO");
  EXPECT_EQ(models(read("华为 Mate60 手机")), "MATE60");
  EXPECT_EQ(models(read("华为 nova11 SE 手机")), "NOVA11SE");
  EXPECT_EQ(models(read("S24+ 手机 12+256G")), "S24PLUS");
  EXPECT_EQ(models(read("联想 ThinkBook14+ 笔记本")), "THINKBOOK14PLUS");
}

TEST(ReadTitle, ANumberThatGoesOnIsOpen) {
  const auto is_open = [](const char* title) {
    const auto reading = read(title);
    return !reading.models.empty() && reading.models.front().open;
  };
  EXPECT_TRUE(is_open("格力 KFR-35GW/SQB+3 空调"));
  EXPECT_TRUE(is_open("海康威视 DS-2CD3T46WD-I3 摄像头"));
  EXPECT_FALSE(is_open("格力 KFR-35GW/NhAa1BAj 空调"));
  EXPECT_FALSE(is_open("惠普 M427fdw 打印机"));
}

TEST(ReadTitle, ConfigurationsStandardsAndYearsAreNoModels) {
  EXPECT_EQ(models(read("联想 i5-1240P R7 5800H RTX3060 8G 512G 15.6英寸 1080P 144Hz 65W")), "");
  EXPECT_EQ(models(read("惠普 A4 USB3.0 802.11ax DDR4 SATA3 HDMI2.0 2019款 2.4GHz 3.2kg")), "");
}

TEST(ReadTitle, AlternativesBehindASlashAreAChoice) {
  const auto reading = read("联想 E5490/5491 14英寸");
  ASSERT_FALSE(reading.models.empty());
  EXPECT_TRUE(reading.models[0].choice);
  EXPECT_FALSE(read("联想 E5490 14英寸").models[0].choice);
}

TEST(ReadTitle, ALongNumberIsExactAShortOneASeries) {
  const auto reading = read("联想ThinkPad E14 20Y7003LCD");
  ASSERT_EQ(reading.models.size(), 2U);
  EXPECT_LT(reading.models[0].confidence, kExactModel);  // not a price
  EXPECT_GE(reading.models[1].confidence, kExactModel);  // not a price
}

TEST(ReadTitle, SpansHoldWhatMayStandAmongKnownModels) {
  const auto has = [](const TitleReading& reading, const std::string& text) {
    return std::any_of(reading.spans.begin(), reading.spans.end(), [&](const ModelCandidate& one) { return one.text == text; });
  };
  EXPECT_TRUE(has(read("联想ThinkPad E14 Gen5 笔记本"), "THINKPADE14GEN5"));
  EXPECT_TRUE(has(read("联想小新 Pro14 笔记本"), "小新PRO14"));
  EXPECT_TRUE(has(read("戴尔灵越5370 13.3英寸"), "灵越5370"));
  EXPECT_TRUE(has(read("惠普 LaserJet Pro M427-fdw"), "M427FDW"));
}

TEST(ReadTitle, AccessoriesAreToldFromTheDevice) {
  const auto cartridge = read("适用于惠普M427硒鼓");
  EXPECT_TRUE(cartridge.offer.accessory);
  EXPECT_EQ(cartridge.brand, "");
  EXPECT_EQ(models(cartridge), "");
  const auto ours = read("得力 DLT-228A 适用惠普M427fdw硒鼓");
  EXPECT_EQ(ours.brand, "得力");
  EXPECT_EQ(models(ours), "DLT228A");
  EXPECT_TRUE(read("ThinkPad 电源适配器 65W").offer.accessory);
  EXPECT_TRUE(read("联想笔记本电脑包 15.6英寸").offer.accessory);
  EXPECT_FALSE(read("联想 触控笔记本电脑").offer.accessory);
}

TEST(ReadTitle, BundlesAndGiftsAreToldFromTheItem) {
  EXPECT_TRUE(read("惠普 M427fdw 套装").offer.bundle);
  EXPECT_TRUE(read("联想 E14 i5 16G 512G +鼠标").offer.bundle);
  EXPECT_TRUE(read("联想 E14 含键盘").offer.bundle);
  EXPECT_FALSE(read("联想 E14 含税 含发票").offer.bundle);
  EXPECT_FALSE(read("联想 E14 8G+256G").offer.bundle);
  const auto gift = read("联想 E14 i5 8G 256G 送32G U盘");
  EXPECT_TRUE(gift.offer.gift);
  EXPECT_EQ(gift.configuration.memory, 8);
  EXPECT_FALSE(read("格力 送风 柜机").offer.gift);
  EXPECT_TRUE(read("联想 P52S 512GB固态+23显示器").offer.bundle);
  EXPECT_TRUE(read("联想 D330 128GB 随机附赠1920*1200键盘").offer.bundle);
  EXPECT_TRUE(read("联想 D330 8G/128G/键盘/灰色").offer.bundle);
  EXPECT_FALSE(read("联想 E14 8G/256G/背光键盘").offer.bundle);
}

TEST(ReadTitle, SecondHandAndRefurbishedAreSaid) {
  for (const char* text : {"二手 ThinkPad T480", "99新 联想E14", "95 新 E14", "9成新 打印机"}) {
    EXPECT_EQ(read(text).offer.condition, Condition::second_hand) << text;
    EXPECT_TRUE(says_used(text)) << text;
  }
  for (const char* text : {"翻新 惠普M427", "官翻 iPad", "HP M427 refurbished", "Renewed ThinkPad"}) {
    EXPECT_EQ(read(text).offer.condition, Condition::refurbished) << text;
    EXPECT_TRUE(says_used(text)) << text;
  }
  for (const char* text : {"准新机 M427", "九九新 M427", "充新 M427", "拆机 M427", "9.9新 M427", "M427 样机"})
    EXPECT_EQ(read(text).offer.condition, Condition::second_hand) << text;
  for (const char* text : {"非二手 M427", "二手勿扰 M427", "2019新款 联想E14", "除二手烟 空气净化器", "全新 惠普M427", "创新 声卡",
                           "98新品", "手提电脑", "Reno 5"}) {
    EXPECT_EQ(read(text).offer.condition, Condition::brand_new) << text;
    EXPECT_FALSE(says_used(text)) << text;
  }
}

TEST(ReadTitle, GovernmentSuffixesAreSaid) {
  EXPECT_TRUE(read("惠普战66 政采版").offer.government_only);
  EXPECT_TRUE(read("联想 E14 政府专供").offer.government_only);
  EXPECT_FALSE(read("联想 E14 商用版").offer.government_only);
  EXPECT_TRUE(read("联想 E14 定制").offer.customised);
}

TEST(ReadTitle, SpecificationAndTitleAreReadTogether) {
  const auto reading = read("联想 E14 i5 笔记本电脑", "CPU:i5-1240P;内存:16GB;硬盘:512GB SSD");
  EXPECT_EQ(reading.configuration.text(Attribute::cpu), "I5-1240P");
  EXPECT_EQ(reading.configuration.text(Attribute::memory), "16G");
  EXPECT_EQ(reading.configuration.text(Attribute::storage), "512G-SSD");
  EXPECT_TRUE(reading.contradictions.none());
  EXPECT_TRUE(read("联想 E14 8G 512G", "内存16G").contradictions[static_cast<std::size_t>(Attribute::memory)]);
}

TEST(ReadTitle, TheCategoryWithTheLongestNameIsTaken) {
  EXPECT_EQ(read("联想 14英寸笔记本电脑").category, "笔记本电脑");
  EXPECT_EQ(read("得力 碎纸机").category, "碎纸机");
  EXPECT_EQ(read("得力 胶水").category, "");
  EXPECT_EQ(read("联想笔记本 512G固态硬盘").category, "笔记本电脑");  // a disk is a part of it
  EXPECT_EQ(read("西部数据 512G固态硬盘").category, "硬盘");
}

TEST(ReadTitle, ReadsAnyBytesWithoutHarm) {
  EXPECT_EQ(read("\xFF\xFE").brand, "");
  EXPECT_EQ(read(std::string("\0\0", 2)).brand, "");
  for (const char* text :
       {"-", "+", "/-/", "1", "I", "A-", "8G+", "*8G", "9", "新", "赠", "含", "送", "（", "G", "1.", ".1", "2*", "E-", "R5-", "99新"})
    read(text, text);
}

}  // namespace
}  // namespace fairprice::title
