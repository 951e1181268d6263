#pragma once

#include "engine/ingest/json/csv_rows.hpp"
#include "engine/ingest/json/record_problem.hpp"
#include "engine/ingest/json/record_source.hpp"

namespace fairprice::ingest::json {

/// Turns records into rows of the table. What gives no row gives a blank line and a problem that names it.
class RecordConverter {
 public:
  virtual ~RecordConverter() = default;
  /// False when the record is no JSON.
  virtual bool convert(const Record& record, CsvRows& rows, Problems& problems) = 0;
  /// When all records have been converted.
  virtual void finish(CsvRows& /*rows*/, Problems& /*problems*/) {}
};

}  // namespace fairprice::ingest::json
