#pragma once

#include <string>
#include <string_view>

namespace fairprice {

/// Without white space (Unicode White_Space) at both ends.
std::string_view trimmed(std::string_view text);
/// Without white space in front.
std::string_view trimmed_front(std::string_view text);

/// Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

/// Canonical text: Unicode NFKC, then upper case (full mapping, no locale), then trimmed. The form in which brands, units,
/// shops and categories are looked up. `text` must be UTF-8.
std::string canonical_text(std::string_view text);

/// Whether the text is made of ASCII and of ideographs U+4E00..U+9FFF alone, so that its canonical text is itself, a-z made A-Z, trimmed.
bool is_ascii_or_ideographs(std::string_view text);

/// NFKC and trimmed, case kept: how a category without an alias is printed.
std::string compatible_text(std::string_view text);

/// A model in its folded form: canonical text without white space, dashes (general category Pd, U+2212), `_`, `/`, `\`, U+00B7,
/// and without dots that do not stand between two digits.
std::string folded_model(std::string_view text);

/// The same, but each run of what `folded_model` drops is written as one `-`: what tells two models apart whose folded forms are one.
std::string kept_model(std::string_view text);

/// The first `width` characters, then "…" when there was more; control characters escaped as \n, \t, \x01. For messages.
std::string quoted_for_message(std::string_view text, std::size_t width = 60);

/// Edit distance (insert, delete, replace) on bytes, for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace fairprice
