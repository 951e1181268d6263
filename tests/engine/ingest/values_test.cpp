#include "engine/ingest/values.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace fairprice::ingest {
namespace {

// ---- numbers without a unit

TEST(Quantities, AreCountsOfTenThousandths) {
  const std::vector<std::pair<std::string, std::int64_t>> good = {{"1", 10'000},
                                                                  {"2.5", 25'000},
                                                                  {"0.0001", 1},
                                                                  {"1,000", 10'000'000},
                                                                  {"999999999", 9'999'999'990'000},
                                                                  {"999999999.9999", 9'999'999'999'999},
                                                                  {"3.50000000000", 35'000},
                                                                  {" ３ ", 30'000}};
  for (const auto& [cell, count] : good) {
    EXPECT_TRUE(parse_quantity(cell).ok) << cell;
    EXPECT_EQ(parse_quantity(cell).value, count) << cell;
    EXPECT_EQ(parse_factor(cell).value, count) << cell;
    EXPECT_EQ(parse_pack_size(cell).value, count) << cell;
  }
  for (const std::string cell :
       {"0", "0.0000", "-1", "1.00001", "1000000000", "3台", "abc", "1e3", "1.", "1-2", "1/2", "99999999999999999999"}) {
    EXPECT_FALSE(parse_quantity(cell).ok) << cell;
    EXPECT_EQ(parse_quantity(cell).code, ProblemCode::bad_quantity) << cell;
    EXPECT_EQ(parse_pack_size(cell).code, ProblemCode::bad_pack) << cell;
    EXPECT_EQ(parse_factor(cell).code, ProblemCode::not_a_number) << cell;
  }
  EXPECT_EQ(parse_quantity("").code, ProblemCode::missing_value);
  EXPECT_EQ(parse_pack_size(" ").code, ProblemCode::missing_value);
}

TEST(Packs, HoldAtMostFourPlacesFromOneHundredthToBelowTenThousand) {
  const auto k = [](std::int64_t pack, std::int64_t factor) { return pack_units(pack, factor); };
  EXPECT_EQ(k(120'000, 10'000).value.ten_thousandths(), 120'000);  // 12 x 1
  EXPECT_EQ(k(5'000'000, 10).value.ten_thousandths(), 5'000);      // 500 x 0.001
  EXPECT_EQ(k(100, 10'000).value.ten_thousandths(), 100);          // 0.01
  EXPECT_FALSE(k(99, 10'000).ok);                                  // 0.0099
  EXPECT_EQ(k(99'999'999, 10'000).value.ten_thousandths(), 99'999'999);
  EXPECT_FALSE(k(100'000'000, 10'000).ok);  // 10 000
  EXPECT_FALSE(k(15'555, 5'000).ok);        // 1.5555 x 0.5 = 0.77775
  EXPECT_EQ(k(15'554, 5'000).value.ten_thousandths(), 7'777);
  EXPECT_FALSE(k(9'999'999'999'999, 9'999'999'999'999).ok);  // 128 bits are needed
  EXPECT_EQ(k(99, 10'000).code, ProblemCode::bad_pack);
}

TEST(Levels, AreCountsOfHundredMillionths) {
  EXPECT_EQ(parse_level("101.25").value, 10'125'000'000);
  EXPECT_EQ(parse_level("0.00000001").value, 1);
  EXPECT_EQ(parse_level("999999999.99999999").value, 99'999'999'999'999'999);
  EXPECT_EQ(parse_level("1,000").value, 100'000'000'000);
  for (const std::string cell : {"0", "-1", "100%", "0.000000001", "1000000000", "abc"}) {
    EXPECT_FALSE(parse_level(cell).ok) << cell;
    EXPECT_EQ(parse_level(cell).code, ProblemCode::not_a_number) << cell;
  }
}

// ---- discounts

TEST(Discounts, AreTheShareThatIsPaid) {
  struct Case {
    std::string cell;
    int millionths;
    HeadingUnit heading = HeadingUnit::none;
  };
  const std::vector<Case> good = {
      {"9折", 900'000},
      {"9.5折", 950'000},
      {"95折", 950'000},
      {"８折", 800'000},
      {"10折", 1'000'000},
      {"0.5折", 50'000},
      {"8.8888 折", 888'880},
      {"90%", 900'000},
      {"90 %", 900'000},
      {"88.8888％", 888'888},
      {"100%", 1'000'000},
      {"0.5%", 5'000},
      {"0.9", 900'000},
      {"0.5", 500'000},
      {"1", 1'000'000},
      {"1.000000000", 1'000'000},
      {"0.888888", 888'888},
      {"下浮10%", 900'000},
      {"下浮 5.5 %", 945'000},
      {"下浮0%", 1'000'000},
      {"9", 900'000, HeadingUnit::zhe},
      {"9.5", 950'000, HeadingUnit::zhe},
      {"95", 950'000, HeadingUnit::zhe},
      {"90%", 900'000, HeadingUnit::zhe},
      {"90", 900'000, HeadingUnit::percent},
      {"9折", 900'000, HeadingUnit::percent},
  };
  for (const Case& c : good) {
    const auto discount = parse_discount(c.cell, c.heading);
    EXPECT_TRUE(discount.ok) << c.cell << ": " << code_name(discount.code);
    EXPECT_EQ(discount.value, c.millionths) << c.cell;
  }
}

TEST(Discounts, BareNumbersThatMayMeanTwoThingsAreAmbiguous) {
  for (const std::string cell : {"9", "95", "1.01", "1.0000000000001", "0.49", "0", "0.4999999999999", "99999999999999999999"})
    EXPECT_EQ(parse_discount(cell).code, ProblemCode::ambiguous_discount) << cell;
  for (const std::string cell : {"0.9", "0.95"})
    EXPECT_EQ(parse_discount(cell, HeadingUnit::zhe).code, ProblemCode::ambiguous_discount) << cell;
  for (const std::string cell : {"0.9", "1"})
    EXPECT_EQ(parse_discount(cell, HeadingUnit::percent).code, ProblemCode::ambiguous_discount) << cell;
}

TEST(Discounts, AreRefusedOutsideZeroToOneAndBeyondSixDecimals) {
  for (const std::string cell :
       {"0折",       "100折",     "101折",           "0%",  "100.1%", "120%",  "-5%",    "下浮100%", "下浮101%", "下浮10", "下浮9折",
        "0.8888888", "88.88888%", "9.99999999999折", "abc", "九折",   "9折起", "1,000%", "折",       "%",        "9%折",   "0.9.5"}) {
    EXPECT_FALSE(parse_discount(cell).ok) << cell;
    EXPECT_EQ(code_name(parse_discount(cell).code), "not-a-discount") << cell;
  }
  EXPECT_EQ(parse_discount("").code, ProblemCode::missing_value);
}

// ---- dates and words

TEST(DateCells, TheFastPathIsTheSlowOne) {
  const std::string day = "2023-11-05", moment = "2023-11-05 23:59:59";
  EXPECT_EQ(parse_date_cell(day).value, Date::of(2023, 11, 5));
  EXPECT_EQ(parse_date_cell(moment).value, Date::of(2023, 11, 5));
  for (const std::string& base : {day, moment})
    for (std::size_t place = 0; place < base.size(); ++place)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = base;
        text[place] = static_cast<char>(byte);
        EXPECT_EQ(parse_date_cell(text).ok, parse_date_slow(text).ok) << text;
        EXPECT_EQ(parse_date_cell(text).value, parse_date_slow(text).value) << text;
      }
  EXPECT_EQ(parse_date_cell("2023-02-29").code, ProblemCode::not_a_date);
  EXPECT_EQ(parse_date_cell(" ").code, ProblemCode::missing_value);
  EXPECT_EQ(parse_date_cell("2023-10-31T16:00:00Z").value, Date::of(2023, 11, 1));
  EXPECT_EQ(parse_period_cell("2023年11月").value, Period::of(2023, 11));
  EXPECT_EQ(parse_period_cell("November").code, ProblemCode::not_a_period);
  EXPECT_EQ(parse_period_cell("").code, ProblemCode::missing_value);
}

TEST(Words, MeanTheSameInAnyCaseAndWidth) {
  for (const std::string yes : {"true", "TRUE", "True", "yes", "y", "t", "1", "是", "有", "有货", "含税", " Yes ", "１", "ｙ"}) {
    EXPECT_TRUE(parse_boolean(yes).ok) << yes;
    EXPECT_TRUE(parse_boolean(yes).value) << yes;
  }
  for (const std::string no : {"false", "No", "n", "F", "0", "否", "无", "无货", "不含税", "未税"}) {
    EXPECT_TRUE(parse_boolean(no).ok) << no;
    EXPECT_FALSE(parse_boolean(no).value) << no;
  }
  EXPECT_EQ(parse_boolean("maybe").code, ProblemCode::not_a_boolean);
  EXPECT_EQ(parse_boolean("").code, ProblemCode::missing_value);

  for (const std::string cell : {"ecommerce", "E-Commerce", "e_commerce", "online", "电商", "ＥＣＯＭＭＥＲＣＥ"})
    EXPECT_EQ(parse_channel(cell).value, Channel::ecommerce) << cell;
  for (const std::string cell : {"store", "Store", "physical", "实体", "\xE3\x80\x80实体"}) {
    EXPECT_TRUE(parse_channel(cell).ok) << cell;
    EXPECT_EQ(parse_channel(cell).value, Channel::store) << cell;
  }
  EXPECT_EQ(parse_channel("shop").code, ProblemCode::not_a_channel);
  EXPECT_EQ(parse_channel("  ").code, ProblemCode::missing_value);

  EXPECT_EQ(parse_shop_type("self-operated").value, ShopType::self_operated);
  EXPECT_EQ(parse_shop_type("自营").value, ShopType::self_operated);
  EXPECT_EQ(parse_shop_type("Flagship").value, ShopType::flagship);
  EXPECT_EQ(parse_shop_type("旗舰店").value, ShopType::flagship);
  EXPECT_EQ(parse_shop_type("third_party").value, ShopType::third_party);
  EXPECT_EQ(parse_shop_type("第三方").value, ShopType::third_party);
  EXPECT_EQ(parse_shop_type("selfoperated").code, ProblemCode::not_a_shop_type);

  EXPECT_EQ(parse_price_kind("subsidised").value, PriceKind::subsidised);
  EXPECT_EQ(parse_price_kind("Subsidized").value, PriceKind::subsidised);
  EXPECT_EQ(parse_price_kind("补贴").value, PriceKind::subsidised);
  EXPECT_EQ(parse_price_kind("促销").value, PriceKind::promotion);
  EXPECT_EQ(parse_price_kind("优惠券").value, PriceKind::coupon);
  EXPECT_EQ(parse_price_kind("会员").value, PriceKind::member);
  EXPECT_EQ(parse_price_kind("常规").value, PriceKind::regular);
  EXPECT_EQ(parse_price_kind("sale").code, ProblemCode::not_a_price_kind);

  EXPECT_EQ(parse_origin("own").value, Origin::own);
  EXPECT_EQ(parse_origin("自编").value, Origin::own);
  EXPECT_EQ(parse_origin("Published").value, Origin::published);
  EXPECT_EQ(parse_origin("发布").value, Origin::published);
  EXPECT_EQ(parse_origin("else").code, ProblemCode::not_an_origin);

  for (const std::string cell : {"holiday", "Holiday", "放假", "节假日", "休"})
    EXPECT_EQ(parse_day_kind(cell).value, DayKind::holiday) << cell;
  for (const std::string cell : {"workday", " WORKDAY", "上班", "工作日", "班"})
    EXPECT_EQ(parse_day_kind(cell).value, DayKind::workday) << cell;
  EXPECT_EQ(parse_day_kind("half").code, ProblemCode::not_a_day_kind);
  EXPECT_EQ(parse_day_kind("").code, ProblemCode::missing_value);

  for (const std::string cell : {"cancelled", "Canceled", "取消", "已取消 "}) EXPECT_EQ(parse_status(cell), OrderStatus::cancelled) << cell;
  for (const std::string cell : {"returned", "退货", "已退货"}) EXPECT_EQ(parse_status(cell), OrderStatus::returned) << cell;
  for (const std::string cell : {"", "completed", "已完成", "取消失败", "\xFF"}) EXPECT_EQ(parse_status(cell), OrderStatus::counts) << cell;
}

// ---- barcodes

TEST(Barcodes, HaveACheckDigitAndFourteenPlaces) {
  struct Case {
    std::string cell;
    BarcodeKind kind;
    std::uint64_t gtin;
  };
  const std::vector<Case> cases = {
      // 3 x (9+1+3+5+7+9) + (6+0+2+4+6+8) = 128, check digit 2
      {"6901234567892", BarcodeKind::valid, 6'901'234'567'892},
      {"06901234567892", BarcodeKind::valid, 6'901'234'567'892},
      {" 6901234567892 ", BarcodeKind::valid, 6'901'234'567'892},
      {"６９０１２３４５６７８９２", BarcodeKind::valid, 6'901'234'567'892},
      {"6901234567893", BarcodeKind::not_a_barcode, 0},
      {"9601234567892", BarcodeKind::not_a_barcode, 0},  // two digits exchanged
      // UPC of 12: 3 x (0+6+0+2+1+5) + (3+0+0+9+4) = 42 + 16 = 58, check digit 2
      {"036000291452", BarcodeKind::valid, 36'000'291'452},
      // GTIN-8: 3 x (9+3+5+1) + (6+8+5) = 54 + 19 = 73, check digit 7
      {"96385157", BarcodeKind::not_a_barcode, 0},
      {"96385074", BarcodeKind::valid, 96'385'074},  // 3 x (9+3+5+7) + (6+8+0) = 86, check digit 4
      // 3 x (1+9+1+3+5+7+9) + (6+0+2+4+6+8) = 105 + 26 = 131, check digit 9
      {"16901234567899", BarcodeKind::valid, 16'901'234'567'899},
      // in-store: 3 x (0+2+4+6+8+0) + (2+1+3+5+7+9) = 60 + 27 = 87, check digit 3
      {"2012345678903", BarcodeKind::means_nothing, 0},
      {"00000000", BarcodeKind::means_nothing, 0},
      {"0000000000000", BarcodeKind::means_nothing, 0},
      // GTIN-8 of a shop: 3 x (2+1+3+5) + (0+2+4) = 33 + 6 = 39, check digit 1
      {"20123451", BarcodeKind::means_nothing, 0},
      {"", BarcodeKind::not_a_barcode, 0},
      {"6901234", BarcodeKind::not_a_barcode, 0},
      {"69012345678923", BarcodeKind::not_a_barcode, 0},
      {"690123456789", BarcodeKind::not_a_barcode, 0},
      {"123456789", BarcodeKind::not_a_barcode, 0},
      {"6.9E+12", BarcodeKind::not_a_barcode, 0},
      {"690123456789X", BarcodeKind::not_a_barcode, 0},
      {"69-01234567892", BarcodeKind::not_a_barcode, 0},
      {"none", BarcodeKind::not_a_barcode, 0},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(parse_gtin(c.cell).kind, c.kind) << c.cell;
    EXPECT_EQ(parse_gtin(c.cell).gtin, c.gtin) << c.cell;
  }
}

TEST(Barcodes, AreThoseOfTheRuleWrittenOutOnRandomNumbers) {
  std::mt19937 random(14);
  for (int round = 0; round < 200'000; ++round) {
    const std::size_t size = round % 5 == 0 ? 8 : 11 + random() % 5;
    std::string cell;
    for (std::size_t i = 0; i < size; ++i) cell += static_cast<char>('0' + random() % 10);
    if (random() % 3 == 0) cell[0] = "0246"[random() % 4];
    if (random() % 3 == 0) cell[1] = "0249"[random() % 4];
    const std::string padded = std::string(size > 14 ? 0 : 14 - size, '0') + cell;
    unsigned sum = 0;
    for (std::size_t i = 0; i < 13; ++i) sum += static_cast<unsigned>(padded[i] - '0') * (i % 2 == 0 ? 3 : 1);
    const bool length = size == 8 || (size >= 12 && size <= 14);
    const bool good = length && (10 - sum % 10) % 10 == static_cast<unsigned>(padded[13] - '0');
    const std::string prefix = size == 8 ? cell.substr(0, 2) : padded.substr(1, 2);
    const bool nothing = prefix == "02" || prefix == "04" || prefix[0] == '2' || cell.find_first_not_of('0') == std::string::npos;
    const BarcodeKind expected = !good ? BarcodeKind::not_a_barcode : nothing ? BarcodeKind::means_nothing : BarcodeKind::valid;
    EXPECT_EQ(parse_gtin(cell).kind, expected) << cell;
    EXPECT_EQ(parse_gtin(cell).gtin, expected == BarcodeKind::valid ? std::stoull(cell) : 0) << cell;
  }
}

// ---- cells

TEST(Cells, AreTrimmedAndLoseTheShieldOfFormulas) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"a", "a"},
      {" a ", "a"},
      {"得力", "得力"},
      {"\xE3\x80\x80得力\xC2\xA0", "得力"},
      {"'=1+1", "=1+1"},
      {"'-5", "-5"},
      {"'@x", "@x"},
      {"'+86", "+86"},
      {"'\tx", "\tx"},
      {"'5", "'5"},
      {"'", "'"},
      {"' =1", "' =1"},
      {"=1", "=1"},
      {" '=1 ", "=1"},
      {"ab'", "ab'"},
      {"   ", ""},
      {"é", "é"},
      {"x\xE2\x80\x89", "x"},
      {"x…", "x…"},
      {"z\xFA\xC2\x85", "z\xFA"},  // no UTF-8, but the white space behind it is
  };
  for (const auto& [cell, expected] : cases) {
    EXPECT_EQ(clean_cell(cell), expected) << cell;
    EXPECT_EQ(clean_cell_slow(cell), expected) << cell;
  }
  // Every character of the plane at either end: the fast answer is the slow one.
  for (unsigned code = 1; code < 0x10000; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string c;
    if (code < 0x80)
      c = {static_cast<char>(code)};
    else if (code < 0x800)
      c = {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    else
      c = {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
    for (const std::string& cell : {c + "台", "台" + c, c, c + "x", "x" + c})
      EXPECT_EQ(clean_cell(cell), clean_cell_slow(cell)) << std::hex << code;
  }
}

}  // namespace
// The short cut for the commonest ways of writing gives what the slow way gives, and leaves everything else to it.
TEST(Discounts, ShortCutAgreesWithTheSlowWayOnAllShortCells) {
  const std::vector<std::string> pieces = {"0", "1", "4", "5", "9", ".", "%", "折", " ", "-"};
  std::vector<std::string> cells = {""};
  for (std::size_t length = 1, begin = 0; length <= 5; ++length) {
    const std::size_t end = cells.size();
    for (std::size_t i = begin; i < end; ++i)
      for (const std::string& piece : pieces) cells.push_back(cells[i] + piece);
    begin = end;
  }
  for (const std::string& cell : cells)
    for (const HeadingUnit heading : {HeadingUnit::none, HeadingUnit::zhe, HeadingUnit::percent}) {
      const auto fast = parse_discount(cell, heading);
      const auto slow = parse_discount_slow(cell, heading);
      ASSERT_EQ(fast.ok, slow.ok) << cell;
      ASSERT_EQ(fast.value, slow.value) << cell;
    }
}

}  // namespace fairprice::ingest
