#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/encoding.hpp"

namespace fairprice::ingest {

/// Bytes of a file that are no characters of its encoding.
struct BadBytes {
  std::uint64_t at;       ///< where they went, in what `read` gave
  std::uint64_t in_file;  ///< where they stand, in the unpacked file
};

/// The unpacked bytes of one file, in order, and the digest of the packed ones.
class Unpacker {
 public:
  virtual ~Unpacker() = default;
  /// Fills `place` with up to `room` bytes; 0 only at the end. Throws FatalError when the file cannot be read or is damaged.
  virtual std::size_t read(char* place, std::size_t room) = 0;
  virtual std::uint64_t packed_position() const = 0;  ///< bytes read from disk so far
  virtual std::uint64_t packed_size() const = 0;      ///< all of them, once read() has returned 0
  virtual std::uint64_t digest() = 0;                 ///< XXH3-64 of the bytes on disk, once read() has returned 0
  virtual bool as_on_disk() const { return false; }   ///< whether read() gives the bytes on disk, so that an offset is a place there
  virtual Encoding encoding() const { return Encoding::utf8; }  ///< of the unpacked bytes, as far as it is known yet
  /// What read() has given since the last call of this that is no text, in order.
  virtual std::vector<BadBytes> take_bad_bytes() { return {}; }
};

/// Opens a file by its name's ending: `.gz`, `.zst`, otherwise plain. `name` is what messages call it.
std::unique_ptr<Unpacker> open_unpacked(const std::string& path, const std::string& name);

/// Bytes [position, position + size) of a plain file into `place`; returns how many there were.
std::size_t read_stretch(const std::string& path, const std::string& name, std::uint64_t position, char* place, std::size_t size);

/// The delimiter of a file: tab for `.tsv`; otherwise whichever of comma, tab, semicolon stands most often in the heading line.
char sniff_delimiter(std::string_view heading, std::string_view name);

}  // namespace fairprice::ingest
