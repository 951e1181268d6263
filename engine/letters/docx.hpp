#pragma once

#include <string>
#include <string_view>

#include "engine/letters/template.hpp"

/// Word documents (Office Open XML, ECMA-376): as little as a letter needs.
namespace fairprice::letters {

/// A document of the lines of a letter: `# ` begins a title, `## ` a heading, `- ` a point of a list, an empty line parts paragraphs. The same text gives the same bytes.
std::string docx_of(std::string_view text);

/// A document with `{{name}}` in its text filled in. Throws FatalError naming `where`: no document, or a name as filled_in() says; a name must stand in one piece
/// (Word keeps it so when it was typed at one go). Sections may repeat whole paragraphs or table rows.
std::string filled_docx(std::string_view document, const Fields& fields, std::string_view where);

}  // namespace fairprice::letters
