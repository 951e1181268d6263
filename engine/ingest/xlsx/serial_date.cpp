#include "engine/ingest/xlsx/serial_date.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "engine/base/date.hpp"
#include "engine/base/int128.hpp"
#include "engine/ingest/xlsx/decimal.hpp"

namespace fairprice::ingest::xlsx {

namespace {

constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr int kMostDayDigits = 7;  // 9999-12-31 is 2 958 465
constexpr int kFractionDigits = 15;

struct Moment {
  std::int64_t day = 0;
  std::int64_t second = 0;
};

/// The number in days and whole seconds, rounded half up. Nothing for a negative or very large one.
std::optional<Moment> read_moment(std::string_view text) {
  const auto number = Decimal::read(text);
  if (!number || number->negative || number->point > kMostDayDigits) return std::nullopt;
  Moment moment;
  std::int64_t fraction = 0;
  std::int64_t scale = 1;
  for (int place = 0; place < number->point; ++place)
    moment.day = moment.day * 10 + (place < number->size ? number->digits[static_cast<std::size_t>(place)] - '0' : 0);
  const int last = std::min(number->size, std::max(number->point, 0) + kFractionDigits);
  for (int place = number->point; place < last && scale < 1'000'000'000'000'000; ++place) {
    fraction = fraction * 10 + (place < 0 ? 0 : number->digits[static_cast<std::size_t>(place)] - '0');
    scale *= 10;
  }
  const auto doubled = Int128{fraction} * kSecondsOfDay * 2 + scale;
  moment.second = static_cast<std::int64_t>(doubled / (2 * Int128{scale}));
  if (moment.second == kSecondsOfDay) {
    ++moment.day;
    moment.second = 0;
  }
  return moment;
}

void append_two(std::int64_t number, std::string& out) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

void append_time(std::int64_t hours, std::int64_t second, std::string& out) {
  if (hours < 100)
    append_two(hours, out);
  else
    out += std::to_string(hours);
  out += ':';
  append_two(second / 60 % 60, out);
  out += ':';
  append_two(second % 60, out);
}

constexpr Date kDayZero1900 = Date::of(1899, 12, 31);  // of the days before the one that never was
constexpr Date kDayZero1904 = Date::of(1904, 1, 1);
constexpr std::int64_t kNeverWas = 60;

}  // namespace

void append_date(std::string_view number, CellKind kind, DateSystem dates, std::string& out) {
  const auto moment = read_moment(number);
  if (!moment) return append_number(number, out);
  const auto [day, second] = *moment;
  if (kind == CellKind::duration) return append_time(day * 24 + second / 3600, second, out);
  const bool first_system = dates == DateSystem::since_1900;
  if (day == 0 && (first_system || kind == CellKind::time)) {
    if (second == 0 && kind != CellKind::time) return append_number(number, out);
    return append_time(second / 3600, second, out);
  }
  std::string text;
  if (first_system && day == kNeverWas) {
    text = "1900-02-29";
  } else {
    const std::int64_t since = first_system && day > kNeverWas ? day - 1 : day;
    const Date date = (first_system ? kDayZero1900 : kDayZero1904).plus_days(static_cast<int>(since));
    if (date > Date::of(9999, 12, 31)) return append_number(number, out);
    text = date.to_string();
  }
  if (kind == CellKind::month && second == 0 && text.ends_with("-01")) text.resize(text.size() - 3);
  out += text;
  if (second == 0) return;
  out += ' ';
  append_time(second / 3600, second, out);
}

void append_iso_date(std::string_view text, std::string& out) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  const std::size_t time = text.find('T');
  if (time != std::string_view::npos) {
    const std::string_view behind = text.substr(time + 1);
    if (behind.find_first_not_of("0:.") == std::string_view::npos) text = text.substr(0, time);
  }
  out += text;
}

}  // namespace fairprice::ingest::xlsx
