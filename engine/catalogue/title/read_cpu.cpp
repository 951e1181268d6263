#include <algorithm>
#include <array>

#include "engine/catalogue/title/configuration.hpp"

namespace fairprice::title {

namespace {

/// A processor's number behind its family: four or five digits and what tells variants apart: 8250U, 1240P, 1165G7, 10710U, 7Y30.
bool is_processor_number(std::string_view text) {
  const std::size_t digits = leading_digits(text);
  if (digits == 1 && text.size() == 4 && text[1] == 'Y' && all_digits(text.substr(2))) return true;  // 7Y30
  if (digits < 3 || digits > 5) return false;
  std::string_view rest = text.substr(digits);
  if (rest.empty()) return digits >= 4 && !(digits == 4 && (text.starts_with("201") || text.starts_with("202")));  // no year
  if (rest.size() > 3) return false;
  if (rest.size() == 2 && rest[0] == 'V' && is_digit(rest[1])) return true;              // 1225V2
  if (rest.size() >= 2 && rest[0] == 'G' && is_digit(rest[1])) return rest.size() == 2;  // 1165G7
  return all_letters(rest) && rest != "G" && rest != "GB" && rest != "T" && rest != "TB" && rest != "W" && rest != "MHZ" && rest != "MM";
}

struct Found {
  std::string family, number;
  bool choice = false;  ///< I5/I7: the series has both
};

/// `next`: the number may stand in the following token, behind a blank or a dash.
std::size_t number_behind(const Tokens& tokens, std::size_t i) {
  std::size_t at = i + 1;
  if (tokens.is_mark(at, '-') && !tokens[at].spaced) ++at;
  if (tokens.is_mark(at, '/') && tokens.is_word(at + 1) && leading_digits(tokens[at + 1].text) == 4) ++at;  // I5/8300H
  return tokens.is_word(at) && is_processor_number(tokens[at].text) ? at : 0;
}

bool is_family(const Tokens& tokens, std::size_t i) { return tokens.is_word(i) && tokens[i].text.size() == 2 && tokens[i].text[0] == 'I'; }

/// Celeron and Pentium Silver that stand without their name, by Intel's lists (ark.intel.com, series N and J). N4270 is a laptop.
constexpr std::array<std::string_view, 36> kAtoms = {"N2807", "N2815", "N2820", "N2830", "N2840", "N2930", "N2940", "N3000", "N3010",
                                                     "N3050", "N3060", "N3150", "N3160", "N3350", "N3450", "N3540", "N3700", "N3710",
                                                     "N4000", "N4020", "N4100", "N4120", "N4200", "N4500", "N5000", "N5030", "N5095",
                                                     "N5100", "N5105", "N6000", "J1900", "J3160", "J3355", "J3455", "J4105", "J4125"};

constexpr std::array<std::string_view, 5> kOtherMakers = {"飞腾", "龙芯", "兆芯", "海光", "鲲鹏"};

/// How many processors the text counts: beside the last token of one (4310*2), in front of its name (2*银牌4310), in words (双路, 两颗).
int processors_of(const Tokens& tokens, const Configuration&) {
  int count = 1;
  const auto few = [&](std::size_t i) {
    return tokens.is_word(i) && tokens[i].text.size() == 1 && is_digit(tokens[i].text[0]) ? tokens[i].text[0] - '0' : 0;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::ideas &&
        (tokens[i].text.find("双路") != std::string_view::npos || tokens[i].text.find("两颗") != std::string_view::npos ||
         tokens[i].text.find("双颗") != std::string_view::npos))
      count = std::max(count, 2);
    if (!tokens.is_mark(i, '*')) continue;
    // In front: the word behind the sign, or behind the maker's name, is a processor.
    const std::size_t named = tokens.at(i + 1).kind == TokenKind::ideas ? i + 2 : i + 1;
    const auto is_processor = [&](std::size_t at) {
      return tokens.is_word(at) && tokens[at].taken && tokens[at].text.find_first_of("GT") == std::string_view::npos;
    };
    if (i > 0 && few(i - 1) > 0 && is_processor(named)) count = std::max(count, few(i - 1));
    if (i > 0 && is_processor(i - 1) && few(i + 1) > 0) count = std::max(count, few(i + 1));
  }
  return count;
}

}  // namespace

