// The first pass of the row scanner has a version for each kind of processor. All that this one can run must cut the rows that the slow
// reader of tests/support cuts, and tell a plain row (whose cells are taken as they stand) from one whose cells have to be cleaned.

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/ingest/row.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/values.hpp"
#include "tests/support/slow_csv.hpp"

namespace fairprice::ingest {
namespace {

std::string shown(std::string_view bytes) { return quoted_for_message(bytes, 400); }

std::string_view name_of(MarkWith with) { return with == MarkWith::plain ? "plain" : with == MarkWith::avx2 ? "avx2" : "avx512"; }

/// Runs every version over texts and counts what is wrong.
class Holder {
 public:
  Holder() {
    for (const MarkWith with : {MarkWith::plain, MarkWith::avx2, MarkWith::avx512})
      if (can_mark(with)) scanners_.push_back({with, std::make_unique<RowScanner>(with)});
  }

  void hold(const std::string& text, char delimiter, std::size_t behind) {
    // What the slow reader says of whole rows; a row that does not end belongs to a later block.
    std::vector<slow::CsvRow> rows;
    std::size_t end = 0;
    for (const std::size_t last = text.rfind('\n') + 1; end < last;) {
      const auto cut = slow::cut_row(text, end, delimiter);
      if (!cut) break;
      end = cut->next;
      bool blank = !cut->row.bad;
      for (const std::string& cell : cut->row.cells) blank = blank && trimmed(cell).empty();
      if (!blank) rows.push_back(cut->row);
    }
    if (last_row_end(text.data(), text.data() + text.size(), delimiter) != text.data() + end)
      return fail("last_row_end", text, "another end than byte " + std::to_string(end));
    const std::size_t fields = rows.empty() ? 1 : rows.back().cells.size();
    if (fields > kMostColumns) return;

    // Exactly the bytes that a block promises, so that the address sanitizer sees one that is read beyond them. What stands behind the
    // block must not matter.
    constexpr std::size_t kPadding = 64;
    static constexpr std::string_view kBehind = "\n\",\r' \xC2\xA0";
    Block block;
    block.buffer = std::make_unique_for_overwrite<char[]>(end + kPadding);
    if (end > 0) std::memcpy(block.buffer.get(), text.data(), end);
    for (std::size_t i = 0; i < kPadding; ++i) block.buffer[end + i] = behind == 0 ? '\0' : kBehind[(i + behind) % kBehind.size()];
    block.data = block.buffer.get();
    block.size = end;
    for (const auto& one : scanners_) {
      std::string wrong = look(*one.scanner, block, delimiter, fields, rows);
      if (wrong.empty()) wrong = look_together(*one.scanner, block, delimiter, fields, rows);
      if (!wrong.empty()) fail(name_of(one.with), text, wrong);
    }
  }

  int failures() const { return failures_; }
  std::size_t plain_rows() const { return plain_rows_; }
  std::size_t taken_together() const { return taken_together_; }

 private:
  struct One {
    MarkWith with;
    std::unique_ptr<RowScanner> scanner;
  };

