#include "engine/ingest/xlsx/decimal.hpp"

#include <algorithm>

namespace fairprice::ingest::xlsx {

namespace {

constexpr int kShownDigits = 15;
constexpr int kMostZeros = 60;
constexpr int kLargestExponent = 400;  // a double reaches 308

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// At most 15 digits, and at most one point between them, with no zero at the end behind it: what nearly all cells hold, and what needs no
/// change. 1.0, as some writers have it, is 1: an article number would else not be found.
bool is_plain_already(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || text.size() > kShownDigits + 1 || !is_digit(text.front()) || !is_digit(text.back())) return false;
  std::size_t points = 0;
  for (const char c : text) {
    if (c == '.')
      ++points;
    else if (!is_digit(c))
      return false;
  }
  return points == 0 || (points == 1 && text.back() != '0' && text.size() - points <= kShownDigits);
}

bool is_whole(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::optional<Decimal> Decimal::read(std::string_view text) {
  Decimal number;
  std::size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) number.negative = text[i++] == '-';
  bool any = false;
  bool behind_point = false;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !behind_point)); ++i) {
    if (text[i] == '.') {
      behind_point = true;
      continue;
    }
    any = true;
    const bool leading_zero = number.size == 0 && text[i] == '0';
    if (!behind_point && !leading_zero) {
      if (number.size == kDigits) return std::nullopt;
      ++number.point;
    }
    if (behind_point && leading_zero) --number.point;
    if (!leading_zero && number.size < kDigits) number.digits[static_cast<std::size_t>(number.size++)] = text[i];
  }
  if (!any) return std::nullopt;
  if (i < text.size() && (text[i] == 'E' || text[i] == 'e')) {
    ++i;
    bool down = false;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) down = text[i++] == '-';
    if (i == text.size()) return std::nullopt;
    int exponent = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) exponent = std::min(exponent * 10 + (text[i] - '0'), kLargestExponent);
    number.point += down ? -exponent : exponent;
  }
  if (i != text.size()) return std::nullopt;
  number.round_to(kDigits);
  return number;
}

void Decimal::round_to(int significant) {
  if (size > significant) {
    const bool up = digits[static_cast<std::size_t>(significant)] >= '5';
    size = significant;
    if (up) {
      int last = size - 1;
      while (last >= 0 && digits[static_cast<std::size_t>(last)] == '9') --last;
      size = last + 1;  // the nines behind became zeros
      if (last >= 0) {
        ++digits[static_cast<std::size_t>(last)];
      } else {
        digits[0] = '1';
        size = 1;
        ++point;
      }
    }
  }
  while (size > 0 && digits[static_cast<std::size_t>(size - 1)] == '0') --size;
  if (size == 0) {
    point = 0;
    negative = false;
  }
}

std::optional<std::string> Decimal::plain() const {
  if (size == 0) return "0";
  if (-point > kMostZeros || point - size > kMostZeros) return std::nullopt;
  const std::string_view all(digits.data(), static_cast<std::size_t>(size));
  std::string text = negative ? "-" : "";
  if (point <= 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-point), '0');
    text += all;
  } else if (point >= size) {
    text += all;
    text.append(static_cast<std::size_t>(point - size), '0');
  } else {
    text += all.substr(0, static_cast<std::size_t>(point));
    text += '.';
    text += all.substr(static_cast<std::size_t>(point));
  }
  return text;
}

void append_number(std::string_view text, std::string& out) {
  if (is_plain_already(text) || is_whole(text)) {
    out += text;
    return;
  }
  auto number = Decimal::read(text);
  if (number) number->round_to(kShownDigits);
  out += number ? number->plain().value_or(std::string(text)) : text;
}

void append_percent(std::string_view text, std::string& out) {
  auto number = Decimal::read(text);
  if (!number) {
    out += text;
    return;
  }
  number->round_to(kShownDigits);
  if (number->size > 0) number->point += 2;
  const auto plain = number->plain();
  out += plain ? *plain : std::string(text);
  if (plain) out += '%';
}

}  // namespace fairprice::ingest::xlsx
