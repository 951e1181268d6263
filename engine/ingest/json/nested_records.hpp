#pragma once

#include <memory>

#include "engine/ingest/json/key_columns.hpp"
#include "engine/ingest/json/record_converter.hpp"

namespace fairprice::ingest::json {

/// Records of which some values stand deeper: the columns that a person placed by JSON Pointers (RFC 6901; `/offer/price/value`,
/// `/names/0`), the others as in flat records. A pointer that leads nowhere is an empty cell.
/// Throws FatalError when a pointer is none.
std::unique_ptr<RecordConverter> nested_records(KeyColumns& keys);

}  // namespace fairprice::ingest::json
