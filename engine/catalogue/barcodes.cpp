#include <algorithm>
#include <tuple>

#include "engine/catalogue/attributes.hpp"
#include "engine/catalogue/identity.hpp"

namespace fairprice::catalogue {

using ingest::kNone;
using ingest::RowUse;

namespace {

struct Lesson {
  std::uint64_t gtin;
  std::uint32_t product;
  std::uint32_t supplier;
  auto operator<=>(const Lesson&) const = default;
};

/// Adds what two suppliers agree on, for barcodes that nothing better has taught: the one product that two of them name.
void learn_from_suppliers(std::vector<Lesson> lessons, std::unordered_map<std::uint64_t, std::uint32_t>& learnt) {
  std::sort(lessons.begin(), lessons.end());
  lessons.erase(std::unique(lessons.begin(), lessons.end()), lessons.end());
  for (auto row = lessons.begin(); row != lessons.end();) {
    const std::uint64_t gtin = row->gtin;
    std::uint32_t agreed = kNone;
    int products = 0;
    while (row != lessons.end() && row->gtin == gtin) {
      const std::uint32_t product = row->product;
      const auto first = row;
      while (row != lessons.end() && row->gtin == gtin && row->product == product) ++row;
      if (row - first >= 2) {
        agreed = product;
        ++products;
      }
    }
    if (products == 1) learnt.emplace(gtin, agreed);
  }
}

/// Of configurations of one model the one that states all that the others do: a barcode's rows need not all state it. kAmbiguous when there
/// is none, or the models differ.
std::uint32_t fullest(const std::vector<std::uint32_t>& products, const ingest::Keys& keys) {
  for (const std::uint32_t one : products)
    if (std::all_of(products.begin(), products.end(), [&](std::uint32_t other) {
          return keys.base_of(one) == keys.base_of(other) && states_all_of(keys.configuration(one), keys.configuration(other));
        }))
      return one;
  return Barcodes::kAmbiguous;
}

std::string digits_of(std::uint64_t gtin) {
  std::string digits = std::to_string(gtin);
  digits.insert(0, 14 - digits.size(), '0');
  return digits;
}

}  // namespace

Barcodes::Barcodes(const ingest::Month& month) {
  const ingest::Keys& keys = *month.keys;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> several;  // what else a barcode stands with
  const auto teach = [&](std::uint64_t gtin, std::uint32_t product) {
    const auto [place, fresh] = learnt_.emplace(gtin, product);
    if (!fresh && place->second != product) several[gtin].push_back(product);
  };
  learnt_.reserve(month.quotes.taught.size());
  for (const auto& [gtin, product] : month.quotes.taught) teach(gtin, product);
  for (const auto& row : month.index)
    if (row.gtin != 0 && row.model_product != kNone && row.use != RowUse::excluded) teach(row.gtin, row.model_product);
  for (auto& [gtin, products] : several) {
    products.push_back(learnt_[gtin]);
    learnt_[gtin] = fullest(products, keys);
  }

  std::vector<Lesson> lessons;
  for (const auto& order : month.orders)
    if (order.gtin != 0 && order.product != kNone && order.use != RowUse::excluded && !learnt_.contains(order.gtin))
      lessons.push_back({order.gtin, order.product, order.supplier});
  learn_from_suppliers(std::move(lessons), learnt_);
  lessons = {};
  for (const auto& listing : month.listings)
    if (listing.gtin != 0 && listing.model_product != kNone && !listing.excluded && !listing.probe && !learnt_.contains(listing.gtin))
      lessons.push_back({listing.gtin, listing.model_product, listing.supplier});
  learn_from_suppliers(std::move(lessons), learnt_);

  const auto state = [&](std::uint64_t gtin, std::uint32_t brand) {
    if (brand == kNone || learnt_.contains(gtin)) return;
    auto& stated = brands_[gtin];
    if (std::find(stated.begin(), stated.end(), brand) == stated.end()) stated.push_back(brand);
  };
  for (const auto& row : month.quotes.pending)
    if (!row.excluded) state(row.gtin, row.brand);
  for (const auto& row : month.index)
    if (row.gtin != 0 && row.use != RowUse::excluded) state(row.gtin, row.brand);
}

std::uint32_t Barcodes::product(std::uint64_t gtin, ingest::Keys& keys) const {
  const auto found = learnt_.find(gtin);
  if (found == learnt_.end()) return keys.gtin_product(gtin);
  return found->second == kAmbiguous ? kNone : found->second;
}

bool Barcodes::contradicts(const ingest::Listing& listing, const ingest::Keys& keys) const {
  if (listing.brand == kNone) return false;
  const auto found = learnt_.find(listing.gtin);
  if (found != learnt_.end()) {
    if (listing.model_product == found->second) return false;
    if (listing.model_product != kNone && found->second != kAmbiguous)
      return keys.base_of(listing.model_product) != keys.base_of(found->second) ||
             !compatible(keys.configuration(listing.model_product), keys.configuration(found->second));
    return keys.product_brand(found->second) != listing.brand;
  }
  const auto stated = brands_.find(listing.gtin);
  return stated != brands_.end() && std::find(stated->second.begin(), stated->second.end(), listing.brand) == stated->second.end();
}

std::vector<std::string> Barcodes::ambiguous() const {
  std::vector<std::string> result;
  for (const auto& [gtin, product] : learnt_)
    if (product == kAmbiguous) result.push_back(digits_of(gtin));
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace fairprice::catalogue
