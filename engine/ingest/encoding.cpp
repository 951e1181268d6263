#include "engine/ingest/encoding.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/text.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::array<std::string_view, 5> kNames = {"UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"};

constexpr std::array<std::pair<std::string_view, Encoding>, 15> kSpellings = {{{"utf8", Encoding::utf8},
                                                                               {"ascii", Encoding::utf8},
                                                                               {"gb18030", Encoding::gb18030},
                                                                               {"gbk", Encoding::gb18030},
                                                                               {"gb2312", Encoding::gb18030},
                                                                               {"cp936", Encoding::gb18030},
                                                                               {"ansi", Encoding::gb18030},
                                                                               {"big5", Encoding::big5},
                                                                               {"big5hkscs", Encoding::big5},
                                                                               {"cp950", Encoding::big5},
                                                                               {"utf16le", Encoding::utf16le},
                                                                               {"utf16", Encoding::utf16le},
                                                                               {"unicode", Encoding::utf16le},
                                                                               {"utf16be", Encoding::utf16be},
                                                                               {"ucs2", Encoding::utf16le}}};

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// Well-formed UTF-8 of two-byte characters alone may be GB18030 by accident: 元 is D4 AA. That it is UTF-8 is told by characters of three or
/// four bytes, and by those of two that product data has: leads C2 to C5 are Latin letters, °, ², ·, ×, CE to D1 Greek and Cyrillic, Ω and φ.
bool tells_utf8(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xE0 || (byte >= 0xC2 && byte <= 0xC5) || (byte >= 0xCE && byte <= 0xD1);
}

/// How the bytes read as a code of two bytes a character.
struct Reading {
  std::int64_t characters = 0;
  std::int64_t common = 0;
  std::int64_t bad = 0;

  std::int64_t score() const { return common - 2 * bad; }
  bool convinces() const { return common * 2 >= characters + bad; }
};

/// GB 2312 orders its hanzi by frequency: the first level, rows B0 to D7, holds the 3755 in common use; rows A1 to A3 hold punctuation and
/// full-width signs. Outside GB 2312 trail bytes go below A1.
Reading read_as_gb18030(std::string_view text) {
  Reading reading;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (i + 1 == text.size()) break;
    const auto trail = static_cast<unsigned char>(text[i + 1]);
    const bool four = trail >= 0x30 && trail <= 0x39;
    if (lead == 0x80 || lead == 0xFF || (!four && (trail < 0x40 || trail == 0x7F || trail == 0xFF))) {
      ++reading.bad;
      ++i;
      continue;
    }
    ++reading.characters;
    reading.common += trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA3));
    i += four ? 4 : 2;
  }
  return reading;
}

/// Big5 orders its hanzi by frequency too: A440 to C67E are the 5401 in common use, A140 to A3BF punctuation and full-width signs.
Reading read_as_big5(std::string_view text) {
  Reading reading;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (i + 1 == text.size()) break;
    const auto trail = static_cast<unsigned char>(text[i + 1]);
    if (lead == 0x80 || lead == 0xFF || trail < 0x40 || (trail > 0x7E && trail < 0xA1) || trail == 0xFF) {
      ++reading.bad;
      ++i;
      continue;
    }
    ++reading.characters;
    reading.common += lead >= 0xA1 && lead <= 0xC6;
    i += 2;
  }
  return reading;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) { return kNames[static_cast<std::size_t>(encoding)]; }

std::optional<Encoding> find_encoding(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const auto* const found = std::find_if(kSpellings.begin(), kSpellings.end(), [&](const auto& one) { return one.first == plain; });
  if (found == kSpellings.end()) return std::nullopt;
  return found->second;
}

std::string known_encodings() { return "utf-8, gb18030 (gbk), big5, utf-16le, utf-16be"; }

std::optional<Encoding> encoding_of_start(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF")) return Encoding::utf8;
  if (start.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (start.starts_with("\xFE\xFF")) return Encoding::utf16be;
  // ASCII in UTF-16 is every second byte zero: of the delimiters, digits and line ends of a table alone there are more than one in ten.
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == '\0';
  const std::size_t units = start.size() / 2;
  if (units == 0) return std::nullopt;
  const auto many = [&](std::size_t place) { return zeros[place] * 10 >= units && zeros[place] > 10 * zeros[1 - place]; };
  if (many(1)) return Encoding::utf16le;
  if (many(0)) return Encoding::utf16be;
  return std::nullopt;
}

Encoding encoding_of_text(std::string_view window) {
  std::int64_t lines = 0;
  std::int64_t good = 0;
  bool telling = false;
  for (std::string_view rest = window; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (std::none_of(line.begin(), line.end(), is_high)) continue;
    if (rest.empty() && lines > 0 && end == line.size() && window.size() >= kLookedAt) break;  // cut where the window ends
    ++lines;
    const std::size_t bad = find_bad_utf8(line);
    // A character that the window cuts is not held against the only line that there is.
    good += bad == std::string_view::npos || (rest.empty() && window.size() >= kLookedAt && bad + 4 > line.size());
    telling |= std::any_of(line.begin(), line.end(), tells_utf8);
  }
  const bool utf8 = good * 2 >= lines;
  if (utf8 && telling) return Encoding::utf8;
  const Reading gb = read_as_gb18030(window);
  if (utf8) return gb.convinces() ? Encoding::gb18030 : Encoding::utf8;
  const Reading big5 = read_as_big5(window);
  const Reading& best = big5.score() > gb.score() ? big5 : gb;
  if (!best.convinces()) return Encoding::utf8;
  return &best == &big5 ? Encoding::big5 : Encoding::gb18030;
}

std::size_t find_bad_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (i + size > text.size() || !is_utf8(text.substr(i, size))) return i;
    i += size;
  }
  return std::string_view::npos;
}

bool is_stray_utf8(std::string_view line) {
  int chinese = 0;
  for (std::size_t i = 0; i < line.size();) {
    const auto lead = static_cast<unsigned char>(line[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    // Decided by the first character mostly: this is asked of every line of a GB18030 file.
    if (lead < 0xC2 || lead > 0xF4 || i + 1 == line.size() || (static_cast<unsigned char>(line[i + 1]) & 0xC0) != 0x80) return false;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (i + size > line.size() || !is_utf8(line.substr(i, size))) return false;
    chinese += size == 3;
    i += size;
  }
  return chinese >= 2;
}

}  // namespace fairprice::ingest
