#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/json/key_columns.hpp"

namespace fairprice::ingest::json {

/// What a file's name says it holds.
enum class Ending : std::uint8_t { json, lines };

/// Where the records of a file stand.
struct Layout {
  bool lines = false;             ///< JSON Lines; otherwise one JSON text
  bool ocds = false;              ///< releases or records of the Open Contracting Data Standard
  std::vector<std::string> path;  ///< of the array of records, or of the one record
};

/// Tells the layout from the beginning of a file; what stands there beats the ending of the name: `.jsonl` may hold an array, `.json` lines.
/// `records`: JSON Pointer to the records, by a person; empty: look for them. Gets to know the keys of the first records.
///
/// `whole`: `head` is all there is. Nothing when more has to be read before anything can be said.
/// Throws FatalError: the file is empty, no JSON, or an object of which nobody said where in it the records are.
std::optional<Layout> find_layout(std::string_view head, bool whole, Ending ending, const std::string& records, KeyColumns& keys);

}  // namespace fairprice::ingest::json
