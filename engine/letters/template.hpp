#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Templates of letters: text with `{{name}}` and sections `{{#name}} … {{/name}}` that stand once for each row of a list, or once or not at all.
namespace fairprice::letters {

using Row = std::map<std::string, std::string, std::less<>>;

struct Fields {
  Row texts;
  std::map<std::string, std::vector<Row>, std::less<>> sections;  ///< a section that stands once: one empty row
};

/// Fills in a template. A line that holds nothing but the beginning or end of a section leaves no line. A text never becomes a name: what is filled in is not looked at again.
/// Throws FatalError naming `where`, the line and the nearest known name: a name that there is none of, a section that is not closed.
std::string filled_in(std::string_view text, const Fields& fields, std::string_view where);

}  // namespace fairprice::letters
