#include "engine/ingest/file_format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace fairprice::ingest {

FileFormat format_of_name(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::string_view rest = lower;
  for (const std::string_view packing : {".gz", ".zst"})
    if (rest.ends_with(packing)) rest.remove_suffix(packing.size());
  constexpr std::array<std::pair<std::string_view, FileFormat>, 7> kEndings = {{{".csv", FileFormat::text},
                                                                                {".tsv", FileFormat::text},
                                                                                {".xlsx", FileFormat::workbook},
                                                                                {".xlsm", FileFormat::workbook},
                                                                                {".json", FileFormat::json},
                                                                                {".jsonl", FileFormat::json_lines},
                                                                                {".ndjson", FileFormat::json_lines}}};
  const auto* const found = std::find_if(kEndings.begin(), kEndings.end(), [&](const auto& one) { return rest.ends_with(one.first); });
  return found == kEndings.end() ? FileFormat::unknown : found->second;
}

std::string_view format_name(FileFormat format) {
  constexpr std::array<std::string_view, 5> kFormats = {"", "csv", "xlsx", "json", "jsonl"};
  return kFormats[static_cast<std::size_t>(format)];
}

}  // namespace fairprice::ingest
