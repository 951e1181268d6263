#include "engine/catalogue/title/read_title.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace fairprice::title {

Device device_of(std::string_view category) {
  const auto says = [&](std::string_view word) { return category.find(word) != std::string_view::npos; };
  if (says("手机") || says("平板电脑") || says("平板式")) return Device::handheld;
  if (says("电脑") || says("计算机") || says("工作站") || says("服务器") || says("笔记本")) return Device::computer;
  return Device::other;
}

TitleReading read_title(std::string_view title, std::string_view spec, const Vocabulary& vocabulary, std::string_view category) {
  TitleReading reading;
  if (!is_utf8(title)) title = {};
  if (!is_utf8(spec)) spec = {};
  Tokens tokens(title);
  reading.offer = read_offer(tokens);
  reading.category = vocabulary.category_in(tokens);
  for (const Vocabulary::Named& named : vocabulary.brands_in(tokens)) {
    if (named.first >= reading.offer.item_end) break;
    if (reading.brand.empty())
      reading.brand = named.name;
    else if (named.name != reading.brand)
      reading.several_brands = true;
    for (std::size_t i = named.first; i <= named.last; ++i)
      if (tokens[i].kind == TokenKind::word) tokens[i].taken = true;
  }
  const Device device = device_of(category.empty() ? std::string_view(reading.category) : category);
  const Configuration of_title = read_configuration(tokens, device);
  reading.models = model_candidates(tokens, reading.offer.item_end);
  reading.spans = model_spans(tokens, reading.offer.item_end);
  if (spec.empty()) {
    reading.configuration = of_title;
  } else {
    Tokens more(spec);
    reading.configuration = merged(of_title, read_configuration(more, device), reading.contradictions);
  }
  return reading;
}

Configuration read_stated(std::string_view title, std::string_view spec, Device device, std::bitset<kAttributes>& contradictions) {
  Configuration of_title;
  if (!title.empty() && is_utf8(title)) {
    Tokens tokens(title);
    read_offer(tokens);
    of_title = read_configuration(tokens, device);
  }
  if (spec.empty() || !is_utf8(spec)) return of_title;
  Tokens tokens(spec);
  return merged(of_title, read_configuration(tokens, device), contradictions);
}

}  // namespace fairprice::title
