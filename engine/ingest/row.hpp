#pragma once

#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/parallel.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/tables.hpp"

namespace fairprice::ingest {

/// How tables are read.
struct ReadSettings {
  int threads = 1;
  std::shared_ptr<const InputSettings> input;  ///< null: the folder's own, strict
  bool raw = false;                            ///< keep a leading apostrophe in front of = + - @ tab CR
  bool without_overrides = false;
  int orders_months = 12;
  int index_months = 6;
  int level_months = 6;
  bool listings_optional = false;
  std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t whole)> progress;
};

/// Whether a text of up to sixteen bytes is ASCII: two words that overlap.
inline bool is_short_ascii(std::string_view text) {
  if (text.size() > 16 || text.size() < 8) {
    if (text.size() >= 8) return false;
    unsigned char all = 0;
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
  }
  return ((fast::eight_bytes(text.data()) | fast::eight_bytes(text.data() + text.size() - 8)) & 0x8080808080808080) == 0;
}

/// What one thread collects of one table, whatever the table.
struct RowsOfThread {
  std::vector<Problem> problems;
  std::int64_t read = 0;
  std::int64_t rejected = 0;
  std::int64_t rounded = 0;
};

/// One row in front of a table's parser: cells by column, and the place to report what is wrong with it.
class Row {
 public:
  Row(Table table, const ReadSettings& settings, RowsOfThread& rows) : table_(table), raw_(settings.raw), rows_(rows) {}

  void open(const Block& block, const SourceFile& file, const RowScanner& scanner) {
    block_ = &block;
    file_ = &file;
    scanner_ = &scanner;
    counted_offset_ = 0;
    counted_lines_ = 0;
  }
  void next() { rejected_ = false; }
  const RowScanner& scanner() const { return *scanner_; }
  bool rejected() const { return rejected_; }
  const HeadingMap& headings() const { return file_->headings; }
  std::uint64_t offset() const { return block_->offset + scanner_->row_offset(); }
  const std::string& file_name() const { return file_->name; }
  std::int64_t line() const { return scanner_->line(); }
  std::uint32_t row_offset() const { return scanner_->row_offset(); }
  std::uint64_t block_offset() const { return block_->offset; }
  /// The line of another row of the same block, known by where it starts. Counted on from the last row that was asked for, so that a block
  /// full of such rows is walked once.
  std::int64_t line_at(std::uint32_t row_offset) const {
    if (row_offset < counted_offset_) counted_offset_ = 0, counted_lines_ = 0;
    counted_lines_ += count_lines(block_->data + counted_offset_, block_->data + row_offset);
    counted_offset_ = row_offset;
    return block_->line + counted_lines_;
  }

  /// The cell of a column, trimmed; empty when the file has no such column.
  std::string_view cell(int column) const {
    const int field = file_->headings.field_of_column[static_cast<std::size_t>(column)];
    if (field < 0) return {};
    if (scanner_->plain()) [[likely]]
      return scanner_->plain_cell(static_cast<std::size_t>(field));
    const std::string_view cell = scanner_->cell(static_cast<std::size_t>(field));
    return raw_ ? trimmed(cell) : clean_cell(cell);
  }

  /// The same without looking for a shielding apostrophe: what problems quote.
  std::string_view as_it_stands(int column) const {
    const int field = file_->headings.field_of_column[static_cast<std::size_t>(column)];
    return field < 0 ? std::string_view() : trimmed(scanner_->cell(static_cast<std::size_t>(field)));
  }

  /// The row cannot be understood. Parsers go on with the other cells, so that everything wrong with a row is said at once.
  void reject(int column, ProblemCode code) {
    rows_.rejected += !rejected_;
    rejected_ = true;
    report(column, code, ProblemAction::rejected);
  }
  /// Whether the row has bytes that are no text in the file's encoding.
  bool has_bad_bytes() const { return first_bad_bytes() != nullptr; }
  void reject_bad_bytes();
  /// The cell is taken as empty; the row goes on.
  void empty_cell(int column, ProblemCode code) { report(column, code, ProblemAction::emptied); }

