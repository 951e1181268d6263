// Any bytes through EncodingReader, recognised or forced: it must not crash, must give the same in pieces as at once, and what is not told as
// bad bytes must be UTF-8. The first byte chooses the encoding and the size of the pieces.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "engine/base/text.hpp"
#include "engine/ingest/encoding_reader.hpp"

namespace {

using fairprice::ingest::BadBytes;
using fairprice::ingest::Encoding;
using fairprice::ingest::EncodingReader;
using fairprice::ingest::Unpacker;

class Bytes final : public Unpacker {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(char* place, std::size_t room) override {
    const std::size_t size = std::min(room, bytes_.size() - at_);
    std::memcpy(place, bytes_.data() + at_, size);
    at_ += size;
    return size;
  }
  std::uint64_t packed_position() const override { return at_; }
  std::uint64_t packed_size() const override { return at_; }
  std::uint64_t digest() override { return 0; }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

struct Read {
  std::string text;
  std::size_t bad = 0;
  Encoding encoding = Encoding::utf8;
};

Read read_all(const std::string& bytes, std::optional<Encoding> forced, std::size_t piece) {
  EncodingReader reader(std::make_unique<Bytes>(bytes), forced);
  Read all;
  std::string place(piece, '\0');
  while (const std::size_t got = reader.read(place.data(), piece)) {
    all.text.append(place, 0, got);
    for (const BadBytes& one : reader.take_bad_bytes()) {
      if (one.at >= all.text.size() || one.in_file >= bytes.size()) std::abort();
      ++all.bad;
    }
  }
  all.encoding = reader.encoding();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::optional<Encoding> forced;
  if (data[0] % 6 < 5) forced = static_cast<Encoding>(data[0] % 6);
  const Read whole = read_all(bytes, forced, std::size_t{1} << 18);
  const Read pieces = read_all(bytes, forced, 1 + data[0] / 6);
  if (whole.text != pieces.text || whole.bad != pieces.bad || whole.encoding != pieces.encoding) std::abort();
  if (whole.encoding == Encoding::utf8 && whole.text != bytes) std::abort();
  if (whole.encoding != Encoding::utf8 && whole.bad == 0 && !fairprice::is_utf8(whole.text)) std::abort();
  return 0;
}
