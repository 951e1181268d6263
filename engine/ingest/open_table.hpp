#pragma once

#include <memory>

#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

/// Opens a file of a table by the kind of its name: what comes out is UTF-8, comma, tab or semicolon between cells, one row a line.
/// Text files (.csv, .tsv, also .gz and .zst) come through EncodingReader. Throws FatalError when it cannot be opened.
std::unique_ptr<Unpacker> open_table(const SourceFile& file);

/// What a file is by its name.
enum class FileFormat : std::uint8_t { unknown, text, workbook, json, json_lines };
/// Of "quotes-jd.csv.gz": text. The packing does not matter.
FileFormat format_of_name(std::string_view name);
/// "csv", "xlsx", "json", "jsonl"
std::string_view format_name(FileFormat format);

}  // namespace fairprice::ingest
