#include <algorithm>
#include <array>

#include "engine/catalogue/title/configuration.hpp"

/// What the readers have left: words that do state something of processor, memory, disks or card, but not in a way that is understood.
/// Two texts that nobody understood are not two equal texts, so the attribute counts as unread, and nothing matches by it.
namespace fairprice::title {

namespace {

constexpr std::array<std::string_view, 24> kProcessors = {
    "酷睿", "锐龙",  "骁龙",  "至强",    "赛扬",   "奔腾",    "速龙",   "鲲鹏", "海光",   "飞腾",     "龙芯",       "兆芯",
    "XEON", "RYZEN", "ULTRA", "CELERON", "SILVER", "PENTIUM", "ATHLON", "EPYC", "CORE I", "PLATINUM", "SNAPDRAGON", "KUNPENG"};
constexpr std::array<std::string_view, 5> kCards = {"RTX", "GTX", "QUADRO", "GEFORCE", "RADEON PRO"};

/// 1.2T, 800GB, 3.84TB: a size that no reader took.
bool is_size(std::string_view text) {
  std::size_t digits = leading_digits(text);
  if (digits == 0) return false;
  if (digits + 1 < text.size() && text[digits] == '.') digits += 1 + leading_digits(text.substr(digits + 1));
  const std::string_view unit = text.substr(digits);
  return unit == "G" || unit == "GB" || unit == "T" || unit == "TB";
}

bool says_any(const Tokens& tokens, const auto& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return tokens.contains(word); });
}

}  // namespace

void read_leftovers(const Tokens& tokens, Configuration& configuration) {
  const auto unread = [&](Attribute attribute) { configuration.unread.set(static_cast<std::size_t>(attribute)); };
  if (configuration.cpu.empty() && !configuration.is_unclear(Attribute::cpu) && says_any(tokens, kProcessors)) unread(Attribute::cpu);
  if (configuration.gpu.empty() && !configuration.is_unclear(Attribute::gpu) && says_any(tokens, kCards)) unread(Attribute::gpu);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.kind != TokenKind::word || token.taken || !is_size(token.text)) continue;
    if (tokens.is_mark(i - 1, '-') && !token.spaced && !tokens[i - 1].spaced) continue;  // V3-572G is a model
    unread(Attribute::memory);
    unread(Attribute::storage);
  }
}

}  // namespace fairprice::title
