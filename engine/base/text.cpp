#include "engine/base/text.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace fairprice {

namespace {

constexpr bool is_ascii_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & kHighBits) != 0) return false;
  }
  for (; at < text.size(); ++at)
    if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  return true;
}

enum class Case { kept, upper };

std::string through_icu(std::string_view text, Case letters) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error)) throw std::runtime_error("the Unicode library has no NFKC data");
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString normal = nfkc->normalize(raw, error);
  if (U_FAILURE(error)) throw std::runtime_error("the Unicode library cannot normalise a text");
  if (letters == Case::upper) normal.toUpper(icu::Locale::getRoot());
  std::string result;
  normal.toUTF8String(result);
  const std::string_view kept = trimmed(result);
  if (kept.size() == result.size()) return result;
  return std::string(kept);
}

/// Fast path: NFKC and upper case change nothing but a-z in most brands, shops and categories. Slow twin: `through_icu`.
std::string normalised(std::string_view text, Case letters) {
  if (!is_ascii_or_ideographs(text)) return through_icu(text, letters);
  std::string result(trimmed(text));
  if (letters == Case::upper)
    for (char& c : result)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

/// The code point at `at`, which moves behind it; negative where the bytes are not UTF-8.
UChar32 next_code_point(std::string_view text, std::size_t& at) {
  UChar32 code = 0;
  auto place = static_cast<int64_t>(at);
  const auto size = static_cast<int64_t>(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  U8_NEXT(bytes, place, size, code);
  at = static_cast<std::size_t>(place);
  return code;
}

bool is_separator(UChar32 code) {
  return code == '_' || code == '/' || code == '\\' || code == 0xB7 || code == 0x2212 || u_isUWhiteSpace(code) ||
         u_charType(code) == U_DASH_PUNCTUATION;
}

/// `run` stands for a run of separators; nothing when it is empty.
std::string without_separators(std::string_view model, std::string_view run) {
  const std::string text = canonical_text(model);
  std::string result;
  result.reserve(text.size());
  bool in_run = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    bool separator = false;
    const char c = text[start];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
      separator = c == '-' || c == '_' || c == '/' || c == '\\' || is_ascii_space(static_cast<unsigned char>(c));
      if (c == '.') separator = start == 0 || at == text.size() || !is_digit(text[start - 1]) || !is_digit(text[at]);
    } else {
      separator = is_separator(next_code_point(text, at));
    }
    if (!separator)
      result.append(text, start, at - start);
    else if (!in_run)
      result.append(run);
    in_run = separator;
  }
  return result;
}

void append_escape(std::string& to, std::string_view prefix, std::uint32_t code, int digits) {
  constexpr std::string_view kHex = "0123456789abcdef";
  to += prefix;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) to += kHex[(code >> shift) & 0xF];
}

/// Characters that would move the cursor, or turn the direction of a terminal's line.
bool must_be_escaped(UChar32 code) {
  return u_charType(code) == U_CONTROL_CHAR || code == 0x2028 || code == 0x2029 || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

}  // namespace

std::string_view trimmed_front(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      if (!is_ascii_space(static_cast<unsigned char>(text[at]))) break;
      ++next;
    } else if (!u_isUWhiteSpace(next_code_point(text, next))) {
      break;
    }
    at = next;
  }
  return text.substr(at);
}

std::string_view trimmed(std::string_view text) {
  text = trimmed_front(text);
  while (!text.empty()) {
    const auto last = static_cast<unsigned char>(text.back());
    if (last < 0x80) {
      if (!is_ascii_space(last)) break;
      text.remove_suffix(1);
      continue;
    }
    // White space beyond ASCII takes two bytes (C2) or three (E1, E2, E3).
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 3 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
    std::size_t end = start;
    const UChar32 code = next_code_point(text, end);
    if (end != text.size() || code < 0 || !u_isUWhiteSpace(code)) break;
    text = text.substr(0, start);
  }
  return text;
}

bool is_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80)
      ++at;
    else if (next_code_point(text, at) < 0)
      return false;
  }
  return true;
}

bool is_ascii_or_ideographs(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    if (lead < 0xE4 || lead > 0xE9 || at + 3 > text.size()) return false;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    const auto third = static_cast<unsigned char>(text[at + 2]);
    if ((second & 0xC0) != 0x80 || (third & 0xC0) != 0x80) return false;
    if (lead == 0xE4 && second < 0xB8) return false;
    at += 3;
  }
  return true;
}

std::string canonical_text(std::string_view text) { return normalised(text, Case::upper); }
std::string compatible_text(std::string_view text) { return normalised(text, Case::kept); }
std::string folded_model(std::string_view text) { return without_separators(text, ""); }
std::string kept_model(std::string_view text) { return without_separators(text, "-"); }

std::string quoted_for_message(std::string_view text, std::size_t width) {
  std::string result;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == width) return result + "…";
    const std::size_t start = at;
    const UChar32 code = next_code_point(text, at);
    if (code < 0) {
      at = start + 1;  // byte by byte, so that nothing of what stood there is lost
      append_escape(result, "\\x", static_cast<unsigned char>(text[start]), 2);
    } else if (code == '\n') {
      result += "\\n";
    } else if (code == '\r') {
      result += "\\r";
    } else if (code == '\t') {
      result += "\\t";
    } else if (must_be_escaped(code)) {
      append_escape(result, code < 0x80 ? "\\x" : "\\u", static_cast<std::uint32_t>(code), code < 0x80 ? 2 : 4);
    } else {
      result.append(text, start, at - start);
    }
  }
  return result;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);  // distances of a's first i bytes to each start of b
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace fairprice
