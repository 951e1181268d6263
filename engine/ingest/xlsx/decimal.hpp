#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairprice::ingest::xlsx {

/// A number as a workbook writes it, in decimal digits: nothing passes through floating point.
///
/// Excel computes in binary with 53 bits and writes as many digits as bring the same bits back, up to 17: 1234.56 may stand as
/// 1234.5599999999999, 0.1 + 0.2 as 0.30000000000000004. It never shows more than 15 (Excel's specifications and limits, "number
/// precision"). So a number with decimals or an exponent is rounded to 15 significant digits, half away from zero, which is what the person
/// at the screen saw. Whole numbers that are written out keep every digit: other programs store long order numbers so.
struct Decimal {
  static constexpr int kDigits = 40;

  bool negative = false;
  std::array<char, kDigits> digits{};  ///< significant ones: the first is not 0 ...
  int size = 0;                        ///< ... and nor is the last; none for zero
  int point = 0;                       ///< the value is 0.DIGITS times 10^point

  /// [-+] digits [. digits] [E [-+] digits], nothing else. A whole number of more than 40 digits is none of ours.
  static std::optional<Decimal> read(std::string_view text);

  void round_to(int significant);
  /// Written without exponent. Nothing where that would take more than 60 zeros.
  std::optional<std::string> plain() const;
};

/// The number of a cell, without exponent and without the dust of binary digits; a text that is no number as it stands.
void append_number(std::string_view text, std::string& out);

/// The same, times 100 and with a percent sign: as the cell shows it, and as a discount is understood whatever its heading says.
void append_percent(std::string_view text, std::string& out);

}  // namespace fairprice::ingest::xlsx
