#pragma once

#include <cstdint>
#include <string_view>

namespace fairprice::ingest {

/// What a file is by its name.
enum class FileFormat : std::uint8_t { unknown, text, workbook, json, json_lines };

/// Of "quotes-jd.csv.gz": text. The packing does not matter, nor does the case.
FileFormat format_of_name(std::string_view name);

/// "csv", "xlsx", "json", "jsonl"; empty for unknown.
std::string_view format_name(FileFormat format);

}  // namespace fairprice::ingest
