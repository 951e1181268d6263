// Amounts, quantities, packs, levels and barcodes: no cell may break a parser, and the fast path gives the answer of its slow twin.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/ingest/values.hpp"

namespace {

using namespace fairprice;
using namespace fairprice::ingest;

void expect(bool holds) {
  if (!holds) std::abort();
}

template <class T>
bool same(const Parsed<T>& a, const Parsed<T>& b) {
  return a.ok == b.ok && (a.ok ? a.value == b.value : a.code == b.code);
}

bool same(const Parsed<ParsedAmount>& a, const Parsed<ParsedAmount>& b) {
  return a.ok == b.ok && (a.ok ? a.value.value == b.value.value && a.value.rounded == b.value.rounded : a.code == b.code);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view cell(reinterpret_cast<const char*>(data), size);
  const std::string_view cleaned = clean_cell(cell);
  expect(cleaned == clean_cell_slow(cell));

  const auto price = parse_price(cell);
  expect(same(price, parse_price_slow(cell, 1)));
  if (price.ok) {
    const std::int64_t count = price.value.value.ten_thousandths();
    expect(count > 0 && count < 1'000'000'000'000);
    // What is printed plainly is read as the same amount.
    expect(parse_price(price.value.value.to_string()).value.value == price.value.value);
  }
  const auto scaled = parse_price(cell, 10'000);
  if (scaled.ok) expect(scaled.value.value.ten_thousandths() > 0 && scaled.value.value.ten_thousandths() < 1'000'000'000'000);

  const auto quantity = parse_quantity(cell);
  expect(same(quantity, parse_quantity_slow(cell)));
  if (quantity.ok) expect(quantity.value > 0 && quantity.value < 10'000'000'000'000);
  const auto pack = parse_pack_size(cell);
  const auto factor = parse_factor(cell);
  expect(pack.ok == quantity.ok && factor.ok == quantity.ok);
  if (pack.ok) {
    const auto k = pack_units(pack.value, factor.value);
    if (k.ok) expect(k.value.valid());
  }
  const auto level = parse_level(cell);
  if (level.ok) expect(level.value > 0 && level.value < 100'000'000'000'000'000);
  if (quantity.ok) expect(level.ok && level.value == quantity.value * 10'000);

  const ParsedBarcode barcode = parse_gtin(cell);
  expect((barcode.kind == BarcodeKind::valid) == (barcode.gtin != 0));
  return 0;
}
