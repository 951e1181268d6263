// Numbers written out, and UTF-8 held against the slow answer.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/base/text.hpp"
#include "engine/ingest/json/parse_record.hpp"
#include "engine/ingest/json/plain_number.hpp"
#include "engine/ingest/json/utf8.hpp"

namespace fairprice::ingest::json {
namespace {

TEST(PlainNumber, WritesOutEveryDigitAndNoMore) {
  struct Case {
    const char* number;
    const char* plain;
  };
  for (const Case& one : {Case{"1e0", "1"}, Case{"1E+2", "100"}, Case{"1.25e1", "12.5"}, Case{"1.25e2", "125"}, Case{"1.250e2", "125.0"},
                          Case{"125e-2", "1.25"}, Case{"5e-3", "0.005"}, Case{"-5e-1", "-0.5"}, Case{"0.05e1", "0.5"}, Case{"0.05e3", "50"},
                          Case{"0e99", "0"}, Case{"-0.0e5", "-0"}, Case{"12.34e-5", "0.0001234"}, Case{"1.10", "1.10"}, Case{"7", "7"},
                          Case{"1e60", "1000000000000000000000000000000000000000000000000000000000000"}})
    EXPECT_EQ(plain_number(one.number), one.plain) << one.number;
  EXPECT_EQ(plain_number("1e62"), std::nullopt);
  EXPECT_EQ(plain_number("1e-62"), std::nullopt);
  EXPECT_EQ(plain_number("1e99999999999999999999"), std::nullopt);
}

/// What the digits mean, by shifting one place at a time.
std::string shifted(std::string digits, int exponent) {
  std::size_t dot = digits.find('.');
  if (dot == std::string::npos) dot = digits.size(), digits += '.';
  for (; exponent > 0; --exponent) {
    if (dot + 1 == digits.size()) digits += '0';
    std::swap(digits[dot], digits[dot + 1]);
    ++dot;
  }
  for (; exponent < 0; ++exponent) {
    if (dot == 0) digits.insert(0, "0"), dot = 1;
    std::swap(digits[dot], digits[dot - 1]);
    --dot;
  }
  return digits;
}

/// Without zeros that say nothing.
std::string stripped(std::string number) {
  if (number.find('.') == std::string::npos) number += '.';
  while (number.back() == '0') number.pop_back();
  const std::size_t first = number.find_first_not_of('0');
  return number.substr(first);
}

RC_GTEST_PROP(PlainNumber, IsTheShiftedNumber, ()) {
  const auto whole = *rc::gen::inRange(0, 100000);
  const auto decimals = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789")));
  const auto exponent = *rc::gen::inRange(-40, 40);
  const std::string mantissa = std::to_string(whole) + (decimals.empty() ? "" : "." + decimals);
  const auto plain = plain_number(mantissa + "e" + std::to_string(exponent));
  RC_ASSERT(plain.has_value());
  RC_ASSERT(plain->find_first_of("eE") == std::string::npos);
  RC_ASSERT(stripped(*plain) == stripped(shifted(mantissa, exponent)));
}

TEST(WellFormed, AgreesWithTheSlowAnswerOnAllShortSequences) {
  const std::string bytes("\x00\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xE4\xEC\xED\xEE\xEF\xF0\xF1\xF4\xF5\xFF", 25);
  std::string text(4, ' ');
  for (const char a : bytes)
    for (const char b : bytes)
      for (const char c : bytes)
        for (const char d : bytes) {
          text = {a, b, c, d};
          ASSERT_EQ(is_well_formed(text), is_utf8(text)) << quoted_for_message(text);
        }
}

TEST(FindControl, FindsEachOfTheLateOnesAtEachPlace) {
  for (int c = 0x18; c < 0x20; ++c)
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, '\xF8');
      EXPECT_EQ(find_control(text), std::string_view::npos);
      text[place] = static_cast<char>(c);
      EXPECT_EQ(find_control(text), place);
    }
}

}  // namespace
}  // namespace fairprice::ingest::json
