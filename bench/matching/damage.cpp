#include "bench/matching/damage.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "bench/province/random.hpp"
#include "engine/matching/tokens.hpp"

namespace fairprice::bench {

namespace {

enum class Kind : std::uint8_t { ideographs, latin, other };

Kind kind_of(unsigned char byte) {
  if (byte >= 0x80) return Kind::ideographs;
  return std::isalnum(byte) != 0 || byte == '-' || byte == '.' ? Kind::latin : Kind::other;
}

std::vector<std::string> runs_of(const std::string& title) {
  std::vector<std::string> runs;
  for (const char c : title) {
    const bool same = !runs.empty() && kind_of(static_cast<unsigned char>(runs.back().back())) == kind_of(static_cast<unsigned char>(c));
    if (same)
      runs.back() += c;
    else
      runs.emplace_back(1, c);
  }
  return runs;
}

}  // namespace

std::string damaged(const std::string& title, std::uint64_t seed) {
  Random random(seed);
  const auto chance = [&](double p) { return random.chance(static_cast<std::uint64_t>(p * 10000)); };
  std::vector<std::string> kept;
  for (std::string run : runs_of(title)) {
    const Kind kind = kind_of(static_cast<unsigned char>(run[0]));
    if (kind == Kind::ideographs) {
      if (chance(0.2)) continue;
      const std::size_t characters = run.size() / 3;
      if (characters > 5 && chance(0.4)) run.resize(3 * (2 + random.below(characters - 4)));
    } else if (kind == Kind::latin) {
      const bool digits = std::any_of(run.begin(), run.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
      if (chance(digits ? 0.08 : 0.25)) continue;
      if (!digits && chance(0.2)) std::transform(run.begin(), run.end(), run.begin(), [](unsigned char c) { return std::tolower(c); });
      if (digits && run.back() == 'G' && chance(0.5)) run += "B";
      if (chance(0.5)) std::erase(run, '-');
    }
    kept.push_back(run);
  }
  const std::size_t turn = kept.size() > 2 && chance(0.4) ? 1 + random.below(kept.size() - 1) : 0;
  std::string result;
  for (std::size_t i = turn; i < kept.size(); ++i) result += kept[i];
  if (turn > 0) result += ' ';
  for (std::size_t i = 0; i < turn; ++i) result += kept[i];
  constexpr auto kTalk = std::to_array<const char*>({" 官方旗舰店", " 正品包邮", " 全国联保", " 政采专供"});
  if (chance(0.3)) result += kTalk[random.below(kTalk.size())];
  return result;
}

std::string without_model_numbers(const std::string& title) {
  std::string result;
  for (const matching::Token& token : matching::tokenise(title))
    if (token.kind != matching::TokenKind::code) result += (result.empty() ? "" : " ") + token.text;
  return result;
}

}  // namespace fairprice::bench
