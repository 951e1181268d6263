#include "engine/ingest/json/plain_number.hpp"

#include <charconv>

namespace fairprice::ingest::json {

std::optional<std::string> plain_number(std::string_view number) {
  constexpr std::ptrdiff_t kMostZeros = 60;
  const std::size_t mark = number.find_first_of("eE");
  if (mark == std::string_view::npos) return std::string(number);
  std::string_view power = number.substr(mark + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  std::ptrdiff_t exponent = 0;
  const auto [stop, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
  if (error != std::errc{} || stop != power.data() + power.size()) return std::nullopt;

  std::string_view mantissa = number.substr(0, mark);
  const bool negative = mantissa.starts_with('-');
  if (negative) mantissa.remove_prefix(1);
  const std::size_t dot = std::min(mantissa.find('.'), mantissa.size());
  std::string digits(mantissa.substr(0, dot));
  if (dot < mantissa.size()) digits += mantissa.substr(dot + 1);
  std::string result = negative ? "-" : "";
  if (digits.find_first_not_of('0') == std::string::npos) return result + "0";
  if (exponent > 1000 || exponent < -1000) return std::nullopt;

  const std::ptrdiff_t point = static_cast<std::ptrdiff_t>(dot) + exponent;  // the value is 0.DIGITS times 10^point
  const auto size = static_cast<std::ptrdiff_t>(digits.size());
  if (point - size > kMostZeros || -point > kMostZeros) return std::nullopt;
  if (point <= 0) return result + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= size) digits.append(static_cast<std::size_t>(point - size), '0');
  std::string whole = digits.substr(0, static_cast<std::size_t>(point));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  result += whole;
  if (point < size) result += "." + digits.substr(static_cast<std::size_t>(point));
  return result;
}

}  // namespace fairprice::ingest::json
