#include "engine/ingest/small_csv.hpp"

#include <algorithm>
#include <cstring>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/encoding_reader.hpp"
#include "engine/ingest/file_format.hpp"
#include "engine/ingest/unpack.hpp"
#include "engine/ingest/xlsx/sheet.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kPadding = 64;  // what the scanner may read behind a block
constexpr std::size_t kLargestSmall = std::size_t{256} << 20;

/// Text as it is in the file, or the first visible sheet of a workbook that has content.
std::unique_ptr<Unpacker> open_text(const std::string& path, const std::string& name, std::optional<Encoding> forced) {
  if (format_of_name(path) != FileFormat::workbook) return std::make_unique<EncodingReader>(open_unpacked(path, name), forced);
  for (const xlsx::SheetInfo& sheet : xlsx::sheets_of(path, name))
    if (sheet.has_content && sheet.state == xlsx::SheetState::visible) return xlsx::open_sheet(path, name, sheet.title);
  throw FatalError(name + "：没有有内容的可见工作表", name + ": no visible sheet has content");
}

}  // namespace

std::string read_whole_text(const std::string& path, const std::string& name, std::size_t most, std::optional<Encoding> forced) {
  const std::unique_ptr<Unpacker> input = open_text(path, name, forced);
  std::string text;
  for (;;) {
    const std::size_t had = text.size();
    text.resize(had + (std::size_t{1} << 16));
    const std::size_t got = input->read(text.data() + had, text.size() - had);
    text.resize(had + got);
    if (got == 0) break;
    if (text.size() > most)
      throw FatalError(name + "：文件超过 " + std::to_string(most >> 20) + " MB，过大",
                       name + ": the file is larger than " + std::to_string(most >> 20) + " MB, which is too large here");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.find('\n') == std::string::npos) std::replace(text.begin(), text.end(), '\r', '\n');
  if (!text.empty() && text.back() != '\n') text.push_back('\n');
  return text;
}

Block block_of(std::string_view text) {
  Block block;
  block.buffer = std::make_unique<char[]>(text.size() + kPadding);
  std::memcpy(block.buffer.get(), text.data(), text.size());
  block.data = block.buffer.get();
  block.capacity = block.size = text.size();
  block.line = 1;
  return block;
}

SmallCsv read_small_csv(const std::string& path, const std::string& name) {
  const std::string text = read_whole_text(path, name, kLargestSmall);
  const std::string_view first = std::string_view(text).substr(0, text.find('\n'));
  const char delimiter = sniff_delimiter(first, name);
  const Block block = block_of(text);
  RowScanner scanner;
  scanner.open(block, delimiter, static_cast<std::size_t>(std::count(first.begin(), first.end(), delimiter)) + 1);
  SmallCsv csv;
  while (scanner.next()) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < scanner.field_count(); ++i) cells.emplace_back(trimmed(scanner.cell(i)));
    if (csv.heading.empty())
      csv.heading = std::move(cells);
    else
      csv.rows.push_back({scanner.line(), std::move(cells)});
  }
  if (csv.heading.empty())
    throw FatalError(name + "：文件是空的，没有表头行", name + ": the file is empty, it has no heading row; nothing was run");
  return csv;
}

}  // namespace fairprice::ingest
