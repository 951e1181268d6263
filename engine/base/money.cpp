#include "engine/base/money.hpp"

namespace fairprice {

namespace {

std::string digits(std::uint64_t count, bool negative, int least_decimals) {
  std::string text = std::to_string(count / 10'000);
  if (negative) text.insert(text.begin(), '-');
  std::string decimals = std::to_string(count % 10'000 + 10'000).substr(1);
  while (static_cast<int>(decimals.size()) > least_decimals && decimals.back() == '0') decimals.pop_back();
  if (!decimals.empty()) text.append(".").append(decimals);
  return text;
}

}  // namespace

std::string Money::to_string() const {
  const bool negative = count_ < 0;
  const std::uint64_t magnitude = negative ? ~static_cast<std::uint64_t>(count_) + 1 : static_cast<std::uint64_t>(count_);
  return digits(magnitude, negative, magnitude % 100 == 0 ? 2 : 4);
}

std::string PackUnits::to_string() const { return digits(static_cast<std::uint64_t>(count_), false, 0); }

}  // namespace fairprice
