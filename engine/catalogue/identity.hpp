#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// Models of one brand that would be the same once separators are gone, but whose index prices of one origin in one period differ,
/// keep their separators. Call when the index has been read and nothing else; re-keys the index rows.
/// `kept`: the kept form (kept_model) of each index row's model, as long as `month.index`; empty for rows without brand and model.
void split_models(ingest::Month& month, const std::vector<std::string>& kept);

/// What the month's rows teach about barcodes (contract section 4, "barcode").
class Barcodes {
 public:
  static constexpr std::uint32_t kAmbiguous = UINT32_MAX - 1;

  explicit Barcodes(const ingest::Month& month);

  /// The product of a barcode: the one learnt, else the product `GTIN …`, or kNone when it is ambiguous.
  std::uint32_t product(std::uint64_t gtin, ingest::Keys& keys) const;
  /// Whether a listing with this brand (and model product) contradicts what was learnt.
  bool contradicts(const ingest::Listing& listing, const ingest::Keys& keys) const;
  std::vector<std::string> ambiguous() const;  ///< 14 digits, sorted

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> learnt_;               ///< product, or kAmbiguous
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> brands_;  ///< stated by index and quote rows of a GTIN product
};

/// By product of brand and model, as far as index and listings have been read: the commonest category of its index rows, else of its listings.
std::vector<std::uint32_t> categories_of_models(const ingest::Month& month);

/// Reads specifications and titles of listings, orders and index rows whose product's category has identity attributes: their model_product
/// becomes that of the configuration which they state (kNone when title and specification contradict each other). What is second-hand or
/// refurbished is no product of the new ones. Sets month.describe, which does the same for quotes. Call before quotes are read.
void configure(ingest::Month& month, int threads);

/// Fills month.likely_unit from index rows and categories, before quotes are read.
void guess_units(ingest::Month& month);

/// Gives every row its product: decisions of people, then barcode, then brand and model; an order without brand and model has its
/// listing's. Throws FatalError when decisions contradict each other.
void identify(ingest::Month& month, int threads);

/// Which suppliers form a group, and which operators belong to one.
void read_groups(ingest::Month& month);

/// Puts rows of a product together, finds each product's category and base unit, and rejects quotes, orders and index rows whose
/// unit cannot be brought to it.
void group_by_product(ingest::Month& month, int threads);

}  // namespace fairprice::catalogue
