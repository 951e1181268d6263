#include "engine/base/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "engine/base/text.hpp"

namespace fairprice {

namespace {

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kChinaOffset = 8 * 60;       // minutes east of UTC; China has one zone and no summer time
constexpr std::size_t kLongestCell = 128;  // bytes; no way of writing a moment needs more, whatever the width of its digits
constexpr std::string_view kYearSign = "年";
constexpr std::string_view kMonthSign = "月";
constexpr std::string_view kDaySign = "日";

std::chrono::year_month_day civil(std::int32_t days) { return std::chrono::sys_days{std::chrono::days{days}}; }

/// Eats a text from the left. What does not fit leaves it as it was.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  /// `least` to `most` digits, as many as there are.
  std::optional<int> number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < most && digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9')
      value = value * 10 + (rest_[digits++] - '0');
    if (digits < least) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  bool skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  bool skip_spaces() {
    const std::string_view without = trimmed_front(rest_);
    const bool any = without.size() != rest_.size();
    rest_ = without;
    return any;
  }

 private:
  std::string_view rest_;
};

struct Day {
  int year = 0, month = 0, day = 0;
  bool ends_in_sign = false;  ///< 日 stands behind, so a time may follow without a space
};

std::optional<Day> read_day(Reader& text) {
  Day result;
  const auto year = text.number(4, 4);
  if (!year) return std::nullopt;
  result.year = *year;
  std::optional<int> month, day;
  if (text.skip(kYearSign)) {
    month = text.number(1, 2);
    if (!month || !text.skip(kMonthSign)) return std::nullopt;
    day = text.number(1, 2);
    if (!day || !text.skip(kDaySign)) return std::nullopt;
    result.ends_in_sign = true;
  } else {
    std::string_view sign;
    for (const std::string_view candidate : {"-", "/", "."}) {
      if (!text.skip(candidate)) continue;
      sign = candidate;
      break;
    }
    const std::size_t least = sign.empty() ? 2 : 1;
    month = text.number(least, 2);
    if (!month || !text.skip(sign)) return std::nullopt;
    day = text.number(least, 2);
    if (!day) return std::nullopt;
  }
  result.month = *month;
  result.day = *day;
  return result;
}

/// Minutes since midnight, and from there to UTC+8 where an offset is given.
std::optional<int> read_time(Reader& text) {
  const auto hour = text.number(1, 2);
  if (!hour || *hour > 23 || !text.skip(":")) return std::nullopt;
  const auto minute = text.number(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  if (text.skip(":")) {
    const auto second = text.number(2, 2);
    if (!second || *second > 59) return std::nullopt;
    if (text.skip(".")) {
      if (!text.number(1, 1)) return std::nullopt;
      while (text.number(1, 1)) {
      }
    }
  }
  const int minutes = *hour * 60 + *minute;
  text.skip_spaces();
  if (text.done()) return minutes;
  if (text.skip("Z")) return minutes + kChinaOffset;
  const int sign = text.skip("+") ? 1 : text.skip("-") ? -1 : 0;
  if (sign == 0) return std::nullopt;
  const auto hours = text.number(2, 2);
  if (!hours || *hours > 23) return std::nullopt;
  text.skip(":");
  const auto rest = text.number(2, 2);
  if (!rest || *rest > 59) return std::nullopt;
  return minutes - sign * (*hours * 60 + *rest) + kChinaOffset;
}

}  // namespace

std::optional<Period> Period::parse(std::string_view text) {
  if (text.size() > kLongestCell) return std::nullopt;
  const std::string cell = canonical_text(text);
  Reader reader(cell);
  const auto year = reader.number(4, 4);
  if (!year || *year == 0) return std::nullopt;
  std::optional<int> month;
  if (reader.skip(kYearSign)) {
    month = reader.number(1, 2);
    if (!reader.skip(kMonthSign)) return std::nullopt;
  } else {
    const bool sign = reader.skip("-") || reader.skip("/");
    month = reader.number(sign ? 1 : 2, 2);
  }
  if (!month || *month < 1 || *month > 12 || !reader.done()) return std::nullopt;
  return of(*year, *month);
}

std::string Period::to_string() const { return fmt::format("{:04}-{:02}", year(), month()); }

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() > kLongestCell) return std::nullopt;
  const std::string cell = canonical_text(text);
  Reader reader(cell);
  const auto day = read_day(reader);
  if (!day || !exists(day->year, day->month, day->day)) return std::nullopt;
  const Date date = of(day->year, day->month, day->day);
  if (reader.done()) return date;
  if (!reader.skip("T") && !reader.skip_spaces() && !day->ends_in_sign) return std::nullopt;
  const auto minutes = read_time(reader);
  if (!minutes || !reader.done()) return std::nullopt;
  const Date moved = date.plus_days(*minutes < 0 ? -1 : *minutes / kMinutesOfDay);
  if (moved < of(1, 1, 1) || moved > of(9999, 12, 31)) return std::nullopt;
  return moved;
}

Period Date::period() const {
  const auto day = civil(days_);
  return Period::of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())));
}

Date Date::minus_months(int months) const {
  const auto day = civil(days_);
  const Period target = period().minus_months(months);
  const int last = days_in_month(target.year(), target.month());
  return of(target.year(), target.month(), std::min(last, static_cast<int>(static_cast<unsigned>(day.day()))));
}

std::string Date::to_string() const {
  if (!present()) return {};
  const auto day = civil(days_);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

Date first_day(Period period) { return Date::of(period.year(), period.month(), 1); }
Date last_day(Period period) { return Date::of(period.year(), period.month(), Date::days_in_month(period.year(), period.month())); }

}  // namespace fairprice
