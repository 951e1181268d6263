#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/json_tree.hpp"
#include "rules/policy.hpp"

namespace fairprice::rules {

/// The mistakes of a policy file, all of them: JSON Pointer, value, what is expected, in both languages.
struct PolicyErrors {
  std::vector<std::string> zh, en;
  void add(const std::string& pointer, const Json& value, std::string_view problem_zh, std::string_view problem_en);
};

/// One object of a policy file: reads its keys, each once, and says which are unknown.
class Fields {
 public:
  Fields(const Json& object, std::string pointer, PolicyErrors& errors);

  const Json* take(std::string_view key, bool required = false);
  void text(std::string_view key, std::string& value, bool required = false);
  void boolean(std::string_view key, bool& value);
  void integer(std::string_view key, int& value, int least, int most);
  /// A ratio with at most 4 decimals, in [least, most], most below 10^4.
  void ratio(std::string_view key, Ratio& value, std::string_view least, std::string_view most);
  /// One of some words, hyphen and underscore being the same; its position is handed to `set`.
  void word(std::string_view key, const std::vector<std::string_view>& words, const std::function<void(std::size_t)>& set, bool required = false);
  /// An object below this one, when there is one.
  void object(std::string_view key, const std::function<void(Fields&)>& read);
  /// The items of an array.
  void array(std::string_view key, const std::function<void(const Json&, const std::string& pointer)>& read, bool required = false);
  /// To be called last: every key that nobody took is an error, with the nearest known one.
  void finish();

  std::string at(std::string_view key) const { return pointer_ + "/" + std::string(key); }
  PolicyErrors& errors() { return errors_; }
  bool is_object() const { return object_.type == Json::Type::object; }

 private:
  const Json& object_;
  std::string pointer_;
  PolicyErrors& errors_;
  std::vector<std::string> known_;
};

}  // namespace fairprice::rules
