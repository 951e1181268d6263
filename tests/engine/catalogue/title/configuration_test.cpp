#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/catalogue/title/configuration.hpp"

namespace fairprice::title {
namespace {

/// What a text states, as `cpu=I5-8250U memory=8G`; `memory?` where it is unclear.
std::string stated(const std::string& text, Device device = Device::computer, std::vector<Attribute> asked = {}) {
  Tokens tokens(text);
  const Configuration configuration = read_configuration(tokens, device);
  std::string result;
  for (std::size_t i = 0; i < kAttributes; ++i) {
    const auto attribute = static_cast<Attribute>(i);
    if (!asked.empty() && std::find(asked.begin(), asked.end(), attribute) == asked.end()) continue;
    const std::string value = configuration.text(attribute);
    if (value.empty() && !configuration.is_unclear(attribute)) continue;
    result.append(result.empty() ? "" : " ").append(attribute_name(attribute)).append(value.empty() ? "?" : "=" + value);
  }
  return result;
}

struct Example {
  const char* text;
  const char* expected;
};

class Processors : public testing::TestWithParam<Example> {};
TEST_P(Processors, AreNamedByFamilyAndNumber) {
  EXPECT_EQ(stated(GetParam().text, Device::computer, {Attribute::cpu}), GetParam().expected) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Cpu, Processors,
    testing::Values(Example{"i5-1240P 16G", "cpu=I5-1240P"}, Example{"酷睿i7 8550u", "cpu=I7-8550U"},
                    Example{"I58265U四核", "cpu=I5-8265U"}, Example{"i7-1165G7", "cpu=I7-1165G7"}, Example{"i5/8300H/8G", "cpu=I5-8300H"},
                    Example{"R7 5800H", "cpu=R7-5800H"}, Example{"锐龙5 3500U", "cpu=R5-3500U"}, Example{"Ryzen 7 5800H", "cpu=R7-5800H"},
                    Example{"Ultra 5 125H", "cpu=ULTRA5-125H"}, Example{"赛扬4205U", "cpu=4205U"}, Example{"四核N4100 4G", "cpu=N4100"},
                    Example{"A9-9425 4G", "cpu=A9-9425"}, Example{"至强E-2176M", "cpu=E-2176M"}, Example{"E5-2620 V4", "cpu=E5-2620V4"},
                    Example{"E3-1225v2", "cpu=E3-1225V2"}, Example{"英特尔酷睿i5 15.6英寸（i5-8250U）", "cpu=I5-8250U"},
                    Example{"i5 8G 256G", "cpu=I5"}, Example{"i5/i7四核 升级i7-8565U", "cpu=I7-8565U"},
                    Example{"i5-8250U/i7-8550U 可选", "cpu?"}, Example{"i7 2019新款", "cpu=I7"}, Example{"飞腾D2000", "cpu=飞腾D2000"},
                    Example{"龙芯3A5000", "cpu=龙芯3A5000"}, Example{"AMD R5 M530-2G", ""}, Example{"ThinkPad E14", ""},
                    Example{"MacBook Air M2芯片", "cpu=M2"}, Example{"i5-8265/i5-8265U", "cpu=I5-8265U"},
                    Example{"Ultra7-155H", "cpu=ULTRA7-155H"}, Example{"酷睿Ultra7 155H", "cpu=ULTRA7-155H"},
                    Example{"U7 155H", "cpu=ULTRA7-155H"}, Example{"酷睿5 120U", "cpu=CORE5-120U"},
                    Example{"2*海光C86 7380", "cpu=海光C86-7380*2"}, Example{"银牌4310*2", "cpu=4310*2"},
                    Example{"鲲鹏920 5250", "cpu=鲲鹏920-5250"}, Example{"双路银牌4310", "cpu=4310*2"}));

class Capacities : public testing::TestWithParam<Example> {};
TEST_P(Capacities, AreMemoryOrDisks) {
  EXPECT_EQ(stated(GetParam().text, Device::computer, {Attribute::memory, Attribute::storage}), GetParam().expected) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Computer, Capacities,
    testing::Values(
        Example{"i5-8250U 8G 256G", "memory=8G storage=256G-SSD"}, Example{"8G/1T/MX110", "memory=8G storage=1T"},
        Example{"8GB内存+256GB固态硬盘", "memory=8G storage=256G-SSD"}, Example{"内存16G硬盘512G", "memory=16G storage=512G-SSD"},
        Example{"8G内存256G固态", "memory=8G storage=256G-SSD"}, Example{"8G 512G SSD+1T HDD", "memory=8G storage=512G-SSD+1T-HDD"},
        Example{"512G SSD+1T HDD", "storage=512G-SSD+1T-HDD"}, Example{"8G 1T+128G", "memory=8G storage=128G-SSD+1T-HDD"},
        Example{"8G 500G", "memory=8G storage=500G-HDD"}, Example{"4G内存 128G固态硬盘 1TB机械", "memory=4G storage=128G-SSD+1T-HDD"},
        Example{"8G256G", "memory=8G storage=256G-SSD"}, Example{"16G PCIe512G", "memory=16G storage=512G-SSD"},
        Example{"512GB SSD/16GB", "memory=16G storage=512G-SSD"}, Example{"8G 256G 2G独显", "memory=8G storage=256G-SSD"},
        Example{"MX150-2G 8G 256G", "memory=8G storage=256G-SSD"}, Example{"GTX1050Ti 4G 16G 512G", "memory=16G storage=512G-SSD"},
        Example{"2*4GB/2TB", "memory=8G storage=2T"}, Example{"8G 1T 16G傲腾 升级至：16G内存 512G固态", "memory=16G storage=512G-SSD"},
        Example{"8G/16G内存可选", "memory?"}, Example{"256G/512G固态可选 8G内存", "memory=8G storage?"},
        Example{"8+256G", "memory=8G storage=256G-SSD"}, Example{"16G+512", "memory=16G storage=512G-SSD"},
        Example{"1000G机械 8G", "memory=8G storage=1T-HDD"}, Example{"4G路由器", ""}, Example{"宏碁 V3-572G", ""}, Example{"DDR4 3200", ""},
        Example{"32G内存 512G固态+512G固态", "memory=32G storage=512G-SSD+512G-SSD"},
        Example{"8G 500+256G 2G", "memory=8G storage=256G-SSD+500G-HDD"}, Example{"8G 256+512固态", "memory=8G storage=256G-SSD+512G-SSD"},
        Example{"8G 512固态+1T 独显", "memory=8G storage=512G-SSD+1T-HDD"},
        Example{"8G 500G+256G 独显", "memory=8G storage=256G-SSD+500G-HDD"},
        Example{"1050Ti 4G独显 8GB内存 128G固态+1T机械", "memory=8G storage=128G-SSD+1T-HDD"},
        Example{"8G/1T/独显 升级到16G大内存", "memory=16G storage=1T"},
        Example{"8G 256G固态 升级到16G内存加装512G固态硬盘", "memory=16G storage=256G-SSD+512G-SSD"},
        Example{"4GB内存 1T机械 升级至：8GB 128GB+1TB双硬盘", "memory=8G storage=128G-SSD+1T-HDD"},
        Example{"8G 256G SSD+16G傲腾", "memory=8G storage?"}, Example{"32G 512G固态+1TB双固态", "memory=32G storage=512G-SSD+1T-SSD"},
        Example{"CPU:i7;内存:16G;硬盘:1T HDD", "memory=16G storage=1T-HDD"},
        Example{"16G内存 512G固态+4G上网模块", "memory=16G storage=512G-SSD"}, Example{"8G 256G 无4G", "memory=8G storage=256G-SSD"},
        Example{"32 GB DDR4 1 TB SSD", "memory=32G storage=1T-SSD"}, Example{"16GB DDR4 512GB", "memory=16G storage=512G-SSD"},
        Example{"16G DDR5 4800 1T", "memory=16G storage=1T"}, Example{"8G*2 512G*2", "memory=16G storage=512G-SSD+512G-SSD"},
        Example{"8G×4/512G", "memory=32G storage=512G-SSD"}, Example{"16GB X2 512G", "memory=32G storage=512G-SSD"},
        Example{"16G*2内存 512G*2固态+2T机械", "memory=32G storage=512G-SSD+512G-SSD+2T-HDD"}));

// 8+8G, 两条8G, 1.2T: the text does say something, but what is not certain, and two such texts are no match.
TEST(Capacities, WhatIsNotUnderstoodIsUnread) {
  for (const char* text : {"8+8G 512G", "16G+16G 512G", "两条8G 512G", "8G双条 512G", "16G 1.92T"}) {
    Tokens tokens(text);
    EXPECT_TRUE(read_configuration(tokens, Device::computer).unread[static_cast<std::size_t>(Attribute::memory)]) << text;
  }
  for (const char* text : {"8G 512G", "8G+512G", "16G+512G SSD+1T", "V3-572G 8G 512G"}) {
    Tokens tokens(text);
    EXPECT_TRUE(read_configuration(tokens, Device::computer).unread.none()) << text;
  }
  Tokens snapdragon("骁龙X Elite 16G 512G");
  EXPECT_TRUE(read_configuration(snapdragon, Device::computer).unread[static_cast<std::size_t>(Attribute::cpu)]);
}

TEST(Capacities, ALoneOneOfAPhoneOrTabletIsItsStorage) {
  EXPECT_EQ(stated("64G WiFi版", Device::handheld, {Attribute::memory, Attribute::storage}), "storage=64G-SSD");
  EXPECT_EQ(stated("8G+128G", Device::handheld, {Attribute::memory, Attribute::storage}), "memory=8G storage=128G-SSD");
  EXPECT_EQ(stated("1G/8G", Device::handheld, {Attribute::memory, Attribute::storage}), "memory=1G storage=8G");
  EXPECT_EQ(stated("12GB+256GB 5G手机", Device::handheld, {Attribute::memory, Attribute::storage, Attribute::network}),
            "memory=12G storage=256G-SSD network=5G");
}

class Graphics : public testing::TestWithParam<Example> {};
TEST_P(Graphics, AreTheDedicatedOnes) {
  EXPECT_EQ(stated(GetParam().text, Device::computer, {Attribute::gpu}), GetParam().expected) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Gpu, Graphics,
    testing::Values(Example{"MX150-2G独显", "gpu=MX150"}, Example{"RTX3060", "gpu=3060"}, Example{"RTX 3060 6G", "gpu=3060-6G"},
                    Example{"GTX1660Ti", "gpu=1660TI"}, Example{"1660Ti 6G独显", "gpu=1660TI"}, Example{"2G独显", "gpu=独显"},
                    Example{"集成显卡", ""}, Example{"i5-8300H/8G/1T/1050", "gpu=1050"}, Example{"R5 M530 2G", "gpu=R5M530"},
                    Example{"940MX", "gpu=940MX"}, Example{"i7-8750H P1000 4G独显", "gpu=P1000"}, Example{"惠普P1106激光打印机", ""},
                    Example{"GTX1050/RTX2060", "gpu?"}, Example{"UHD620核显", ""}, Example{"8G 128G 1T 2G", "gpu=独显"},
                    Example{"2G独 FHD", "gpu=独显"}, Example{"2G独显/集显", "gpu?"}, Example{"满血版显卡", "gpu?"},
                    Example{"i7-12700/32G/1T/RTX A4000 16G", "gpu=RTXA4000"}, Example{"i7-12700/32G/1T/A4000", "gpu=RTXA4000"},
                    Example{"RTX4000 Ada", "gpu=RTX4000ADA"}, Example{"RTX5060", "gpu=5060"}, Example{"Arc A380", "gpu=A380"},
                    Example{"GTX1060 3G独显", "gpu=1060-3G"}, Example{"RTX3080-16G", "gpu=3080-16G"},
                    Example{"GTX1060游戏本 i7 GTX1060 6G独显", "gpu=1060-6G"}, Example{"RTX2080MQ", "gpu=2080MQ"}));

class Measures : public testing::TestWithParam<Example> {};
TEST_P(Measures, AreReadWithTheirUnits) { EXPECT_EQ(stated(GetParam().text, Device::other), GetParam().expected) << GetParam().text; }
INSTANTIATE_TEST_SUITE_P(
    Units, Measures,
    testing::Values(Example{"15.6英寸", "screen=15.6寸"}, Example{"27寸 2K 144Hz", "screen=27寸 resolution=2K refresh=144HZ"},
                    Example{"1920×1080", "resolution=1920*1080"}, Example{"1080P", "resolution=1920*1080"},
                    Example{"Win10专业版", "system=WIN10"}, Example{"Windows 11", "system=WIN11"}, Example{"统信UOS", "system=UOS"},
                    Example{"银河麒麟V10", "system=麒麟"}, Example{"1500W", "power=1500W"}, Example{"1.5匹", "horsepower=1.5匹"},
                    Example{"大1匹", "horsepower=1.1匹"}, Example{"40页/分", "speed=40PPM"}, Example{"30ppm", "speed=30PPM"},
                    Example{"黑白激光多功能一体机", "print_colour=黑白"},
                    Example{"彩色激光打印机 自动双面", "print_colour=彩色 duplex=双面"}, Example{"A4 A3", "paper=A3"},
                    Example{"键盘 黑色", "colour=黑"}, Example{"100%色域", ""}, Example{"WiFi版", "network=WIFI"},
                    Example{"全网通", "network=全网通"}, Example{"14/15.6英寸", "screen?"}, Example{"FHD 4K屏", "resolution=3840*2160"}));

TEST(Configuration, TheFullerOfTwoTextsStands) {
  Tokens a("i5 8G 512G"), b("i5-8250U 512G机械");
  std::bitset<kAttributes> contradictions;
  const Configuration both = merged(read_configuration(a, Device::computer), read_configuration(b, Device::computer), contradictions);
  EXPECT_EQ(both.cpu, "I5-8250U");
  EXPECT_EQ(both.memory, 8);
  EXPECT_TRUE(contradictions[static_cast<std::size_t>(Attribute::storage)]);  // 512G as a bare number is solid-state
  EXPECT_EQ(contradictions.count(), 1U);
}

TEST(Configuration, NamesOfAttributesAreFoundAgain) {
  for (std::size_t i = 0; i < kAttributes; ++i)
    EXPECT_EQ(find_attribute(attribute_name(static_cast<Attribute>(i))), static_cast<Attribute>(i));
  EXPECT_FALSE(find_attribute("cpus"));
}

}  // namespace
}  // namespace fairprice::title
