#include "engine/ingest/source.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "engine/base/problem.hpp"
#include "engine/ingest/heading_row.hpp"
#include "engine/ingest/json/reader.hpp"
#include "engine/ingest/open_table.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/xlsx/sheet.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kLargestRow = std::size_t{16} << 20;  // a quoted field that is longer was never closed, a longer line is no row
constexpr std::size_t kShownOfLine = 4096;                  // of a line that is no row
constexpr std::size_t kPadding = 64;
constexpr std::size_t kHeadBytes = std::size_t{64} << 10;   // in which the heading is looked for
constexpr std::size_t kLargestHead = std::size_t{1} << 20;  // when no row ends in them

void reserve(Block& block, std::size_t bytes, std::size_t keep) {
  if (block.capacity >= bytes) return;
  auto bigger = std::make_unique_for_overwrite<char[]>(bytes + kPadding);
  if (keep > 0) std::memcpy(bigger.get(), block.buffer.get(), keep);
  block.buffer = std::move(bigger);
  block.capacity = bytes;
}

}  // namespace

struct BlockReader::State {
  std::vector<SourceFile>& files;
  std::string table;
  std::mutex mutex;
  std::size_t file = 0;
  std::unique_ptr<Unpacker> input;
  json::JsonReader* records = nullptr;  ///< the input, when it is JSON
  xlsx::SheetReader* sheet = nullptr;   ///< the input, when it is a workbook
  std::string carry;                    ///< bytes read that no block has had yet
  std::uint64_t offset = 0;             ///< of the carry in the table's stream
  std::int64_t line = 1;
  bool ended = false;         ///< the current file has no more bytes
  std::vector<BadBytes> bad;  ///< of the current file, `at` in the table's stream; those before `offset` may be gone
  std::uint64_t bytes_done = 0;

  State(std::vector<SourceFile>& f, std::string_view t) : files(f), table(t) {}

  bool open_file();
  void start_file();
  void read_heading();
  std::size_t read_into(char* place, std::size_t room);
  std::uint64_t skip_line();
  void close_file();
  void take_bad_bytes(Block& block, std::uint64_t end);
  bool next(Block& block);
};

std::size_t BlockReader::State::read_into(char* place, std::size_t room) {
  const std::size_t got = input->read(place, room);
  if (got == 0) {
    ended = true;
    if (sheet != nullptr) files[file].sheet = sheet->counts();
  }
  if (files[file].lone_cr) std::replace(place, place + got, '\r', '\n');
  if (records != nullptr)
    for (json::RecordProblem& problem : records->take_problems()) files[file].bad_records.push_back(std::move(problem));
  for (BadBytes one : input->take_bad_bytes()) {
    one.at += files[file].start;
    bad.push_back(one);
  }
  return got;
}

/// False when the file is passed over, or cannot be opened and is not needed.
bool BlockReader::State::open_file() {
  SourceFile& source = files[file];
  source.start = offset;
  if (source.unreadable) return false;
  try {
    start_file();
    return true;
  } catch (const FatalError& error) {
    if (!source.settings || source.settings->strict) throw UnreadableFile(source.name, error);
    source.unreadable = std::make_shared<const FatalError>(error);
    input.reset();
    return false;
  }
}

void BlockReader::State::start_file() {
  SourceFile& source = files[file];
  const Table of = *find_table(table);
  input = open_table(source, of);
  records = dynamic_cast<json::JsonReader*>(input.get());
  sheet = dynamic_cast<xlsx::SheetReader*>(input.get());
  source.bad_records.clear();
  ended = false;
  line = 1;
  source.lone_cr = false;
  source.packed = true;
  source.blocks.clear();
  carry.clear();
  bad.clear();
  if (records == nullptr) return read_heading();
  source.headings = records->headings();
  source.delimiter = ',';
  source.heading_line = 0;  // the records name their columns themselves
}

void BlockReader::State::read_heading() {
  SourceFile& source = files[file];
  const auto table_of_file = find_table(table);
  HeadingRules rules;
  HeadingWish wish;
  if (source.settings) {
    rules.aliases = source.settings->aliases.get();
    if (const FileMapping* said = source.settings->mapping ? source.settings->mapping->of(source.name) : nullptr) {
      rules.columns = &said->columns;
      wish = {said->delimiter, said->header_row};
    }
  }
  if (source.format != FileFormat::text) wish.delimiter = ',';
  bool first = true;
  HeadingRow found;
  for (std::size_t wanted = kHeadBytes; found.end == 0 && wanted <= kLargestHead; wanted *= 2) {
    while (!ended && carry.size() < wanted) {
      const std::size_t had = carry.size();
      carry.resize(wanted);
      carry.resize(had + read_into(carry.data() + had, carry.size() - had));
      if (first && !carry.empty()) {
        first = false;
        if (carry.find('\n') == std::string::npos && carry.find('\r') != std::string::npos) {
          source.lone_cr = true;
          std::replace(carry.begin(), carry.end(), '\r', '\n');
        }
      }
    }
    if (ended && !carry.empty() && carry.back() != '\n') carry.push_back('\n');
    found = find_heading_row(carry, *table_of_file, source.name, rules, wish);
    if (ended) break;
  }
  if (found.end == 0)
    throw FatalError(source.name + "：文件是空的，没有表头行；请删除它，或放入带表头的表",
                     source.name + ": the file is empty, it has no heading row (delete it, or give it a heading); nothing was run");
  source.delimiter = found.delimiter;
  source.heading_line = rules.line = found.line;
  source.headings = map_headings(*table_of_file, found.cells, source.name, rules);
  line += count_lines(carry.data(), carry.data() + found.end);
  carry.erase(0, found.end);
  offset += found.end;
}

