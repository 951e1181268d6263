#include "engine/ingest/scan_csv.hpp"

#include <algorithm>
#include <cstring>

#include "engine/base/text.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fairprice::ingest {

namespace {

/// What the first pass finds in a block, all in ascending order. Each list has room for the block's bytes and 64 more.
struct Marks {
  std::uint32_t* all;    ///< delimiters, line feeds and quotes
  std::uint32_t* feeds;  ///< line feeds alone
  /// Near these a cell may begin or end with white space or an apostrophe: at most 3 bytes from a delimiter or line feed there is a byte
  /// that such a character has. Too many are no harm.
  std::uint32_t* edges;
  bool quotes = false;
};

/// The bits of one stretch of 64 bytes (or of fewer, at the end).
struct Bits {
  std::uint64_t delimiters, feeds, quotes, returns;
  std::uint64_t blank;  ///< ASCII controls, space, apostrophe, but not the line feed
  std::uint64_t lead;   ///< C2, E1, E2, E3: white space beyond ASCII starts with these
};

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

/// Notes what one stretch says. `before`: the ends of cells and the lead bytes of the stretch before it, in the top bits.
struct Before {
  std::uint64_t ends = std::uint64_t{1} << 63;  // a block starts with a cell
  std::uint64_t blank = 0;
  std::uint64_t lead = 0;
};
inline void note(const Bits& bits, std::uint32_t base, Before& before, Marks& marks) {
  const std::uint64_t ends = bits.delimiters | bits.feeds;
  const std::uint64_t all = ends | bits.quotes;
  marks.quotes |= bits.quotes != 0;
  // A carriage return in front of a line feed belongs to the end of the row.
  const std::uint64_t returns = bits.returns & bits.feeds >> 1;
  const std::uint64_t blank = bits.blank & ~returns;
  // Behind an end: a blank or a lead byte. In front of one: a blank, or a lead byte two or three places before.
  const std::uint64_t behind = (ends << 1 | before.ends >> 63) & (blank | bits.lead);
  const std::uint64_t in_front =
      ((blank << 1 | before.blank >> 63) | (bits.lead << 2 | before.lead >> 62) | (bits.lead << 3 | before.lead >> 61)) & (ends | returns);
  before = {ends, blank, bits.lead};
  for (std::uint64_t edge = behind | in_front; edge != 0; edge &= edge - 1)
    *marks.edges++ = base + static_cast<std::uint32_t>(__builtin_ctzll(edge));
  if (all != 0) marks.all = note_bits(all, base, marks.all);
  for (std::uint64_t feeds = bits.feeds; feeds != 0; feeds &= feeds - 1)
    *marks.feeds++ = base + static_cast<std::uint32_t>(__builtin_ctzll(feeds));
}

inline std::uint64_t valid_bits(std::size_t left) { return left < 64 ? (std::uint64_t{1} << left) - 1 : ~std::uint64_t{0}; }

// Each fills the lists and moves their pointers behind what was noted; reads up to 63 bytes beyond `size`, and takes none of them for a
// mark (an edge there is behind all rows).
void mark_plain(const char* data, std::size_t size, char delimiter, Marks& marks) {
  Before before;
  for (std::size_t i = 0; i < size; i += 64) {
    Bits bits{};
    for (std::size_t j = 0; j < std::min<std::size_t>(64, size - i); ++j) {
      const auto c = static_cast<unsigned char>(data[i + j]);
      const std::uint64_t bit = std::uint64_t{1} << j;
      if (data[i + j] == delimiter) bits.delimiters |= bit;
      if (c == '\n') bits.feeds |= bit;
      if (c == '"') bits.quotes |= bit;
      if (c == '\r') bits.returns |= bit;
      if ((c <= ' ' && c != '\n') || c == '\'') bits.blank |= bit;
      if (c == 0xC2 || (c >= 0xE1 && c <= 0xE3)) bits.lead |= bit;
    }
    bits.blank &= ~bits.delimiters;
    note(bits, static_cast<std::uint32_t>(i), before, marks);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt"))) void mark_avx2(const char* data, std::size_t size, char delimiter, Marks& out) {
  const __m256i d = _mm256_set1_epi8(delimiter);
  const __m256i n = _mm256_set1_epi8('\n');
  const __m256i q = _mm256_set1_epi8('"');
  const __m256i r = _mm256_set1_epi8('\r');
  const __m256i apostrophe = _mm256_set1_epi8('\'');
  const __m256i space = _mm256_set1_epi8(' ');
  const __m256i c2 = _mm256_set1_epi8(static_cast<char>(0xC2));
  const __m256i e1 = _mm256_set1_epi8(static_cast<char>(0xE1));
  const __m256i e3 = _mm256_set1_epi8(static_cast<char>(0xE3));
  Marks marks = out;
  Before before;
  for (std::size_t i = 0; i < size; i += 64) {
    Bits bits{};
    for (std::size_t half = 0; half < 2; ++half) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + i + 32 * half));
      const __m256i feed = _mm256_cmpeq_epi8(bytes, n);
      const __m256i found = _mm256_cmpeq_epi8(bytes, d);
      const __m256i low = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, space), bytes);
      const __m256i blank = _mm256_andnot_si256(_mm256_or_si256(feed, found), _mm256_or_si256(low, _mm256_cmpeq_epi8(bytes, apostrophe)));
      const __m256i range =
          _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_max_epu8(bytes, e1), bytes), _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, e3), bytes));
      const __m256i lead = _mm256_or_si256(range, _mm256_cmpeq_epi8(bytes, c2));
      bits.delimiters |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(found))} << (32 * half);
      bits.feeds |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(feed))} << (32 * half);
      bits.quotes |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, q)))} << (32 * half);
      bits.returns |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, r)))} << (32 * half);
      bits.blank |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(blank))} << (32 * half);
      bits.lead |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(lead))} << (32 * half);
    }
    const std::uint64_t valid = valid_bits(size - i);
    bits.delimiters &= valid;
    bits.feeds &= valid;
    bits.quotes &= valid;
    note(bits, static_cast<std::uint32_t>(i), before, marks);
  }
  out = marks;
}

