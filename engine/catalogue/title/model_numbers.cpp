#include "engine/catalogue/title/model_numbers.hpp"

#include <algorithm>
#include <array>

#include "engine/base/text.hpp"

namespace fairprice::title {

namespace {

constexpr std::array<std::string_view, 44> kStandards = {
    "HD",  "UHD", "USB",   "HDMI", "DDR",  "LPDDR", "SATA", "WIFI", "BT",  "RJ",   "LGA",  "PCI",  "PCIE",  "NVME",  "SSD",
    "HDD", "DVD", "DVDRW", "VGA",  "TYPE", "TYPEC", "IPS",  "LED",  "LCD", "OLED", "NTSC", "SRGB", "ADOBE", "CPU",   "GPU",
    "RAM", "ROM", "CMOS",  "CAT",  "PM",   "GDDR",  "HDR",  "DTS",  "MP",  "POE",  "EMMC", "UFS",  "IPV",   "OFFICE"};
/// Units that make a measure of the digits before them.
constexpr std::array<std::string_view, 40> kUnits = {
    "MM",  "CM", "M",  "KG", "L", "ML", "MHZ",  "GHZ", "HZ",  "K",    "MP", "W",  "KW",  "V",    "A",    "AH", "MAH", "WH", "DPI", "PPM",
    "RPM", "GB", "TB", "MB", "G", "T",  "INCH", "FPS", "BIT", "BITS", "P",  "NM", "PCS", "MBPS", "GBPS", "X",  "ST",  "ND", "TH",  "IN"};

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
bool has_letter(std::string_view text) { return std::any_of(text.begin(), text.end(), is_letter); }

template <std::size_t kSize>
bool one_of(std::string_view text, const std::array<std::string_view, kSize>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// Standards, measures and years, which look like models.
bool is_common(const Tokens& tokens, std::size_t i) {
  const std::string_view text = tokens[i].text;
  const std::size_t letters = leading_letters(text);
  if (letters > 0 && letters < text.size() && one_of(text.substr(0, letters), kStandards) && leading_digits(text.substr(letters)) > 0 &&
      text.size() <= letters + 4)
    return true;
  const std::size_t digits = leading_digits(text);
  if (digits > 0 && digits < text.size()) {
    std::string_view rest = text.substr(digits);
    if (rest[0] == '.') {
      const std::size_t more = leading_digits(rest.substr(1));
      rest.remove_prefix(1 + more);
      if (rest.empty()) return true;  // 802.11, 3.0
    }
    const bool behind_dash = tokens.is_mark(i - 1, '-') && !tokens[i].spaced && !tokens[i - 1].spaced && tokens.is_word(i - 2);  // GN-109K
    if (one_of(rest, kUnits) && digits <= 5 && !behind_dash) return true;
    if (text.starts_with("802.11")) return true;
  }
  if (digits == text.size()) {
    // 8代, 14英寸, 2合1, 4核
    for (const std::string_view behind : {"代", "核", "款", "年", "月", "合", "寸", "英寸", "色", "天", "小时", "周", "个", "倍"})
      if (!tokens.after(i).spaced && tokens.after(i).text.starts_with(behind)) return true;
    if (digits == 4 && (text.starts_with("19") || text.starts_with("20")) &&
        (tokens.after(i).text.starts_with("款") || tokens.after(i).text.starts_with("年") || tokens.after(i).text.starts_with("新") ||
         tokens.after(i).text.starts_with("版") || text.starts_with("201") || text.starts_with("202")))
      return true;
  }
  return false;
}

bool usable(const Tokens& tokens, std::size_t i) { return tokens.is_word(i) && !tokens[i].taken && !is_common(tokens, i); }

double confidence_of(std::string_view folded, bool with_series) {  // not a price
  const auto digits = std::count_if(folded.begin(), folded.end(), is_digit);
  const auto letters = std::count_if(folded.begin(), folded.end(), is_letter);
  if (digits == 0) return 0;
  if (letters == 0) return with_series ? (digits >= 3 ? 0.7 : 0.5) : (digits >= 5 ? 0.5 : 0.2);
  if (folded.size() >= 6 && digits >= 2) return 0.95;
  if (folded.size() >= 4) return with_series ? 0.85 : 0.8;
  return with_series ? 0.6 : 0.4;
}

/// Whether a slash joins what stands beside it: MGKM2CH/A, AZ127/93, 48PFL5445/T3, KFR-35GW/BP2DN1Y. Else it parts alternatives: E5490/5491.
bool slash_joins(std::string_view left, std::string_view right, bool left_has_dash) {
  if (right.size() <= 2) return true;
  return left_has_dash && has_letter(right) && has_digit(right) && has_digit(left);
}

/// Whether a slash behind token i parts it from another model of its kind: E5490/5491, YOGA920/YOGA6.
bool offers_another(const Tokens& tokens, std::size_t i) {
  if (!tokens.is_mark(i + 1, '/') || tokens[i + 1].spaced || !usable(tokens, i + 2) || tokens[i + 2].spaced) return false;
  const std::string_view one = tokens[i].text;
  const std::string_view other = tokens[i + 2].text;
  if (!has_digit(other)) return false;
  return all_digits(other) ? other.size() >= 3 && one.size() >= other.size() && is_digit(one.back())
                           : is_letter(one[0]) && one[0] == other[0];
}

/// Words that make another model of the number in front: Mate60 Pro, nova11 SE, PG-845 XL.
constexpr std::array<std::string_view, 26> kVariants = {"PRO", "PLUS", "MAX",  "ULTRA", "SE",   "RS",  "ART", "LITE", "MINI",
                                                        "AIR", "XL",   "XXL",  "GT",    "FE",   "NEO", "S",   "X",    "E",
                                                        "T",   "FOLD", "FLIP", "EDGE",  "NOTE", "ADV", "R",   "XT"};

/// How many tokens behind i belong to its number as a variant; `text` gets them. S24+ is S24PLUS.
std::size_t variant_behind(const Tokens& tokens, std::size_t i, std::string& text) {
  std::size_t taken = 0;
  while (tokens.is_word(i + taken + 1) && one_of(tokens[i + taken + 1].text, kVariants) && taken < 2) {
    // S behind a blank is one of many things, next to the number it is a variant: MatePad11 S.
    text += tokens[i + taken + 1].text;
    ++taken;
  }
  if (taken == 0 && tokens.is_mark(i + 1, '+') && !tokens[i + 1].spaced &&
      (tokens.at(i + 2).spaced || tokens.at(i + 2).kind == TokenKind::ideas || i + 2 >= tokens.size())) {
    text += "PLUS";
    taken = 1;
  }
  return taken;
}

/// Whether a dash or a slash joins more to token i than was read as one number.
bool is_open(const Tokens& tokens, std::size_t i) {
  if (!tokens.is_mark(i + 1, '-') && !tokens.is_mark(i + 1, '/')) return false;
  if (tokens[i + 1].spaced || !tokens.is_word(i + 2) || tokens[i + 2].spaced) return false;
  return tokens.is_mark(i + 1, '-') || all_letters(tokens[i + 2].text);
}

}  // namespace

std::vector<ModelCandidate> model_candidates(const Tokens& tokens, std::size_t end) {
  std::vector<ModelCandidate> found;
  for (std::size_t i = 0; i < std::min(end, tokens.size()); ++i) {
    if (!usable(tokens, i)) continue;
    std::size_t last = i;
    std::string joined(tokens[i].text);
    bool dash = false;
    while (last + 2 < tokens.size() && last + 2 < end + 2 && !tokens[last + 1].spaced && !tokens[last + 2].spaced &&
           usable(tokens, last + 2)) {
      const bool by_dash = tokens.is_mark(last + 1, '-');
      const bool by_slash = tokens.is_mark(last + 1, '/') && slash_joins(tokens[last].text, tokens[last + 2].text, dash);
      if (!by_dash && !by_slash) break;
      dash = dash || by_dash;
      joined += tokens[last + 2].text;
      last += 2;
    }
    if (!has_digit(joined)) {
      i = last;
      continue;
    }
    const bool open = is_open(tokens, last);
    last += variant_behind(tokens, last, joined);
    // A series in front: LATITUDE 3500, 灵越5370.
    bool series = i > 0 && tokens[i - 1].kind == TokenKind::ideas && !tokens[i].spaced;
    if (i > 0 && tokens.is_word(i - 1) && all_letters(tokens[i - 1].text) && tokens[i - 1].text.size() >= 3) series = true;
    if (i > 0 && usable(tokens, i - 1) && has_letter(tokens[i - 1].text)) series = true;  // XPS13 9360
    const std::string folded = folded_model(joined);
    const double confidence = confidence_of(folded, series);  // not a price
    if (confidence > 0.2 && std::none_of(found.begin(), found.end(), [&](const ModelCandidate& c) { return c.text == folded; }))
      found.push_back({folded, confidence, i, last, offers_another(tokens, last), open});
    i = last;
  }
  return found;
}

std::vector<ModelCandidate> model_spans(const Tokens& tokens, std::size_t end) {
  constexpr std::size_t kLongest = 9;  // tokens, marks between words included
  constexpr std::size_t kWords = 5;
  constexpr std::size_t kIdeographs = 4;
  std::vector<ModelCandidate> spans;
  end = std::min(end, tokens.size());
  for (std::size_t first = 0; first < end; ++first) {
    if (!tokens.is_word(first)) continue;
    std::string text;
    std::size_t words = 0;
    for (std::size_t last = first; last < std::min(end, first + kLongest) && words < kWords; ++last) {
      const Token& token = tokens[last];
      if (token.kind == TokenKind::ideas && (last == first || token.spaced || token.text.size() > 12)) break;
      if (token.kind == TokenKind::mark && !tokens.is_mark(last, '-') && !tokens.is_mark(last, '/')) break;
      text += token.text;
      if (token.kind == TokenKind::mark) continue;
      ++words;
      if (!has_digit(text)) continue;
      const std::string folded = folded_model(text);
      if (!folded.empty()) spans.push_back({folded, confidence_of(folded, true), first, last});
      if (std::string plus = text; tokens.is_mark(last + 1, '+') && variant_behind(tokens, last, plus) == 1)  // S24+, known as S24 Plus
        spans.push_back({folded_model(plus), confidence_of(folded, true), first, last + 1});
      // With ideographs that stand in front without a blank, or with one: 灵越5370, 小新 Pro14.
      if (first == 0 || tokens[first - 1].kind != TokenKind::ideas) continue;
      const std::string_view before = tokens[first - 1].text;
      for (std::size_t count = 1; count <= kIdeographs && count * 3 <= before.size(); ++count)
        spans.push_back({std::string(before.substr(before.size() - count * 3)) + folded, confidence_of(folded, true), first - 1, last});
    }
  }
  std::stable_sort(spans.begin(), spans.end(),
                   [](const ModelCandidate& a, const ModelCandidate& b) { return a.text.size() > b.text.size(); });
  return spans;
}

}  // namespace fairprice::title
