#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/encoding.hpp"

namespace fairprice::ingest {

/// The two-byte codes of GB18030 or Big5 as UTF-8, looked up by lead and trail. Made once from ICU's converter (names "gb18030" and
/// "Big5-HKSCS"), which also answers for what does not fit in: codes of four bytes, characters beyond U+FFFF, two characters for one code.
class EncodingTable {
 public:
  /// GB18030 or Big5. The tables live as long as the program.
  static const EncodingTable& of(Encoding encoding);

  /// Up to three bytes of UTF-8, the first lowest, and their number in the top byte; 0 where the code is not of two bytes, is none, or
  /// does not fit. `lead` from 80 to FF, `trail` any byte.
  std::uint32_t at(unsigned char lead, unsigned char trail) const { return entries_[static_cast<std::size_t>(lead - 0x80) * 256 + trail]; }

 private:
  explicit EncodingTable(Encoding encoding);
  std::vector<std::uint32_t> entries_;
};

/// What does not fit in the table, through ICU. Not for several threads at once.
class RareCharacters {
 public:
  explicit RareCharacters(Encoding encoding);
  ~RareCharacters();
  RareCharacters(const RareCharacters&) = delete;
  RareCharacters& operator=(const RareCharacters&) = delete;

  /// The UTF-8 of the character that `text` begins with, and how many bytes of `text` it takes; 0 bytes where there is none. `text` has
  /// all bytes of the character if there are so many.
  struct Character {
    std::size_t bytes = 0;
    std::string utf8;
  };
  Character first_of(std::string_view text);

 private:
  class Converter;
  friend class EncodingTable;
  Encoding encoding_;
  std::unique_ptr<Converter> converter_;
};

}  // namespace fairprice::ingest
