#include "engine/ingest/scan_csv.hpp"

#include <algorithm>
#include <cstring>

#include "engine/base/text.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fairprice::ingest {

namespace {

/// Notes the places of delimiter, line feed and quote in ascending order; returns how many, and whether there is a quote.
/// `marks` has room for `size` + 64 entries. Reads up to 63 bytes beyond `size`, notes none there.
using Marker = std::size_t (*)(const char* data, std::size_t size, char delimiter, std::uint32_t* marks, bool* quotes);

inline std::uint32_t* note_bits(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
  const int count = __builtin_popcountll(bits);
  std::uint32_t* const end = out + count;
  do {  // in groups of eight: a mispredicted loop end costs more than a few idle stores
    for (int i = 0; i < 8; ++i) {
      out[i] = base + static_cast<std::uint32_t>(__builtin_ctzll(bits | (std::uint64_t{1} << 63)));
      bits &= bits - 1;
    }
    out += 8;
  } while (out < end);
  return end;
}

std::size_t mark_plain(const char* data, std::size_t size, char delimiter, std::uint32_t* marks, bool* quotes) {
  std::uint32_t* out = marks;
  bool any = false;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = data[i];
    if (c == delimiter || c == '\n' || c == '"') *out++ = static_cast<std::uint32_t>(i);
    any |= c == '"';
  }
  *quotes = any;
  return static_cast<std::size_t>(out - marks);
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt"))) std::size_t mark_avx2(const char* data, std::size_t size, char delimiter,
                                                                           std::uint32_t* marks, bool* quotes) {
  const __m256i d = _mm256_set1_epi8(delimiter);
  const __m256i n = _mm256_set1_epi8('\n');
  const __m256i q = _mm256_set1_epi8('"');
  std::uint32_t* out = marks;
  std::uint64_t any = 0;
  for (std::size_t i = 0; i < size; i += 64) {
    std::uint64_t bits = 0;
    std::uint64_t quote_bits = 0;
    for (unsigned half = 0; half < 2; ++half) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + i + 32 * half));
      const __m256i quote = _mm256_cmpeq_epi8(bytes, q);
      const __m256i other = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, d), _mm256_cmpeq_epi8(bytes, n));
      bits |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_or_si256(quote, other)))} << (32 * half);
      quote_bits |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(quote))} << (32 * half);
    }
    if (size - i < 64) {
      const std::uint64_t valid = (std::uint64_t{1} << (size - i)) - 1;
      bits &= valid;
      quote_bits &= valid;
    }
    any |= quote_bits;
    if (bits != 0) out = note_bits(bits, static_cast<std::uint32_t>(i), out);
  }
  *quotes = any != 0;
  return static_cast<std::size_t>(out - marks);
}

__attribute__((target("avx512f,avx512bw,avx2,bmi,bmi2,popcnt,lzcnt"))) std::size_t mark_avx512(const char* data, std::size_t size,
                                                                                              char delimiter, std::uint32_t* marks,
                                                                                              bool* quotes) {
  const __m512i d = _mm512_set1_epi8(delimiter);
  const __m512i n = _mm512_set1_epi8('\n');
  const __m512i q = _mm512_set1_epi8('"');
  std::uint32_t* out = marks;
  std::uint64_t any = 0;
  for (std::size_t i = 0; i < size; i += 64) {
    const __m512i bytes = _mm512_loadu_si512(data + i);
    std::uint64_t quote_bits = _mm512_cmpeq_epi8_mask(bytes, q);
    std::uint64_t bits = quote_bits | _mm512_cmpeq_epi8_mask(bytes, d) | _mm512_cmpeq_epi8_mask(bytes, n);
    if (size - i < 64) {
      const std::uint64_t valid = (std::uint64_t{1} << (size - i)) - 1;
      bits &= valid;
      quote_bits &= valid;
    }
    any |= quote_bits;
    if (bits != 0) out = note_bits(bits, static_cast<std::uint32_t>(i), out);
  }
  *quotes = any != 0;
  return static_cast<std::size_t>(out - marks);
}
#endif

Marker best_marker() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return mark_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return mark_avx2;
#endif
  return mark_plain;
}

std::size_t mark(const char* data, std::size_t size, char delimiter, std::uint32_t* marks, bool* quotes) {
  static const Marker marker = best_marker();
  return marker(data, size, delimiter, marks, quotes);
}

}  // namespace

const char* last_row_end(const char* begin, const char* end, char delimiter) {
  if (std::memchr(begin, '"', static_cast<std::size_t>(end - begin)) == nullptr) {
    const void* last = memrchr(begin, '\n', static_cast<std::size_t>(end - begin));
    return last == nullptr ? begin : static_cast<const char*>(last) + 1;
  }
  const char* row_end = begin;
  const char* p = begin;  // always the start of a field
  while (p < end) {
    if (*p == '"') {
      const char* q = p + 1;
      for (;;) {
        q = static_cast<const char*>(std::memchr(q, '"', static_cast<std::size_t>(end - q)));
        if (q == nullptr || q + 1 >= end) return row_end;  // not closed here, or not known yet whether it is
        if (q[1] != '"') break;
        q += 2;
      }
      p = q + 1;
    }
    while (p < end && *p != delimiter && *p != '\n') ++p;
    if (p < end && *p++ == '\n') row_end = p;
  }
  return row_end;
}

