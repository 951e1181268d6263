#pragma once

#include <cstddef>
#include <string_view>

namespace fairprice::ingest {

inline constexpr std::size_t kFastModel = 60;  ///< bytes; longer models take the slow way
inline constexpr std::size_t kNotAscii = SIZE_MAX;

/// The fast twin of folded_model(): folds a model of printable ASCII and white space into `to`, which has room for 64 bytes of which all may
/// be written, and returns the length. kNotAscii: not mine (other characters, or too long). tests/engine/ingest/fold_model_test.cpp holds the two,
/// and the kinds of processor, against each other.
std::size_t fold_ascii_model(std::string_view model, char* to);

/// Writes a model of ASCII and of the commonest signs beyond it as ASCII of the same folded form: full-width letters, digits and signs, dashes,
/// the middle dot, wide and no-break spaces. `to` has room for 64 bytes. Returns the length; kNotAscii when there is anything else.
std::size_t as_ascii_model(std::string_view model, char* to);

/// fold_ascii_model one byte at a time, for processors without AVX-512 VBMI2.
std::size_t fold_ascii_model_plain(std::string_view model, char* to);

}  // namespace fairprice::ingest
