#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/ingest/encoding.hpp"
#include "engine/ingest/unpack.hpp"

namespace fairprice::ingest {

/// The bytes of a text file as UTF-8, whatever they were. UTF-8 and ASCII pass through untouched, byte order mark included, and are not
/// copied once the encoding is known; from anything else the mark is gone and offsets are those of the UTF-8.
///
/// The encoding is `forced`, or found by what stands there: a mark or zero bytes at the beginning; else the kLookedAt bytes from the first
/// one that is not ASCII, wherever in the file that is. Until then ASCII goes through, which all but UTF-16 write alike; so the answer
/// depends on the file alone. What is no character of the encoding goes through as it is, which is not UTF-8, and is told as bad bytes.
/// A line of UTF-8 in a GB18030 or Big5 file would read as nonsense without being wrong: it goes through as it is and is told too.
class EncodingReader final : public Unpacker {
 public:
  EncodingReader(std::unique_ptr<Unpacker> input, std::optional<Encoding> forced);
  ~EncodingReader() override;

  std::size_t read(char* place, std::size_t room) override;
  std::uint64_t packed_position() const override { return input_->packed_position(); }
  std::uint64_t packed_size() const override { return input_->packed_size(); }
  std::uint64_t digest() override { return input_->digest(); }
  Encoding encoding() const override { return encoding_; }
  bool as_on_disk() const override { return encoding_ == Encoding::utf8 && input_->as_on_disk(); }
  std::vector<BadBytes> take_bad_bytes() override;

  class Decoder;

 private:
  void look_at_start();
  void decide(std::string_view window);
  void fill_pending(std::size_t size);
  std::size_t serve_pending(char* place, std::size_t room);
  std::size_t read_ascii(char* place, std::size_t room);

  std::unique_ptr<Unpacker> input_;
  Encoding encoding_ = Encoding::utf8;
  bool started_ = false;
  bool decided_ = false;
  std::vector<char> pending_;  ///< read ahead, not given out yet from pending_used_ on
  std::size_t pending_used_ = 0;
  std::uint64_t given_ = 0;           ///< bytes given out, while all was ASCII
  std::unique_ptr<Decoder> decoder_;  ///< of what is not UTF-8
};

}  // namespace fairprice::ingest
