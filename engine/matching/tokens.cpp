#include "engine/matching/tokens.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "engine/base/text.hpp"

namespace fairprice::matching {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum class Script : std::uint8_t { none, latin, ideograph };

/// The script of the character at `at`, which moves behind it.
Script next_script(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    return is_digit(static_cast<char>(byte)) || (byte >= 'A' && byte <= 'Z') ? Script::latin : Script::none;
  }
  UChar32 c = 0;
  auto place = static_cast<std::int32_t>(at);
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), place, static_cast<std::int32_t>(text.size()), c);
  at = static_cast<std::size_t>(place);
  if (c < 0) return Script::none;
  if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3)) return Script::ideograph;
  return u_isalnum(c) ? Script::latin : Script::none;
}

/// A run of one script. Latin runs hold letters, digits, and a dot or comma between digits where it belongs to the number.
struct Run {
  std::string_view text;
  Script script;
  std::string_view gap;  ///< what stands between the run before and this one
};

/// Whether the point or comma at `at` belongs to a number: digits on both sides, and three of them behind a comma.
bool joins_digits(std::string_view text, std::size_t at) {
  if (at == 0 || at + 1 >= text.size() || !is_digit(text[at - 1]) || !is_digit(text[at + 1])) return false;
  if (text[at] == '.') return true;
  if (text[at] != ',') return false;
  std::size_t end = at + 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at == 4;
}

std::vector<Run> runs_of(std::string_view text) {
  std::vector<Run> runs;
  std::size_t gap = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const Script script = next_script(text, at);
    if (script == Script::none) continue;
    while (at < text.size()) {
      std::size_t after = at;
      const bool same = next_script(text, after) == script || (script == Script::latin && joins_digits(text, at));
      if (!same) break;
      at = after;
    }
    runs.push_back({text.substr(begin, at - begin), script, text.substr(gap, begin - gap)});
    gap = at;
  }
  return runs;
}

/// Length of the number at the beginning: digits, with points and commas between them.
std::size_t number_length(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_digit(text[end]) || (end > 0 && joins_digits(text, end)))) ++end;
  return end;
}

struct Number {
  std::string text;  ///< without commas, and without zeros behind the point
  std::int64_t value = 0;
};

Number number_of(std::string_view digits) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  Number number;
  int places = -1;
  for (const char c : digits) {
    if (c == ',') continue;
    number.text += c;
    if (c == '.') {
      if (places >= 0) return {std::string(digits), 0};  // 10.4.3 is a version, not a number
      places = 0;
    } else if (places < 3 && number.value < kMost) {
      number.value = number.value * 10 + (c - '0');
      if (places >= 0) ++places;
    }
  }
  for (int place = std::max(places, 0); place < 3; ++place) number.value *= 10;
  if (places >= 0) {
    while (number.text.back() == '0') number.text.pop_back();
    if (number.text.back() == '.') number.text.pop_back();
  }
  return number;
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }
bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return !is_digit(c) && c != '.' && c != ','; });
}

/// 1920X1080, 4X4: sizes, not model numbers.
bool is_product_of_numbers(std::string_view text) {
  const std::size_t first = number_length(text);
  return first > 0 && first + 1 < text.size() && text[first] == 'X' && first + 1 + number_length(text.substr(first + 1)) == text.size();
}

class Tokeniser {
 public:
  explicit Tokeniser(std::string_view text) : runs_(runs_of(text)), text_(text) {}

  std::vector<Token> take() {
    for (at_ = 0; at_ < runs_.size(); ++at_) {
      if (runs_[at_].script == Script::ideograph)
        take_ideographs(runs_[at_].text);
      else
        take_latin();
      close_compound();
    }
    return std::move(tokens_);
  }

 private:
  const Run* next_run() const { return at_ + 1 < runs_.size() ? &runs_[at_ + 1] : nullptr; }

  void add(std::string text, TokenKind kind) { tokens_.push_back({std::move(text), kind, Unit::none, 0, false}); }

  void add_measure(const Number& number, const UnitSpelling& unit) {
    tokens_.push_back({number.text + std::string(unit.canon), TokenKind::measure, unit.unit, number.value / 10 * unit.factor / 100, false});
  }

  void add_number(std::string_view digits) {
    const Number number = number_of(digits);
    const bool year = digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    const bool code = digits.size() >= 4 && all_digits(digits) && !year;
    tokens_.push_back({number.text, code ? TokenKind::code : TokenKind::number, Unit::none, number.value, false});
  }

