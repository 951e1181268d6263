#pragma once

#include <memory>
#include <string>

#include "engine/ingest/json/key_columns.hpp"
#include "engine/ingest/json/ocds_counts.hpp"
#include "engine/ingest/json/record_converter.hpp"

namespace fairprice::ingest::json {

/// OCDS releases, compiled releases and records (of record packages), each item of a deal one row of `orders`. `currency`: unit values in
/// another one are rejected, for prices in two currencies cannot be compared. Compiled releases and records give their rows at once; single
/// releases are held by process until the end of the file, since the contract may come behind the award, and rows are by first appearance.
/// Throws FatalError when these would take more than kMostHeld.
std::unique_ptr<RecordConverter> ocds_records(KeyColumns& keys, std::string currency, OcdsCounts& counts);

}  // namespace fairprice::ingest::json
