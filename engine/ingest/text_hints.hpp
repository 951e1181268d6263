#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace fairprice::ingest {

/// What a title or specification may say, by a glance at its bytes: rows without a hint are never read for it. A hint may be wrong, its
/// absence not.
struct TextHints {
  bool number = false;  ///< a digit: without one no configuration is stated
  bool used = false;    ///< perhaps second-hand or refurbished

  void look(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::uint8_t sign = kSigns[static_cast<unsigned char>(text[i])];
      if (sign == 0) [[likely]]
        continue;
      if (sign == kDigit) {
        number = true;
      } else if (sign == kWide) {
        number = used = true;
      } else if (!used) {
        used = sign == kLetter ? i + 1 < text.size() && (text[i + 1] | 0x20) == 'e' : says_used(text, i);
      }
    }
  }

 private:
  enum : std::uint8_t { kDigit = 1, kLetter = 2, kWide = 3, kSecondByte = 4 };
  /// Digits; R of refurbished and renewed; the first byte of full-width forms; the second bytes of 手, 翻, 新, 机 and 造, which are rarer than
  /// the first.
  static constexpr std::array<std::uint8_t, 256> kSigns = [] {
    std::array<std::uint8_t, 256> signs{};
    for (int c = '0'; c <= '9'; ++c) signs[static_cast<std::size_t>(c)] = kDigit;
    signs['r'] = signs['R'] = kLetter;
    signs[0xEF] = kWide;
    signs[0x89] = signs[0xBF] = signs[0x96] = signs[0x9C] = signs[0x80] = kSecondByte;
    return signs;
  }();

  /// 二手, 翻新, 成新, 99新, 99 新, 样机, 再制造. `at`: a second byte.
  static bool says_used(std::string_view text, std::size_t at) {
    if (at == 0) return false;
    const std::string_view character = text.substr(at - 1, 3);
    if (character == "手" || character == "翻") return true;
    const std::string_view before = at >= 4 ? text.substr(at - 4, 3) : std::string_view();
    if (character == "机") return before == "样" || before == "示" || before == "旧" || before == "拆" || before == "靓" || before == "换";
    if (character == "造") return before == "制";
    if (character != "新" || at < 2) return false;
    const char byte = text[at - 2];
    return is_digit(byte) || byte == '%' || (byte == ' ' && at > 2 && is_digit(text[at - 3])) || before == "成" || before == "充" ||
           before == "准" || before == "九" || before == "五";
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
};

/// Whether a text may speak of packs: a number with a character of Chinese, a letter that begins a unit, or a sign of times or per behind it;
/// or 整, 装, 裝. As with TextHints its absence is certain, but for packs that are written in numerals alone.
inline bool may_state_pack(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') {
      std::size_t next = i + 1;
      if (next < text.size() && text[next] == ' ') ++next;
      if (next >= text.size()) return false;
      if (static_cast<unsigned char>(text[next]) >= 0x80 || std::string_view("*/-xXpPsSrRbBcC").find(text[next]) != std::string_view::npos)
        return true;
    } else if (const std::string_view character = text.substr(i, 3); character == "整" || character == "装" || character == "裝") {
      return true;
    }
  }
  return false;
}

}  // namespace fairprice::ingest
