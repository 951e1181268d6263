#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/matching/record.hpp"

namespace fairprice::matching {

/// A catalogue as read, and what of it could not be used.
struct CatalogueFile {
  Catalogue records;
  std::vector<Problem> problems;  ///< rows and cells, in the order of the file
};

/// Reads a catalogue: CSV, TSV (by the heading's delimiter), plain, .gz or .zst, UTF-8. Columns by their English or Chinese names: id (or product_id, sku, listing_id); title, name,
/// product; brand, manufacturer; model, modelno; category; description; price. All others count as text.
/// Throws FatalError: no such file, no heading, no column id, no text column. Of two rows of one id the first stands, the other is a problem.
CatalogueFile read_catalogue(const std::string& path);

/// Rows of a file of pairs, as text. `columns` are the names wanted; the first two stand for the first two columns whatever they are called.
/// Throws FatalError when the file or a wanted column is not there. Rows of a wrong length are problems.
struct PairRow {
  std::string left, right, label, split;
  std::int64_t line = 0;
};
struct PairFile {
  std::vector<PairRow> rows;
  bool has_label = false;
  bool has_split = false;
  std::vector<Problem> problems;
};
PairFile read_pairs(const std::string& path);

}  // namespace fairprice::matching