/// Passes over what is left of a line, when there is no carry; returns how many bytes that was, the line feed included.
std::uint64_t BlockReader::State::skip_line() {
  std::uint64_t skipped = 0;
  while (!ended) {
    carry.resize(kBlockBytes);
    carry.resize(read_into(carry.data(), carry.size()));
    const std::size_t feed = carry.find('\n');
    const std::size_t of_line = feed == std::string::npos ? carry.size() : feed + 1;
    skipped += of_line;
    carry.erase(0, of_line);
    if (feed != std::string::npos) break;
  }
  return skipped;
}

void BlockReader::State::close_file() {
  files[file].size = input->packed_size();
  files[file].encoding = input->encoding();
  files[file].packed = !input->as_on_disk();
  if (records != nullptr) files[file].headings.unknown = records->unknown_keys();
  records = nullptr;
  files[file].xxh3 = input->digest();
  bytes_done += files[file].size;
  input.reset();
  ++file;
}

void BlockReader::State::take_bad_bytes(Block& block, std::uint64_t end) {
  const auto behind = std::find_if(bad.begin(), bad.end(), [end](const BadBytes& one) { return one.at >= end; });
  std::copy_if(bad.begin(), behind, std::back_inserter(block.bad), [this](const BadBytes& one) { return one.at >= offset; });
  bad.erase(bad.begin(), behind);
}

bool BlockReader::State::next(Block& block) {
  for (;;) {
    if (file == files.size()) return false;
    if (!input && !open_file()) {
      ++file;
      continue;
    }
    // What a block can hold depends on the file alone, not on what its memory held before: so does which rows are too large.
    std::size_t room = std::max(kBlockBytes, carry.size());
    reserve(block, room + 1, 0);
    std::memcpy(block.buffer.get(), carry.data(), carry.size());
    std::size_t size = carry.size();
    carry.clear();
    for (;;) {
      while (!ended && size < room) size += read_into(block.buffer.get() + size, room - size);
      char* const begin = block.buffer.get();
      if (size == 0) break;
      block.unclosed_quote = false;
      if (ended && begin[size - 1] != '\n') begin[size++] = '\n';
      std::size_t whole = static_cast<std::size_t>(last_row_end(begin, begin + size, files[file].delimiter) - begin);
      if (whole == 0 && !ended && room < kLargestRow) {
        room = std::min(room * 2, kLargestRow);
        reserve(block, room + 1, size);
        continue;
      }
      block.size = whole;
      if (whole == 0) {  // no row ends here: a quote that never closes; its line is given up, the next one is a row again
        block.unclosed_quote = true;
        const void* feed = std::memchr(begin, '\n', size);
        whole = feed == nullptr ? size : static_cast<std::size_t>(static_cast<const char*>(feed) - begin) + 1;
        block.size = whole;
      }
      carry.assign(begin + whole, size - whole);
      block.data = begin;
      block.offset = offset;
      block.line = line;
      block.file = file;
      block.bad.clear();
      if (!bad.empty()) [[unlikely]]
        take_bad_bytes(block, offset + whole);
      files[file].blocks.push_back({offset, line, block.unclosed_quote});
      offset += whole;
      line += count_lines(begin, begin + whole);
      if (begin[whole - 1] != '\n') {  // not even a line ends here: the whole line is one row that is given up
        block.size = kShownOfLine;
        while ((static_cast<unsigned char>(begin[block.size]) & 0xC0) == 0x80) --block.size;  // no piece of a character
        offset += skip_line();
        ++line;
      }
      std::memset(begin + block.size, 0, std::min(kPadding, block.capacity + kPadding - block.size));
      return true;
    }
    close_file();
  }
}

void read_block_again(const SourceFile& file, std::size_t number, Block& block) {
  const BlockStart& start = file.blocks[number];
  const std::uint64_t end = number + 1 < file.blocks.size() ? file.blocks[number + 1].offset : file.start + file.size;
  block.size = 0;
  reserve(block, end - start.offset + 1, 0);
  block.size = read_stretch(file.path, file.name, start.offset - file.start, block.buffer.get(), end - start.offset);
  if (file.lone_cr) std::replace(block.buffer.get(), block.buffer.get() + block.size, '\r', '\n');
  if (block.size == 0 || block.buffer[block.size - 1] != '\n') block.buffer[block.size++] = '\n';
  std::memset(block.buffer.get() + block.size, 0, kPadding - 1);
  block.data = block.buffer.get();
  block.offset = start.offset;
  block.line = start.line;
  block.unclosed_quote = start.unclosed_quote;
}

BlockReader::BlockReader(std::vector<SourceFile>& files, std::string_view table) : state_(std::make_unique<State>(files, table)) {}
BlockReader::~BlockReader() = default;

bool BlockReader::next(Block& block) {
  const std::lock_guard lock(state_->mutex);
  try {
    return state_->next(block);
  } catch (const UnreadableFile&) {
    throw;
  } catch (const FatalError& error) {
    throw UnreadableFile(state_->files[state_->file].name, error);
  }
}

std::uint64_t BlockReader::bytes_read() const {
  const std::lock_guard lock(state_->mutex);
  return state_->bytes_done + (state_->input ? state_->input->packed_position() : 0);
}

}  // namespace fairprice::ingest
