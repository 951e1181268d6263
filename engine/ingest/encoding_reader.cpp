#include "engine/ingest/encoding_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/ingest/encoding_decoder.hpp"

namespace fairprice::ingest {

namespace {

/// The first byte that is not ASCII; `size` when all are.
std::size_t find_high(const char* data, std::size_t size) {
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) {
    std::uint64_t all = 0;
    for (std::size_t j = 0; j < 64; j += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, data + i + j, sizeof word);
      all |= word;
    }
    if ((all & 0x8080808080808080) != 0) break;
  }
  while (i < size && static_cast<unsigned char>(data[i]) < 0x80) ++i;
  return i;
}

}  // namespace

class EncodingReader::Decoder {
 public:
  explicit Decoder(Encoding encoding) : decode_(make_decoder(encoding)) {}

  /// Takes what was read ahead of it: bytes of the file that have not been given out. `given` bytes of the file have been.
  void begin(std::string_view ahead, std::uint64_t given) {
    raw_.assign(ahead.begin(), ahead.end());
    have_ = raw_.size();
    if (raw_.size() < kRaw) raw_.resize(kRaw);
    text_ = std::make_unique_for_overwrite<char[]>(EncodingDecoder::room_for(raw_.size()));
    in_file_ = out_at_ = given;
  }

  std::size_t read(Unpacker& input, char* place, std::size_t room) {
    while (used_ == size_) {
      if (ended_ && have_ == 0) return 0;
      decode_more(input);
    }
    const std::size_t size = std::min(room, size_ - used_);
    std::memcpy(place, text_.get() + used_, size);
    used_ += size;
    return size;
  }

  /// Those of the bytes that have been given out.
  std::vector<BadBytes> take_bad_bytes() {
    std::vector<BadBytes> given;
    const auto end = std::find_if(bad_.begin(), bad_.end(), [&](const BadBytes& one) { return one.at >= out_at_ + used_; });
    given.assign(bad_.begin(), end);
    bad_.erase(bad_.begin(), end);
    return given;
  }

 private:
  static constexpr std::size_t kRaw = std::size_t{128} << 10;

  void decode_more(Unpacker& input) {
    while (!ended_ && have_ < raw_.size()) {
      const std::size_t got = input.read(raw_.data() + have_, raw_.size() - have_);
      ended_ |= got == 0;
      have_ += got;
    }
    out_at_ += size_;
    // Whole lines, as far as there are any: a line is looked at as one.
    const std::size_t lines = decode_->whole_lines({raw_.data(), have_}, ended_);
    const auto [taken, written] = decode_->decode({raw_.data(), lines}, ended_ && lines == have_, in_file_, out_at_, text_.get(), bad_);
    in_file_ += taken;
    size_ = written;
    used_ = 0;
    have_ -= taken;
    std::memmove(raw_.data(), raw_.data() + taken, have_);
  }

  std::unique_ptr<EncodingDecoder> decode_;
  std::vector<char> raw_;
  std::size_t have_ = 0;
  bool ended_ = false;
  std::unique_ptr<char[]> text_;  ///< decoded
  std::size_t size_ = 0;
  std::size_t used_ = 0;       ///< of it, given out
  std::uint64_t in_file_ = 0;  ///< where raw_ begins in the file
  std::uint64_t out_at_ = 0;   ///< where text_ begins in what is given out
  std::vector<BadBytes> bad_;
};

EncodingReader::EncodingReader(std::unique_ptr<Unpacker> input, std::optional<Encoding> forced) : input_(std::move(input)) {
  if (!forced) return;
  encoding_ = *forced;
  decided_ = true;
}

EncodingReader::~EncodingReader() = default;

std::vector<BadBytes> EncodingReader::take_bad_bytes() { return decoder_ ? decoder_->take_bad_bytes() : std::vector<BadBytes>(); }

/// Reads ahead until `size` bytes are there, or the file ends.
void EncodingReader::fill_pending(std::size_t size) {
  while (pending_.size() < size) {
    const std::size_t had = pending_.size();
    pending_.resize(size);
    const std::size_t got = input_->read(pending_.data() + had, size - had);
    pending_.resize(had + got);
    if (got == 0) return;
  }
}

void EncodingReader::decide(std::string_view window) {
  encoding_ = encoding_of_text(window);
  decided_ = true;
}

void EncodingReader::look_at_start() {
  started_ = true;
  fill_pending(kLookedAt);
  if (!decided_) {
    if (const auto known = encoding_of_start({pending_.data(), pending_.size()})) {
      encoding_ = *known;
      decided_ = true;
    }
  }
  if (!decided_) {
    const std::size_t high = find_high(pending_.data(), pending_.size());
    if (high < pending_.size()) {
      fill_pending(high + kLookedAt);
      decide({pending_.data() + high, std::min(kLookedAt, pending_.size() - high)});
    }
  }
  if (encoding_ == Encoding::utf8) return;
  decoder_ = std::make_unique<Decoder>(encoding_);
  decoder_->begin({pending_.data(), pending_.size()}, 0);
  pending_ = {};
}

std::size_t EncodingReader::serve_pending(char* place, std::size_t room) {
  const std::size_t size = std::min(room, pending_.size() - pending_used_);
  std::memcpy(place, pending_.data() + pending_used_, size);
  pending_used_ += size;
  if (pending_used_ == pending_.size()) {
    pending_ = {};
    pending_used_ = 0;
  }
  given_ += size;
  return size;
}

/// So far all was ASCII.
std::size_t EncodingReader::read_ascii(char* place, std::size_t room) {
  const std::size_t got = input_->read(place, room);
  const std::size_t high = find_high(place, got);
  given_ += high;
  if (high == got) return got;
  pending_.assign(place + high, place + got);
  fill_pending(kLookedAt);
  decide({pending_.data(), std::min(kLookedAt, pending_.size())});
  if (encoding_ != Encoding::utf8) {
    decoder_ = std::make_unique<Decoder>(encoding_);
    decoder_->begin({pending_.data(), pending_.size()}, given_);
    pending_ = {};
  }
  return high > 0 ? high : read(place, room);
}

std::size_t EncodingReader::read(char* place, std::size_t room) {
  if (!started_) look_at_start();
  if (decoder_) return decoder_->read(*input_, place, room);
  if (!pending_.empty()) return serve_pending(place, room);
  if (decided_) return input_->read(place, room);
  return read_ascii(place, room);
}

}  // namespace fairprice::ingest
