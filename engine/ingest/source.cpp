#include "engine/ingest/source.hpp"

#include <algorithm>
#include <cstring>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/unpack.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
constexpr std::size_t kLargestRow = std::size_t{16} << 20;  // a quoted field that is longer was never closed, a longer line is no row
constexpr std::size_t kShownOfLine = 4096;                  // of a line that is no row
constexpr std::size_t kPadding = 64;

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
  std::string carry;         ///< bytes read that no block has had yet
  std::uint64_t offset = 0;  ///< of the carry in the table's stream
  std::int64_t line = 1;
  bool ended = false;  ///< the current file has no more bytes
  std::uint64_t bytes_done = 0;

  State(std::vector<SourceFile>& f, std::string_view t) : files(f), table(t) {}

  void open_file();
  void read_heading();
  std::size_t read_into(char* place, std::size_t room);
  std::uint64_t skip_line();
  void close_file();
  bool next(Block& block);
};

std::size_t BlockReader::State::read_into(char* place, std::size_t room) {
  const std::size_t got = input->read(place, room);
  if (got == 0) ended = true;
  if (files[file].lone_cr) std::replace(place, place + got, '\r', '\n');
  return got;
}

void BlockReader::State::open_file() {
  input = open_unpacked(files[file].path, files[file].name);
  ended = false;
  line = 1;
  files[file].lone_cr = false;
  files[file].packed = files[file].name.ends_with(".gz") || files[file].name.ends_with(".zst");
  files[file].blocks.clear();
  files[file].start = offset;
  carry.clear();
  read_heading();
}

void BlockReader::State::read_heading() {
  SourceFile& source = files[file];
  std::size_t heading_end = 0;
  bool first = true;
  bool enough = false;  // what is left of the carry may hold a row already
  while (heading_end == 0 && (enough || !ended) && carry.size() < kLargestRow) {
    if (!enough) {
      const std::size_t had = carry.size();
      carry.resize(had + (std::size_t{64} << 10));
      carry.resize(had + read_into(carry.data() + had, carry.size() - had));
    }
    enough = false;
    if (first) {
      first = false;
      check_text_encoding(std::string_view(carry).substr(0, carry.find_first_of("\r\n")), source.name);
      if (carry.find('\n') == std::string::npos && carry.find('\r') != std::string::npos) {
        source.lone_cr = true;
        std::replace(carry.begin(), carry.end(), '\r', '\n');
      }
    }
    std::size_t skip = carry.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const std::size_t first_line = std::min(carry.find('\n', skip), carry.size());
    source.delimiter = sniff_delimiter(std::string_view(carry).substr(skip, first_line - skip), source.name);
    if (ended && !carry.empty() && carry.back() != '\n') carry.push_back('\n');
    // The first row, which may have line feeds inside quotes: the shortest stretch that holds a whole row.
    for (std::size_t at = carry.find('\n', skip); at != std::string::npos; at = carry.find('\n', at + 1)) {
      const char* const begin = carry.data() + skip;
      if (last_row_end(begin, carry.data() + at + 1, source.delimiter) == carry.data() + at + 1) {
        heading_end = at + 1;
        break;
      }
    }
    if (heading_end != 0) {
      Block block;
      block.size = heading_end - skip;
      reserve(block, block.size, 0);
      std::memcpy(block.buffer.get(), carry.data() + skip, block.size);
      block.data = block.buffer.get();
      const std::size_t most = static_cast<std::size_t>(std::count(block.data, block.data + block.size, source.delimiter)) + 1;
      RowScanner scanner;
      scanner.open(block, source.delimiter, most);
      std::vector<std::string> cells;
      if (scanner.next())
        for (std::size_t i = 0; i < scanner.field_count(); ++i) cells.emplace_back(trimmed(scanner.cell(i)));
      if (!cells.empty()) {
        source.headings = map_headings(table, cells, source.name);
        line += count_lines(carry.data(), carry.data() + heading_end);
        carry.erase(0, heading_end);
        offset += heading_end;
        return;
      }
      line += count_lines(carry.data(), carry.data() + heading_end);  // an empty line above the heading
      carry.erase(0, heading_end);
      offset += heading_end;
      heading_end = 0;
      enough = !carry.empty();
    }
  }
  throw FatalError(source.name + "：文件是空的，没有表头行；请删除它，或放入带表头的表",
                   source.name + ": the file is empty, it has no heading row (delete it, or give it a heading); nothing was run");
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
  files[file].xxh3 = input->digest();
  bytes_done += files[file].size;
  input.reset();
  ++file;
}

bool BlockReader::State::next(Block& block) {
  for (;;) {
    if (file == files.size()) return false;
    if (!input) open_file();
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
  return state_->next(block);
}

std::uint64_t BlockReader::bytes_read() const {
  const std::lock_guard lock(state_->mutex);
  return state_->bytes_done + (state_->input ? state_->input->packed_position() : 0);
}

}  // namespace fairprice::ingest
