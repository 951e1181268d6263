#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ledger/canonical_text.hpp"

/// Reading the JSON of events and of what is made of them.
namespace fairprice::ledger {

class JsonObject {
 public:
  /// Nothing when `text` is no JSON object.
  static std::optional<JsonObject> parse(std::string_view text);

  bool has(std::string_view name) const;
  /// The member's text, number, truth; what stands behind it when there is none of that kind.
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
  std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const;
  bool boolean(std::string_view name, bool otherwise = false) const;
  /// The member's own text, canonical; `{}` when it is not there.
  std::string raw(std::string_view name) const;
  /// Members of a member that are objects themselves, by name in order.
  std::vector<std::pair<std::string, JsonObject>> objects(std::string_view name) const;
  std::vector<std::string> names(std::string_view name) const;

 private:
  struct Parsed;
  std::shared_ptr<const Parsed> parsed_;
  std::vector<TextMember> members_;  // of the text in `parsed_`
  std::string_view find(std::string_view name) const;
};

/// RFC 7386: `patch` laid over `body`: its members replace those of the same name, objects member by member, null removes. Both canonical objects; so is the result.
std::string patched(std::string_view body, std::string_view patch);
/// The smallest patch that leads from one canonical object to another.
std::string patch_between(std::string_view before, std::string_view after);

}  // namespace fairprice::ledger
