#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fairprice::matching {

/// One row of a catalogue, its columns brought under the names that matching knows. All text is UTF-8; an absent cell is empty.
struct Record {
  std::string id;
  std::string title;
  std::string brand;
  std::string model;
  std::string category;
  std::string description;
  std::string other;                  ///< the cells of all further columns, joined by spaces
  std::optional<std::int64_t> price;  ///< in 1/10000 of the file's currency; absent where the cell is empty or no amount
};

/// A catalogue, sorted by id as bytes, so that the order of its file decides nothing. Ids are unique.
using Catalogue = std::vector<Record>;

}  // namespace fairprice::matching
