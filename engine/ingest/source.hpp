#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/file_format.hpp"
#include "engine/ingest/headings.hpp"
#include "engine/ingest/input_settings.hpp"
#include "engine/ingest/json/record_problem.hpp"
#include "engine/ingest/unpack.hpp"
#include "engine/ingest/xlsx/sheet_counts.hpp"

namespace fairprice::ingest {

/// Where a block of a file began, so that a few rows can be read again without all that stands before them.
struct BlockStart {
  std::uint64_t offset;  ///< in the table's stream
  std::int64_t line;
  bool unclosed_quote;
};

/// One file of a table, as the run came to know it.
struct SourceFile {
  std::string path;  ///< to open it
  std::string name;  ///< under the input folder, for messages: "quotes/part-001.csv"
  FileFormat format = FileFormat::text;
  std::string part;                               ///< of a workbook: the title of the sheet
  std::int64_t member = -1;                       ///< of a .zip archive: which of its files; -1: none
  std::vector<std::string> passed_over;           ///< sheets of the workbook that are not read, no columns of the table being in them
  xlsx::SheetCounts sheet;                        ///< of a workbook: known once the sheet has been read
  std::shared_ptr<const InputSettings> settings;  ///< null: as if nobody had said anything
  std::vector<json::RecordProblem> bad_records;   ///< of JSON: records that gave no row, as far as it has been read
  std::shared_ptr<const FatalError> unreadable;   ///< why it is not read, or not to its end
  Encoding encoding = Encoding::utf8;             ///< as recognised; known once the file has been read
  char delimiter = ',';
  std::int64_t heading_line = 1;  ///< physical line of the heading row
  HeadingMap headings;
  std::uint64_t start = 0;         ///< offset of its first byte in the table's stream of unpacked bytes
  std::uint64_t packed_bytes = 0;  ///< on disk, when it was found; 0 where the system does not say
  std::uint64_t size = 0;          ///< bytes on disk, as read
  std::uint64_t xxh3 = 0;          ///< XXH3-64 of the bytes on disk
  bool packed = false;             ///< not read as it stands on disk (gzip, GB18030): can be read from the start alone
  bool lone_cr = false;            ///< old Macintosh line ends, read as line feeds
  std::vector<BlockStart> blocks;  ///< in order, all of them once the table has been read
};

/// A stretch of whole rows of one file. The bytes are followed by at least 64 readable ones.
struct Block {
  std::unique_ptr<char[]> buffer;
  std::size_t capacity = 0;
  const char* data = nullptr;
  std::size_t size = 0;
  std::uint64_t offset = 0;  ///< of data in the table's stream: identifies a row together with its place in the block
  std::int64_t line = 0;     ///< physical line of the first row, heading = 1
  std::size_t file = 0;
  std::vector<BadBytes> bad;    ///< what is no text in the file's encoding; `at` in the table's stream
  bool unclosed_quote = false;  ///< the block is one physical line whose quoted field never ends, or the beginning of one above 16 MB
};

/// The files of a table under a folder: `quotes.csv`, `quotes-jd.tsv.gz`, `quotes/part-001.csv.zst`; sorted by name. One with a known
/// table's name that cannot be read is a FatalError that says why and which can be, or `unreadable` when the settings are not strict.
/// Without settings the folder's own mapping.json and headings.csv count.
std::vector<SourceFile> find_files(const std::string& folder, std::string_view table,
                                   std::shared_ptr<const InputSettings> settings = nullptr);

/// Reads block `number` of a file once more. The file is not packed and has been read as a whole. Throws FatalError as BlockReader does.
void read_block_again(const SourceFile& file, std::size_t number, Block& block);

/// Reads a table's files one after another and hands out blocks of whole rows, to any number of threads at once.
/// Plain, gzip and zstd files in any encoding that is known. Invariant: joined in order of `offset`, the blocks are all rows below the
/// headings. A file that cannot be opened, is empty or has no heading of this table ends the reading with an UnreadableFile, or, when its
/// settings are not strict, is passed over and says so in `unreadable`. Damage that shows when rows have been handed out always ends it:
/// who reads then reads again without that file (InputSettings::given_up), so that no row of a damaged archive counts.
class BlockReader {
 public:
  BlockReader(std::vector<SourceFile>& files, std::string_view table);
  ~BlockReader();
  BlockReader(const BlockReader&) = delete;
  BlockReader& operator=(const BlockReader&) = delete;

  /// The next block, or false at the end. `block` may be used again.
  bool next(Block& block);

  std::uint64_t bytes_read() const;  ///< on disk, so far; for progress

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairprice::ingest
