#pragma once

#include "engine/ingest/json/record_source.hpp"
#include "engine/ingest/json/window.hpp"

namespace fairprice::ingest::json {

/// JSON Lines: one record a line, whatever is wrong with the others. A line above kLargestRecord is a problem, the next is read again.
class Lines final : public RecordSource {
 public:
  explicit Lines(Window& window) : window_(window) {}
  bool next(Record& record) override;

 private:
  void give_up_line(Record& record);

  Window& window_;
  std::size_t taken_ = 0;  ///< bytes of the window that the record has, its line feed included
  std::int64_t line_ = 0;
};

}  // namespace fairprice::ingest::json
