#include "engine/ingest/xlsx/cell_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "engine/base/text.hpp"

namespace fairprice::ingest::xlsx {

namespace {

enum Mark : std::uint8_t { ordinary = 0, control = 1, quoting = 2, underscore = 4 };

constexpr std::array<std::uint8_t, 256> kMarks = [] {
  std::array<std::uint8_t, 256> marks{};
  for (std::size_t c = 0; c < 0x20; ++c) marks[c] = control;
  marks['"'] = marks[','] = quoting;
  marks['_'] = underscore;
  marks[0x7F] = control;
  return marks;
}();

std::uint8_t marks_of(std::string_view text) {
  std::uint8_t all = 0;
  for (const char c : text) all |= kMarks[static_cast<unsigned char>(c)];
  return all;
}

/// The four hexadecimal digits of `_xHHHH_` at the beginning of the text.
std::optional<std::uint32_t> escape_at(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return std::nullopt;
  std::uint32_t code = 0;
  for (const char c : text.substr(2, 4)) {
    if (c >= '0' && c <= '9')
      code = code << 4 | static_cast<std::uint32_t>(c - '0');
    else if (c >= 'A' && c <= 'F')
      code = code << 4 | static_cast<std::uint32_t>(c - 'A' + 10);
    else if (c >= 'a' && c <= 'f')
      code = code << 4 | static_cast<std::uint32_t>(c - 'a' + 10);
    else
      return std::nullopt;
  }
  return code;
}

void append_utf8(std::uint32_t code, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_high(std::uint32_t code) { return code >= 0xD800 && code < 0xDC00; }
bool is_low(std::uint32_t code) { return code >= 0xDC00 && code < 0xE000; }

std::string without_escapes(std::string_view text) {
  constexpr std::size_t kEscape = 7;
  constexpr std::uint32_t kReplacement = 0xFFFD;
  std::string plain;
  while (!text.empty()) {
    const auto code = escape_at(text);
    if (!code) {
      plain += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(kEscape);
    const auto next = is_high(*code) ? escape_at(text) : std::nullopt;
    if (next && is_low(*next)) {
      text.remove_prefix(kEscape);
      append_utf8(0x10000 + ((*code - 0xD800) << 10) + (*next - 0xDC00), plain);
    } else {
      append_utf8(is_high(*code) || is_low(*code) ? kReplacement : *code, plain);
    }
  }
  return plain;
}

bool is_control(char c) { return (kMarks[static_cast<unsigned char>(c)] & control) != 0; }

/// Returns whether there were line ends.
bool replace_controls(std::string& text) {
  bool line_ends = false;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    line_ends |= c == '\n' || c == '\r';
    if (c == '\n' && i > 0 && text[i - 1] == '\r') continue;
    text[kept++] = c;
  }
  text.resize(kept);
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  return line_ends;
}

void append_field(std::string_view text, bool quotes, std::string& out) {
  if (!quotes) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

/// Without decoding the text: white space begins with a byte up to a space, or with one of another script.
bool is_blank(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.empty() ? ' ' : text.front());
  return (first <= 0x20 || first >= 0x80) && trimmed(text).empty();
}

}  // namespace

bool append_text(std::string_view text, std::string& out) {
  const std::uint8_t marks = marks_of(text);
  if ((marks & (control | underscore)) == 0) {
    if (!is_blank(text)) append_field(text, (marks & quoting) != 0, out);
    return false;
  }
  std::string plain = (marks & underscore) != 0 ? without_escapes(text) : std::string(text);
  const bool line_ends = replace_controls(plain);
  if (!is_blank(plain)) append_field(plain, (marks_of(plain) & quoting) != 0, out);
  return line_ends;
}

}  // namespace fairprice::ingest::xlsx
