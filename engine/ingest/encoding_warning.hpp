#pragma once

#include "engine/ingest/tables.hpp"

namespace fairprice::ingest {

/// Adds a warning for each table of which at least half of the rows that were read are rejected as bad-encoding: a file whose encoding
/// was mistaken, and not a few odd cells. `month.problems` is sorted by place. Returns how many warnings were added.
std::size_t warn_of_encoding(Month& month);

}  // namespace fairprice::ingest
