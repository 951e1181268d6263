#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "engine/base/text.hpp"
#include "engine/ingest/values.hpp"
#include "engine/ingest/values_number.hpp"

/// Amounts as people write them. In canonical text, `[ ]` optional, white space allowed between the parts:
///   cell   = [tax] amount | amount [tax], tax = 含税 | 含税价 | 不含税 | 未税 | …, also in brackets
///   amount = [-] [¥ | CNY | RMB | 人民币] [-] number [万元 | 万 | 元 | 圆] [整] [/ unit]
///   range  = amount (- | ~ | – | — | 至 | 到) amount
namespace fairprice::ingest {

namespace {

using Price = Parsed<ParsedAmount>;

constexpr std::size_t kLongestCell = 256;
constexpr std::int64_t kBelowYuan = 100'000'000;

struct Amount {
  bool negative = false;
  Number number;
  int scale = 0;  ///< of the cell's own unit; 0 when it has none
};

bool skip(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool skip_any(std::string_view& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return skip(text, word); });
}

/// What stands behind the slash: not empty, no second slash, and not a bare number, because 3/4 is no price.
bool is_unit(std::string_view text) {
  text = trimmed(text);
  return !text.empty() && text.find('/') == std::string_view::npos && text.find_first_not_of("0123456789.,- ") != std::string_view::npos;
}

/// The whole text as one amount.
std::optional<Amount> read_amount(std::string_view text) {
  Amount amount;
  text = trimmed(text);
  amount.negative = skip(text, "-");
  text = trimmed_front(text);
  skip_any(text, {"¥", "CNY", "RMB", "人民币"});
  text = trimmed_front(text);
  if (skip(text, "-")) amount.negative = true;
  text = trimmed_front(text);
  const auto number = read_number(text);
  if (!number) return std::nullopt;
  amount.number = *number;
  text = trimmed_front(text);
  if (skip_any(text, {"万元", "万"}))
    amount.scale = 10'000;
  else if (skip_any(text, {"元", "圆"}))
    amount.scale = 1;
  if (amount.scale != 0) skip(text, "整");
  text = trimmed_front(text);
  if (text.empty()) return amount;
  if (!skip(text, "/") || !is_unit(text)) return std::nullopt;
  return amount;
}

enum class Tax : std::uint8_t { not_said, included, excluded };

/// Takes what a text says of tax off its end or its beginning.
Tax take_tax(std::string_view& text) {
  struct Word {
    std::string_view text;
    Tax tax;
  };
  constexpr std::array<Word, 8> kWords = {{{"不含税价", Tax::excluded},
                                           {"不含税", Tax::excluded},
                                           {"未含税", Tax::excluded},
                                           {"未税价", Tax::excluded},
                                           {"未税", Tax::excluded},
                                           {"税前", Tax::excluded},
                                           {"含税价", Tax::included},
                                           {"含税", Tax::included}}};
  for (const Word& word : kWords)
    for (const bool bracketed : {true, false}) {
      const std::string whole = bracketed ? "(" + std::string(word.text) + ")" : std::string(word.text);
      if (text.ends_with(whole)) {
        text = trimmed(text.substr(0, text.size() - whole.size()));
        return word.tax;
      }
      if (text.starts_with(whole)) {
        text = trimmed_front(text.substr(whole.size()));
        if (text.starts_with(":")) text = trimmed_front(text.substr(1));
        return word.tax;
      }
    }
  return Tax::not_said;
}

bool is_range(std::string_view text) {
  for (const std::string_view between : {"-", "~", "–", "—", "至", "到"})
    for (std::size_t at = text.find(between); at != std::string_view::npos; at = text.find(between, at + 1))
      if (read_amount(text.substr(0, at)) && read_amount(text.substr(at + between.size()))) return true;
  return false;
}

/// The count of 1/10000 yuan, rounded half up. The number is below 10^8 when the scale is 1, below 10^4 else.
ParsedAmount to_money(const Number& number, int scale) {
  if (scale == 1) {
    const std::int64_t count = number.whole * Money::kPerYuan + divide_rounded_64(number.fraction, Number::kOne / Money::kPerYuan);
    return {Money::from_ten_thousandths(count), number.beyond || number.fraction % (Number::kOne / Money::kPerYuan) != 0, false};
  }
  static_assert(Number::kOne == 10'000 * Money::kPerYuan, "10^-8 of 10 000 yuan is 1/10000 yuan");
  const std::int64_t count = number.whole * Number::kOne + number.fraction + (number.next_digit >= 5 ? 1 : 0);
  return {Money::from_ten_thousandths(count), number.beyond, false};
}

}  // namespace

Price parse_price_slow(std::string_view cell, int heading_scale) {
  cell = trimmed(cell);
  if (cell.empty()) return Price::bad(ProblemCode::missing_value);
  if (cell.size() > kLongestCell) return Price::bad(ProblemCode::not_an_amount);
  const std::string canonical = canonical_text(cell);
  std::string_view text = canonical;
  for (const std::string_view word : {"面议", "议价", "电议", "询价", "暂无报价", "待定"})
    if (text.find(word) != std::string_view::npos) return Price::bad(ProblemCode::price_on_request);
  const Tax tax = take_tax(text);
  if (text.ends_with("起")) return Price::bad(ProblemCode::floor_price);
  const auto amount = read_amount(text);
  if (!amount || text.find('/') != std::string_view::npos) {
    if (is_range(text)) return Price::bad(ProblemCode::price_range);
    if (!amount) return Price::bad(ProblemCode::not_an_amount);
  }
  if (amount->negative || amount->number.is_zero()) return Price::bad(ProblemCode::not_positive);
  const int scale = amount->scale != 0 ? amount->scale : heading_scale;
  if (amount->number.whole >= kBelowYuan / scale) return Price::bad(ProblemCode::too_large);
  ParsedAmount result = to_money(amount->number, scale);
  if (result.value == Money()) return Price::bad(ProblemCode::rounds_to_zero);
  if (result.value >= Money::from_yuan(kBelowYuan)) return Price::bad(ProblemCode::too_large);
  result.untaxed = tax == Tax::excluded;
  return Price::good(result);
}

}  // namespace fairprice::ingest
