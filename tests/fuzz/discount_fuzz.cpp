// Discounts: no cell may break the parser, every answer is a share, and the same share written plainly is the same answer.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/ingest/values.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

/// A count of 1/10^places as a decimal.
std::string decimal(std::int64_t count, std::size_t places) {
  std::string digits = std::to_string(count);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  return digits.insert(digits.size() - places, ".");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairprice::ingest;
  const std::string_view cell(reinterpret_cast<const char*>(data), size);
  for (const HeadingUnit heading : {HeadingUnit::none, HeadingUnit::zhe, HeadingUnit::percent}) {
    const auto discount = parse_discount(cell, heading);
    const auto slow = parse_discount_slow(cell, heading);
    expect(discount.ok == slow.ok && discount.value == slow.value);
    if (!discount.ok) continue;
    expect(discount.value > 0 && discount.value <= 1'000'000);
    const auto percent = parse_discount(decimal(discount.value, 4) + "%", heading);
    expect(percent.ok && percent.value == discount.value);
    const auto tenths = parse_discount(decimal(discount.value, 5) + "折", heading);
    expect(tenths.ok && tenths.value == discount.value);
    if (discount.value >= 500'000) expect(parse_discount(decimal(discount.value, 6)).value == discount.value);
    if (discount.value < 1'000'000) {
      const auto reduction = parse_discount("下浮" + decimal(1'000'000 - discount.value, 4) + "%", heading);
      expect(reduction.ok && reduction.value == discount.value);
    }
  }
  return 0;
}
