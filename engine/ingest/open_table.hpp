#pragma once

#include <memory>

#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

/// Opens a file of a table by its format: what comes out is UTF-8, comma, tab or semicolon between cells, one row a line.
/// Text (.csv, .tsv, also .gz, .zst and in a .zip) comes through EncodingReader, a sheet of a workbook through xlsx::open_sheet,
/// records of JSON through json::JsonReader, which the caller asks for its heading and problems.
/// Throws FatalError when it cannot be opened.
std::unique_ptr<Unpacker> open_table(const SourceFile& file, Table table);

}  // namespace fairprice::ingest
