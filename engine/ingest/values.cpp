#include "engine/ingest/values.hpp"

#include <array>
#include <optional>
#include <string>

#include "engine/base/text.hpp"
#include "engine/ingest/values_number.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kLongestCell = 256;  // bytes; beyond it nobody wrote a number, and the work on a cell stays bounded

bool is_blank(std::string_view cell) { return trimmed(cell).empty(); }

/// A whole cell that is one number > 0, or nothing.
std::optional<Number> positive_number(std::string_view cell) {
  if (cell.size() > kLongestCell) return std::nullopt;
  const std::string text = canonical_text(cell);
  std::string_view rest = text;
  const auto number = read_number(rest);
  if (!number || !rest.empty() || number->is_zero()) return std::nullopt;
  return number;
}

/// The count of 1/10000 of a number below 10^9 with at most 4 decimals, else the code.
Parsed<std::int64_t> ten_thousandths(std::string_view cell, ProblemCode code) {
  if (is_blank(cell)) return Parsed<std::int64_t>::bad(ProblemCode::missing_value);
  const auto number = positive_number(cell);
  if (!number || number->whole >= 1'000'000'000 || number->beyond || number->fraction % 10'000 != 0) return Parsed<std::int64_t>::bad(code);
  return Parsed<std::int64_t>::good(number->whole * 10'000 + number->fraction / 10'000);
}

}  // namespace

std::string_view clean_cell_slow(std::string_view cell) {
  cell = trimmed(cell);
  constexpr std::string_view kShielded = "=+-@\t\r";
  if (cell.size() > 1 && cell[0] == '\'' && kShielded.find(cell[1]) != std::string_view::npos) cell.remove_prefix(1);
  return cell;
}

Parsed<std::int64_t> parse_quantity_slow(std::string_view cell) { return ten_thousandths(cell, ProblemCode::bad_quantity); }

Parsed<std::int64_t> parse_pack_size(std::string_view cell) {
  const std::int64_t count = fast::plain_decimal(cell);
  return count > 0 ? Parsed<std::int64_t>::good(count) : ten_thousandths(cell, ProblemCode::bad_pack);
}

Parsed<std::int64_t> parse_factor(std::string_view cell) { return ten_thousandths(cell, ProblemCode::not_a_number); }

Parsed<PackUnits> pack_units(std::int64_t pack_size, std::int64_t factor) {
  const Int128 product = Int128{pack_size} * factor;
  if (product % 10'000 != 0) return Parsed<PackUnits>::bad(ProblemCode::bad_pack);
  const Int128 k = product / 10'000;
  if (k < PackUnits::kLeast || k >= PackUnits::kBelow) return Parsed<PackUnits>::bad(ProblemCode::bad_pack);
  return Parsed<PackUnits>::good(PackUnits::from_ten_thousandths(static_cast<std::int64_t>(k)));
}

Parsed<std::int64_t> parse_level(std::string_view cell) {
  if (is_blank(cell)) return Parsed<std::int64_t>::bad(ProblemCode::missing_value);
  const auto number = positive_number(cell);
  if (!number || number->whole >= 1'000'000'000 || number->beyond) return Parsed<std::int64_t>::bad(ProblemCode::not_a_number);
  return Parsed<std::int64_t>::good(number->whole * Number::kOne + number->fraction);
}

Parsed<Date> parse_date_slow(std::string_view cell) {
  if (is_blank(cell)) return Parsed<Date>::bad(ProblemCode::missing_value);
  const auto date = Date::parse(cell);
  return date ? Parsed<Date>::good(*date) : Parsed<Date>::bad(ProblemCode::not_a_date);
}

Parsed<Period> parse_period_cell(std::string_view cell) {
  if (is_blank(cell)) return Parsed<Period>::bad(ProblemCode::missing_value);
  const auto period = Period::parse(cell);
  return period ? Parsed<Period>::good(*period) : Parsed<Period>::bad(ProblemCode::not_a_period);
}

namespace {

/// The fast path of barcodes: 8, 12, 13 or 14 ASCII digits, as they stand in nearly every file.
ParsedBarcode barcode_of_digits(std::string_view digits) {
  const std::size_t size = digits.size();
  if (size != 8 && (size < 12 || size > 14)) return {};
  const std::uint64_t low = fast::right_aligned(digits.data() + size - 8, 8);
  const std::uint64_t high = size == 8 ? fast::kZeros : fast::right_aligned(digits.data(), size - 8);
  if (!fast::all_digits(low) || !fast::all_digits(high)) return {};
  const std::uint64_t number = std::uint64_t{fast::eight_digits(high)} * 100'000'000 + fast::eight_digits(low);
  // GS1 General Specifications, 7.9: weights 3 and 1 in turn, 3 next to the check digit, whose own weight is 1; the sum is a multiple of 10.
  constexpr std::uint64_t kEveryOther = 0x000F000F000F000F;
  const std::uint64_t thrice = (low & kEveryOther) + (high & kEveryOther);  // places 1, 3, 5, 7 of each half
  const std::uint64_t once = ((low >> 8) & kEveryOther) + ((high >> 8) & kEveryOther);
  const std::uint64_t sums = thrice * 3 + once;
  const std::uint64_t sum = (sums & 0xFFFF) + (sums >> 16 & 0xFFFF) + (sums >> 32 & 0xFFFF) + (sums >> 48);
  if (sum % 10 != 0) return {};
  const std::uint64_t prefix = size == 8 ? number / 1'000'000 : number / 100'000'000'000 % 100;
  const bool in_store = prefix == 2 || prefix == 4 || (prefix >= 20 && prefix <= 29);
  if (number == 0 || in_store) return {BarcodeKind::means_nothing, 0};
  return {BarcodeKind::valid, number};
}

}  // namespace

ParsedBarcode parse_gtin(std::string_view cell) {
  const ParsedBarcode result = barcode_of_digits(cell);
  if (result.kind != BarcodeKind::not_a_barcode || cell.size() > kLongestCell) return result;
  return barcode_of_digits(canonical_text(cell));
}

}  // namespace fairprice::ingest
