#include "engine/ingest/keys.hpp"

#include <array>
#include <cstring>

#include "engine/base/text.hpp"
#include "engine/ingest/fold_model.hpp"

namespace fairprice::ingest {

namespace {

/// Canonicalises a spelling the first time it is seen; `make` gives its number.
template <class Make>
std::uint32_t once(Interner& spellings, std::string_view cell, std::uint64_t hash, Make&& make) {
  std::uint32_t spelling = spellings.find(cell, hash);
  if (spelling == kNone) {
    if (!is_utf8(cell)) return Keys::kBadText;
    spelling = spellings.intern(cell, hash, make(cell));
  }
  return spellings.value(spelling);
}

std::string product_key(std::uint32_t brand, std::string_view model) {
  std::string key(4 + model.size(), '\0');
  std::memcpy(key.data(), &brand, 4);
  std::memcpy(key.data() + 4, model.data(), model.size());
  return key;
}

}  // namespace

Keys::Keys(Dictionaries dictionaries) : dictionaries_(std::move(dictionaries)) {
  for (const auto& [alias, name] : dictionaries_.brands) brand_aliases_[canonical_text(alias)] = brands.intern(canonical_text(name));
  for (const auto& row : dictionaries_.categories)
    category_aliases_[canonical_text(row.alias)] = categories.intern(compatible_text(row.category));
  for (const auto& row : dictionaries_.units) {
    unit_aliases_[canonical_text(row.alias)] = static_cast<std::uint32_t>(unit_factors_.size());
    unit_factors_.push_back({units.intern(canonical_text(row.unit)), row.factor});
  }
  for (const auto& row : dictionaries_.shops) {
    const std::string& name = !trimmed(row.operator_name).empty() ? row.operator_name : !trimmed(row.shop).empty() ? row.shop : row.alias;
    shop_aliases_[canonical_text(row.alias)] = operators.intern(canonical_text(name));
  }
}

std::uint32_t Keys::brand(std::string_view cell, std::uint64_t hash) {
  if (cell.empty()) return kNone;
  return once(brand_spellings_, cell, hash, [&](std::string_view text) {
    const std::string canonical = canonical_text(text);
    if (canonical.empty()) return kNone;
    const auto alias = brand_aliases_.find(canonical);
    return alias != brand_aliases_.end() ? alias->second : brands.intern(canonical);
  });
}

std::uint32_t Keys::product_of(std::uint32_t brand, std::string_view folded) { return products.intern(product_key(brand, folded)); }

void Keys::fold(ProductSearch& search, std::uint32_t brand, std::string_view model) {
  search.size = 0;
  search.answer = kNone;
  search.brand = brand;
  if (brand == kNone || model.empty()) return;
  std::memcpy(search.key.data(), &brand, 4);
  std::size_t folded = fold_ascii_model(model, search.key.data() + 4);
  if (folded == kNotAscii) {
    std::array<char, 64> ascii;
    if (const std::size_t size = as_ascii_model(model, ascii.data()); size != kNotAscii)
      folded = fold_ascii_model({ascii.data(), size}, search.key.data() + 4);
  }
  if (folded == kNotAscii) {
    const auto text = slow_folded(model);
    if (!text) {
      search.answer = kBadText;
      return;
    }
    if (text->size() > kFastModel) {
      search.answer = long_product(brand, *text, model);
      return;
    }
    folded = text->size();
    if (folded > 0) std::memcpy(search.key.data() + 4, text->data(), folded);
  }
  if (folded == 0) return;
  search.size = static_cast<std::uint32_t>(4 + folded);
  search.model = model;
}

bool Keys::has_model(const ProductSearch& search, std::string_view model) {
  if (search.size != 0 || (search.answer != kNone && search.answer != kBadText)) return true;
  return search.brand != kNone && !model.empty() && is_utf8(model) && !folded_model(model).empty();
}

std::uint32_t Keys::end(const ProductSearch& search) {
  if (search.size == 0) return search.answer;
  const std::string_view key(search.key.data(), search.size);
  const std::uint32_t found =
      search.answer != kNone && products.is(search.answer, key) ? search.answer : products.intern(key, search.hash, 0);
  return products.value(found) == 0 ? found : split_product(search.brand, found, search.model);
}

std::uint32_t Keys::product(std::uint32_t brand, std::string_view model) {
  ProductSearch search;
  begin(search, brand, model);
  return end(search);
}

std::optional<std::string_view> Keys::slow_folded(std::string_view model) {
  // The spelling's value is the folded text's number in model_spellings_ itself, so that ICU sees each spelling once.
  const std::uint64_t hash = Interner::hash_of(model);
  std::uint32_t spelling = model_spellings_.find(model, hash);
  if (spelling == kNone) {
    if (!is_utf8(model)) return std::nullopt;
    const std::string folded = folded_model(model);
    const std::uint32_t text = folded == model ? kNone : model_spellings_.intern(folded, kNone);
    spelling = model_spellings_.intern(model, hash, text);
  }
  const std::uint32_t text = model_spellings_.value(spelling);
  return model_spellings_[text == kNone ? spelling : text];
}

std::uint32_t Keys::long_product(std::uint32_t brand, std::string_view folded, std::string_view model) {
  const std::uint32_t found = product_of(brand, folded);
  return products.value(found) == 0 ? found : split_product(brand, found, model);
}

std::uint32_t Keys::split_product(std::uint32_t, std::uint32_t folded_product, std::string_view model) const {
  const std::string kept = kept_model(model);
  for (const auto& [form, product] : splits_[products.value(folded_product) - 1])
    if (form == kept) return product;
  return kNone;
}

void Keys::split_model(std::uint32_t brand, const std::vector<std::string>& kept) {
  const std::uint32_t folded = product_of(brand, folded_model(kept[0]));
  std::vector<std::pair<std::string, std::uint32_t>> forms;
  for (const std::string& form : kept) forms.emplace_back(form, product_of(brand | kKeptBit, form));
  splits_.push_back(std::move(forms));
  products.set_value(folded, static_cast<std::uint32_t>(splits_.size()));
}

std::vector<std::uint32_t> Keys::split_of(std::uint32_t brand, std::string_view model) const {
  std::vector<std::uint32_t> result;
  if (brand == kNone || model.empty() || !is_utf8(model)) return result;
  const std::uint32_t folded = products.find(product_key(brand, folded_model(model)));
  if (folded == kNone || products.value(folded) == 0) return result;
  for (const auto& [form, product] : splits_[products.value(folded) - 1]) result.push_back(product);
  return result;
}

namespace {

std::uint32_t brand_of_key(std::string_view key) {
  std::uint32_t brand = 0;
  std::memcpy(&brand, key.data(), 4);
  return brand;
}

bool is_configured(std::uint32_t brand) {
  return (brand & Keys::kConfiguredBit) != 0 && brand != Keys::kGtinMark && brand != Keys::kTextMark;
}

}  // namespace

std::uint32_t Keys::configured(std::uint32_t product, std::string_view attributes) {
  const std::string_view key = products[product];
  std::string model(key.substr(4));
  model.append(1, '#').append(attributes);
  return product_of(brand_of_key(key) | kConfiguredBit, model);
}

std::string_view Keys::configuration(std::uint32_t product) const {
  const std::string_view key = products[product];
  return is_configured(brand_of_key(key)) ? key.substr(key.rfind('#') + 1) : std::string_view();
}

std::uint32_t Keys::base_of(std::uint32_t product) const {
  const std::string_view key = products[product];
  const std::uint32_t brand = brand_of_key(key);
  if (!is_configured(brand)) return product;
  return products.find(product_key(brand & ~kConfiguredBit, key.substr(4, key.rfind('#') - 4)));
}

std::uint32_t Keys::gtin_product(std::uint64_t gtin) {
  std::string digits = std::to_string(gtin);
  digits.insert(0, 14 - digits.size(), '0');
  return product_of(kGtinMark, digits);
}

std::uint32_t Keys::text_product(std::string_view product) {
  const std::string canonical = canonical_text(product);
  for (std::size_t space = canonical.rfind(' '); space != std::string::npos && space > 0;) {
    const std::string brand_text = canonical.substr(0, space);
    const std::string model = canonical.substr(space + 1);
    if (brand_text == "GTIN" && model.size() == 14 && model.find_first_not_of("0123456789") == std::string::npos)
      return product_of(kGtinMark, model);
    const auto alias = brand_aliases_.find(brand_text);
    const std::uint32_t brand = alias != brand_aliases_.end() ? alias->second : brands.intern(brand_text);
    const std::uint32_t kept = products.find(product_key(brand | kKeptBit, model));
    if (kept != kNone) return kept;
    for (const std::uint32_t bits : {kConfiguredBit, kConfiguredBit | kKeptBit})
      if (const std::uint32_t found = products.find(product_key(brand | bits, model)); found != kNone) return found;
    const std::string folded = folded_model(model);
    if (const std::size_t mark = model.rfind('#'); mark != std::string::npos && products.find(product_key(brand, folded)) == kNone)
      if (const std::string base = folded_model(model.substr(0, mark)); !base.empty())
        return configured(product_of(brand, base), model.substr(mark + 1));
    if (!folded.empty()) return product_of(brand, folded);
    break;
  }
  return product_of(kTextMark, canonical);
}

std::uint32_t Keys::operator_of(std::string_view shop, std::uint64_t hash) {
  if (shop.empty()) return kNone;
  return once(shop_spellings_, shop, hash, [&](std::string_view text) {
    const std::string canonical = canonical_text(text);
    const auto alias = shop_aliases_.find(canonical);
    return alias != shop_aliases_.end() ? alias->second : operators.intern(canonical);
  });
}

std::uint32_t Keys::category(std::string_view cell) {
  if (cell.empty()) return kNone;
  return once(category_spellings_, cell, Interner::hash_of(cell), [&](std::string_view text) {
    const auto alias = category_aliases_.find(canonical_text(text));
    return alias != category_aliases_.end() ? alias->second : categories.intern(compatible_text(text));
  });
}

std::uint32_t Keys::supplier(std::string_view cell) {
  const std::uint64_t hash = Interner::hash_of(cell);
  const std::uint32_t found = suppliers.find(cell, hash);
  if (found != kNone) return found;
  return is_utf8(cell) ? suppliers.intern(cell, hash, 0) : kBadText;
}

std::uint32_t Keys::listing(std::string_view cell) {
  const std::uint64_t hash = Interner::hash_of(cell);
  const std::uint32_t found = listings.find(cell, hash);
  if (found != kNone) return found;
  return is_utf8(cell) ? listings.intern(cell, hash, 0) : kBadText;
}

std::uint32_t Keys::spec(std::string_view cell) {
  if (cell.empty()) return kNone;
  return once(spec_spellings_, cell, Interner::hash_of(cell), [&](std::string_view text) { return specs.intern(canonical_text(text)); });
}

bool Keys::knows_unit(std::string_view cell) const { return is_utf8(cell) && unit_aliases_.contains(canonical_text(cell)); }

Keys::UnitFactor Keys::unit(std::string_view cell) {
  if (cell.empty()) return {kNone, PackUnits::kOne};
  constexpr std::uint32_t kPlain = 0x40000000;
  const std::uint32_t answer = once(unit_spellings_, cell, Interner::hash_of(cell), [&](std::string_view text) {
    const std::string canonical = canonical_text(text);
    const auto alias = unit_aliases_.find(canonical);
    return alias != unit_aliases_.end() ? alias->second : kPlain | units.intern(canonical);
  });
  if (answer == kBadText) return {kBadText, PackUnits::kOne};
  if ((answer & kPlain) != 0) return {answer & ~kPlain, PackUnits::kOne};
  return unit_factors_[answer];
}

std::string Keys::product_name(std::uint32_t product) const {
  const std::string_view key = products[product];
  std::uint32_t brand = 0;
  std::memcpy(&brand, key.data(), 4);
  const std::string_view model = key.substr(4);
  if (brand == kTextMark) return std::string(model);
  if (brand == kGtinMark) return "GTIN " + std::string(model);
  const std::string_view name = brands[brand & kBrandBits];
  std::string result;
  result.reserve(name.size() + 1 + model.size());
  result.append(name).append(1, ' ').append(model);
  return result;
}

std::uint32_t Keys::product_brand(std::uint32_t product) const {
  std::uint32_t brand = 0;
  std::memcpy(&brand, products[product].data(), 4);
  return brand == kGtinMark || brand == kTextMark ? kNone : brand & kBrandBits;
}

}  // namespace fairprice::ingest
