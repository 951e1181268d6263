#include "engine/ingest/values_number.hpp"

#include <algorithm>

namespace fairprice::ingest {

namespace {

std::size_t digits_in_front(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789");
  return std::min(end, text.size());
}

void add_whole(Number& number, std::string_view digits) {
  for (const char c : digits) number.whole = std::min(number.whole * 10 + (c - '0'), Number::kHuge);
}

void add_fraction(Number& number, std::string_view digits) {
  std::int64_t weight = Number::kOne / 10;
  for (const char c : digits) {
    const int digit = c - '0';
    if (weight == 0) {
      number.beyond = number.beyond || digit != 0;
      continue;
    }
    number.fraction += digit * weight;
    weight /= 10;
  }
  if (digits.size() > 8) number.next_digit = digits[8] - '0';
}

bool is_group(std::string_view text, char separator) {
  return text.size() >= 4 && text[0] == separator && digits_in_front(text.substr(1)) == 3;
}

}  // namespace

std::optional<Number> read_number(std::string_view& text, Grouping grouping) {
  std::size_t size = digits_in_front(text);
  if (size == 0) return std::nullopt;
  Number number;
  std::string_view rest = text;
  add_whole(number, rest.substr(0, size));
  rest.remove_prefix(size);
  if (grouping == Grouping::by_three && size <= 3 && !rest.empty() && (rest[0] == ',' || rest[0] == ' ' || rest[0] == '\'')) {
    const char separator = rest[0];
    while (is_group(rest, separator)) {
      add_whole(number, rest.substr(1, 3));
      rest.remove_prefix(4);
    }
  }
  if (rest.size() > 1 && rest[0] == '.') {
    size = digits_in_front(rest.substr(1));
    if (size == 0) return std::nullopt;
    add_fraction(number, rest.substr(1, size));
    rest.remove_prefix(1 + size);
  }
  text = rest;
  return number;
}

}  // namespace fairprice::ingest
