// Packs in titles: no text may break the reader; counts stay within bounds and chains hang together.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/catalogue/confirm_packs.hpp"
#include "engine/catalogue/pack_words.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairprice::catalogue;
  const PackText text = read_packs({reinterpret_cast<const char*>(data), size});
  for (const PackChain& chain : text.chains) {
    expect(!chain.steps.empty());
    for (std::size_t i = 0; i < chain.steps.size(); ++i) {
      expect(chain.steps[i].count >= 1 && chain.steps[i].count <= 200'000);
      if (i + 1 < chain.steps.size()) expect(chain.steps[i].outer == chain.steps[i + 1].inner);
    }
  }
  const auto unit_of = [](std::string_view word) { return static_cast<std::uint32_t>(fairprice::catalogue::pack_rank(word) + 1); };
  for (std::uint32_t unit = 0; unit < 6; ++unit)
    for (const std::int64_t pack : {1, 5, 12}) contradicts_pack(text, pack * fairprice::PackUnits::kOne, unit, unit_of);
  for (std::uint32_t unit = 0; unit < 6; ++unit) expect(stated_factor(text, unit, 1, unit_of) >= 0);
  return 0;
}