void read_cpu(Tokens& tokens, Configuration& configuration) {
  std::vector<Found> found;
  const auto ends_with = [&](std::size_t i, std::string_view words) { return i < tokens.size() && tokens[i].text.ends_with(words); };
  const auto add = [&](std::string family, std::string_view number, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i <= to; ++i) tokens[i].taken = true;
    found.push_back({std::move(family), std::string(number)});
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view text = tokens[i].text;
    if (tokens[i].kind != TokenKind::word || tokens[i].taken) continue;
    // Core and Ryzen: I5-8250U, I5 8250U, I58250U, R5-3500U, 锐龙5 3500U, RYZEN 5 3500U; the family alone: I5.
    if (text.size() >= 2 && (text[0] == 'I' || text[0] == 'R') && (text[1] == '3' || text[1] == '5' || text[1] == '7' || text[1] == '9')) {
      const std::string family(text.substr(0, 2));
      if (text.size() > 2) {
        std::string_view number = text.substr(2);
        if (number.size() > 8) continue;
        if (is_processor_number(number)) {
          add(family, number, i, i);
        } else if (const std::size_t size = leading_digits(number);  // I715.6英寸: glued to what follows
                   text[0] == 'I' && size <= 2 && number.find('.') != std::string_view::npos) {
          add(family, {}, i, i);
        }
        continue;
      }
      if (const std::size_t at = number_behind(tokens, i); at != 0)
        add(family, tokens[at].text, i, at);
      else if (text[0] == 'I' && (is_family(tokens, i + 2) || is_family(tokens, i - 2)) &&
               (tokens.is_mark(i + 1, '/') || tokens.is_mark(i - 1, '/'))) {
        add(family, {}, i, i);
        found.back().choice = true;
      } else if (text[0] == 'I' || (tokens.before(i).text.ends_with("锐龙") && tokens.after(i).text != "M"))
        add(family, {}, i, i);
      continue;
    }
    if (text.size() == 1 && is_digit(text[0]) && (ends_with(i - 1, "锐龙") || ends_with(i - 1, "RYZEN"))) {
      const std::size_t at = number_behind(tokens, i);
      add("R" + std::string(text), at != 0 ? tokens[at].text : std::string_view(), i, at != 0 ? at : i);
      continue;
    }
    // Core Ultra written together or by its letter: ULTRA7-155H, ULTRA7 155H, U7 155H; Core 5 120U.
    const bool ultra =
        (text.size() == 6 && text.starts_with("ULTRA") && is_digit(text[5])) || (text.size() == 2 && text[0] == 'U' && is_digit(text[1]));
    const bool core = text.size() == 1 && is_digit(text[0]) && (ends_with(i - 1, "酷睿") || ends_with(i - 1, "CORE"));
    if (ultra || core) {
      std::size_t at = i + 1;
      if (tokens.is_mark(at, '-')) ++at;
      const std::string_view number = tokens.is_word(at) ? tokens[at].text : std::string_view();
      if (leading_digits(number) == 3 && number.size() >= 4 && number.size() <= 5 && all_letters(number.substr(3))) {
        add((ultra ? "ULTRA" : "CORE") + std::string(1, text.back()), number, i, at);
        continue;
      }
      if (text.size() == 6) {
        add(std::string(text), {}, i, i);
        continue;
      }
    }
    if (text == "ULTRA" && tokens.is_word(i + 1) && tokens[i + 1].text.size() == 1 && is_digit(tokens[i + 1].text[0])) {
      std::size_t at = i + 2;
      if (tokens.is_mark(at, '-')) ++at;
      const bool numbered = tokens.is_word(at) && leading_digits(tokens[at].text) == 3 && tokens[at].text.size() <= 5;
      add("ULTRA" + std::string(tokens[i + 1].text), numbered ? tokens[at].text : std::string_view(), i, numbered ? at : i + 1);
      continue;
    }
    // Celeron and Pentium by their own numbers: N4000, J4125; others behind their name: 赛扬4205U, 奔腾G5400.
    if (std::find(kAtoms.begin(), kAtoms.end(), text) != kAtoms.end()) {
      add(std::string(text), {}, i, i);
      continue;
    }
    if (text.size() == 5 && text[0] == 'G' && all_digits(text.substr(1)) &&
        (tokens.at(i + 1).text.starts_with("双核") ||
         (tokens.is_word(i + 1) && leading_digits(tokens[i + 1].text) > 0 && tokens[i + 1].text.ends_with("G")))) {
      add(std::string(text), {}, i, i);  // G3240双核
      continue;
    }
    const auto behind = [&](std::string_view name) { return ends_with(i - 1, name); };
    if (i > 0 && (behind("赛扬") || behind("奔腾") || behind("双核") || behind("CELERON") || behind("PENTIUM")) && text.size() <= 6 &&
        leading_digits(text.substr(leading_letters(text) <= 1 ? leading_letters(text) : 0)) == 4) {
      add(std::string(text), {}, i, i);
      continue;
    }
    // AMD's older families: A9-9425, E2-9000, A10-9600P; Core M: M3-7Y30.
    if ((text[0] == 'A' || text[0] == 'E' || text[0] == 'M') && text.size() >= 2 && text.size() <= 3 && all_digits(text.substr(1)) &&
        tokens.is_mark(i + 1, '-') && !tokens[i + 1].spaced) {
      const bool xeon = text[0] == 'E' && (text[1] == '3' || text[1] == '5' || text[1] == '7');
      if (const std::size_t at = number_behind(tokens, i); at != 0) {
        std::string number(tokens[at].text);
        std::size_t last = at;
        if (xeon && tokens.is_word(at + 1) && tokens[at + 1].text.size() == 2 && tokens[at + 1].text[0] == 'V') {  // E5-2620 V4
          number += tokens[at + 1].text;
          last = at + 1;
        }
        add(std::string(text), number, i, last);
      }
      continue;
    }
    if ((text == "E" || text == "W") && tokens.is_mark(i + 1, '-') && !tokens[i + 1].spaced && !tokens[i].spaced) {
      if (const std::size_t at = number_behind(tokens, i); at != 0 && (behind("至强") || behind("XEON"))) {
        add(std::string(text), tokens[at].text, i, at);
        continue;
      }
    }
    if (i > 0 && (behind("至强") || behind("XEON") || behind("银牌") || behind("金牌") || behind("铜牌") || behind("SILVER") ||
                  behind("GOLD") || behind("BRONZE"))) {
      const std::size_t digits = leading_digits(text);
      if (digits == 4 && text.size() <= 5) {
        add(std::string(text), {}, i, i);
        continue;
      }
    }
    // Chinese makers stand with their name: 飞腾D2000, 龙芯3A5000, 兆芯KX-6640MA.
    for (const std::string_view maker : kOtherMakers)
      if (i > 0 && behind(maker)) {
        std::string number(text);
        std::size_t last = i;
        if (tokens.is_mark(i + 1, '-') && !tokens[i + 1].spaced && tokens.is_word(i + 2)) {
          number.append(1, '-').append(tokens[i + 2].text);
          last = i + 2;
        }
        // 鲲鹏920 5250, 海光C86 7380; 鲲鹏920(64核).
        if (tokens.is_word(last + 1) && tokens[last + 1].text.size() == 4 && all_digits(tokens[last + 1].text))
          number.append(1, '-').append(tokens[++last].text);
        for (std::size_t at = last + 1; at <= last + 2; ++at)
          if (tokens.is_word(at) && all_digits(tokens[at].text) && tokens.at(at + 1).text.starts_with("核")) {
            number.append(1, '-').append(tokens[at].text).append("核");
            last = at;
            break;
          }
        add(std::string(maker) + number, {}, i, last);
        break;
      }
    // Apple's own, where the text names Apple or a Mac: M1, M2 PRO.
    if (text.size() == 2 && text[0] == 'M' && is_digit(text[1]) && !tokens[i].taken &&
        (tokens.contains("MAC") || tokens.contains("IPAD") || tokens.contains("苹果"))) {
      std::string name(text);
      std::size_t last = i;
      if (tokens.is_word(i + 1) && (tokens[i + 1].text == "PRO" || tokens[i + 1].text == "MAX" || tokens[i + 1].text == "ULTRA")) {
        name += tokens[i + 1].text;
        last = i + 1;
      }
      add(name, {}, i, last);
    }
  }
  if (std::any_of(found.begin(), found.end(), [](const Found& one) { return !one.choice; }))
    std::erase_if(found, [](const Found& one) { return one.choice; });
  // A family alone adds nothing to a full name of it; several families without a number, or several full names, are a choice.
  std::vector<std::string> full, families;
  const auto add_once = [](std::vector<std::string>& list, std::string text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
  };
  for (const Found& one : found)
    if (!one.number.empty()) add_once(full, one.family + "-" + one.number);
  for (const Found& one : found)
    if (one.number.empty()) {
      const bool has_number = one.family.size() > 3;
      add_once(has_number ? full : families, one.family);
    }
  // `I5-8265` beside `I5-8265U` is the same one, written short.
  std::erase_if(full, [&](const std::string& one) {
    return std::any_of(full.begin(), full.end(),
                       [&](const std::string& other) { return other.size() > one.size() && other.starts_with(one); });
  });
  // A8四核 beside A8-7410.
  for (const std::string& one : full)
    for (std::size_t i = 0; i < tokens.size(); ++i)
      if (tokens[i].kind == TokenKind::word && one.starts_with(std::string(tokens[i].text) + "-")) tokens[i].taken = true;
  // 2*银牌4310, 银牌4310*2, 双路: how many of them is part of what it is.
  const int processors = processors_of(tokens, configuration);
  if (full.size() == 1)
    configuration.cpu = processors > 1 ? full.front() + "*" + std::to_string(processors) : full.front();
  else if (full.empty() && families.size() == 1)
    configuration.cpu = families.front();
  else if (!full.empty() || !families.empty())
    configuration.set_unclear(Attribute::cpu);
}

}  // namespace fairprice::title