  /// An optional cell: nothing when it is empty or unreadable (then reported).
  template <class Parse>
  auto optional(int column, Parse&& parse) -> decltype(parse(std::string_view())) {
    const std::string_view text = cell(column);
    auto parsed = text.empty() ? decltype(parse(text)){} : parse(text);
    if (!text.empty() && !parsed.ok) empty_cell(column, parsed.code);
    return parsed;
  }
  /// An optional amount of money; kAbsent (-1) otherwise.
  Money optional_price(int column) {
    const auto parsed = optional(column, [&](std::string_view text) { return parse_price(text, headings().scale(column)); });
    if (!parsed.ok) return Money::from_ten_thousandths(-1);
    if (parsed.value.untaxed) {
      empty_cell(column, ProblemCode::tax_exclusive);
      return Money::from_ten_thousandths(-1);
    }
    rows_.rounded += parsed.value.rounded;
    return parsed.value.value;
  }
  /// A required amount; nothing, and the row rejected, when it cannot be read, or says that it is without tax and nobody asks for that.
  Money required_price(int column, bool* untaxed = nullptr) {
    const auto parsed = required(column, [&](std::string_view text) { return parse_price(text, headings().scale(column)); });
    rows_.rounded += parsed.value.rounded;
    if (untaxed != nullptr)
      *untaxed = parsed.value.untaxed;
    else if (parsed.value.untaxed)
      reject(column, ProblemCode::tax_exclusive);
    return parsed.value.value;
  }
  /// A required cell; a default value, and the row rejected, when it is empty or unreadable.
  template <class Parse>
  auto required(int column, Parse&& parse) -> decltype(parse(std::string_view())) {
    const std::string_view text = cell(column);
    auto parsed = text.empty() ? decltype(parse(text)){} : parse(text);
    if (!parsed.ok) reject(column, parsed.code);
    return parsed;
  }
  /// A required text that `number` turns into a number of Keys.
  template <class Number>
  std::uint32_t required_text(int column, Number&& number) {
    const std::string_view text = cell(column);
    if (text.empty()) {
      reject(column, ProblemCode::missing_value);
      return kNone;
    }
    return text_number(column, number(text));
  }
  /// A required text as it stands, UTF-8; empty, and the row rejected, when it is not.
  std::string_view required_utf8(int column) {
    const std::string_view text = cell(column);
    if (text.empty())
      reject(column, ProblemCode::missing_value);
    else if (!is_short_ascii(text) && !is_utf8(text))
      reject(column, ProblemCode::bad_encoding);
    return text;
  }
  std::uint32_t text_number(int column, std::uint32_t number) {
    if (number == Keys::kBadText) {
      reject(column, ProblemCode::bad_encoding);
      return kNone;
    }
    return number;
  }
  /// k of the row and its unit; bad_pack rejects. `factor_known` = false: the pack size alone (an order that takes its listing's unit).
  struct Pack {
    std::uint32_t unit = kNone;
    std::int64_t factor = PackUnits::kOne;
    std::int64_t size = PackUnits::kOne;
    PackUnits k;
  };
  Pack pack(int unit_column, int size_column, Keys& keys) {
    Pack result;
    const auto unit = keys.unit(cell(unit_column));
    result.unit = text_number(unit_column, unit.unit);
    result.factor = unit.factor;
    return pack_of_size(size_column, cell(size_column), result.unit, result.factor);
  }
  Pack pack_of_size(int size_column, std::string_view size_text, std::uint32_t unit, std::int64_t factor) {
    Pack result;
    result.unit = unit;
    result.factor = factor;
    if (!size_text.empty() && size_text != "1") {
      const auto size = parse_pack_size(size_text);
      if (!size.ok) {
        reject(size_column, ProblemCode::bad_pack);
        return result;
      }
      result.size = size.value;
    }
    const auto k = pack_units(result.size, result.factor);
    if (!k.ok)
      reject(size_column, ProblemCode::bad_pack);
    else
      result.k = k.value;
    return result;
  }
  /// Whether the cell can recognise the row: a barcode, if only one that matches nothing.
  bool has_barcode(int column) const {
    const std::string_view text = cell(column);
    return !text.empty() && parse_gtin(text).kind != BarcodeKind::not_a_barcode;
  }
  std::uint64_t barcode(int column) {
    const std::string_view text = cell(column);
    if (text.empty()) return 0;
    const ParsedBarcode parsed = parse_gtin(text);
    if (parsed.kind == BarcodeKind::not_a_barcode) empty_cell(column, ProblemCode::not_a_barcode);
    return parsed.kind == BarcodeKind::valid ? parsed.gtin : 0;
  }

