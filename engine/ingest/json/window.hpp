#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/unpack.hpp"

namespace fairprice::ingest::json {

/// A stretch of a file's bytes that can be written to, and moves on. Followed by kPadding bytes that may be read.
class Window {
 public:
  static constexpr std::size_t kPadding = 128;

  /// `head`: bytes that have been read from `input` already.
  Window(Unpacker& input, std::string_view head);

  char* data() { return buffer_.get() + begin_; }
  std::size_t size() const { return end_ - begin_; }
  /// Reads on. False at the end of the file, or when there are more than kLargestRecord bytes. data() may change.
  bool more();
  bool full() const;
  /// Leaves out the first bytes.
  void drop(std::size_t bytes);

  /// Whether a stretch has bytes that are no characters in the encoding of the file; `in_file` says where the first are.
  bool is_bad(const char* begin, const char* end, std::uint64_t& in_file) const {
    return !bad_.empty() && look_for_bad(begin, end, in_file);
  }

 private:
  bool look_for_bad(const char* begin, const char* end, std::uint64_t& in_file) const;
  void take_bad_bytes();

  Unpacker& input_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;  ///< of the first byte of the buffer in what `input` gave
  std::vector<BadBytes> bad_;
};

}  // namespace fairprice::ingest::json
