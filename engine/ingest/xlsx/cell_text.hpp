#pragma once

#include <string>
#include <string_view>

namespace fairprice::ingest::xlsx {

/// A cell's text as one CSV field on one line: `_x000D_` and its like become the characters they stand for (ECMA-376 part 1, 22.4.2.4),
/// control characters and line ends a space each (CR LF one), quotes where they are needed. A text of white space alone gives nothing.
/// Returns whether line ends were replaced.
bool append_text(std::string_view text, std::string& out);

}  // namespace fairprice::ingest::xlsx
