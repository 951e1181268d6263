#include <algorithm>
#include <array>
#include <charconv>

#include "engine/catalogue/title/configuration.hpp"

namespace fairprice::title {

namespace {

constexpr std::array<std::string_view, 13> kVariants = {"", "TI", "SUPER", "X", "XT", "M", "MX", "MAXQ", "MQ", "D", "S", "XTX", "LE"};
/// Numbers that only graphics cards carry, so that they need no name before them: `1050TI`, `1660TI-6G`.
constexpr std::array<std::string_view, 25> kBare = {"1050", "1060", "1070", "1080", "1650", "1660", "2050", "2060", "2070",
                                                    "2080", "3050", "3060", "3070", "3080", "3090", "4050", "4060", "4070",
                                                    "4080", "4090", "5050", "5060", "5070", "5080", "5090"};
/// Cards that are sold with more than one size of memory, at prices of their own: the size is part of what they are.
constexpr std::array<std::string_view, 10> kSeveralSizes = {"1050", "1060",   "2060",   "3050", "3060",
                                                            "3080", "4060TI", "5060TI", "A770", "RTXA2000"};

bool is_variant(std::string_view text) { return std::find(kVariants.begin(), kVariants.end(), text) != kVariants.end(); }

/// `150`, `1660TI`: a card's number with its variant.
bool is_card_number(std::string_view text) {
  const std::size_t digits = leading_digits(text);
  return digits >= 3 && digits <= 4 && is_variant(text.substr(digits));
}

bool is_bare(std::string_view text) {
  const std::size_t digits = leading_digits(text);
  return digits == 4 && is_variant(text.substr(4)) && std::find(kBare.begin(), kBare.end(), text.substr(0, 4)) != kBare.end();
}

/// 940MX, 840M.
bool digits_of_mobile(std::string_view text) {
  return leading_digits(text) == 3 && (text[0] == '9' || text[0] == '8') && text[2] == '0' &&
         (text.substr(3) == "M" || text.substr(3) == "MX");
}

bool is_small_capacity(std::string_view text) {
  const std::size_t digits = leading_digits(text);
  return digits >= 1 && digits <= 2 && (text.substr(digits) == "G" || text.substr(digits) == "GB");
}

int leading_number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + leading_digits(text), value);
  return value;
}

/// `RTXA4000`, `RTX4000ADA`: memory behind them may be large.
bool is_professional(std::string_view name) { return name.starts_with("RTXA") || name.ends_with("ADA"); }

/// RTX A4000, RTXA2000; Arc A380.
bool is_letter_card(std::string_view text, char letter) {
  return (text.size() == 4 || text.size() == 5) && text[0] == letter && all_digits(text.substr(1)) && text.ends_with('0');
}

}  // namespace

