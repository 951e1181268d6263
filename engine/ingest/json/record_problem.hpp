#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairprice::ingest::json {

/// Why a record gave no row.
enum class Fault : std::uint8_t {
  bad_json,
  bad_encoding,
  too_large,
  not_an_object,
  nested_value,
  duplicate_key,
  two_keys,
  other_unit,
  no_value,
  other_currency,
  no_release,
};

/// "bad-json"
std::string_view fault_name(Fault fault);

/// A record, or item of an OCDS release, that is not read. Its line in the CSV is blank.
struct RecordProblem {
  Fault fault = Fault::bad_json;
  std::int64_t line = 0;  ///< of the CSV; of JSON Lines that of the file too
  std::string column;     ///< the column, or the key, that is meant; empty when the record as a whole is
  std::string value;      ///< how the record begins, or the value, as it stands in the file
  std::string zh, en;     ///< what is wrong, where in the record, and how to mend it; without the name of the file
};

using Problems = std::vector<RecordProblem>;

}  // namespace fairprice::ingest::json
