#include "engine/base/ratio.hpp"

namespace fairprice {

std::optional<Ratio> Ratio::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  constexpr std::size_t kMostDigits = 9;
  Ratio ratio;
  std::size_t whole = 0;
  std::size_t i = 0;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    if (++whole > kMostDigits) return std::nullopt;
    ratio.numerator = ratio.numerator * 10 + (text[i] - '0');
  }
  if (whole == 0) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != '.' || text.size() - i - 1 > kMostDigits || i + 1 == text.size()) return std::nullopt;
    for (++i; i < text.size(); ++i) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      ratio.numerator = ratio.numerator * 10 + (text[i] - '0');
      ratio.denominator *= 10;
    }
  }
  if (negative) ratio.numerator = -ratio.numerator;
  return ratio;
}

std::string Ratio::to_string() const {
  const bool negative = numerator < 0;
  const std::int64_t magnitude = negative ? -numerator : numerator;
  std::string text = (negative ? "-" : "") + std::to_string(magnitude / denominator);
  std::string decimals = std::to_string(magnitude % denominator + denominator).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return decimals.empty() ? text : text + "." + decimals;
}

std::string ratio_to_string(Int128 numerator, Int128 denominator) {
  const Int128 count = divide_rounded(numerator * 1'000'000, denominator);
  const bool negative = count < 0;
  const Int128 magnitude = negative ? -count : count;
  const auto whole = static_cast<std::uint64_t>(magnitude / 1'000'000);
  const auto rest = static_cast<std::uint64_t>(magnitude % 1'000'000);
  return (negative ? "-" : "") + std::to_string(whole) + "." + std::to_string(rest + 1'000'000).substr(1);
}

}  // namespace fairprice
