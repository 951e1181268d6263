#pragma once

#include <cmath>
#include <cstdlib>
#include <optional>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include "rules/json_tree.hpp"

namespace fairprice::testing_support {

/// A validator for the part of JSON Schema draft-07 that our schemas use, written from the specification; what it does not know is an
/// exception, so that no rule of a schema is passed over. Numbers are doubles, as they are for every editor's validator.
class SmallSchema {
 public:
  using Json = rules::Json;
  explicit SmallSchema(const Json& root) : root_(root) {}

  /// Where `value` breaks the schema: a JSON Pointer and the keyword; nothing when it is valid.
  std::optional<std::string> fault(const Json& value) const { return fault(root_, value, ""); }

 private:
  using Fault = std::optional<std::string>;

  Fault fault(const Json& schema, const Json& value, const std::string& place) const {
    if (schema.type == Json::Type::boolean) return schema.truth ? Fault() : place + ": false";
    if (const Json* reference = schema.find("$ref")) return fault(resolved(reference->text), value, place);
    for (const auto& [keyword, rule] : schema.members)
      if (!holds(keyword, rule, schema, value, place)) return inner_.empty() ? place + ": " + keyword : std::exchange(inner_, {});
    return {};
  }
  const Json& resolved(const std::string& reference) const {
    constexpr std::string_view kStart = "#/definitions/";
    if (!reference.starts_with(kStart)) throw std::runtime_error("unknown reference " + reference);
    const Json* found = root_.find("definitions")->find(reference.substr(kStart.size()));
    if (found == nullptr) throw std::runtime_error("unknown reference " + reference);
    return *found;
  }
  bool valid(const Json& schema, const Json& value, const std::string& place) const {
    const Fault found = fault(schema, value, place);
    if (found) inner_ = *found;
    return !found;
  }
  bool valid_quietly(const Json& schema, const Json& value, const std::string& place) const { return !fault(schema, value, place); }

  bool holds(const std::string& keyword, const Json& rule, const Json& schema, const Json& value, const std::string& place) const {
    static const std::set<std::string> kOfNoEffect = {"$schema", "title", "description", "definitions", "then", "else"};
    if (kOfNoEffect.contains(keyword)) return true;
    const bool object = value.type == Json::Type::object;
    const bool array = value.type == Json::Type::array;
    const bool number = value.type == Json::Type::number;
    const bool text = value.type == Json::Type::text;
    if (keyword == "type") return is_type(rule.text, value);
    if (keyword == "enum") {
      for (const Json& one : rule.items)
        if (one.type == value.type && one.text == value.text) return true;
      return false;
    }
    if (keyword == "pattern") return !text || std::regex_search(value.text, std::regex(rule.text));
    if (keyword == "minLength") return !text || value.text.size() >= size_of(rule);
    if (keyword == "minimum") return !number || of(value) >= of(rule);
    if (keyword == "maximum") return !number || of(value) <= of(rule);
    if (keyword == "minItems") return !array || value.items.size() >= size_of(rule);
    if (keyword == "maxItems") return !array || value.items.size() <= size_of(rule);
    if (keyword == "uniqueItems") {
      std::set<std::string> seen;
      for (const Json& item : value.items)
        if (!seen.insert(item.text).second) return false;
      return true;
    }
    if (keyword == "items") {
      for (std::size_t i = 0; array && i < value.items.size(); ++i) {
        if (rule.type == Json::Type::array && i >= rule.items.size()) break;
        if (!valid(rule.type == Json::Type::array ? rule.items[i] : rule, value.items[i], place + "/" + std::to_string(i))) return false;
      }
      return true;
    }
    if (keyword == "required") {
      for (const Json& key : rule.items)
        if (object && value.find(key.text) == nullptr) return false;
      return true;
    }
    if (keyword == "properties") {
      for (const auto& [key, inner] : rule.members)
        if (const Json* member = value.find(key); object && member != nullptr && !valid(inner, *member, place + "/" + key)) return false;
      return true;
    }
    if (keyword == "additionalProperties") {
      if (rule.type != Json::Type::boolean || rule.truth) throw std::runtime_error("additionalProperties other than false");
      for (const auto& [key, member] : value.members)
        if (schema.find("properties")->find(key) == nullptr) return false;
      return true;
    }
    if (keyword == "not") return !valid_quietly(rule, value, place);
    if (keyword == "if") {
      const Json* next = schema.find(valid_quietly(rule, value, place) ? "then" : "else");
      return next == nullptr || valid(*next, value, place);
    }
    if (keyword == "allOf" || keyword == "anyOf" || keyword == "oneOf") {
      std::size_t count = 0;
      for (const Json& one : rule.items) count += valid_quietly(one, value, place);
      return keyword == "allOf" ? count == rule.items.size() : keyword == "anyOf" ? count > 0 : count == 1;
    }
    throw std::runtime_error("unknown keyword " + keyword);
  }
  static bool is_type(std::string_view name, const Json& value) {
    if (name == "object") return value.type == Json::Type::object;
    if (name == "array") return value.type == Json::Type::array;
    if (name == "string") return value.type == Json::Type::text;
    if (name == "boolean") return value.type == Json::Type::boolean;
    if (name == "number") return value.type == Json::Type::number;
    if (name == "integer") return value.type == Json::Type::number && std::floor(of(value)) == of(value);
    throw std::runtime_error("unknown type");
  }
  static double of(const Json& number) { return std::strtod(number.text.c_str(), nullptr); }
  static std::size_t size_of(const Json& number) { return std::strtoul(number.text.c_str(), nullptr, 10); }

  const Json& root_;
  mutable std::string inner_;  ///< the fault below, which says more than the keyword that led to it
};

}  // namespace fairprice::testing_support
