#pragma once

#include <string>

#include "engine/base/problem.hpp"
#include "engine/cases/case.hpp"
#include "engine/letters/template.hpp"

/// What the letter of a case says.
namespace fairprice::letters {

/// The names that a template may use, filled in. `today`: the day of the letter, "2023-12-01".
Fields fields_of(const cases::Case& one, const std::string& today, Language language);

/// Whether something is asked of the supplier: evidence or a reduction.
bool has_letter(const cases::Case& one);

/// A letter's text without the marks of headings.
std::string plain(std::string_view text);

/// The shipped template of the language.
std::string_view shipped_template(Language language);

}  // namespace fairprice::letters
