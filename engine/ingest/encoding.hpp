#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairprice::ingest {

/// How the characters of a file are written as bytes. GB18030 includes GBK and GB2312; Big5 includes the Hong Kong supplement (HKSCS).
enum class Encoding : std::uint8_t { utf8, gb18030, big5, utf16le, utf16be };

/// "UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE": how it is reported.
std::string_view encoding_name(Encoding encoding);

/// The encoding of that name, in any case and with or without separators; GBK, GB2312, CP936, CP950 and Big5-HKSCS are known too, and
/// `utf-16` is little-endian, as Windows writes it. Nothing for another name.
std::optional<Encoding> find_encoding(std::string_view name);

/// The names to choose from, for messages and help: "utf-8, gb18030 (gbk), ...".
std::string known_encodings();

/// How many bytes are looked at, from the first one that is not ASCII, to tell the encodings apart that write ASCII as it is.
inline constexpr std::size_t kLookedAt = std::size_t{64} << 10;

/// What the very beginning of a file says: a byte order mark, or every second byte zero as UTF-16 without a mark has it. Nothing when it
/// says nothing; a mark of UTF-8 is one. `start`: the first kLookedAt bytes, or all there are.
std::optional<Encoding> encoding_of_start(std::string_view start);

/// UTF-8, GB18030 or Big5, of bytes of which the first is not ASCII. UTF-8 when at least half of the lines that are not ASCII are well-formed
/// UTF-8, which text in another encoding is by accident alone; else GB18030 or Big5, whichever makes more of the bytes its common
/// characters; UTF-8 again when neither makes half of them so: then nothing is known, and the rows are rejected rather than guessed at.
Encoding encoding_of_text(std::string_view window);

/// Whether a line that stands in a file of another encoding is UTF-8 all the same: all of its characters beyond ASCII are well-formed, and
/// two of them or more are of three bytes, as Chinese ones are.
bool is_stray_utf8(std::string_view line);

/// Where `text` stops being well-formed UTF-8: the place of the first bad byte; npos for good text.
std::size_t find_bad_utf8(std::string_view text);

}  // namespace fairprice::ingest