 private:
  void report(int column, ProblemCode code, ProblemAction action);
  const BadBytes* first_bad_bytes() const;
  std::string bad_place(std::string_view cell) const;

  Table table_;
  bool raw_;
  RowsOfThread& rows_;
  bool rejected_ = false;
  const Block* block_ = nullptr;
  const SourceFile* file_ = nullptr;
  const RowScanner* scanner_ = nullptr;
  mutable std::uint32_t counted_offset_ = 0;  ///< where line_at has counted to, and how many line feeds it found
  mutable std::int64_t counted_lines_ = 0;
};

/// Takes blocks from the reader and hands their rows to `parse`, until there are none: what each thread does.
template <class Local, class Parse>
void scan_rows(BlockReader& reader, const std::vector<SourceFile>& files, Table table, const ReadSettings& settings, Local& local,
               Parse& parse) {
  RowScanner scanner;
  Block block;
  Row row(table, settings, local);
  std::uint64_t whole = 0;  // bytes of the table, as far as they can be known
  for (const SourceFile& file : files) whole += file.packed_bytes;
  for (bool first = true; reader.next(block); first = false) {
    const SourceFile& file = files[block.file];
    const std::size_t fields = file.headings.fields();
    scanner.open(block, file.delimiter, fields);
    row.open(block, file, scanner);
    for (;;) {
      if constexpr (requires(RowScanner::PlainRows & rows) { parse.take(local, row, scanner, rows); }) {
        RowScanner::PlainRows rows;
        while (block.bad.empty() && scanner.next_plain(rows) > 0) {
          local.read += static_cast<std::int64_t>(rows.count);
          parse.take(local, row, scanner, rows);
        }
      }
      if (!scanner.next()) break;
      ++local.read;
      row.next();
      if (!block.bad.empty() && row.has_bad_bytes()) [[unlikely]]
        row.reject_bad_bytes();
      else if (scanner.bad_quotes())
        row.reject(-1, ProblemCode::bad_quotes);
      else if (scanner.field_count() != fields)
        row.reject(-1, ProblemCode::field_count);
      else
        parse(local, row);  // from here on every field of the heading is there
    }
    if constexpr (requires { parse.end_block(local, row); }) parse.end_block(local, row);
    if constexpr (requires { local.reserve(std::size_t{}); })
      if (first)
        local.reserve(std::min<std::size_t>(std::size_t{1} << 22, static_cast<std::size_t>(local.read) * whole / block.size * 9 / 8));
    if (settings.progress) settings.progress(table_name(table), reader.bytes_read(), 0);
  }
}

/// Puts the files of a table that were passed over among the problems and the warnings. Throws the first one's error when it is a table of
/// people's own decisions and dictionaries, which no run may go without, or the only listings that there are.
void report_unreadable(Month& month, Table table);

