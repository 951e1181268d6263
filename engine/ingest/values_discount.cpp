#include <optional>
#include <string>

#include "engine/base/text.hpp"
#include "engine/ingest/values.hpp"
#include "engine/ingest/values_number.hpp"

namespace fairprice::ingest {

namespace {

using Discount = Parsed<std::int32_t>;

constexpr std::size_t kLongestCell = 256;
constexpr std::int64_t kPerOne = 1'000'000;  // what is returned counts 10^-6

/// numerator / denominator as a count of 10^-6, if it is one in (0, 1].
Discount share(Int128 numerator, Int128 denominator) {
  const Int128 scaled = numerator * kPerOne;
  if (scaled <= 0 || scaled % denominator != 0 || numerator > denominator) return Discount::bad(ProblemCode::not_a_discount);
  return Discount::good(static_cast<std::int32_t>(scaled / denominator));
}

/// The number as a count of 10^-8; nothing when it has more decimals, which no discount can need: 6 of a share, 5 of 折, 4 of percent.
std::optional<Int128> exactly(const Number& number) {
  if (number.beyond) return std::nullopt;
  return Int128{number.whole} * Number::kOne + number.fraction;
}

/// 9折 and 9.5折 are tenths, 95折 hundredths.
Discount from_zhe(const Number& number) {
  const auto count = exactly(number);
  if (!count || *count >= Int128{100} * Number::kOne) return Discount::bad(ProblemCode::not_a_discount);
  return share(*count, Int128{*count <= Int128{10} * Number::kOne ? 10 : 100} * Number::kOne);
}

Discount from_percent(const Number& number) {
  const auto count = exactly(number);
  return count ? share(*count, Int128{100} * Number::kOne) : Discount::bad(ProblemCode::not_a_discount);
}

Discount from_reduction(const Number& number) {
  const auto count = exactly(number);
  return count ? share(Int128{100} * Number::kOne - *count, Int128{100} * Number::kOne) : Discount::bad(ProblemCode::not_a_discount);
}

Discount from_bare(const Number& number, HeadingUnit heading) {
  const bool below_one = number.whole == 0;
  const bool above_one = number.whole > 1 || (number.whole == 1 && (number.fraction != 0 || number.beyond));
  // Under a heading in 折 or %, 0.9 may still have been meant as the share itself.
  if (heading == HeadingUnit::zhe && !below_one) return from_zhe(number);
  if (heading == HeadingUnit::percent && above_one) return from_percent(number);
  if (heading == HeadingUnit::zhe || heading == HeadingUnit::percent) return Discount::bad(ProblemCode::ambiguous_discount);
  if (above_one || (below_one && number.fraction < Number::kOne / 2)) return Discount::bad(ProblemCode::ambiguous_discount);
  const auto count = exactly(number);
  return count ? share(*count, Number::kOne) : Discount::bad(ProblemCode::not_a_discount);
}

}  // namespace

Discount parse_discount_slow(std::string_view cell, HeadingUnit heading) {
  cell = trimmed(cell);
  if (cell.empty()) return Discount::bad(ProblemCode::missing_value);
  if (cell.size() > kLongestCell) return Discount::bad(ProblemCode::not_a_discount);
  const std::string text = canonical_text(cell);
  constexpr std::string_view kReduction = "下浮";
  std::string_view rest = text;
  const bool reduction = rest.starts_with(kReduction);
  if (reduction) rest = trimmed_front(rest.substr(kReduction.size()));
  const auto number = read_number(rest, Grouping::none);
  if (!number) return Discount::bad(ProblemCode::not_a_discount);
  rest = trimmed_front(rest);
  if (reduction) return rest == "%" ? from_reduction(*number) : Discount::bad(ProblemCode::not_a_discount);
  if (rest == "折") return from_zhe(*number);
  if (rest == "%") return from_percent(*number);
  return rest.empty() ? from_bare(*number, heading) : Discount::bad(ProblemCode::not_a_discount);
}

}  // namespace fairprice::ingest
