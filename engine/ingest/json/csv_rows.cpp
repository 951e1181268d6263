#include "engine/ingest/json/csv_rows.hpp"

#include <algorithm>
#include <cstring>

#include "engine/base/text.hpp"
#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/utf8.hpp"

namespace fairprice::ingest::json {

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

std::uint64_t eight_bytes(const char* place) {
  std::uint64_t word = 0;
  std::memcpy(&word, place, sizeof word);
  return word;
}

/// High bits: which of eight bytes are below `bound` (at most 0x80). A byte behind such a one may be marked too.
constexpr std::uint64_t below(std::uint64_t word, std::uint64_t bound) { return (word - kOnes * bound) & ~word & kHighs; }
constexpr std::uint64_t equal(std::uint64_t word, unsigned char byte) { return below(word ^ (kOnes * byte), 1); }

struct Marks {
  std::uint64_t control = 0;
  std::uint64_t quoting = 0;  ///< quotes, commas
  std::uint64_t high = 0;     ///< no ASCII

  void add(std::uint64_t word) {
    control |= below(word, 0x20);
    quoting |= equal(word, '"') | equal(word, ',');
    high |= word & kHighs;
  }
};

Marks marks_of(std::string_view cell) {
  Marks marks;
  if (cell.size() >= 8) {
    for (std::size_t at = 0; at + 8 < cell.size(); at += 8) marks.add(eight_bytes(cell.data() + at));
    marks.add(eight_bytes(cell.data() + cell.size() - 8));
    return marks;
  }
  std::uint64_t word = kOnes * '0';
  for (const char c : cell) word = word << 8 | static_cast<unsigned char>(c);
  marks.add(word);
  return marks;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

char* write_quoted(char* to, std::string_view cell, bool quotes) {
  if (quotes) *to++ = '"';
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == '\r' && i + 1 < cell.size() && cell[i + 1] == '\n') continue;
    if (c == '"') *to++ = '"';
    *to++ = is_control(c) ? ' ' : c;
  }
  if (quotes) *to++ = '"';
  return to;
}

}  // namespace

RowOutcome CsvRows::write(const Cells& cells, std::size_t columns, int& bad_column) {
  std::size_t most = 0;
  for (std::size_t column = 0; column < columns; ++column) most += 2 * cells[column].size() + 3;
  char* const begin = room(most);
  char* to = begin;
  bool blank = true;
  for (std::size_t column = 0; column < columns; ++column) {
    if (column > 0) *to++ = ',';
    const std::string_view cell = cells[column];
    if (cell.empty()) continue;
    const Marks marks = marks_of(cell);
    if (marks.high != 0 && !is_well_formed(cell)) {
      bad_column = static_cast<int>(column);
      return RowOutcome::bad_encoding;
    }
    if (blank) blank = trimmed(cell).empty();
    if ((marks.control | marks.quoting) != 0) {
      to = write_quoted(to, cell, marks.quoting != 0);
    } else {
      std::memcpy(to, cell.data(), cell.size());
      to += cell.size();
    }
  }
  if (blank) return RowOutcome::empty;
  if (static_cast<std::size_t>(to - begin) >= kLargestRecord) return RowOutcome::too_large;
  *to++ = '\n';
  size_ += static_cast<std::size_t>(to - begin);
  ++lines_;
  return RowOutcome::written;
}

void CsvRows::blank() {
  *room(1) = '\n';
  ++size_;
  ++lines_;
}

char* CsvRows::room(std::size_t bytes) {
  if (taken_ == size_) taken_ = size_ = 0;
  if (capacity_ - size_ < bytes) {
    const std::size_t capacity = std::max(2 * capacity_, size_ + bytes);
    auto bigger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(bigger.get(), buffer_.get(), size_);
    buffer_ = std::move(bigger);
    capacity_ = capacity;
  }
  return buffer_.get() + size_;
}

std::size_t CsvRows::take(char* place, std::size_t room) {
  const std::size_t size = std::min(room, ready());
  if (size > 0) std::memcpy(place, buffer_.get() + taken_, size);
  taken_ += size;
  return size;
}

}  // namespace fairprice::ingest::json
