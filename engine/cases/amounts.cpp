#include "engine/cases/amounts.hpp"

#include <charconv>

namespace fairprice::cases {

std::optional<std::int64_t> ten_thousandths_of(std::string_view text) {
  constexpr std::int64_t kOne = 10'000;
  constexpr std::int64_t kMost = INT64_MAX / kOne - 1;
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc() || whole < 0 || whole > kMost || text.starts_with('-')) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  std::int64_t part = 0;
  if (!text.empty()) {
    if (text.front() != '.' || text.size() < 2 || text.size() > 5) return std::nullopt;
    for (std::size_t i = 1; i < 5; ++i) {
      if (i < text.size() && (text[i] < '0' || text[i] > '9')) return std::nullopt;
      part = part * 10 + (i < text.size() ? text[i] - '0' : 0);
    }
  }
  return whole * kOne + part;
}

}  // namespace fairprice::cases
