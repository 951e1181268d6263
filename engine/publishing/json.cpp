#include "engine/publishing/json.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "engine/base/text.hpp"

namespace fairprice::publishing {

struct Json::Writer {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> out{buffer};
};

namespace {

/// JSON is UTF-8: bytes that are not (a raw cell of a rejected row) become U+FFFD.
std::string well_formed(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 1;
    while (size < 4 && i + size < text.size() && !is_utf8(text.substr(i, size))) ++size;
    if (is_utf8(text.substr(i, size))) {
      result.append(text.substr(i, size));
      i += size;
    } else {
      result.append("\xEF\xBF\xBD");
      ++i;
    }
  }
  return result;
}

rapidjson::SizeType size_of(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }

}  // namespace

Json::Json() : writer_(std::make_unique<Writer>()) { writer_->out.SetIndent(' ', 2); }
Json::~Json() = default;

Json& Json::begin_object() { return writer_->out.StartObject(), *this; }
Json& Json::end_object() { return writer_->out.EndObject(), *this; }
Json& Json::begin_array() { return writer_->out.StartArray(), *this; }
Json& Json::end_array() { return writer_->out.EndArray(), *this; }
Json& Json::key(std::string_view name) {
  if (is_utf8(name)) return writer_->out.Key(name.data(), size_of(name)), *this;
  const std::string mended = well_formed(name);
  return writer_->out.Key(mended.data(), size_of(mended)), *this;
}
Json& Json::text(std::string_view value) {
  if (value.empty()) return writer_->out.String(""), *this;
  if (is_utf8(value)) return writer_->out.String(value.data(), size_of(value)), *this;
  const std::string mended = well_formed(value);
  return writer_->out.String(mended.data(), size_of(mended)), *this;
}
Json& Json::number(std::string_view digits) { return writer_->out.RawValue(digits.data(), digits.size(), rapidjson::kNumberType), *this; }
Json& Json::integer(std::int64_t value) { return writer_->out.Int64(value), *this; }
Json& Json::boolean(bool value) { return writer_->out.Bool(value), *this; }
Json& Json::null() { return writer_->out.Null(), *this; }

std::string Json::str() && {
  std::string text(writer_->buffer.GetString(), writer_->buffer.GetSize());
  text.push_back('\n');
  return text;
}

}  // namespace fairprice::publishing