void read_gpu(Tokens& tokens, Configuration& configuration) {
  std::vector<std::string> found;
  bool dedicated = false;
  bool integrated = false;
  bool unnamed = false;
  const auto add = [&](std::string name, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i <= to; ++i) tokens[i].taken = true;
    if (tokens.is_word(to + 1) && tokens[to + 1].text == "ADA") {  // RTX 4000 Ada is another card than RTX 4000
      name += "ADA";
      tokens[++to].taken = true;
    }
    // The memory behind a card belongs to it: MX150-2G, GTX1050TI 4G; after a blank only as much as cards have and no more than that.
    std::size_t at = to + 1;
    if (tokens.is_mark(at, '-')) ++at;
    if (tokens.is_word(at) && is_small_capacity(tokens[at].text) && !tokens.at(at + 1).text.starts_with("内存") &&
        !tokens.is_mark(at + 1, '/') && !tokens.is_mark(at + 1, '+') &&
        (tokens.is_mark(to + 1, '-') || leading_number(tokens[at].text) <= 6 || tokens.at(at + 1).text.starts_with("独") ||
         is_professional(name))) {
      tokens[at].taken = true;
      if (std::find(kSeveralSizes.begin(), kSeveralSizes.end(), name) != kSeveralSizes.end())
        name.append(1, '-').append(tokens[at].text.substr(0, leading_digits(tokens[at].text))).append("G");
    }
    // GTX1060 ... GTX1060 6G: the fuller of the two.
    for (std::string& one : found) {
      if (name.starts_with(one + "-")) one = name;
      if (one.starts_with(name + "-")) name = one;
    }
    if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(std::move(name));
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view text = tokens[i].text;
    if (tokens[i].kind == TokenKind::ideas) {
      if (text.find("独显") != std::string_view::npos || text.find("独立显卡") != std::string_view::npos || text == "独") dedicated = true;
      // 满血版显卡: a card, but which?
      if (text.find("满血") != std::string_view::npos && text.find("显") != std::string_view::npos) unnamed = true;
      if (text.find("集显") != std::string_view::npos || text.find("核显") != std::string_view::npos ||
          text.find("集成显卡") != std::string_view::npos)
        integrated = true;
      continue;
    }
    if (tokens[i].kind != TokenKind::word || tokens[i].taken) continue;
    if (text == "RTX" || text == "NVIDIA" || text == "ARC" || text == "QUADRO") {  // RTX A4000, Arc A380
      const std::string_view next = tokens.at(i + 1).text;
      if (tokens.is_word(i + 1) && is_letter_card(next, 'A')) {
        add((next.size() == 5 ? "RTX" : "") + std::string(next), i, i + 1);
        continue;
      }
    }
    if (text.size() == 8 && text.starts_with("RTXA") && is_letter_card(text.substr(3), 'A')) {
      add(std::string(text), i, i);
      continue;
    }
    if (text.size() == 5 && is_letter_card(text, 'A') && text.ends_with("00") && !configuration.cpu.empty() &&
        (tokens.is_mark(i - 1, '/') || tokens.is_mark(i - 1, '+') || tokens.at(i + 1).text.starts_with("独") ||
         tokens.at(i + 1).text.starts_with("显"))) {
      add("RTX" + std::string(text), i, i);
      continue;
    }
    const std::size_t letters = leading_letters(text);
    const std::string_view name = text.substr(0, letters);
    const bool named =
        name == "GTX" || name == "RTX" || name == "MX" || name == "GT" || name == "RX" || name == "GEFORCE" || name == "RADEON";
    std::string_view number = text.substr(letters);
    std::size_t last = i;
    if (named && number.empty()) {
      std::size_t at = i + 1;
      if (tokens.is_mark(at, '-')) ++at;
      if (!tokens.is_word(at)) continue;
      if (name == "GEFORCE" || name == "RADEON") {
        if (!is_card_number(tokens[at].text)) continue;
      }
      number = tokens[at].text;
      last = at;
    }
    if (named && is_card_number(number)) {
      std::string card((name == "GEFORCE" ? "" : std::string(name)) + std::string(number));
      const std::string_view next = tokens.at(last + 1).text;
      if (tokens.is_word(last + 1) && (next == "TI" || next == "SUPER" || next == "XT")) card += tokens[++last].text;
      if (is_bare(number)) card = card.substr(card.find(number));  // GTX1050 and 1050 are one
      add(card, i, last);
      continue;
    }
    if (is_bare(text)) {
      if (tokens.at(i + 1).text.starts_with("高清") || tokens.at(i + 1).text == "P") continue;  // a resolution
      const bool certain = text.size() > 4;
      std::size_t at = i + 1;
      if (tokens.is_mark(at, '-') || tokens.is_mark(at, '/')) ++at;
      const bool with_memory = tokens.is_word(at) && is_small_capacity(tokens[at].text) && leading_digits(tokens[at].text) <= 2;
      if (certain || tokens.at(i + 1).text.starts_with("独") || tokens.at(i + 1).text.starts_with("显卡") ||
          (with_memory && !tokens.before(i).text.ends_with("I5") && (!configuration.cpu.empty())) ||
          (tokens.is_mark(i - 1, '/') && !configuration.cpu.empty()))
        add(std::string(text), i, i);
      continue;
    }
    // Professional cards stand beside a processor, else P1106 is a printer: P1000, T1000, K2200; Quadro names them.
    if (letters == 1 && (name == "P" || name == "T" || name == "K") && all_digits(number) && (number.size() == 3 || number.size() == 4) &&
        number.ends_with("0") && (tokens.before(i).text == "QUADRO" || (!configuration.cpu.empty() && number.ends_with("00")))) {
      // T490, P500 behind a maker or series are models; cards stand behind the processor or carry 独显 or their memory.
      std::size_t at = i + 1;
      if (tokens.is_mark(at, '-')) ++at;
      const bool with_memory = tokens.is_word(at) && is_small_capacity(tokens[at].text);
      if (tokens.before(i).text == "QUADRO" || with_memory || tokens.at(i + 1).text.starts_with("独") ||
          tokens.at(i + 1).text.starts_with("显") || tokens.is_mark(i - 1, '+') || tokens.is_mark(i - 1, '/'))
        add(std::string(text), i, i);
      continue;
    }
    // 940MX, 840M; M530-2G.
    if (digits_of_mobile(text) || (text.size() == 4 && text[0] == 'M' && all_digits(text.substr(1)) && tokens.is_mark(i + 1, '-') &&
                                   tokens.is_word(i + 2) && is_small_capacity(tokens[i + 2].text))) {
      add(std::string(text), i, i);
      continue;
    }
    // AMD in laptops: R5 M530, RX560X, RADEON 530, R7 M445.
    if ((text == "R5" || text == "R7" || text == "R9") && tokens.is_word(i + 1) &&
        (is_card_number(tokens[i + 1].text) || (tokens[i + 1].text[0] == 'M' && all_digits(tokens[i + 1].text.substr(1)))) &&
        leading_digits(tokens[i + 1].text) <= 3) {
      add(std::string(text) + std::string(tokens[i + 1].text), i, i + 1);
      continue;
    }
    if (text == "R5" || text == "R7") {  // AMD R5 2G独显
      std::size_t at = i + 1;
      if (tokens.is_mark(at, '-')) ++at;
      if (tokens.is_word(at) && is_small_capacity(tokens[at].text) && tokens.at(at + 1).text.starts_with("独"))
        add(std::string(text) + "独显", i, i);
      continue;
    }
    if (name == "VEGA" || name == "RADEONVEGA") {
      if (text == "VEGA16" || text == "VEGA20") add(std::string(text), i, i);
    }
  }
  const bool both = (dedicated || !found.empty()) && integrated;  // one of them is the series
  if (both || found.size() > 1 || (found.empty() && unnamed && !dedicated))
    configuration.set_unclear(Attribute::gpu);
  else if (found.size() == 1)
    configuration.gpu = found.front();
  else if (dedicated)
    configuration.gpu = "独显";
}

}  // namespace fairprice::title