  void take_ideographs(std::string_view run) {
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < run.size();) {
      const std::size_t begin = at;
      next_script(run, at);
      characters.push_back(run.substr(begin, at - begin));
    }
    if (characters.size() == 1) return add(std::string(run), TokenKind::word);
    for (std::size_t i = 0; i + 1 < characters.size(); ++i)
      add(std::string(characters[i]) + std::string(characters[i + 1]), TokenKind::word);
  }

  /// A number that ends its run, with a unit in the next run or behind it as a sign. True when it was one.
  bool take_number_with_unit_behind(const Number& number) {
    const std::size_t end = static_cast<std::size_t>(runs_[at_].text.data() + runs_[at_].text.size() - text_.data());
    const std::string_view behind = text_.substr(end);
    for (const std::string_view sign : {"\"", "''", "”", "″"}) {
      if (!behind.starts_with(sign) || number.value == 0 || number.value > 130'000) continue;
      add_measure(number, *unit_of("\"", number.value));
      return true;
    }
    const Run* const next = next_run();
    if (next == nullptr || next->gap.size() > 1 || (!next->gap.empty() && next->gap != " " && next->gap != "-")) return false;
    if (next->script == Script::ideograph) {
      std::size_t length = 0;
      const auto unit = ideograph_unit(next->text, length);
      if (!unit) return false;
      add_measure(number, *unit);
      ++at_;
      if (length < next->text.size()) take_ideographs(next->text.substr(length));
      return true;
    }
    const auto unit = unit_of(next->text, number.value);
    if (!unit) return false;
    if (next->text.size() == 1 && next->gap != "-" && unit->unit != Unit::volts && unit->unit != Unit::watts && unit->unit != Unit::bytes)
      return false;  // a lone letter behind a blank is seldom a unit
    if (next->text == "IN" && at_ + 2 < runs_.size() && is_digit(runs_[at_ + 2].text[0])) return false;  // 4 in 1
    add_measure(number, *unit);
    ++at_;
    return true;
  }

  /// What begins with a digit: numbers and units glued together (4X16GB, 8G512GSSD), or an atom of its own.
  void take_number_first(std::string_view text) {
    while (!text.empty()) {
      const std::size_t digits = number_length(text);
      if (digits == 0) return take_atom(text);
      const Number number = number_of(text.substr(0, digits));
      const std::string_view rest = text.substr(digits);
      if (rest.empty()) {
        if (!take_number_with_unit_behind(number)) add_number(text);
        return;
      }
      std::size_t letters = 0;
      while (letters < rest.size() && !is_digit(rest[letters])) ++letters;
      const std::string_view word = rest.substr(0, letters);
      const auto unit = unit_of(word, number.value);
      if (unit && letters == rest.size()) return add_measure(number, *unit);
      if (unit && unit->unit == Unit::bytes) {
        add_measure(number, *unit);
        text = rest.substr(letters);
        continue;
      }
      if (word == "X" && letters < rest.size() && has_letter(rest.substr(letters))) {  // 4X16GB
        add_number(text.substr(0, digits));
        text = rest.substr(letters);
        continue;
      }
      bool split = false;
      for (const std::string_view glued : {"SSD", "HDD", "RAM"}) {
        if (!word.ends_with(glued)) continue;
        const auto before = unit_of(word.substr(0, letters - 3), number.value);
        if (!before || before->unit != Unit::bytes) continue;
        add_measure(number, *before);
        add(std::string(glued), TokenKind::word);
        text = rest.substr(letters);
        split = true;
        break;
      }
      if (!split) return take_atom(text);
    }
  }

  void take_atom(std::string_view text) {
    if (text.empty()) return;
    const bool code = text.size() >= 3 && has_digit(text) && has_letter(text) && !is_product_of_numbers(text);
    add(std::string(text), code ? TokenKind::code : TokenKind::word);
  }

  void take_latin() {
    const std::string_view run = runs_[at_].text;
    const bool joined = at_ > 0 && runs_[at_ - 1].script == Script::latin && runs_[at_].gap.size() == 1 &&
                        std::string_view("-/._").find(runs_[at_].gap[0]) != std::string_view::npos;
    if (!joined) {
      compound_.clear();
      compound_atoms_ = 0;
    }
    compound_ += run;
    ++compound_atoms_;
    const std::size_t before = at_;
    if (is_digit(run[0]) && !is_product_of_numbers(run))
      take_number_first(run);
    else
      take_atom(run);
    if (at_ != before) compound_atoms_ = 0;  // the unit behind was taken with it: 2-PORT is no model number
  }

  /// After the last atom of a compound: the join of them all.
  void close_compound() {
    if (compound_atoms_ < 2) return;
    const Run* const next = next_run();
    if (next != nullptr && next->script == Script::latin && next->gap.size() == 1 &&
        std::string_view("-/._").find(next->gap[0]) != std::string_view::npos)
      return;
    const bool code = has_digit(compound_) && compound_.size() >= 4 && compound_.size() <= 40 &&
                      (has_letter(compound_) || (all_digits(compound_) && compound_.size() >= 6));
    if (code) tokens_.push_back({compound_, TokenKind::code, Unit::none, 0, true});
    compound_atoms_ = 0;
  }

  std::vector<Run> runs_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::string compound_;
  int compound_atoms_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenise(std::string_view text) {
  const std::string canonical = canonical_text(text);
  return Tokeniser(canonical).take();
}

std::string squeezed(std::string_view text) {
  const std::string canonical = canonical_text(text);
  std::string result;
  result.reserve(canonical.size());
  for (std::size_t at = 0; at < canonical.size();) {
    const std::size_t begin = at;
    if (next_script(canonical, at) != Script::none) result.append(canonical, begin, at - begin);
  }
  return result;
}

}  // namespace fairprice::matching
