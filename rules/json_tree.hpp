#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairprice::rules {

/// A JSON value as it stands in the file: numbers keep their text, so that 0.20 never becomes a double; members keep their order.
struct Json {
  // Written out below the struct: a pair of it is incomplete inside it.
  Json();
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();

  enum class Type { null, boolean, number, text, array, object };
  Type type = Type::null;
  bool truth = false;
  std::string text;  ///< of a number or a string
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

  const Json* find(std::string_view key) const;
};
inline Json::Json() = default;
inline Json::Json(const Json&) = default;
inline Json::Json(Json&&) noexcept = default;
inline Json& Json::operator=(const Json&) = default;
inline Json& Json::operator=(Json&&) noexcept = default;
inline Json::~Json() = default;

/// Reads one JSON document. Throws FatalError naming `where`, line and what is wrong: syntax, a key that stands twice, nesting
/// deeper than 32, more than 1000 keys in an object.
Json read_json(std::string_view text, std::string_view where);

/// `over` merged into `base`: objects member by member, everything else replaced.
Json merged(const Json& base, const Json& over);

/// For messages: the value in short, a text in quotes.
std::string shown(const Json& value);

}  // namespace fairprice::rules
