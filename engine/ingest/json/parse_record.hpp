#pragma once

#include <optional>
#include <utility>

#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/record_source.hpp"
#include "engine/ingest/json/record_text.hpp"

namespace fairprice::ingest::json {

/// Where the record has a control character that the parser lets pass when it stands in the middle of sixteen bytes that it looks at
/// together (RapidJSON 1.1.0: those from 0x1A on); npos where there is none. They are wrong anywhere in JSON.
std::size_t find_control(std::string_view record);

/// Parses a record in place: its texts are unescaped where they stand. Numbers are handed on as they are written. `handler` returns false
/// where brackets stand too deep.
template <class Handler>
std::optional<RecordProblem> parse_record(rapidjson::Reader& reader, const Record& record, Handler& handler) {
  if (const std::size_t at = find_control({record.begin, static_cast<std::size_t>(record.end - record.begin)});
      at != std::string_view::npos)
    return parse_problem(rapidjson::kParseErrorStringEscapeInvalid, at);
  const char behind = std::exchange(*record.end, '\0');
  rapidjson::InsituStringStream stream(record.begin);
  const auto result = reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseStopWhenDoneFlag>(
      stream, handler);
  const char* const stop = record.begin + stream.Tell();
  *record.end = behind;
  if (result.IsError()) return parse_problem(result.Code(), result.Offset());
  const std::string_view rest = without_space({stop, static_cast<std::size_t>(record.end - stop)});
  if (!rest.empty()) return trailing_problem(static_cast<std::size_t>(rest.data() - record.begin));
  return std::nullopt;
}

/// Takes anything, down to kDeepest.
class Depth : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Depth> {
 public:
  bool StartObject() { return ++depth_ <= kDeepest; }
  bool EndObject(rapidjson::SizeType /*members*/) { return --depth_ >= 0; }
  bool StartArray() { return ++depth_ <= kDeepest; }
  bool EndArray(rapidjson::SizeType /*elements*/) { return --depth_ >= 0; }

 private:
  int depth_ = 0;
};

}  // namespace fairprice::ingest::json
