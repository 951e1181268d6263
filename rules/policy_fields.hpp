#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/json_tree.hpp"
#include "rules/policy.hpp"

namespace fairprice::rules {

/// The mistakes of a policy file, all of them: JSON Pointer, value, what is expected, in both languages.
class PolicyErrors {
 public:
  void add(const std::string& pointer, const Json& value, std::string_view zh, std::string_view en);
  /// About a place that has no value to show.
  void add(const std::string& pointer, std::string_view zh, std::string_view en);
  /// Those of a policy with an override merged in, but for those that the policy itself has too. `place` is the override's.
  void add_override(const std::string& place, const PolicyErrors& of_merged, const PolicyErrors& of_base);
  std::size_t count() const { return zh_.size(); }
  /// Throws FatalError when there are any.
  void fail(std::string_view where) const;

 private:
  std::vector<std::string> zh_, en_;
};

/// The key as a token of a JSON Pointer (RFC 6901), fit for a message.
std::string pointer_token(std::string_view key);

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
  void word(std::string_view key, const std::vector<std::string_view>& words, const std::function<void(std::size_t)>& set,
            bool required = false);
  /// An object below this one, when there is one.
  void object(std::string_view key, const std::function<void(Fields&)>& read);
  /// The items of an array.
  void array(std::string_view key, const std::function<void(const Json&, const std::string& pointer)>& read, bool required = false);
  /// A key that is known but does not apply here: an error when it is there, so that no setting is without effect in silence.
  void refuse(std::string_view key, std::string_view zh, std::string_view en);
  /// To be called last: every key that nobody took is an error, with the nearest known one.
  void finish();

  std::string at(std::string_view key) const { return pointer_ + "/" + pointer_token(key); }
  const Json* find(std::string_view key) const { return object_.find(key); }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  PolicyErrors& errors() { return errors_; }
  bool is_object() const { return object_.type == Json::Type::object; }

 private:
  const Json& object_;
  std::string pointer_;
  PolicyErrors& errors_;
  std::vector<std::string> known_;
};

}  // namespace fairprice::rules
