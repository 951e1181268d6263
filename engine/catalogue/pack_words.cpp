#include "engine/catalogue/pack_words.hpp"

#include <algorithm>
#include <array>

namespace fairprice::catalogue {

namespace {

using Kind = PackWord::Kind;

struct Unit {
  std::string_view word, simplified;
  int rank;
};

/// Counting units of office goods. Sheets and pieces of sheets 0, single things 1, what holds them 2, what holds packs 3 and 4.
constexpr auto kUnits = std::to_array<Unit>(
    {{"抽", "抽", 0}, {"张", "张", 0}, {"張", "张", 0}, {"页", "页", 0}, {"頁", "页", 0}, {"片", "片", 0}, {"枚", "枚", 0}, {"粒", "粒", 0},
     {"颗", "颗", 0}, {"根", "根", 0}, {"支", "支", 1}, {"枝", "支", 1}, {"只", "只", 1}, {"隻", "只", 1}, {"个", "个", 1}, {"個", "个", 1},
     {"块", "块", 1}, {"条", "条", 1}, {"條", "条", 1}, {"本", "本", 1}, {"册", "册", 1}, {"把", "把", 1}, {"节", "节", 1}, {"節", "节", 1},
     {"卷", "卷", 1}, {"瓶", "瓶", 1}, {"罐", "罐", 1}, {"听", "听", 1}, {"贴", "贴", 1}, {"副", "副", 1}, {"双", "双", 1}, {"雙", "双", 1},
     {"对", "对", 1}, {"對", "对", 1}, {"套", "套", 1}, {"份", "份", 1}, {"桶", "桶", 1}, {"台", "台", 1}, {"包", "包", 2}, {"袋", "袋", 2},
     {"盒", "盒", 2}, {"筒", "筒", 2}, {"板", "板", 2}, {"排", "排", 2}, {"刀", "刀", 2}, {"令", "令", 2}, {"打", "打", 2}, {"组", "组", 3},
     {"提", "提", 3}, {"捆", "捆", 3}, {"扎", "扎", 3}, {"箱", "箱", 4}, {"件", "件", 4}});

/// English units, each with what it is here.
constexpr auto kEnglish = std::to_array<Unit>({{"PCS", "个", 1},
                                               {"PC", "个", 1},
                                               {"SHEETS", "张", 0},
                                               {"SHEET", "张", 0},
                                               {"ROLLS", "卷", 1},
                                               {"ROLL", "卷", 1},
                                               {"BOTTLES", "瓶", 1},
                                               {"BOTTLE", "瓶", 1},
                                               {"PACKS", "包", 2},
                                               {"PACK", "包", 2},
                                               {"REAMS", "包", 2},
                                               {"REAM", "包", 2},
                                               {"BOXES", "盒", 2},
                                               {"BOX", "盒", 2},
                                               {"CARTON", "箱", 4},
                                               {"CTN", "箱", 4}});

constexpr auto kMeasures = std::to_array<std::string_view>({"毫升", "千克", "公斤", "ML", "KG", "CL", "克", "升", "斤", "G", "L"});

/// What else a number may carry that is no count; longest first where one begins another.
constexpr auto kOtherMeasures =
    std::to_array<std::string_view>({"英寸", "厘米", "毫米", "寸", "米", "层", "号", "色", "孔", "开", "CM", "MM", "M"});

struct Sign {
  std::string_view text;
  Kind kind;
};

constexpr auto kSigns = std::to_array<Sign>(
    {{"*", Kind::times},  {"×", Kind::times},   {"✕", Kind::times},   {"✖", Kind::times},   {"/", Kind::per},     {"每", Kind::every},
     {"整", Kind::whole}, {"装", Kind::packed}, {"裝", Kind::packed}, {"入", Kind::packed}, {"买", Kind::buy},    {"買", Kind::buy},
     {"送", Kind::gift},  {"赠", Kind::gift},   {"贈", Kind::gift},   {"配", Kind::aside},  {"含", Kind::aside},  {"附", Kind::aside},
     {"带", Kind::aside}, {"约", Kind::aside},  {"可", Kind::aside},  {"限", Kind::aside},  {"购", Kind::aside},  {"满", Kind::aside},
     {"第", Kind::aside}, {"、", Kind::edge},   {"。", Kind::edge},   {"【", Kind::edge},   {"】", Kind::edge},   {"·", Kind::edge},
     {"《", Kind::edge},  {"》", Kind::edge},   {"共", Kind::edge},   {"计", Kind::edge},   {"规格", Kind::edge}, {"包装数量", Kind::edge},
     {"(", Kind::edge},   {")", Kind::edge},    {"[", Kind::edge},    {"]", Kind::edge},    {",", Kind::edge},    {";", Kind::edge},
     {":", Kind::edge},   {"=", Kind::edge},    {"|", Kind::edge},    {" ", Kind::edge},    {"\t", Kind::edge},   {"\n", Kind::edge},
     {"\r", Kind::edge},  {"+", Kind::edge},    {"!", Kind::edge},    {"\"", Kind::edge}});

constexpr std::string_view kNumerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

std::size_t character_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

template <class Table>
const Unit* unit_at(const Table& table, std::string_view text) {
  for (const Unit& unit : table)
    if (text.starts_with(unit.word)) return &unit;
  return nullptr;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<PackWord> words() {
    while (at_ < text_.size()) next();
    return std::move(words_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  char before() const { return at_ == 0 ? ' ' : text_[at_ - 1]; }

  void add(Kind kind, std::size_t size) {
    // Edges stand for one another, and a row of other characters for one.
    if (words_.empty() || words_.back().kind != kind || (kind != Kind::edge && kind != Kind::other)) words_.push_back({.kind = kind});
    at_ += size;
  }
  void add_unit(const Unit& unit) {
    words_.push_back({.kind = Kind::unit, .unit = unit.simplified, .rank = unit.rank});
    at_ += unit.word.size();
  }

  void next() {
    if (is_digit(text_[at_])) return digits();
    after_measure_ = false;
    if (is_letter(text_[at_])) return letters();
    if (const std::size_t size = numeral(); size > 0) return;
    for (const Sign& sign : kSigns)
      if (rest().starts_with(sign.text)) return add(sign.kind, sign.text.size());
    if (const Unit* unit = unit_at(kUnits, rest())) return add_unit(*unit);
    add(Kind::other, std::min(character_size(text_[at_]), text_.size() - at_));
  }

  /// A number is a count unless it is part of a model, a decimal, a range or a measure.
  void digits() {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    bool whole = end - at_ <= 5;
    if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
      whole = false;
      ++end;
      while (end < text_.size() && is_digit(text_[end])) ++end;
    }
    const bool of_model =
        before() == '-' || before() == '.' || before() == '_' || before() == '#' || before() == '~' || is_letter(before());
    const bool opens = after_measure_ || (!words_.empty() && words_.back().kind == Kind::times);  // 70g5包, 500mlX24
    after_measure_ = false;
    const std::string_view number = text_.substr(at_, end - at_);
    const std::string_view behind = text_.substr(end);
    const bool apart = behind.starts_with('-') || behind.starts_with(' ');  // 10 PCS, 5-pack
    const bool unit_follows = unit_at(kEnglish, apart ? behind.substr(1) : behind) != nullptr;
    if ((of_model && !opens) || ((behind.starts_with('-') || behind.starts_with('~')) && !unit_follows)) return add(Kind::other, end - at_);
    for (const std::string_view measure : kMeasures)
      if (ends_word(behind, measure)) {
        at_ = end + measure.size();
        after_measure_ = true;
        return words_.push_back({.kind = measure == "G" && is_power_of_two(number) ? Kind::other : Kind::measure});
      }
    for (const std::string_view measure : kOtherMeasures)
      if (ends_word(behind, measure)) {
        after_measure_ = true;
        return add(Kind::other, end - at_ + measure.size());
      }
    const bool times_follows = behind.size() > 1 && behind[0] == 'X' && is_digit(behind[1]);
    if (!whole || (!behind.empty() && is_letter(behind[0]) && !unit_follows && !times_follows)) return add(Kind::other, end - at_);
    std::int64_t count = 0;
    for (const char c : number) count = count * 10 + (c - '0');
    words_.push_back({.kind = Kind::count, .count = count});
    at_ = end + (unit_follows && apart ? 1 : 0);
  }

  /// The measure stands behind, and no further letter.
  static bool ends_word(std::string_view behind, std::string_view measure) {
    if (!behind.starts_with(measure)) return false;
    if (!is_letter(measure[0]) || behind.size() == measure.size()) return true;
    const char after = behind[measure.size()];
    return !is_letter(after) || (after == 'X' && behind.size() > measure.size() + 1 && is_digit(behind[measure.size() + 1]));
  }

  /// 8G, 16G, 512G is memory.
  static bool is_power_of_two(std::string_view number) {
    if (number.size() > 4) return false;
    std::int64_t value = 0;
    for (const char c : number) {
      if (!is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    return value < 5000 && (value & (value - 1)) == 0;
  }

  void letters() {
    const bool starts = !is_letter(before()) && !(is_digit(before()) && words_.back().kind == Kind::other);
    if (text_[at_] == 'X' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]) && !words_.empty() &&
        (words_.back().kind == Kind::count || words_.back().kind == Kind::unit || words_.back().kind == Kind::measure))
      return add(Kind::times, 1);
    if (const Unit* unit = starts ? unit_at(kEnglish, rest()) : nullptr)
      if (at_ + unit->word.size() == text_.size() || !is_letter(text_[at_ + unit->word.size()])) return add_unit(*unit);
    add(Kind::other, 1);
  }

  /// 一 to 九十九, 两, before a unit or 送 alone.
  std::size_t numeral() {
    std::size_t size = 0;
    std::int64_t count = 0;
    const auto digit = [&](std::string_view text) -> std::int64_t {
      for (std::int64_t i = 0; i < 9; ++i)
        if (text.starts_with(kNumerals[i])) return i + 1;
      return 0;
    };
    if (rest().starts_with("两") || rest().starts_with("兩")) {
      count = 2, size = 3;
    } else {
      const std::int64_t first = digit(rest());
      size = first > 0 ? 3 : 0;
      if (rest().substr(size).starts_with("十")) {
        size += 3;
        const std::int64_t last = digit(rest().substr(size));
        count = (first > 0 ? first : 1) * 10 + last;
        if (last > 0) size += 3;
      } else {
        count = first;
      }
    }
    if (count == 0) return 0;
    const bool bonus = !words_.empty() && (words_.back().kind == Kind::buy || words_.back().kind == Kind::gift);
    if (!bonus && unit_at(kUnits, rest().substr(size)) == nullptr) return 0;
    words_.push_back({.kind = Kind::count, .count = count, .in_words = true});
    at_ += size;
    return size;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<PackWord> words_;
  bool after_measure_ = false;
};

}  // namespace

std::vector<PackWord> pack_words(std::string_view canonical) { return Lexer(canonical).words(); }

const std::vector<std::string_view>& unit_words() {
  static const std::vector<std::string_view> words = [] {
    std::vector<std::string_view> all;
    for (const Unit& unit : kUnits)
      if (unit.word == unit.simplified) all.push_back(unit.simplified);
    return all;
  }();
  return words;
}

int pack_rank(std::string_view unit) {
  for (const Unit& known : kUnits)
    if (known.simplified == unit) return known.rank;
  return -1;
}

}  // namespace fairprice::catalogue
