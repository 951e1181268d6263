#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/ingest/json/parse_record.hpp"
#include "engine/ingest/json/rapidjson.hpp"
#include "engine/ingest/json/record_problem.hpp"
#include "engine/ingest/json/record_source.hpp"

namespace fairprice::ingest::json {

using Value = rapidjson::Value;

/// A record as a tree. Numbers are texts, written out without exponent.
class Tree {
 public:
  /// Nothing when it could be read. The tree points into the record, and ends with the next one.
  std::optional<RecordProblem> read(const Record& record);
  const Value& root() const { return document_; }

 private:
  rapidjson::Reader reader_;
  rapidjson::Document document_;
};

inline std::string_view text_of(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

/// The member of an object; null when there is none, it is null, or `value` is no object.
const Value* member(const Value& value, std::string_view key);

/// The text or number under a key; empty when there is none.
std::string_view text_under(const Value& value, std::string_view key);

/// A key that stands twice in one object, anywhere in the tree.
std::optional<std::string> find_duplicate_key(const Value& value);

}  // namespace fairprice::ingest::json
