#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/json/rapidjson.hpp"
#include "engine/ingest/json/record_source.hpp"
#include "engine/ingest/json/window.hpp"

namespace fairprice::ingest::json {

/// A JSON text whose records are the elements of one array (or the one object) at a place in it. Everything around them must be JSON too; it
/// is passed over value by value. Read as it comes: what is in memory is the record, or the value that is passed over.
///
/// A file that is no JSON from some place on gives the records before it, then one problem that says where.
class Document final : public RecordSource {
 public:
  /// `path`: keys, or positions in arrays, from the outermost value to the records.
  Document(Window& window, std::vector<std::string> path, std::string file);
  bool next(Record& record) override;

 private:
  enum class At : std::uint8_t { start, first, behind, end };

  bool descend();
  bool into_object(const std::string& key);
  bool into_array(const std::string& position);
  bool ascend();
  bool find_record(Record& record);

  int peek();
  bool expect(char wanted, const char* zh, const char* en);
  bool scan_value();
  bool scan_text();
  bool scan_brackets();
  bool pass_over();
  bool read_key(std::string& key);
  bool refuse(const char* zh, const char* en);
  bool refuse(RecordProblem problem);
  void commit();
  char at(std::size_t place) { return window_.data()[place]; }
  /// Whether there is a byte at that place, after reading on if need be.
  bool has(std::size_t place);

  Window& window_;
  std::vector<std::string> path_;
  std::string file_;
  std::string open_;  ///< brackets around the records
  At state_ = At::start;
  std::size_t at_ = 0;     ///< in the window
  bool is_array_ = false;  ///< the records stand in one
  bool is_told_ = false;   ///< a problem that ended the reading
  std::string brackets_;   ///< within the value that is being passed over
  std::int64_t line_ = 1;  ///< of the window's first byte
  std::int64_t column_ = 1;
  rapidjson::Reader reader_;
};

}  // namespace fairprice::ingest::json
