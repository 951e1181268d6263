#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/values.hpp"

namespace fairprice::ingest {
namespace {

using boost::multiprecision::cpp_int;

struct Amount {
  std::string cell;
  std::int64_t count;  // of 1/10000 yuan
  bool rounded = false;
  int heading_scale = 1;
};

TEST(Amounts, AreReadAsPeopleWriteThem) {
  const std::vector<Amount> cases = {
      {"1299", 12'990'000},
      {"1299.0", 12'990'000},
      {"1299.00", 12'990'000},
      {"1299.5", 12'995'000},
      {"0.0001", 1},
      {"0.01", 100},
      {"12.3456", 123'456},
      {"007", 70'000},
      {"99999999", 999'999'990'000},
      {"99999999.9999", 999'999'999'999},
      {"123456.78", 1'234'567'800},
      {"000000000000000000000000001299", 12'990'000},
      {"1299.500000000000000000000000", 12'995'000},
      {" 1299 ", 12'990'000},
      {"\xC2\xA0"
       "1299\xE3\x80\x80",
       12'990'000},
      {"1,299", 12'990'000},
      {"1,299.00", 12'990'000},
      {"12,345,678.9", 123'456'789'000},
      {"1 299.00", 12'990'000},
      {"1'299.00", 12'990'000},
      {"1\xC2\xA0"
       "299",
       12'990'000},  // a no-break space groups too
      {"￥1299", 12'990'000},
      {"¥1,234.00元", 12'340'000},
      {"CNY 1299", 12'990'000},
      {"cny1299.00", 12'990'000},
      {"RMB1'380", 13'800'000},
      {"人民币1299元", 12'990'000},
      {"1299 圆", 12'990'000},
      {"1299元/台", 12'990'000},
      {"1299.00/个", 12'990'000},
      {"1299 元 / 台", 12'990'000},
      {"25元/500ml", 250'000},
      {"1.38万元", 138'000'000},
      {"1.38万", 138'000'000},
      {"0.138 万元", 13'800'000},
      {"9999.99999999万元", 999'999'999'999},
      {"１２９９．００", 12'990'000},
      {"￥１，２９９", 12'990'000},
      // more than four decimals: half away from zero
      {"0.00005", 1, true},
      {"0.00014999999999", 1, true},
      {"0.00015", 2, true},
      {"12.34565", 123'457, true},
      {"12.345649999999999999999999", 123'456, true},
      {"99999999.99994", 999'999'999'999, true},
      {"1.234567894万元", 123'456'789, true},
      {"1.234567895万元", 123'456'790, true},
      {"1.2345678949999万元", 123'456'789, true},
      // a heading in 万元, and a cell that knows better
      {"1.38", 138'000'000, false, 10'000},
      {"1", 100'000'000, false, 10'000},
      {"13800元", 138'000'000, false, 10'000},
      {"1.38万元", 138'000'000, false, 10'000},
      {"0.00000001", 1, false, 10'000},
      {"0.000000005", 1, true, 10'000},
  };
  for (const Amount& c : cases) {
    const auto price = parse_price(c.cell, c.heading_scale);
    EXPECT_TRUE(price.ok) << c.cell << ": " << code_name(price.code);
    EXPECT_EQ(price.value.value.ten_thousandths(), c.count) << c.cell;
    EXPECT_EQ(price.value.rounded, c.rounded) << c.cell;
  }
}

TEST(Amounts, SayWhyTheyCannotBeUsed) {
  struct Case {
    std::string cell;
    ProblemCode code;
    int heading_scale = 1;
  };
  const std::vector<Case> cases = {
      {"", ProblemCode::missing_value},
      {" \t", ProblemCode::missing_value},
      {"0", ProblemCode::not_positive},
      {"0.00", ProblemCode::not_positive},
      {"-5", ProblemCode::not_positive},
      {"-0", ProblemCode::not_positive},
      {"￥-5.00", ProblemCode::not_positive},
      {"- ¥5", ProblemCode::not_positive},
      {"０", ProblemCode::not_positive},
      {"-100000000000", ProblemCode::not_positive},
      {"0.00004", ProblemCode::rounds_to_zero},
      {"0.0000499999999999999", ProblemCode::rounds_to_zero},
      {"0.000000004万元", ProblemCode::rounds_to_zero},
      {"100000000", ProblemCode::too_large},
      {"99999999.99995", ProblemCode::too_large},
      {"99999999999999999999999999999999999999999999", ProblemCode::too_large},
      {"10000万元", ProblemCode::too_large},
      {"9999.999999995万元", ProblemCode::too_large},
      {"10000", ProblemCode::too_large, 10'000},
      {"面议", ProblemCode::price_on_request},
      {"价格面议", ProblemCode::price_on_request},
      {"1299起", ProblemCode::floor_price},
      {"￥1299.00元起", ProblemCode::floor_price},
      {"100-200", ProblemCode::price_range},
      {"100元-200元", ProblemCode::price_range},
      {"100 ~ 200", ProblemCode::price_range},
      {"100～200", ProblemCode::price_range},
      {"100–200", ProblemCode::price_range},
      {"100—200", ProblemCode::price_range},
      {"1,000至1,200元", ProblemCode::price_range},
      {"100到200", ProblemCode::price_range},
      {"12元/台-15元/台", ProblemCode::price_range},
      {"12/台-15", ProblemCode::price_range},
      {"abc", ProblemCode::not_an_amount},
      {"12,99.0", ProblemCode::not_an_amount},
      {"1,2345", ProblemCode::not_an_amount},
      {"1234,567", ProblemCode::not_an_amount},
      {"1,234'567", ProblemCode::not_an_amount},
      {"1,234 567", ProblemCode::not_an_amount},
      {",123", ProblemCode::not_an_amount},
      {"1,,234", ProblemCode::not_an_amount},
      {"1e3", ProblemCode::not_an_amount},
      {"1.38e3", ProblemCode::not_an_amount},
      {"0x10", ProblemCode::not_an_amount},
      {"+5", ProblemCode::not_an_amount},
      {"1.2.3", ProblemCode::not_an_amount},
      {".5", ProblemCode::not_an_amount},
      {"5.", ProblemCode::not_an_amount},
      {".", ProblemCode::not_an_amount},
      {"12.元", ProblemCode::not_an_amount},
      {"￥", ProblemCode::not_an_amount},
      {"元", ProblemCode::not_an_amount},
      {"1万万", ProblemCode::not_an_amount},
      {"$5", ProblemCode::not_an_amount},
      {"5 USD", ProblemCode::not_an_amount},
      {"3/4", ProblemCode::not_an_amount},
      {"12/05/2023", ProblemCode::not_an_amount},
      {"12元/", ProblemCode::not_an_amount},
      {"12/台/年", ProblemCode::not_an_amount},
      {"nan", ProblemCode::not_an_amount},
      {"inf", ProblemCode::not_an_amount},
      {"１２，９９．０", ProblemCode::not_an_amount},
      {"\xBC\xDB", ProblemCode::not_an_amount},
      {std::string("12\0.5", 5), ProblemCode::not_an_amount},
      {std::string(300, '1'), ProblemCode::not_an_amount},
  };
  for (const Case& c : cases) {
    const auto price = parse_price(c.cell, c.heading_scale);
    EXPECT_FALSE(price.ok) << c.cell;
    EXPECT_EQ(code_name(price.code), code_name(c.code)) << c.cell;
  }
}

/// The contract's amount of an ASCII cell without words, by cutting it up and with whole numbers of any length. Empty: no amount.
struct SlowAmount {
  std::optional<cpp_int> count;  // of 1/10000, rounded half away
  bool rounded = false;
};

bool only_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

/// The digits of the whole part, if it is plain or grouped by this separator.
std::optional<std::string> ungrouped(const std::string& whole, char separator) {
  std::vector<std::string> groups(1);
  for (const char c : whole) {
    if (c == separator)
      groups.emplace_back();
    else
      groups.back() += c;
  }
  std::string digits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool size_fits = groups.size() == 1 || (i == 0 ? groups[i].size() <= 3 : groups[i].size() == 3);
    if (!only_digits(groups[i]) || !size_fits) return std::nullopt;
    digits += groups[i];
  }
  return digits;
}

SlowAmount slow_amount(const std::string& cell, int scale) {
  const std::size_t dot = cell.find('.');
  const std::string decimals = dot == std::string::npos ? "" : cell.substr(dot + 1);
  if (dot != std::string::npos && !only_digits(decimals)) return {};
  std::optional<std::string> digits;
  for (const char separator : {',', ' ', '\''})
    if (!digits) digits = ungrouped(cell.substr(0, dot), separator);
  if (!digits) return {};
  // The reading of a leading 0 as octal must not happen here.
  const std::string all = *digits + decimals;
  const std::size_t first = std::min(all.find_first_not_of('0'), all.size() - 1);
  const cpp_int numerator = cpp_int(all.substr(first)) * scale * 10'000;
  const cpp_int denominator = boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(decimals.size()));
  return {(2 * numerator + denominator) / (2 * denominator), numerator % denominator != 0};
}

void compare_with_slow(const std::string& cell, int scale) {
  const auto got = parse_price(cell, scale);
  const SlowAmount slow = slow_amount(cell, scale);
  if (!slow.count) {
    EXPECT_FALSE(got.ok) << '"' << cell << '"';
    return;
  }
  const bool good = *slow.count > 0 && *slow.count < cpp_int(1'000'000'000'000);
  EXPECT_EQ(got.ok, good) << '"' << cell << "\" x " << scale;
  if (!good || !got.ok) return;
  EXPECT_EQ(cpp_int(got.value.value.ten_thousandths()), *slow.count) << '"' << cell << "\" x " << scale;
  EXPECT_EQ(got.value.rounded, slow.rounded) << '"' << cell << "\" x " << scale;
}

TEST(Amounts, AreThoseOfExactArithmeticOnRandomCells) {
  std::mt19937 random(20231105);
  const auto below = [&](unsigned bound) { return static_cast<unsigned>(random() % bound); };
  constexpr std::string_view kSigns = "0123456789012345678901234567899999.,' ";
  for (int round = 0; round < 60'000; ++round) {
    std::string cell;
    const unsigned size = 1 + below(round % 3 == 0 ? 30 : 11);
    for (unsigned i = 0; i < size; ++i) cell += kSigns[below(kSigns.size())];
    if (cell.front() == ' ' || cell.back() == ' ') continue;
    compare_with_slow(cell, below(4) == 0 ? 10'000 : 1);
  }
  // Mostly well-formed ones, near the edges.
  for (int round = 0; round < 60'000; ++round) {
    std::string cell = below(3) == 0 ? std::string(1 + below(10), '9') : std::to_string(below(1'000'000'000));
    if (below(4) > 0) {
      cell += '.';
      const unsigned decimals = 1 + below(12);
      for (unsigned i = 0; i < decimals; ++i) cell += below(2) == 0 ? "095"[below(3)] : static_cast<char>('0' + below(10));
    }
    compare_with_slow(cell, below(4) == 0 ? 10'000 : 1);
  }
}

TEST(Amounts, TheFastPathIsTheSlowOneOnAllShortCells) {
  // All cells of up to five of these characters, and the same behind a longer number.
  constexpr std::string_view kSigns = "059. /";
  for (std::size_t size = 1; size <= 5; ++size) {
    std::vector<std::size_t> digits(size, 0);
    for (bool more = true; more;) {
      std::string cell;
      for (const std::size_t digit : digits) cell += kSigns[digit];
      for (const std::string& text : {cell, "731" + cell, "7319" + cell}) {
        const auto fast = parse_price(text);
        const auto slow = parse_price_slow(text, 1);
        EXPECT_EQ(fast.ok, slow.ok) << '"' << text << '"';
        EXPECT_EQ(fast.value.value, slow.value.value) << '"' << text << '"';
        EXPECT_EQ(fast.value.rounded, slow.value.rounded) << '"' << text << '"';
        const auto quantity = parse_quantity(text);
        const auto slow_quantity = parse_quantity_slow(text);
        EXPECT_EQ(quantity.ok, slow_quantity.ok) << '"' << text << '"';
        EXPECT_EQ(quantity.value, slow_quantity.value) << '"' << text << '"';
      }
      more = false;
      for (std::size_t place = 0; place < size && !more; ++place) {
        more = ++digits[place] < kSigns.size();
        if (!more) digits[place] = 0;
      }
    }
  }
  // Every byte in every place of a price.
  for (const std::string base : {"1", "12.50", "1299.00", "99999.99", "12345678"})
    for (std::size_t place = 0; place < base.size(); ++place)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = base;
        text[place] = static_cast<char>(byte);
        EXPECT_EQ(parse_price(text).ok, parse_price_slow(text, 1).ok) << place << ' ' << byte;
        EXPECT_EQ(parse_price(text).value.value, parse_price_slow(text, 1).value.value) << place << ' ' << byte;
      }
}

}  // namespace
}  // namespace fairprice::ingest
