#include "engine/ingest/xlsx/decimal.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace fairprice::ingest::xlsx {
namespace {

std::string number(std::string_view text) {
  std::string out;
  append_number(text, out);
  return out;
}

std::string percent(std::string_view text) {
  std::string out;
  append_percent(text, out);
  return out;
}

struct Case {
  std::string text;
  std::string written;
};

TEST(Decimals, AreWrittenWithoutExponentAndWithoutBinaryDust) {
  const std::vector<Case> cases = {
      {"1299", "1299"},
      {"0", "0"},
      {"-0", "-0"},
      {"007", "007"},
      {"1.0", "1"},
      {"6901234567892.0", "6901234567892"},
      {"0.50", "0.5"},
      {"-1234.5", "-1234.5"},
      {".5", "0.5"},
      {"5.", "5"},
      {"+7.25", "7.25"},
      {"1234.5599999999999", "1234.56"},
      {"0.30000000000000004", "0.3"},
      {"0.99999999999999989", "1"},
      {"9.9999999999999995", "10"},
      {"999999999999999.9", "1000000000000000"},
      {"1.0000000000000002", "1"},
      {"0.1000000000000000055511151231257827", "0.1"},
      {"6.90001E+12", "6900010000000"},
      {"6.9012345678920005E+12", "6901234567892"},
      {"1E-3", "0.001"},
      {"1e3", "1000"},
      {"1.5E0", "1.5"},
      {"-2.5e-2", "-0.025"},
      {"0E+5", "0"},
      {"0.0", "0"},
      // Whole numbers that are written out keep every digit: an order number of 18 digits from a program.
      {"123456789012345678", "123456789012345678"},
      {"-12345678901234567", "-12345678901234567"},
      {"1.23456789012346E+17", "123456789012346000"},
      // Longer than anybody would read: as it stands.
      {"1E+300", "1E+300"},
      {"1E-300", "1E-300"},
      // No numbers.
      {"", ""},
      {"-", "-"},
      {".", "."},
      {"1.2.3", "1.2.3"},
      {"1E", "1E"},
      {"1E+", "1E+"},
      {"1,5", "1,5"},
      {"0x10", "0x10"},
      {"NaN", "NaN"},
      {" 1", " 1"},
  };
  for (const auto& [text, written] : cases) EXPECT_EQ(number(text), written) << text;
}

TEST(Decimals, PercentFormatsKeepTheValueAndGainTheSign) {
  const std::vector<Case> cases = {{"0.9", "90%"},    {"0.905", "90.5%"}, {"1", "100%"},         {"0", "0%"},
                                   {"-0.1", "-10%"},  {"1E-3", "0.1%"},   {"0.00001", "0.001%"}, {"0.28999999999999998", "29%"},
                                   {"12.5", "1250%"}, {"abc", "abc"}};
  for (const auto& [text, written] : cases) EXPECT_EQ(percent(text), written) << text;
}

// A double keeps any decimal of 15 significant digits apart from its neighbours (DBL_DIG), so an amount that a person typed comes back as it
// was typed, whichever of its 17 digits the workbook holds. Four decimals below 10^8 are 12 digits.
TEST(Decimals, EveryAmountThatWasTypedComesBack) {
  std::mt19937_64 random(20231101);
  for (int i = 0; i < 100'000; ++i) {
    const int digits = 1 + static_cast<int>(random() % 15);
    std::uint64_t bound = 1;
    for (int j = 0; j < digits; ++j) bound *= 10;
    const int decimals = static_cast<int>(random() % 8);
    std::string typed = std::to_string(random() % bound);
    while (static_cast<int>(typed.size()) <= decimals) typed.insert(0, 1, '0');
    if (decimals > 0) {
      typed.insert(typed.size() - static_cast<std::size_t>(decimals), 1, '.');
      while (typed.back() == '0') typed.pop_back();
      if (typed.back() == '.') typed.pop_back();
    }
    char stored[64];
    std::snprintf(stored, sizeof stored, "%.17g", std::strtod(typed.c_str(), nullptr));
    ASSERT_EQ(number(stored), typed) << stored;
    std::snprintf(stored, sizeof stored, "%.16E", std::strtod(typed.c_str(), nullptr));
    ASSERT_EQ(number(stored), typed) << stored;
  }
}

// Rounding the text to 15 digits against the C library's own rounding of the double. Where digits 16 and 17 are 50 the double itself may lie
// on either side, so these are left out.
TEST(Decimals, RoundingAgreesWithTheCLibrary) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 100'000; ++i) {
    const int up = static_cast<int>(random() % 30) - 15;
    const double value = std::ldexp(static_cast<double>(random() >> 11), up - 40);
    char stored[64];
    std::snprintf(stored, sizeof stored, "%.16e", value);
    if (std::string_view(stored).substr(16, 2) == "50") continue;
    char rounded[64];
    std::snprintf(rounded, sizeof rounded, "%.14e", value);
    const std::string written = number(stored);
    EXPECT_EQ(written.find_first_of("eE"), std::string::npos) << stored;
    EXPECT_EQ(std::strtod(written.c_str(), nullptr), std::strtod(rounded, nullptr)) << stored << " -> " << written;
  }
}

}  // namespace
}  // namespace fairprice::ingest::xlsx