/// Reads a table's files with several threads. `Local` derives from RowsOfThread; parse(local, row, thread) looks at one row that has as many
/// fields as the heading. Afterwards problems and counts are in the month; `locals` are for the caller to join.
template <class Local, class Parse>
void read_rows(Month& month, Table table, const ReadSettings& settings, std::vector<Local>& locals, Parse&& parse) {
  const std::string name(table_name(table));
  TableFile& entry = month.tables[name];
  entry.files = find_files(month.folder, name, settings.input);
  if (entry.files.empty()) return;
  BlockReader reader(entry.files, name);
  if (locals.size() < static_cast<std::size_t>(settings.threads)) locals.resize(static_cast<std::size_t>(settings.threads));
  on_threads(settings.threads, [&](int thread) {
    Local& local = locals[static_cast<std::size_t>(thread)];
    if (thread != 0) {
      ReadSettings quiet = settings;
      quiet.progress = nullptr;
      scan_rows(reader, entry.files, table, quiet, local, parse);
    } else {
      scan_rows(reader, entry.files, table, settings, local, parse);
    }
  });
  std::size_t problems = month.problems.size();
  for (const Local& local : locals) problems += local.problems.size();
  month.problems.reserve(problems);
  for (Local& local : locals) {
    entry.counts.read += local.read;
    entry.counts.rejected += local.rejected;
    month.rounded_amounts += local.rounded;
    month.problems.insert(month.problems.end(), std::make_move_iterator(local.problems.begin()),
                          std::make_move_iterator(local.problems.end()));
    local.problems = {};
  }
  report_unreadable(month, table);
}

/// What the threads have collected, behind one another. The first thread's vector is kept and grown, not copied: reading has reserved it for
/// the whole table.
template <class Local, class T>
std::vector<T> joined(std::vector<Local>& locals, std::vector<T> Local::*member) {
  if (locals.empty()) return {};
  std::vector<T> whole = std::move(locals.front().*member);
  for (std::size_t i = 1; i < locals.size(); ++i) {
    std::vector<T>& part = locals[i].*member;
    whole.insert(whole.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    part = {};
  }
  return whole;
}

/// Collects values of a row for its digest.
class RowDigest {
 public:
  void clear() { size_ = 0; }
  void add(std::int64_t value) { append(&value, sizeof value); }
  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    append(text.data(), text.size());
  }
  Digest digest() const {
    const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), size_);
    return {hash.low64, hash.high64};
  }

 private:
  void append(const void* data, std::size_t size) {
    if (bytes_.size() < size_ + size) bytes_.resize((size_ + size) * 2);
    if (size > 0) std::memcpy(bytes_.data() + size_, data, size);
    size_ += size;
  }
  std::vector<char> bytes_ = std::vector<char>(1024);
  std::size_t size_ = 0;
};

/// Which exclusions of the period's `exclusions` table a row falls under; shared by the readers, counts hits.
class ExclusionMatcher {
 public:
  ExclusionMatcher(Month& month, Table table);
  bool active() const { return !rules_.empty(); }
  bool excludes(const Row& row);
  void report(Month& month) const;  ///< warns of those that hit no row

 private:
  struct Rule {
    std::size_t exclusion;
    /// What a cell is compared with: its meaning where it has one, else its canonical text.
    struct Cell {
      int column = 0;
      std::string canonical;
      std::optional<std::int64_t> meaning;
      std::uint32_t brand = kNone;
      std::string folded;
    };
    std::vector<Cell> cells;
    std::unique_ptr<std::atomic<std::int64_t>> hits;
  };
  Table table_;
  Keys* keys_;
  std::vector<Rule> rules_;
};

void read_dictionaries(const std::string& folder, Month& month, const ReadSettings& settings, Dictionaries& dictionaries);
/// The month's calendar: the shipped one and, on top, the period's own `holidays`.
void read_holidays(Month& month, const ReadSettings& settings);
void read_decisions(Month& month, const ReadSettings& settings);  ///< exclusions and matches
/// `kept`: each index row's model with its separators (kept_model), as long as month.index.
void read_index(Month& month, const ReadSettings& settings, std::vector<std::string>& kept);
void read_listings(Month& month, const ReadSettings& settings);
/// Adds questions as listings that are no source for anything; those that cannot be understood become problems, by position.
void add_questions(Month& month, const std::vector<Question>& questions, std::vector<std::pair<std::size_t, Problem>>& problems);
void read_orders(Month& month, const ReadSettings& settings);
void read_quotes(Month& month, const ReadSettings& settings);
/// Reads the quotes once more and returns those that are wanted, in the order of their offsets. After the catalogue.
std::vector<QuoteRow> find_quotes(const Month& month, int threads,
                                  const std::function<bool(std::uint32_t product, const Quote& quote)>& wanted);

}  // namespace fairprice::ingest
