// Dates, periods and words: no cell may break a parser, the fast path gives the answer of its slow twin, and what is printed is
// read back as the same day.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/base/text.hpp"
#include "engine/ingest/values.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairprice;
  using namespace fairprice::ingest;
  const std::string_view cell(reinterpret_cast<const char*>(data), size);

  const auto date = parse_date_cell(cell);
  const auto slow = parse_date_slow(cell);
  expect(date.ok == slow.ok && date.value == slow.value && date.code == slow.code);
  if (date.ok) {
    expect(date.value >= Date::of(1, 1, 1) && date.value <= Date::of(9999, 12, 31));
    expect(Date::parse(date.value.to_string()) == date.value);
    expect(first_day(date.value.period()) <= date.value && date.value <= last_day(date.value.period()));
  }
  const auto period = parse_period_cell(cell);
  if (period.ok) expect(Period::parse(period.value.to_string()) == period.value);

  parse_boolean(cell);
  parse_channel(cell);
  parse_shop_type(cell);
  parse_price_kind(cell);
  parse_origin(cell);
  parse_day_kind(cell);
  parse_status(cell);

  const std::string_view inner = trimmed(cell);
  expect(trimmed(inner) == inner);
  const std::string message = quoted_for_message(cell);
  expect(is_utf8(message) && message.find('\n') == std::string::npos);
  if (size <= 4096 && is_utf8(cell)) {
    const std::string canonical = canonical_text(cell);
    expect(is_utf8(canonical) && trimmed(canonical) == canonical);
    const std::string folded = folded_model(cell);
    expect(kept_model(cell).size() >= folded.size());
  }
  return 0;
}
