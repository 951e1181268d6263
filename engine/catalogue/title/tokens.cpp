#include "engine/catalogue/title/tokens.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace fairprice::title {

namespace {

struct Sign {
  std::string_view bytes;
  char mark;
};
/// Signs that NFKC leaves outside ASCII. What is not listed belongs to a run of ideographs.
constexpr Sign kSigns[] = {{"【", '('}, {"】", ')'},     {"「", '('}, {"」", ')'},     {"『", '('}, {"』", ')'}, {"《", '('},
                           {"》", ')'}, {"〔", '('},     {"〕", ')'}, {"、", ','},     {"。", ','}, {"·", ' '},  {"・", ' '},
                           {"•", ' '},  {"丨", '|'},     {"│", '|'},  {"×", '*'},      {"−", '-'},  {"–", '-'},  {"—", '-'},
                           {"‐", '-'},  {"\u2011", '-'}, {"″", '"'},  {"”", '"'},      {"“", '"'},  {"′", '\''}, {"’", '\''},
                           {"‘", '\''}, {"®", ' '},      {"†", ' '},  {"\u2028", ' '}, {"●", ' '},  {"★", ' '},  {"◆", ' '}};

std::size_t character_size(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(size, text.size() - at);
}

}  // namespace

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool all_letters(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_letter); }
std::size_t leading_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}
std::size_t leading_letters(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_letter) - text.begin());
}

Tokens::Tokens(std::string_view cell) {
  // First the signs become ASCII, so that what follows looks at single bytes.
  const std::string canonical = canonical_text(cell);
  text_.reserve(canonical.size());
  for (std::size_t i = 0; i < canonical.size();) {
    const std::size_t size = character_size(canonical, i);
    const std::string_view character = std::string_view(canonical).substr(i, size);
    if (size > 1) {
      const auto* const sign = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const Sign& s) { return s.bytes == character; });
      if (sign != std::end(kSigns))
        text_ += sign->mark;
      else
        text_ += character;
    } else {
      const char c = character[0];
      text_ += c == '[' || c == '{' ? '(' : c == ']' || c == '}' ? ')' : c == '\\' ? '/' : c == '_' ? '-' : c;
    }
    i += size;
  }
  bool spaced = true;
  const std::string_view all = text_;
  for (std::size_t i = 0; i < all.size();) {
    const char c = all[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ') {
      spaced = true;
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    TokenKind kind = TokenKind::mark;
    if (is_digit(c) || is_letter(c)) {
      kind = TokenKind::word;
      while (end < all.size() && (is_digit(all[end]) || is_letter(all[end]) ||
                                  (all[end] == '.' && is_digit(all[end - 1]) && end + 1 < all.size() && is_digit(all[end + 1]))))
        ++end;
    } else if (byte >= 0x80) {
      kind = TokenKind::ideas;
      while (end < all.size() && static_cast<unsigned char>(all[end]) >= 0x80) ++end;
    }
    tokens_.push_back({all.substr(i, end - i), kind, spaced});
    spaced = false;
    i = end;
  }
}

}  // namespace fairprice::title
