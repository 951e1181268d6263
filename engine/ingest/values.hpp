#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/date.hpp"
#include "engine/base/money.hpp"
#include "engine/base/problem.hpp"
#include "engine/base/shop_type.hpp"
#include "engine/base/working_days.hpp"
#include "engine/ingest/values_fast.hpp"

namespace fairprice::ingest {

/// What a cell means, in integers alone. Every parser takes the cell as it stands in the file; an empty one is `missing_value`
/// (which optional columns ask about first). The inline part answers the commonest way of writing and hands everything else to
/// its slow twin `..._slow`, which alone would give the same answers.

enum class Channel : std::uint8_t { ecommerce, store };
enum class PriceKind : std::uint8_t { regular, promotion, coupon, subsidised, member };
enum class OrderStatus : std::uint8_t { counts, cancelled, returned };
enum class Origin : std::uint8_t { published, own };

/// The unit in which a heading says that bare numbers below it are counted: 价格（万元）, 承诺折扣率（折）, 承诺折扣率(%).
enum class HeadingUnit : std::uint8_t { none, ten_thousand_yuan, zhe, percent };

template <class T>
struct Parsed {
  T value{};
  bool ok = false;
  ProblemCode code = ProblemCode::missing_value;  ///< why not, when not ok

  static constexpr Parsed good(T value) { return {value, true, {}}; }
  static constexpr Parsed bad(ProblemCode code) { return {T{}, false, code}; }
  constexpr explicit operator bool() const { return ok; }
};

/// `rounded`: the cell had a digit other than 0 beyond 1/10000 yuan; counted in summary.json. `untaxed`: it says that tax is not in it.
struct ParsedAmount {
  Money value;
  bool rounded = false;
  bool untaxed = false;
};

/// The cell without white space around it, and without the apostrophe that shields = + - @ tab CR from spreadsheets.
std::string_view clean_cell_slow(std::string_view cell);
inline std::string_view clean_cell(std::string_view cell) {
  return cell.empty() || fast::has_plain_ends(cell) ? cell : clean_cell_slow(cell);
}

/// An amount: > 0, below 10^8 yuan, not rounding to 0. `heading_scale` is 10000 under a heading in 万元, else 1; a unit in the cell beats it.
Parsed<ParsedAmount> parse_price_slow(std::string_view cell, int heading_scale);
inline Parsed<ParsedAmount> parse_price(std::string_view cell, int heading_scale = 1) {
  const std::int64_t count = heading_scale == 1 ? fast::plain_decimal(cell) : 0;
  if (count > 0) return Parsed<ParsedAmount>::good({Money::from_ten_thousandths(count)});
  return parse_price_slow(cell, heading_scale);
}

/// A quantity: > 0, below 10^9, at most 4 decimals, as a count of 1/10000. Code bad_quantity.
Parsed<std::int64_t> parse_quantity_slow(std::string_view cell);
inline Parsed<std::int64_t> parse_quantity(std::string_view cell) {
  const std::int64_t count = fast::plain_decimal(cell);
  return count > 0 ? Parsed<std::int64_t>::good(count) : parse_quantity_slow(cell);
}

/// A pack size: > 0, below 10^9, at most 4 decimals, as a count of 1/10000. Code bad_pack. Its range is that of `pack_units`.
Parsed<std::int64_t> parse_pack_size(std::string_view cell);
/// A unit factor, the same with the code not_a_number.
Parsed<std::int64_t> parse_factor(std::string_view cell);
/// k = pack size x unit factor, both counts of 1/10000: bad_pack unless it has at most 4 places and 0.01 <= k < 10^4.
Parsed<PackUnits> pack_units(std::int64_t pack_size, std::int64_t factor);

/// An index level: > 0, below 10^9, at most 8 decimals, as a count of 10^-8. Code not_a_number.
Parsed<std::int64_t> parse_level(std::string_view cell);

/// A promised discount d, the share of the list price that is paid: 0 < d <= 1, at most 6 decimals, as a count of 10^-6.
Parsed<std::int32_t> parse_discount_slow(std::string_view cell, HeadingUnit heading = HeadingUnit::none);
inline Parsed<std::int32_t> parse_discount(std::string_view cell, HeadingUnit heading = HeadingUnit::none) {
  const std::int32_t count = fast::plain_discount(cell, heading == HeadingUnit::none);
  return count > 0 ? Parsed<std::int32_t>::good(count) : parse_discount_slow(cell, heading);
}

Parsed<Date> parse_date_slow(std::string_view cell);
inline Parsed<Date> parse_date_cell(std::string_view cell) {
  const Date date = fast::plain_date(cell);
  return date.present() ? Parsed<Date>::good(date) : parse_date_slow(cell);
}
Parsed<Period> parse_period_cell(std::string_view cell);

Parsed<bool> parse_boolean(std::string_view cell);
Parsed<Channel> parse_channel(std::string_view cell);
Parsed<ShopType> parse_shop_type(std::string_view cell);
Parsed<PriceKind> parse_price_kind(std::string_view cell);
Parsed<Origin> parse_origin(std::string_view cell);
Parsed<DayKind> parse_day_kind(std::string_view cell);
/// Any text that is no known word counts, an empty one too.
OrderStatus parse_status(std::string_view cell);

enum class BarcodeKind : std::uint8_t {
  valid,          ///< names a product
  means_nothing,  ///< well-formed, but all zeros or an in-store number: matches nothing
  not_a_barcode,  ///< wrong length, wrong check digit, or no number
};
struct ParsedBarcode {
  BarcodeKind kind = BarcodeKind::not_a_barcode;
  std::uint64_t gtin = 0;  ///< the number, GTIN-8/12/13/14 padded to 14 digits; 0 unless valid
};
ParsedBarcode parse_gtin(std::string_view cell);

}  // namespace fairprice::ingest
