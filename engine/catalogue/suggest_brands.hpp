#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// A spelling of a brand that the dictionary lacks, and the brand that its rows say it is. Proposed, never applied: a person copies what is
/// right into the period's `brands`.
struct BrandSuggestion {
  std::string alias;  ///< canonical text
  std::string brand;
  std::string evidence;    ///< `barcode` or `model`
  std::int64_t count = 0;  ///< barcodes, or models, that both spellings have
  std::string example;     ///< one of these
};

/// Learnt from the month's rows that give brand and model: the unknown spelling stands with a barcode that else names exactly one known
/// brand, or with two or more models (letters and digits, at least five characters) that only that one known brand has too. Barcodes count
/// more than models: a spelling with both is proposed by barcode. Sorted by alias.
std::vector<BrandSuggestion> suggest_brands(const ingest::Month& month);

}  // namespace fairprice::catalogue