__attribute__((target("avx512f,avx512bw,avx2,bmi,bmi2,popcnt,lzcnt"))) void mark_avx512(const char* data, std::size_t size, char delimiter,
                                                                                        Marks& out) {
  const __m512i d = _mm512_set1_epi8(delimiter);
  const __m512i n = _mm512_set1_epi8('\n');
  const __m512i q = _mm512_set1_epi8('"');
  const __m512i r = _mm512_set1_epi8('\r');
  const __m512i apostrophe = _mm512_set1_epi8('\'');
  const __m512i space = _mm512_set1_epi8(' ');
  const __m512i c2 = _mm512_set1_epi8(static_cast<char>(0xC2));
  const __m512i e1 = _mm512_set1_epi8(static_cast<char>(0xE1));
  const __m512i three = _mm512_set1_epi8(3);
  Marks marks = out;
  Before before;
  for (std::size_t i = 0; i < size; i += 64) {
    const __m512i bytes = _mm512_loadu_si512(data + i);
    const std::uint64_t valid = valid_bits(size - i);
    Bits bits;
    bits.delimiters = _mm512_cmpeq_epi8_mask(bytes, d) & valid;
    bits.feeds = _mm512_cmpeq_epi8_mask(bytes, n) & valid;
    bits.quotes = _mm512_cmpeq_epi8_mask(bytes, q) & valid;
    bits.returns = _mm512_cmpeq_epi8_mask(bytes, r);
    bits.blank = (_mm512_cmple_epu8_mask(bytes, space) | _mm512_cmpeq_epi8_mask(bytes, apostrophe)) & ~(bits.delimiters | bits.feeds);
    bits.lead = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, e1), three) | _mm512_cmpeq_epi8_mask(bytes, c2);
    note(bits, static_cast<std::uint32_t>(i), before, marks);
  }
  out = marks;
}
#endif

