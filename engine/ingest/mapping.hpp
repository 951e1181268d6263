#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/encoding.hpp"
#include "engine/ingest/headings.hpp"

namespace fairprice::ingest {

/// What a person says about files that cannot say it themselves. Whatever is absent is found out.
struct FileMapping {
  std::string pattern;  ///< of names under the input folder, `*` for any characters: "quotes-jd*.csv"
  std::optional<Encoding> encoding;
  char delimiter = '\0';        ///< NUL: absent
  std::int64_t header_row = 0;  ///< physical line of the headings; 0: absent
  std::string sheet;            ///< the one sheet of a workbook that is read
  std::string records;          ///< JSON Pointer to the array of records
  ColumnsByHeading columns;     ///< heading, "#3", or JSON Pointer by column
};

/// The mapping file: `mapping.json` of the input folder, or the one that is named on the command line.
///
///     {"files": [{"name": "quotes-jd*.csv", "encoding": "gb18030", "delimiter": ",", "header_row": 3,
///                 "columns": {"price": "到手价", "url": ""}}]}
///
/// The first entry whose name fits a file counts.
struct Mapping {
  std::vector<FileMapping> files;
  const FileMapping* of(std::string_view file) const;
};

/// Throws FatalError with the place of what is wrong: a key that there is not, an encoding or a column that is not known.
Mapping parse_mapping(std::string_view text, const std::string& name);
Mapping read_mapping(const std::string& path, const std::string& name);
/// The folder's mapping.json; null when there is none.
std::shared_ptr<const Mapping> mapping_of_folder(const std::string& folder);
/// As it is written to be edited; parse_mapping reads it back.
std::string mapping_json(const Mapping& mapping);

/// "comma", "tab", "semicolon".
std::string_view delimiter_name(char delimiter);

}  // namespace fairprice::ingest
