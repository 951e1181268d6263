// No text breaks the policy reader: it gives a policy that the rules can work with, or a FatalError in both languages.

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "engine/base/problem.hpp"
#include "rules/bands.hpp"
#include "rules/check_data.hpp"
#include "rules/policy.hpp"

namespace {

using namespace fairprice;

void expect(bool holds) {
  if (!holds) std::abort();
}

/// What a policy that was accepted promises.
void use(const rules::Policy& policy) {
  expect(!policy.name.empty() && !policy.ladder.empty() && policy.bands.size() >= 2);
  expect(policy.bands.front().decision == rules::Decision::within_range && policy.bands.back().limit == rules::Band::Limit::none);
  for (const rules::Rung& rung : policy.ladder) expect(rung.indicators.empty() != (rung.population == rules::Population::none));
  for (const std::int64_t count : {std::int64_t{1}, std::int64_t{12'345'678}, std::int64_t{999'999'999'999}}) {
    const Money reference = Money::from_ten_thousandths(count);
    if (const auto highest = rules::max_fair_price(reference, policy)) {
      expect(rules::band_of(*highest, reference, policy) == 0);
      expect(rules::band_of(Money::from_ten_thousandths(highest->ten_thousandths() + Money::kPerFen), reference, policy) != 0);
    }
    const std::vector<PackUnits> packs = {PackUnits::from_ten_thousandths(PackUnits::kLeast),
                                          PackUnits::from_ten_thousandths(PackUnits::kBelow - 1)};
    for (const std::int64_t price : {std::int64_t{1}, std::int64_t{999'999'999'999}})
      rules::suspect_data(Money::from_ten_thousandths(price), reference, PackUnits(), packs, policy);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const rules::PolicySet set = rules::read_policy(text, "policy.json");
    expect(set.text == text);
    use(set.base);
    for (const auto& [category, policy] : set.by_category) use(policy);
  } catch (const FatalError& error) {
    expect(!error.message(Language::zh).empty() && !error.message(Language::en).empty());
  }
  return 0;
}
