#include "engine/ingest/encoding_decoder.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <algorithm>
#include <cstring>

#include "engine/ingest/encoding_table.hpp"

namespace fairprice::ingest {

namespace {

/// Copies ASCII from `from` to `to` and returns how much there was; writes up to 16 bytes beyond, reads none beyond `size`.
std::size_t copy_ascii(const char* from, std::size_t size, char* to) {
  std::size_t i = 0;
#if defined(__x86_64__)
  for (; i + 16 <= size; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), bytes);
    const auto high = static_cast<unsigned>(_mm_movemask_epi8(bytes));
    if (high != 0) return i + static_cast<std::size_t>(__builtin_ctz(high));
  }
#endif
  for (; i < size && static_cast<unsigned char>(from[i]) < 0x80; ++i) to[i] = from[i];
  return i;
}

/// GB18030 and Big5. Line ends, delimiters and quotes are never part of a character in either: all trail bytes are digits (the second and
/// fourth of GB18030's four), letters and signs from 40 on, or beyond ASCII.
class DoubleByteDecoder final : public EncodingDecoder {
 public:
  explicit DoubleByteDecoder(Encoding encoding) : table_(EncodingTable::of(encoding)), rare_(encoding) {}

  std::size_t whole_lines(std::string_view raw, bool last) const override {
    if (last) return raw.size();
    const std::size_t feed = raw.rfind('\n');
    return feed == std::string_view::npos ? raw.size() : feed + 1;
  }

  // A byte becomes at most two (four for two in the Hong Kong supplement), and up to 16 are written beyond the end.
  Done decode(std::string_view raw, bool last, std::uint64_t in_file, std::uint64_t out_at, char* const begin,
              std::vector<BadBytes>& bad) override {
    char* to = begin;
    const auto note_bad = [&](const char* at) {
      bad.push_back({out_at + static_cast<std::uint64_t>(to - begin), in_file + static_cast<std::uint64_t>(at - raw.data())});
    };
    const char* p = raw.data();
    const char* const end = p + raw.size();
    bool cut = false;
    while (p != end && !cut) {
      const void* feed = std::memchr(p, '\n', static_cast<std::size_t>(end - p));
      const char* const line_end = feed == nullptr ? end : static_cast<const char*>(feed) + 1;
      std::size_t ascii = copy_ascii(p, static_cast<std::size_t>(line_end - p), to);
      p += ascii;
      to += ascii;
      if (p == line_end) continue;
      if (const std::string_view rest(p, static_cast<std::size_t>(line_end - p)); is_stray_utf8(rest)) {
        note_bad(p);
        to = std::copy(rest.begin(), rest.end(), to);
        p = line_end;
        continue;
      }
      while (p != line_end) {
        const auto lead = static_cast<unsigned char>(*p);
        if (lead < 0x80) {
          ascii = copy_ascii(p, static_cast<std::size_t>(line_end - p), to);
          p += ascii;
          to += ascii;
          continue;
        }
        if (line_end - p >= 2) {
          if (const std::uint32_t entry = table_.at(lead, static_cast<unsigned char>(p[1])); entry != 0) [[likely]] {
            std::memcpy(to, &entry, sizeof entry);
            to += entry >> 24;
            p += 2;
            continue;
          }
        }
        const std::string_view rest(p, static_cast<std::size_t>(line_end - p));
        if (line_end == end && !last && rest.size() < 4) {  // perhaps the beginning of a character
          cut = true;
          break;
        }
        const RareCharacters::Character one = rare_.first_of(rest.substr(0, 4));
        if (one.bytes == 0) {
          note_bad(p);
          *to++ = *p++;
          continue;
        }
        to = std::copy(one.utf8.begin(), one.utf8.end(), to);
        p += one.bytes;
      }
    }
    return {static_cast<std::size_t>(p - raw.data()), static_cast<std::size_t>(to - begin)};
  }

 private:
  const EncodingTable& table_;
  RareCharacters rare_;
};

/// UTF-16. A byte order mark at the beginning is left out.
class Utf16Decoder final : public EncodingDecoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}

  std::size_t whole_lines(std::string_view raw, bool /*last*/) const override { return raw.size(); }

  // Two bytes become three at most, an odd one one.
  Done decode(std::string_view raw, bool last, std::uint64_t in_file, std::uint64_t out_at, char* const begin,
              std::vector<BadBytes>& bad) override {
    char* to = begin;
    const auto note_bad = [&](std::size_t at) {
      bad.push_back({out_at + static_cast<std::uint64_t>(to - begin), in_file + static_cast<std::uint64_t>(at)});
    };
    std::size_t i = in_file == 0 && raw.size() >= 2 && unit(raw, 0) == 0xFEFF ? 2 : 0;
    while (i + 2 <= raw.size()) {
      const std::uint32_t first = unit(raw, i);
      if (first < 0x80) {
        *to++ = static_cast<char>(first);
        i += 2;
        continue;
      }
      if (first < 0x800) {
        *to++ = static_cast<char>(0xC0 | first >> 6);
        *to++ = static_cast<char>(0x80 | (first & 0x3F));
        i += 2;
        continue;
      }
      if ((first & 0xFC00) == 0xD800) {
        if (i + 4 > raw.size() && !last) break;
        const std::uint32_t second = i + 4 > raw.size() ? 0 : unit(raw, i + 2);
        if ((second & 0xFC00) == 0xDC00) {
          const std::uint32_t point = 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF);
          *to++ = static_cast<char>(0xF0 | point >> 18);
          *to++ = static_cast<char>(0x80 | (point >> 12 & 0x3F));
          *to++ = static_cast<char>(0x80 | (point >> 6 & 0x3F));
          *to++ = static_cast<char>(0x80 | (point & 0x3F));
          i += 4;
          continue;
        }
      }
      if ((first & 0xF800) == 0xD800) note_bad(i);  // half of a character alone; written so, it is no UTF-8
      *to++ = static_cast<char>(0xE0 | first >> 12);
      *to++ = static_cast<char>(0x80 | (first >> 6 & 0x3F));
      *to++ = static_cast<char>(0x80 | (first & 0x3F));
      i += 2;
    }
    if (last && i < raw.size()) {
      note_bad(i);
      *to++ = static_cast<char>(0xFF);
      i = raw.size();
    }
    return {i, static_cast<std::size_t>(to - begin)};
  }

 private:
  std::uint32_t unit(std::string_view raw, std::size_t at) const {
    const auto first = static_cast<unsigned char>(raw[at]);
    const auto second = static_cast<unsigned char>(raw[at + 1]);
    return big_endian_ ? static_cast<std::uint32_t>(first << 8 | second) : static_cast<std::uint32_t>(second << 8 | first);
  }
  bool big_endian_;
};

}  // namespace

std::unique_ptr<EncodingDecoder> make_decoder(Encoding encoding) {
  if (encoding == Encoding::utf16le || encoding == Encoding::utf16be) return std::make_unique<Utf16Decoder>(encoding == Encoding::utf16be);
  return std::make_unique<DoubleByteDecoder>(encoding);
}

}  // namespace fairprice::ingest
