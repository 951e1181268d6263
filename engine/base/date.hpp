#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairprice {

/// A month: years x 12 + (month - 1). Periods are compared and subtracted as months.
class Period {
 public:
  constexpr Period() = default;
  static constexpr Period of(int year, int month) { return Period(year * 12 + month - 1); }
  static constexpr Period from_index(int index) { return Period(index); }
  /// "2023-11", "2023/11", "202311", "2023年11月"; nothing else.
  static std::optional<Period> parse(std::string_view text);

  constexpr int index() const { return index_; }
  constexpr int year() const { return index_ / 12; }
  constexpr int month() const { return index_ % 12 + 1; }
  constexpr auto operator<=>(const Period&) const = default;
  constexpr int operator-(Period other) const { return index_ - other.index_; }
  constexpr Period minus_months(int months) const { return Period(index_ - months); }
  std::string to_string() const;  // "2023-11"

 private:
  explicit constexpr Period(int index) : index_(index) {}
  int index_ = 0;
};

/// A day of the proleptic Gregorian calendar, as days since 1970-01-01. Times are read as UTC+8 before they become days.
class Date {
 public:
  static constexpr std::int32_t kNone = INT32_MIN;

  constexpr Date() = default;
  static constexpr Date from_days(std::int32_t days) { return Date(days); }
  static constexpr Date of(int year, int month, int day) {  // the day must exist
    constexpr std::int32_t kEpoch = 719'162;                // days from 0001-01-01 to 1970-01-01
    const int before = year - 1;
    const std::int32_t of_years = 365 * before + before / 4 - before / 100 + before / 400;
    return Date(of_years + days_before_month(year, month) + day - 1 - kEpoch);
  }
  /// Years 1 to 9999.
  static constexpr bool exists(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
    return day <= days_in_month(year, month);
  }
  static constexpr bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
  static constexpr int days_in_month(int year, int month) {
    return month == 2 ? (is_leap_year(year) ? 29 : 28) : 30 + ((month + month / 8) & 1);
  }
  /// Every way of writing that docs/formats.md lists: "2023-11-05", "2023/11/5", "20231105", "2023年11月5日", with or without a time.
  static std::optional<Date> parse(std::string_view text);

  constexpr std::int32_t days() const { return days_; }
  constexpr bool present() const { return days_ != kNone; }
  constexpr auto operator<=>(const Date&) const = default;
  constexpr Date plus_days(int days) const { return Date(days_ + days); }
  Period period() const;
  /// The same day of an earlier month, or that month's last day where it has no such day.
  Date minus_months(int months) const;
  std::string to_string() const;  // "2023-11-05"; empty when absent

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}
  static constexpr int days_before_month(int year, int month) {
    constexpr std::int16_t kBefore[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    return kBefore[month - 1] + (month > 2 && is_leap_year(year) ? 1 : 0);
  }
  std::int32_t days_ = kNone;
};

Date first_day(Period period);
Date last_day(Period period);

}  // namespace fairprice
