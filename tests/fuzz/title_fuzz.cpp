// Titles: no text may break the reader, and what it says of a configuration can stand in a product's name.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/catalogue/title/read_title.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairprice::title;
  static const Vocabulary kVocabulary({{"惠普", "惠普"}, {"HP", "惠普"}, {"Western Digital", "西部数据"}, {"联想", "联想"}},
                                      {{"笔记本电脑", "笔记本电脑"}, {"平板", "平板电脑"}});
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  const std::string_view title = text.substr(0, cut);
  const std::string_view spec = cut == std::string_view::npos ? std::string_view() : text.substr(cut + 1);
  for (const std::string_view category : {"", "笔记本电脑", "平板电脑"}) {
    const TitleReading reading = read_title(title, spec, kVocabulary, category);
    for (std::size_t i = 0; i < kAttributes; ++i) {
      const std::string value = reading.configuration.text(static_cast<Attribute>(i));
      expect(value.find_first_of("#/ \t\n?,\"") == std::string::npos);
      expect(value.empty() || !reading.contradictions[i]);
    }
    for (const ModelCandidate& model : reading.models) expect(!model.text.empty() && model.first <= model.last);
    std::bitset<kAttributes> contradictions;
    const Configuration stated = read_stated(title, spec, device_of(category), contradictions);
    if (reading.brand.empty() && !category.empty()) expect(stated.text(Attribute::memory) == reading.configuration.text(Attribute::memory));
  }
  if (says_used(title)) expect(read_title(title, {}, kVocabulary).offer.condition != Condition::brand_new);
  return 0;
}
