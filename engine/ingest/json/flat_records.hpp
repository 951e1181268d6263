#pragma once

#include <memory>

#include "engine/ingest/json/key_columns.hpp"
#include "engine/ingest/json/record_converter.hpp"

namespace fairprice::ingest::json {

/// Records whose values stand in the object itself: the fast way. Objects and arrays under keys that are no column are passed over.
std::unique_ptr<RecordConverter> flat_records(KeyColumns& keys);

/// The keys of a record, in their order, for KeyColumns to get to know them. Nothing is said of a record that cannot be read.
void collect_keys(const Record& record, KeyColumns& keys);

}  // namespace fairprice::ingest::json
