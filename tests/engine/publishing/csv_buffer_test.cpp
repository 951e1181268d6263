#include "engine/publishing/csv_buffer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace fairprice::publishing {
namespace {

template <class Put>
std::string written(Put&& put) {
  CsvBuffer buffer;
  put(buffer);
  return std::string(buffer.bytes());
}

std::string money(std::int64_t ten_thousandths) {
  return written([&](CsvBuffer& b) { b.put_money(Money::from_ten_thousandths(ten_thousandths)); });
}
std::string text(std::string_view cell) {
  return written([&](CsvBuffer& b) { b.put_text(cell); });
}
std::string ratio(Int128 numerator, Int128 denominator) {
  return written([&](CsvBuffer& b) { b.put_ratio(numerator, denominator); });
}
std::string decimal(Int128 value, int places) {
  return written([&](CsvBuffer& b) { b.put_decimal(value, places); });
}

TEST(CsvBuffer, PrintsMoneyWithTwoDecimalsAndWithFourWhereNeeded) {
  EXPECT_EQ(money(13'800'000), "1380.00");
  EXPECT_EQ(money(125), "0.0125");
  EXPECT_EQ(money(-35'000), "-3.50");
  EXPECT_EQ(money(0), "0.00");
  EXPECT_EQ(money(1), "0.0001");
  EXPECT_EQ(money(9'900), "0.99");
  EXPECT_EQ(money(99'999'999), "9999.9999");
  EXPECT_EQ(money(INT64_MAX), "922337203685477.5807");
  EXPECT_EQ(money(INT64_MIN), "-922337203685477.5808");
}

TEST(CsvBuffer, PrintsMoneyAsMoneyDoesForEveryNumberOfDigits) {
  for (std::int64_t count = 1; count < INT64_MAX / 10; count *= 10)
    for (const std::int64_t near : {count - 1, count, count + 1, -count, 7 * count})
      EXPECT_EQ(money(near), Money::from_ten_thousandths(near).to_string()) << near;
}

TEST(CsvBuffer, PrintsRatiosWithSixDecimalsHalfAwayFromZero) {
  EXPECT_EQ(ratio(1, 5), "0.200000");
  EXPECT_EQ(ratio(20001, 100000), "0.200010");
  EXPECT_EQ(ratio(-1, 3), "-0.333333");
  EXPECT_EQ(ratio(2, 3), "0.666667");
  EXPECT_EQ(ratio(1, 2'000'000), "0.000001");  // exactly half a millionth
  EXPECT_EQ(ratio(-1, 2'000'000), "-0.000001");
  EXPECT_EQ(ratio(12345, 100), "123.450000");
}

TEST(CsvBuffer, ARatioThatRoundsToZeroHasNoSign) {
  EXPECT_EQ(ratio(-1, 3'000'000), "0.000000");
  EXPECT_EQ(ratio(0, 7), "0.000000");
}

TEST(CsvBuffer, RatiosBeyondSixtyFourBitsAreExactToo) {
  EXPECT_EQ(ratio(Int128{INT64_MAX} - 1, 1), "9223372036854775806.000000");
  EXPECT_EQ(ratio(-Int128{INT64_MAX}, 2), "-4611686018427387903.500000");
  EXPECT_EQ(ratio(Int128{1} << 80, Int128{1} << 81), "0.500000");
}

TEST(CsvBuffer, DecimalsLoseTheirTrailingZeros) {
  EXPECT_EQ(decimal(10'000, 4), "1");
  EXPECT_EQ(decimal(25'000, 4), "2.5");
  EXPECT_EQ(decimal(1, 4), "0.0001");
  EXPECT_EQ(decimal(100'100, 4), "10.01");
  EXPECT_EQ(decimal(-25'000, 4), "-2.5");
  EXPECT_EQ(decimal(0, 4), "0");
  EXPECT_EQ(decimal(Int128{INT64_MAX} * 10'000, 4), "9223372036854775807");
}

TEST(CsvBuffer, QuotesOnlyWhatNeedsQuotes) {
  EXPECT_EQ(text("得力 S480"), "得力 S480");
  EXPECT_EQ(text("a,b"), "\"a,b\"");
  EXPECT_EQ(text("5\" disk"), "\"5\"\" disk\"");
  EXPECT_EQ(text("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(text("a\rb"), "\"a\rb\"");
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text("it's; fine"), "it's; fine");
}

TEST(CsvBuffer, ShieldsWhatASpreadsheetWouldTakeForAFormula) {
  EXPECT_EQ(text("=1+1"), "'=1+1");
  EXPECT_EQ(text("+8613800000000"), "'+8613800000000");
  EXPECT_EQ(text("-5"), "'-5");
  EXPECT_EQ(text("@x"), "'@x");
  EXPECT_EQ(text("\tx"), "'\tx");
  EXPECT_EQ(text("\rx"), "\"'\rx\"");
  EXPECT_EQ(text("=a,b"), "\"'=a,b\"");
  EXPECT_EQ(text("a=b"), "a=b");
}

TEST(CsvBuffer, JoinsPartsIntoOneCell) {
  const auto joined = [](std::string_view a, std::string_view b, std::string_view c) {
    return written([&](CsvBuffer& buffer) { buffer.put_text(a, b, c); });
  };
  EXPECT_EQ(joined("得力", " ", "S480"), "得力 S480");
  EXPECT_EQ(joined("A,B", " ", "X\"1"), "\"A,B X\"\"1\"");
  EXPECT_EQ(joined("", "", "=X"), "'=X");
  EXPECT_EQ(joined("-", " ", "1"), "'- 1");
}

TEST(CsvBuffer, RowsEndWithALineFeedAlone) {
  EXPECT_EQ(written([](CsvBuffer& b) {
              b.put_integer(-7);
              b.comma();
              b.empty_cells(2);
              b.put_date(Date::of(2023, 11, 5));
              b.comma();
              b.put_date(Date());
              b.end_row();
            }),
            "-7,,,2023-11-05,\n");
}

TEST(CsvBuffer, KeepsWhatItHoldsWhenItGrows) {
  CsvBuffer buffer;
  std::string expected;
  for (int i = 0; i < 20'000; ++i) {
    buffer.put_integer(i);
    buffer.end_row();
    expected += std::to_string(i) + "\n";
  }
  EXPECT_EQ(buffer.bytes(), expected);
}

}  // namespace
}  // namespace fairprice::publishing
