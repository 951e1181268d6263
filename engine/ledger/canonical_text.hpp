#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Canonical JSON (canonical.hpp) read as it stands, without making a tree of it: what millions of events are checked and laid over one another with.
/// Tests hold it against the library's tree.
namespace fairprice::ledger {

struct TextMember {
  std::string_view name;   ///< between its quotes, as spelt
  std::string_view value;  ///< as spelt
};

/// Whether `json` is the canonical spelling of a value that nests at most 100 deep.
bool is_canonical(std::string_view json);
/// Whether `json` is a canonical object; fills in its members, in order, and into `inner` those of its member `name` when that is an object.
bool scan_members(std::string_view json, std::vector<TextMember>& members, std::string_view name = {},
                  std::vector<TextMember>* inner = nullptr);
/// A string's text from its spelling between the quotes.
std::string unescaped(std::string_view spelt);
void assign_unescaped(std::string& to, std::string_view spelt);

/// The members of an object that is known to be canonical, one after another.
class MemberReader {
 public:
  explicit MemberReader(std::string_view object) : rest_(object.substr(1)) {}
  /// False behind the last one.
  bool next(TextMember& member);

 private:
  std::string_view rest_;
};
/// The member's value in an object that is known to be canonical; empty when it is not there.
std::string_view member_of(std::string_view object, std::string_view spelt_name);
/// The same of a string: its text.
std::string text_of(std::string_view object, std::string_view spelt_name);

/// `patch` laid over `body` (RFC 7386), appended to `to`. Both are known to be canonical objects.
void append_patched(std::string& to, std::string_view body, std::string_view patch);
/// The smallest patch that leads from one canonical object to another.
std::string text_patch_between(std::string_view before, std::string_view after);

}  // namespace fairprice::ledger
