#include "engine/ingest/json/flat_records.hpp"

#include <string>
#include <vector>

#include "engine/ingest/json/parse_record.hpp"
#include "engine/ingest/json/row_of_record.hpp"

namespace fairprice::ingest::json {

namespace {

/// Events of the parser, as far as they are about the outermost object.
class Events {
 public:
  explicit Events(RowOfRecord& row) : row_(row) {}

  void begin() { depth_ = 0; }

  // NOLINTBEGIN(readability-identifier-naming): the names that the parser calls
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ == 1) row_.key({text, size});
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (is_value()) row_.put_text({text, size});
    return true;
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (is_value()) row_.put_number({text, size});
    return true;
  }
  bool Bool(bool value) {
    if (is_value()) row_.put_word(value ? "true" : "false");
    return true;
  }
  bool Null() {
    is_value();
    return true;
  }
  bool StartObject() {
    if (depth_ == 1) row_.put_nested();
    return ++depth_ <= kDeepest;
  }
  bool EndObject(rapidjson::SizeType /*members*/) { return --depth_ >= 0; }
  bool StartArray() {
    if (depth_ == 0) row_.fail(Fault::not_an_object, {});
    if (depth_ == 1) row_.put_nested();
    return ++depth_ <= kDeepest;
  }
  bool EndArray(rapidjson::SizeType /*elements*/) { return --depth_ >= 0; }
  // Numbers come as text; these are never called.
  bool Int(int /*n*/) { return false; }
  bool Uint(unsigned /*n*/) { return false; }
  bool Int64(std::int64_t /*n*/) { return false; }
  bool Uint64(std::uint64_t /*n*/) { return false; }
  bool Double(double /*not a price*/) { return false; }
  // NOLINTEND(readability-identifier-naming)

 private:
  /// Of a key of the record.
  bool is_value() {
    if (depth_ == 0) row_.fail(Fault::not_an_object, {});
    return depth_ == 1;
  }

  RowOfRecord& row_;
  int depth_ = 0;
};

class FlatRecords final : public RecordConverter {
 public:
  explicit FlatRecords(KeyColumns& keys) : row_(keys), events_(row_) {}

  bool convert(const Record& record, CsvRows& rows, Problems& problems) override {
    beginning_.hold(record.begin, record.end);
    row_.begin();
    events_.begin();
    if (auto problem = parse_record(reader_, record, events_)) [[unlikely]] {
      problem->value = beginning_.text();
      reject(std::move(*problem), rows, problems);
      return false;
    }
    row_.finish(rows, problems, beginning_);
    return true;
  }

 private:
  rapidjson::Reader reader_;
  RowOfRecord row_;
  Events events_;
  Beginning beginning_;
};

class Collector : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Collector> {
 public:
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (depth_ == 1 && !in_array_) names_.emplace_back(text, size);
    return true;
  }
  bool StartObject() { return ++depth_ <= kDeepest; }
  bool EndObject(rapidjson::SizeType /*members*/) { return --depth_ >= 0; }
  bool StartArray() {
    in_array_ |= depth_ == 0;
    return ++depth_ <= kDeepest;
  }
  bool EndArray(rapidjson::SizeType /*elements*/) { return --depth_ >= 0; }

  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  int depth_ = 0;
  bool in_array_ = false;
};

}  // namespace

std::unique_ptr<RecordConverter> flat_records(KeyColumns& keys) { return std::make_unique<FlatRecords>(keys); }

void collect_keys(const Record& record, KeyColumns& keys) {
  rapidjson::Reader reader;
  Collector collector;
  if (parse_record(reader, record, collector)) return;
  std::uint32_t before = KeyColumns::kFirst;
  for (const std::string& name : collector.names()) keys.key_behind(before, name);
}

}  // namespace fairprice::ingest::json
