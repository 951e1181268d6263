#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// JSON with one spelling for each value, so that its SHA-256 can be taken by anyone: RFC 8785 (JSON Canonicalization Scheme) without fractions, that is UTF-8, no
/// space, members sorted by name, `"` and `\` and control characters alone escaped, numbers whole and within 2^53.
namespace fairprice::ledger {

/// A string with its quotes.
std::string json_text(std::string_view text);
/// `["a","b"]` of values that are canonical already.
std::string canonical_array(const std::vector<std::string>& values);

/// An object, member by member, in any order.
class CanonicalObject {
 public:
  CanonicalObject& text(std::string_view name, std::string_view value);
  CanonicalObject& integer(std::string_view name, std::int64_t value);
  CanonicalObject& boolean(std::string_view name, bool value);
  /// `value` is canonical already.
  CanonicalObject& raw(std::string_view name, std::string value);
  CanonicalObject& texts(std::string_view name, const std::vector<std::string>& values);
  std::string str() const;

 private:
  std::map<std::string, std::string, std::less<>> members_;
};

/// The canonical spelling of any JSON text; nothing when it is none, a name stands twice, or a number is not whole.
std::optional<std::string> canonicalised(std::string_view json);

}  // namespace fairprice::ledger