  std::string look(RowScanner& scanner, const Block& block, char delimiter, std::size_t fields, const std::vector<slow::CsvRow>& rows) {
    file_.delimiter = delimiter;
    file_.headings.field_of_column.fill(HeadingMap::kAbsent);
    for (std::size_t i = 0; i < fields; ++i) file_.headings.field_of_column[i] = static_cast<int>(i);
    ReadSettings as_it_stands;
    as_it_stands.raw = true;
    RowsOfThread found;
    Row cleaned(Table::quotes, ReadSettings(), found);
    Row raw(Table::quotes, as_it_stands, found);
    scanner.open(block, delimiter, fields);
    cleaned.open(block, file_, scanner);
    raw.open(block, file_, scanner);
    for (const slow::CsvRow& row : rows) {
      const std::string where = "row at byte " + std::to_string(row.offset) + ": ";
      if (!scanner.next()) return where + "is missing";
      if (scanner.row_offset() != row.offset) return where + "starts at byte " + std::to_string(scanner.row_offset());
      if (scanner.bad_quotes() != row.bad) return where + "bad quotes?";
      if (scanner.field_count() != row.cells.size()) return where + std::to_string(scanner.field_count()) + " fields";
      if (row.bad) continue;
      plain_rows_ += scanner.plain();
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string_view cell = row.cells[i];
        if (scanner.cell(i) != cell) return where + "cell " + std::to_string(i) + " is " + shown(scanner.cell(i));
        if (scanner.plain() && (scanner.plain_cells()[static_cast<std::ptrdiff_t>(i)] != cell || scanner.plain_cell(i) != cell))
          return where + "plain cell " + std::to_string(i);
        if (row.cells.size() != fields) continue;  // nobody asks for the cells of such a row
        const int column = static_cast<int>(i);
        if (cleaned.cell(column) != clean_cell_slow(cell))
          return where + "clean cell " + std::to_string(i) + " is " + shown(cleaned.cell(column));
        if (raw.cell(column) != trimmed(cell)) return where + "raw cell " + std::to_string(i) + " is " + shown(raw.cell(column));
      }
    }
    return scanner.next() ? "one row too many" : "";
  }

  /// The same rows, plain ones taken together as far as they go; then each of them stood upon, the last one first.
  std::string look_together(RowScanner& scanner, const Block& block, char delimiter, std::size_t fields,
                            const std::vector<slow::CsvRow>& rows) {
    scanner.open(block, delimiter, fields);
    std::size_t at = 0;
    for (;;) {
      RowScanner::PlainRows together;
      while (scanner.next_plain(together) > 0) {
        if (at + together.count > rows.size()) return "together: too many rows";
        const slow::CsvRow* const row = &rows[at];
        at += together.count;
        taken_together_ += together.count;
        for (std::size_t i = 0; i < together.count; ++i)
          if (row[i].bad || row[i].offset != together.start[i] || row[i].cells.size() != fields) return "together: not this row";
        std::array<std::uint32_t, RowScanner::PlainRows::kMost> begin, size;
        for (std::size_t field = 0; field < fields; ++field) {
          together.column(field, begin, size);
          for (std::size_t i = 0; i < together.count; ++i) {
            const std::string_view cell(block.data + begin[i], size[i]);
            if (cell != row[i].cells[field] || cell != clean_cell_slow(cell)) return "together: cell " + shown(cell);
          }
        }
        for (std::size_t i = together.count; i-- > 0;) {
          scanner.stand_on(together, i);
          if (scanner.row_offset() != row[i].offset || !scanner.plain() || scanner.field_count() != fields) return "together: stood upon";
          std::string_view text(block.data + row[i].offset, block.size - row[i].offset);
          text = text.substr(0, text.find('\n'));
          while (text.ends_with('\r')) text.remove_suffix(1);
          if (scanner.raw() != text) return "together: stood-upon text " + shown(scanner.raw());
          for (std::size_t field = 0; field < fields; ++field)
            if (scanner.cell(field) != row[i].cells[field]) return "together: stood-upon cell " + shown(scanner.cell(field));
        }
      }
      if (!scanner.next()) return at == rows.size() ? "" : "together: rows are missing";
      if (at == rows.size() || scanner.row_offset() != rows[at].offset) return "together: another row comes alone";
      for (std::size_t i = 0; !rows[at].bad && i < rows[at].cells.size(); ++i)
        if (scanner.cell(i) != rows[at].cells[i]) return "together: cell of a row alone " + shown(scanner.cell(i));
      ++at;
    }
  }

  void fail(std::string_view who, const std::string& text, const std::string& wrong) {
    if (++failures_ <= 5) ADD_FAILURE() << who << ", " << shown(text) << ": " << wrong;
  }