void mark(MarkWith with, const char* data, std::size_t size, char delimiter, Marks& marks) {
#if defined(__x86_64__)
  if (with == MarkWith::avx512) return mark_avx512(data, size, delimiter, marks);
  if (with == MarkWith::avx2) return mark_avx2(data, size, delimiter, marks);
#endif
  static_cast<void>(with);
  mark_plain(data, size, delimiter, marks);
}

}  // namespace

bool can_mark(MarkWith with) {
#if defined(__x86_64__)
  if (with == MarkWith::avx512) return __builtin_cpu_supports("avx512bw");
  if (with == MarkWith::avx2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
#endif
  return with == MarkWith::plain;
}

MarkWith best_marks() {
  static const MarkWith best = can_mark(MarkWith::avx512) ? MarkWith::avx512 : can_mark(MarkWith::avx2) ? MarkWith::avx2 : MarkWith::plain;
  return best;
}

const char* last_row_end(const char* begin, const char* end, char delimiter) {
  const auto length = [](const char* from, const char* to) { return static_cast<std::size_t>(to - from); };
  const char* row_end = begin;
  const char* p = begin;  // never inside a quoted field
  for (;;) {
    const auto* quote = static_cast<const char*>(std::memchr(p, '"', length(p, end)));
    // A quote that is not the first byte of its field is a byte like any other.
    while (quote != nullptr && quote != begin && quote[-1] != delimiter && quote[-1] != '\n')
      quote = static_cast<const char*>(std::memchr(quote + 1, '"', length(quote + 1, end)));
    const char* const stop = quote == nullptr ? end : quote;
    if (const void* last = memrchr(p, '\n', length(p, stop)); last != nullptr) row_end = static_cast<const char*>(last) + 1;
    if (quote == nullptr) return row_end;
    const char* q = quote + 1;
    for (;;) {
      q = static_cast<const char*>(std::memchr(q, '"', length(q, end)));
      if (q == nullptr || q + 1 >= end) return row_end;  // not closed here, or not known yet whether it is
      if (q[1] != '"') break;
      q += 2;
    }
    p = q + 1;
  }
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
  row_offset_ = 0;
  row_end_ = 0;
  next_row_ = 0;
  counted_offset_ = 0;
  counted_lines_ = 0;
  unescaped_.clear();
  constexpr std::size_t kRoom = 72;  // a stretch more, and what note_bits writes idly
  if (marks_.size() < block.size + kRoom + 1) {
    marks_.resize(block.size + kRoom + 1);
    feeds_.resize(block.size + kRoom);
    edges_.resize(block.size + kRoom);
  }
  marks_[0] = UINT32_MAX;  // so that the first cell starts one behind it
  Marks marks{marks_.data() + 1, feeds_.data(), edges_.data()};
  mark(with_, data_, block.size, delimiter, marks);
  has_quotes_ = marks.quotes;
  marks_end_ = marks.all;
  next_mark_ = marks_.data() + 1;
  next_feed_ = feeds_.data();
  next_edge_ = edges_.data();
  edges_end_ = marks.edges;
  moved_ = false;
}

bool RowScanner::next() {
  do {
    if (next_row_ >= block_->size) return false;
    bad_quotes_ = false;
    row_offset_ = next_row_;
    if (block_->unclosed_quote) {
      next_row_ = row_end_ = static_cast<std::uint32_t>(block_->size);
      bad_quotes_ = true;
      count_ = 0;
      return true;
    }
    take_row();
    row_end_ = next_row_;
    // Of a plain row the first byte says it nearly always.
    if (const auto first = static_cast<unsigned char>(data_[row_offset_]); plain_ && first > ' ' && data_[row_offset_] != delimiter_)
      return true;
  } while (blank());
  return true;
}

void RowScanner::take_row() {
  if (moved_) ++next_mark_[-1];
  moved_ = false;
  std::uint32_t* mark = next_mark_;
  if (!has_quotes_) {
    const std::uint32_t feed = *next_feed_++;
    // The usual row: as many fields as the heading, so its line feed is that mark.
    if (static_cast<std::size_t>(marks_end_ - mark) >= fields_ && fields_ > 0 && mark[fields_ - 1] == feed)
      mark += fields_ - 1;
    else
      while (*mark != feed) ++mark;
  } else {
    for (; data_[*mark] != '\n'; ++mark)
      if (data_[*mark] == '"') return cut_row_with_quotes();
    next_mark_[-1] = row_offset_ - 1;  // behind a row that was cut there may be none
  }
  ends_ = next_mark_;
  cut_ = false;
  count_ = static_cast<std::size_t>(mark - next_mark_) + 1;
  next_mark_ = mark + 1;
  next_row_ = *mark + 1;
  plain_ = next_edge_ == edges_end_ || *next_edge_ >= next_row_;
  if (!plain_)
    while (next_edge_ != edges_end_ && *next_edge_ < next_row_) ++next_edge_;
  if (*mark > row_offset_ && data_[*mark - 1] == '\r') {  // the last field ends there
    --*mark;
    moved_ = true;
  }
}

std::size_t RowScanner::next_plain(PlainRows& rows) {
  rows.count = 0;
  if (has_quotes_ || block_->unclosed_quote || fields_ == 0) return 0;
  rows.data = data_;
  const std::uint32_t edge = next_edge_ == edges_end_ ? UINT32_MAX : *next_edge_;
  std::uint32_t* mark = next_mark_;
  std::uint32_t start = next_row_;
  std::size_t count = 0;
  if (moved_) ++mark[-1];
  moved_ = false;
  while (count < PlainRows::kMost && static_cast<std::size_t>(marks_end_ - mark) >= fields_) {
    std::uint32_t* const last = mark + fields_ - 1;
    const std::uint32_t feed = *last;
    if (feed != *next_feed_ || edge <= feed) break;
    if (static_cast<unsigned char>(data_[start]) <= ' ' || data_[start] == delimiter_) break;  // perhaps a blank line
    rows.start[count] = start;
    rows.ends[count] = mark;
    ++count;
    ++next_feed_;
    start = feed + 1;
    mark = last + 1;
    moved_ = data_[feed - 1] == '\r';
    *last -= moved_;
  }
  next_mark_ = mark;
  next_row_ = start;
  rows.count = count;
  return count;
}

void RowScanner::stand_on(const PlainRows& rows, std::size_t row) {
  ends_ = rows.ends[row];
  rows.ends[row][-1] = rows.start[row] - 1;  // the row before may end in front of a carriage return
  std::uint32_t& last = rows.ends[row][fields_ - 1];
  if (data_[last] == '\n' && data_[last - 1] == '\r') --last;
  row_offset_ = rows.start[row];
  row_end_ = last;
  count_ = fields_;
  cut_ = false;
  plain_ = true;
  bad_quotes_ = false;
}

void RowScanner::cut_row_with_quotes() {
  const char* p = data_ + next_row_;
  const char* const end = data_ + block_->size;
  cells_.clear();
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
    if (!quoted)
      cell = tail;
    else if (!tail.empty())
      bad_quotes_ = true;
    cells_.push_back(cell);
    ++p;
  }
  cut_ = true;
  plain_ = false;
  count_ = cells_.size();
  next_row_ = static_cast<std::uint32_t>(p - data_);
  while (next_mark_ != marks_end_ && *next_mark_ < next_row_) ++next_mark_;
}

bool RowScanner::blank() const {
  if (bad_quotes_) return false;
  if (const std::string_view first = cell(0); !first.empty() && first[0] > ' ') return false;
  for (std::size_t i = 0; i < count_; ++i)
    if (!trimmed(cell(i)).empty()) return false;
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
  std::string_view row(data_ + row_offset_, row_end_ - row_offset_);
  while (!row.empty() && (row.back() == '\n' || row.back() == '\r')) row.remove_suffix(1);
  return row;
}

}  // namespace fairprice::ingest
