#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fairprice::publishing {

/// JSON with two spaces of indent and a line feed at the end. Amounts and ratios go in as the exact digits that CSV prints, never
/// through floating point.
class Json {
 public:
  Json();
  ~Json();
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;

  Json& begin_object();
  Json& end_object();
  Json& begin_array();
  Json& end_array();
  Json& key(std::string_view name);
  Json& text(std::string_view value);
  Json& number(std::string_view digits);  ///< "0.250000", "-3.50", "17"
  Json& integer(std::int64_t value);
  Json& boolean(bool value);
  Json& null();
  Json& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }
  Json& member(std::string_view name, std::string_view value) { return key(name).text(value); }

  std::string str() &&;

 private:
  struct Writer;
  std::unique_ptr<Writer> writer_;
};

}  // namespace fairprice::publishing