  std::vector<One> scanners_;
  SourceFile file_;
  int failures_ = 0;
  std::size_t plain_rows_ = 0;
  std::size_t taken_together_ = 0;
};

/// A comma stands for the delimiter. White space of one, two and three bytes, whole and in pieces, and what looks like it.
const std::vector<std::string> kPieces = {
    ",", "\"", "\r", "\n", " ", "'", "=", "a", "\xC2", "\xA0", "\xE2", "\x80", "\x83", "\xE3", "\xC2\xA0", "\xE2\x80\x83", "\xE3\x80\x80"};

/// A row in front, so that what follows starts at this byte of the block.
std::string row_of_length(std::size_t size) { return size == 0 ? std::string() : std::string(size - 1, 'x') + '\n'; }

template <class Visit>
void each_text(std::size_t pieces, std::string& text, Visit&& visit) {
  visit();
  if (pieces == 0) return;
  for (const std::string& piece : kPieces) {
    const std::size_t size = text.size();
    text += piece;
    each_text(pieces - 1, text, visit);
    text.resize(size);
  }
}

// Every text of up to two pieces at every byte around the ends of stretches of 64 and blocks of them.
TEST(ScanMarks, AllVersionsAgreeWithTheSlowReaderWhereverATextStands) {
  Holder holder;
  for (std::size_t start = 0; start <= 130; ++start) {
    std::string text = row_of_length(start);
    each_text(2, text, [&] {
      text += '\n';
      holder.hold(text, ',', start % 9);
      text.pop_back();
    });
  }
  EXPECT_EQ(holder.failures(), 0);
  EXPECT_GT(holder.plain_rows(), 1000U);
  EXPECT_GT(holder.taken_together(), 0U);
}

TEST(ScanMarks, AllVersionsAgreeWithTheSlowReaderOnAllShortTexts) {
  Holder holder;
  std::size_t number = 0;
  for (const std::size_t start : {0U, 62U}) {
    std::string text = row_of_length(start);
    each_text(4, text, [&] {
      text += ++number % 2 == 0 ? "\n" : "\r\n";
      holder.hold(text, ',', number % 9);
      text.resize(text.size() - (number % 2 == 0 ? 1 : 2));
    });
  }
  EXPECT_EQ(holder.failures(), 0);
}

// A tab is white space and a delimiter at once.
TEST(ScanMarks, AllVersionsAgreeWithTheSlowReaderWithEveryDelimiter) {
  for (const char delimiter : {'\t', ';'}) {
    Holder holder;
    std::string text;
    std::string changed;
    std::size_t number = 0;
    each_text(3, text, [&] {
      changed = row_of_length(++number % 2 == 0 ? 0 : 61 + number % 5) + text + '\n';
      for (char& c : changed) c = c == ',' ? delimiter : c;
      holder.hold(changed, delimiter, number % 9);
    });
    EXPECT_EQ(holder.failures(), 0) << "delimiter " << static_cast<int>(delimiter);
  }
}

TEST(ScanMarks, AllVersionsAgreeWithTheSlowReaderOnRandomTexts) {
  constexpr unsigned kSeed = 61;
  std::mt19937_64 random(kSeed);
  Holder holder;
  for (int round = 0; round < 8'000 && holder.failures() < 5; ++round) {
    std::string text;
    const std::size_t fields = 1 + random() % 6;
    const std::size_t rare = 2 + random() % 20;  // one cell in so many is not just letters
    for (std::size_t rows = 1 + random() % 12; rows > 0; --rows) {
      for (std::size_t i = 0; i < fields; ++i) {
        if (i > 0) text += ',';
        text.append(random() % 30, 'b');
        if (random() % rare == 0)
          for (std::size_t left = random() % 5; left > 0; --left) text += kPieces[random() % kPieces.size()];
        if (random() % 2 == 0) text += "\xE5\xBE\x97";  // an ideograph
      }
      text += round % 3 == 0 ? "\r\n" : "\n";
    }
    holder.hold(text, ',', random() % 9);
  }
  EXPECT_EQ(holder.failures(), 0) << "seed " << kSeed;
}

}  // namespace
}  // namespace fairprice::ingest