#if defined(__x86_64__)
__attribute__((target("avx2,popcnt"))) static std::int64_t count_lines_avx2(const char* begin, const char* end) {
  const __m256i n = _mm256_set1_epi8('\n');
  std::int64_t count = 0;
  const char* p = begin;
  for (; end - p >= 32; p += 32) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    count += __builtin_popcount(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, n))));
  }
  return count + std::count(p, end, '\n');
}
#endif

std::int64_t count_lines(const char* begin, const char* end) {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
  if (avx2) return count_lines_avx2(begin, end);
#endif
  return std::count(begin, end, '\n');
}

void RowScanner::open(const Block& block, char delimiter, std::size_t fields) {
  block_ = &block;
  data_ = block.data;
  delimiter_ = delimiter;
  fields_ = fields;
  count_ = 0;
  next_row_ = 0;
  counted_offset_ = 0;
  counted_lines_ = 0;
  mark_ = 0;
  unescaped_.clear();
  if (marks_.size() < block.size + 64) marks_.resize(block.size + 64);
  if (cells_.size() < fields + 1) cells_.resize(fields + 1);
  marks_count_ = mark(data_, block.size, delimiter, marks_.data(), &has_quotes_);
}

bool RowScanner::next() {
  do {
    if (next_row_ >= block_->size) return false;
    if (block_->unclosed_quote) {
      row_offset_ = 0;
      next_row_ = static_cast<std::uint32_t>(block_->size);
      bad_quotes_ = true;
      count_ = 0;
      std::fill_n(cells_.begin(), fields_, std::string_view{});
      return true;
    }
    if (!(has_quotes_ ? cut_row_with_quotes() : cut_row())) return false;
  } while (blank());
  return true;
}

bool RowScanner::cut_row() {
  bad_quotes_ = false;
  row_offset_ = next_row_;
  std::uint32_t field = next_row_;
  std::size_t n = 0;
  const std::uint32_t* marks = marks_.data() + mark_;
  for (;;) {
    const std::uint32_t at = *marks++;
    keep_cell(n++, {data_ + field, at - field});
    field = at + 1;
    if (data_[at] == '\n') break;
  }
  mark_ = static_cast<std::size_t>(marks - marks_.data());
  next_row_ = field;
  count_ = n;
  if (n <= fields_)
    if (std::string_view& last = cells_[n - 1]; !last.empty() && last.back() == '\r') last.remove_suffix(1);
  for (; n < fields_; ++n) cells_[n] = {};
  return true;
}

bool RowScanner::cut_row_with_quotes() {
  bad_quotes_ = false;
  row_offset_ = next_row_;
  const char* p = data_ + next_row_;
  const char* const end = data_ + block_->size;
  std::size_t n = 0;
  for (bool row_ends = false; !row_ends;) {
    std::string_view cell;
    bool quoted = false;
    if (*p == '"') {
      quoted = true;
      const char* const open = p + 1;
      const char* q = open;
      bool escaped = false;
      for (;;) {
        q = static_cast<const char*>(std::memchr(q, '"', static_cast<std::size_t>(end - q)));
        if (q == nullptr || q + 1 >= end || q[1] != '"') break;
        escaped = true;
        q += 2;
      }
      if (q == nullptr) q = end - 1;  // cannot be: blocks are cut at row ends
      cell = {open, static_cast<std::size_t>(q - open)};
      if (escaped) {
        std::string& copy = unescaped_.emplace_back();
        for (std::size_t i = 0; i < cell.size(); ++i) {
          copy.push_back(cell[i]);
          if (cell[i] == '"') ++i;
        }
        cell = copy;
      }
      p = std::min(q + 1, end - 1);
    }
    const char* const rest = p;
    while (*p != delimiter_ && *p != '\n') ++p;
    std::string_view tail(rest, static_cast<std::size_t>(p - rest));
    row_ends = *p == '\n';
    if (row_ends && !tail.empty() && tail.back() == '\r') tail.remove_suffix(1);
    if (!quoted) cell = tail;
    else if (!tail.empty()) bad_quotes_ = true;
    keep_cell(n++, cell);
    ++p;
  }
  next_row_ = static_cast<std::uint32_t>(p - data_);
  count_ = n;
  for (; n < fields_; ++n) cells_[n] = {};
  return true;
}

bool RowScanner::blank() const {
  if (bad_quotes_ || (!cells_[0].empty() && cells_[0][0] > ' ')) return false;
  for (std::size_t i = 0; i < std::min(count_, fields_ + 1); ++i)
    if (!trimmed(cells_[i]).empty()) return false;
  return true;
}

std::int64_t RowScanner::line() const {
  // Counted on from the last row that was asked for, so that a block full of bad rows is walked once.
  if (row_offset_ < counted_offset_) counted_offset_ = 0, counted_lines_ = 0;
  counted_lines_ += count_lines(data_ + counted_offset_, data_ + row_offset_);
  counted_offset_ = row_offset_;
  return block_->line + counted_lines_;
}

std::string_view RowScanner::raw() const {
  std::string_view row(data_ + row_offset_, next_row_ - row_offset_);
  while (!row.empty() && (row.back() == '\n' || row.back() == '\r')) row.remove_suffix(1);
  return row;
}

}  // namespace fairprice::ingest
