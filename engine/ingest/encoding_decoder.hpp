#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/ingest/encoding.hpp"
#include "engine/ingest/unpack.hpp"

namespace fairprice::ingest {

/// Turns stretches of a file into UTF-8, one behind another.
class EncodingDecoder {
 public:
  virtual ~EncodingDecoder() = default;

  /// How much of `raw` to decode at once: up to its last line end, or all of it when there is none or `last`.
  virtual std::size_t whole_lines(std::string_view raw, bool last) const = 0;

  /// Room that `decode` wants for so many bytes.
  static constexpr std::size_t room_for(std::size_t raw) { return 2 * raw + 16; }

  struct Done {
    std::size_t taken;    ///< of `raw`: all but a character that is cut at its end; all when `last`
    std::size_t written;  ///< to `to`
  };
  /// Decodes `raw` to `to`, where there is room_for() it. Bytes that are no character go through as they are, with an entry in `bad`.
  /// `in_file`: where `raw` begins in the file, `out_at`: where `to` begins in all that is given out.
  virtual Done decode(std::string_view raw, bool last, std::uint64_t in_file, std::uint64_t out_at, char* to,
                      std::vector<BadBytes>& bad) = 0;
};

/// For any encoding but UTF-8.
std::unique_ptr<EncodingDecoder> make_decoder(Encoding encoding);

}  // namespace fairprice::ingest
