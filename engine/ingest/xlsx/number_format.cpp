#include "engine/ingest/xlsx/number_format.hpp"

#include <algorithm>
#include <array>

namespace fairprice::ingest::xlsx {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The parts of the first section.
struct Parts {
  std::string letters;         ///< of dates and times, in lower case, in order; literals left out
  std::string before, behind;  ///< literal text in front of the first and behind the last digit
  std::string currency;        ///< symbol in brackets
  bool digits = false;         ///< 0 # ?
  bool zeros_alone = true;     ///< no # or ?
  bool divides = false;        ///< a comma behind the last digit: thousands
  bool percent = false;
  bool elapsed = false;  ///< [h] [m] [s]
};

/// What stands in brackets: a colour, a condition, a locale with or without currency symbol, an elapsed time.
void read_bracket(std::string_view inside, Parts& parts) {
  const bool one_letter = !inside.empty() && inside.find_first_not_of(inside.front()) == std::string_view::npos;
  if (one_letter && (lower(inside.front()) == 'h' || lower(inside.front()) == 'm' || lower(inside.front()) == 's')) {
    parts.elapsed = true;
    parts.letters += lower(inside.front());
  } else if (inside.starts_with('$')) {
    const std::size_t dash = inside.rfind('-');
    parts.currency = inside.substr(1, dash == std::string_view::npos ? dash : dash - 1);
    // ¥ is the yen's sign too: the locale tells.
    if (dash != std::string_view::npos && contains_any(parts.currency, {"¥", "￥"}) && inside.substr(dash + 1).ends_with("411"))
      parts.currency = "JPY";
  }
}

Parts read_parts(std::string_view code) {
  Parts parts;
  const auto literal = [&](std::string_view text) { (parts.digits ? parts.behind : parts.before) += text; };
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      const std::size_t end = std::min(code.find('"', i + 1), code.size());
      literal(code.substr(i + 1, end - i - 1));
      i = end;
    } else if (c == '\\' || c == '!') {  // the next character as it is; ! in Chinese versions
      if (++i < code.size()) literal(code.substr(i, 1));
    } else if (c == '_' || c == '*') {  // a gap as wide as the next character; the next character repeated
      for (++i; i + 1 < code.size() && (static_cast<unsigned char>(code[i + 1]) & 0xC0) == 0x80;) ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      read_bracket(code.substr(i + 1, end - i - 1), parts);
      i = end;
    } else if (c == '0' || c == '#' || c == '?') {
      parts.digits = true;
      parts.zeros_alone &= c == '0';
      parts.behind.clear();
      parts.divides = i + 1 < code.size() && code[i + 1] == ',';
    } else if (c == '%') {
      parts.percent = true;
    } else if ((c == 'E' || c == 'e') && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) {
      ++i;
    } else if (equals_ignoring_case(code.substr(i, 5), "AM/PM")) {
      i += 4;
    } else if (equals_ignoring_case(code.substr(i, 3), "A/P")) {
      i += 2;
    } else if (std::string_view("ymdhseYMDHSE").find(c) != std::string_view::npos) {
      parts.letters += lower(c);
    } else {
      literal(code.substr(i, 1));
    }
  }
  return parts;
}

/// Digits within a date are fractions of a second: ss.000.
bool is_date(const Parts& parts) {
  return !parts.letters.empty() && parts.letters != "e" && (!parts.digits || (parts.zeros_alone && parts.letters.ends_with('s')));
}

CellKind date_kind(const Parts& parts) {
  const auto has = [&](char c) { return parts.letters.find(c) != std::string::npos; };
  if (parts.elapsed) return CellKind::duration;
  const bool clock = has('h') || has('s');
  const bool year = has('y') || has('e');
  if (clock && !year && !has('d')) return CellKind::time;
  return year && has('m') && !has('d') && !clock ? CellKind::month : CellKind::date;
}

/// A sign of another money than yuan, from brackets or from literal text; empty for yuan and for none.
std::string foreign_currency(const Parts& parts) {
  for (const std::string& text : {parts.currency, parts.before, parts.behind})
    for (const std::string_view sign : {"HK$", "NT$", "US$", "$",   "€",   "£",    "₩",    "₽",  "₹",    "USD",  "EUR", "GBP",
                                        "HKD", "TWD", "MOP", "JPY", "KRW", "美元", "欧元", "英镑", "港元", "港币", "日元"})
      if (text.find(sign) != std::string::npos) return std::string(sign);
  return {};
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == ')')) text.remove_suffix(1);
  return text;
}

}  // namespace

NumberFormat read_number_format(std::string_view code) {
  NumberFormat format;
  if (equals_ignoring_case(code.substr(0, 7), "General")) return format;
  const Parts parts = read_parts(code);
  if (is_date(parts)) {
    format.kind = date_kind(parts);
    return format;
  }
  if (parts.percent) {
    format.kind = CellKind::percent;
    return format;
  }
  format.prefix = foreign_currency(parts);
  if (!parts.divides && contains_any(parts.behind, {"万", "亿", "折", "千元", "百元"})) format.suffix = without_blanks(parts.behind);
  return format;
}

NumberFormat built_in_format(int id) {
  constexpr std::array kMonths = {17, 27, 36, 50, 52, 57};
  constexpr std::array kTimes = {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56};
  NumberFormat format;
  if (id == 9 || id == 10)
    format.kind = CellKind::percent;
  else if (id == 46)
    format.kind = CellKind::duration;
  else if (std::find(kMonths.begin(), kMonths.end(), id) != kMonths.end())
    format.kind = CellKind::month;
  else if (std::find(kTimes.begin(), kTimes.end(), id) != kTimes.end())
    format.kind = CellKind::time;
  else if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
    format.kind = CellKind::date;
  return format;
}

}  // namespace fairprice::ingest::xlsx
