#include "engine/catalogue/title/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/text.hpp"

namespace fairprice::title {

namespace {

constexpr std::size_t kIdeograph = 3;  // bytes in UTF-8

/// What titles of other things name too, as a part or an addition: a laptop with 固态硬盘 is no disk.
constexpr std::array<std::string_view, 9> kOftenParts = {"硬盘", "键盘鼠标", "耳机",     "音箱",  "麦克风",
                                                         "电池", "显示器",   "存储设备", "电风扇"};

/// The tokens from i on as the alias stands: words and marks, one blank where white space was.
bool stands_at(const Tokens& tokens, std::size_t i, std::string_view alias, std::size_t words) {
  if (i + words > tokens.size()) return false;
  std::string text;
  for (std::size_t k = 0; k < words; ++k) {
    if (k > 0 && tokens[i + k].spaced) text += ' ';
    text += tokens[i + k].text;
  }
  return text == alias;
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<std::pair<std::string, std::string>>& brands,
                       const std::vector<std::pair<std::string, std::string>>& categories) {
  const auto fill = [&](const auto& list, Index& index) {
    std::map<std::string, std::string> by_alias;
    for (const auto& [alias, name] : list) by_alias[canonical_text(alias)] = name;
    for (const auto& entry : list) by_alias.emplace(canonical_text(entry.second), entry.second);
    for (const auto& [alias, name] : by_alias) {
      names_.push_back(name);
      add(index, alias, static_cast<std::uint32_t>(names_.size() - 1));
    }
  };
  // The keys point into heads_, which must not move.
  heads_.reserve(brands.size() * 2 + categories.size() * 2);
  fill(brands, brands_);
  fill(categories, categories_);
  for (Index* index : {&brands_, &categories_})
    for (auto& [head, aliases] : *index)
      std::stable_sort(aliases.begin(), aliases.end(), [](const Alias& a, const Alias& b) { return a.text.size() > b.text.size(); });
}

void Vocabulary::add(Index& index, const std::string& alias, std::uint32_t name) {
  const Tokens tokens(alias);
  if (tokens.size() == 0) return;
  const bool ideas = tokens.size() == 1 && tokens[0].kind == TokenKind::ideas;
  // 惠普(HP) is found by its parts, which are aliases themselves.
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (!ideas && tokens[i].kind == TokenKind::ideas) return;
  if (ideas && tokens[0].text.size() < 2 * kIdeograph) return;  // one ideograph names nothing inside running text
  if (!ideas && tokens[0].kind != TokenKind::word) return;
  const std::string head(ideas ? tokens[0].text.substr(0, kIdeograph) : tokens[0].text);
  auto found = index.find(head);
  if (found == index.end()) {
    heads_.push_back(head);
    found = index.emplace(heads_.back(), std::vector<Alias>()).first;
  }
  found->second.push_back({tokens.text(), name, tokens.size()});
}

std::vector<Vocabulary::Named> Vocabulary::brands_in(const Tokens& tokens) const {
  std::vector<Named> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::word) {
      const auto entry = brands_.find(tokens[i].text);
      if (entry == brands_.end()) continue;
      for (const Alias& alias : entry->second)
        if (stands_at(tokens, i, alias.text, alias.words)) {
          found.push_back({names_[alias.name], i, i + alias.words - 1});
          i += alias.words - 1;
          break;
        }
    } else if (tokens[i].kind == TokenKind::ideas) {
      const std::string_view text = tokens[i].text;
      for (std::size_t at = 0; at + kIdeograph <= text.size();) {
        std::size_t step = kIdeograph;
        if (const auto entry = brands_.find(text.substr(at, kIdeograph)); entry != brands_.end())
          for (const Alias& alias : entry->second)
            if (text.substr(at).starts_with(alias.text)) {
              found.push_back({names_[alias.name], i, i});
              step = alias.text.size();
              break;
            }
        at += step;
      }
    }
  }
  return found;
}

std::string_view Vocabulary::category_in(const Tokens& tokens) const {
  std::string_view best;
  std::size_t longest = 0;
  bool best_is_part = true;
  const auto found = [&](const Alias& alias) {
    const std::string_view name = names_[alias.name];
    const bool part = std::find(kOftenParts.begin(), kOftenParts.end(), name) != kOftenParts.end();
    if (part != best_is_part ? part : alias.text.size() < longest) return;
    best = name;
    longest = alias.text.size();
    best_is_part = part;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view text = tokens[i].text;
    if (tokens[i].kind == TokenKind::word) {
      const auto entry = categories_.find(text);
      if (entry == categories_.end()) continue;
      for (const Alias& alias : entry->second)
        if (stands_at(tokens, i, alias.text, alias.words)) {
          found(alias);
          break;
        }
    } else if (tokens[i].kind == TokenKind::ideas) {
      for (std::size_t at = 0; at + kIdeograph <= text.size(); at += kIdeograph) {
        const auto entry = categories_.find(text.substr(at, kIdeograph));
        if (entry == categories_.end()) continue;
        for (const Alias& alias : entry->second)
          if (text.substr(at).starts_with(alias.text)) {
            found(alias);
            break;
          }
      }
    }
  }
  return best;
}

}  // namespace fairprice::title
