#pragma once

#include <cstdint>

#include "engine/ingest/json/record_problem.hpp"

namespace fairprice::ingest::json {

/// The bytes of one record, which may be written to. A byte more can be, and Window::kPadding can be read. Empty: a blank line.
struct Record {
  char* begin = nullptr;
  char* end = nullptr;
  std::int64_t line = 1;    ///< in the file, where it begins
  std::int64_t column = 1;  ///< in bytes
  bool has_problem = false;
};

/// Cuts a file into records, without looking into them more than that needs.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// The next record; the one before is gone. With `has_problem` there is none in this place, and problem() says why. False at the end, and
  /// where the file cannot be read on; that is told by such a problem before.
  virtual bool next(Record& record) = 0;
  const RecordProblem& problem() const { return problem_; }

 protected:
  RecordProblem problem_;
};

}  // namespace fairprice::ingest::json
