// The parts of a workbook, whatever is in them, give CSV of whole rows or a FatalError in both languages; how the bytes arrive makes no
// difference. The zip archive around them is left out: its checksums would stop nearly every input. First byte: which part; second: the size
// of the pieces.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/ingest/xlsx/decimal.hpp"
#include "engine/ingest/xlsx/sheet_parser.hpp"
#include "tests/support/slow_csv.hpp"

namespace {

using namespace fairprice;
using namespace fairprice::ingest::xlsx;

const Place kPlace = {"工作簿", "workbook"};

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void parse(XmlHandler& handler, std::string_view xml, std::size_t piece) {
  XmlParser parser(handler, kPlace);
  for (;;) {
    const std::size_t size = std::min(piece, xml.size());
    std::memcpy(parser.room(size + 1), xml.data(), size);
    xml.remove_prefix(size);
    parser.feed(size, size == 0);
    while (parser.paused()) parser.resume();
    if (size == 0) return;
  }
}

Styles styles_of(std::string_view xml, std::size_t piece) {
  StylesReader reader(kPlace);
  parse(reader, xml, piece);
  return reader.take();
}

const char* const kStyles =
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.00\"万元\"'/><numFmt numFmtId='165' formatCode='[$$-409]0'/>"
    "<numFmt numFmtId='166' formatCode='[h]:mm'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='9'/>"
    "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='57'/><xf numFmtId='21'/></cellXfs></styleSheet>";
const char* const kStrings = "<sst><si><t>plain</t></si><si><r><t>a,\"b\"</t></r><rPh><t>x</t></rPh></si><si><t> </t></si></sst>";

struct Outcome {
  std::string csv;
  std::string error;
  std::int64_t rows = 0;
};

Outcome read(std::string_view sheet, std::string_view styles_xml, std::string_view strings_xml, std::size_t piece) {
  Outcome outcome;
  try {
    const Styles styles = styles_of(styles_xml, piece);
    SharedStrings strings(kPlace);
    parse(strings, strings_xml, piece);
    SheetParser parser({styles, DateSystem::since_1900, [&]() -> const SharedStrings& { return strings; }, kPlace});
    parse(parser, sheet, piece);
    parser.finish();
    std::vector<char> buffer(4096);
    while (const std::size_t got = parser.rows().take(buffer.data(), buffer.size())) outcome.csv.append(buffer.data(), got);
    outcome.rows = parser.counts().rows;
  } catch (const FatalError& error) {
    expect(!error.message(Language::zh).empty(), "an error without Chinese");
    outcome.error = error.message(Language::en);
    expect(!outcome.error.empty(), "an error without English");
    outcome.csv.clear();
  }
  return outcome;
}

/// Every line is one sound row, and those that are not blank are those that were counted.
void expect_sound(const Outcome& outcome) {
  expect(outcome.csv.empty() || outcome.csv.back() == '\n', "the last row has no line end");
  expect(is_utf8(outcome.csv), "the CSV is no UTF-8");
  std::int64_t rows = 0;
  for (std::size_t at = 0; at < outcome.csv.size();) {
    if (outcome.csv[at] == '\n') {
      ++at;
      continue;
    }
    const auto cut = slow::cut_row(outcome.csv, at, ',');
    expect(cut && !cut->row.bad, "a row that is no CSV");
    expect(cut->next == outcome.csv.find('\n', at) + 1, "a row of more than one line");
    ++rows;
    at = cut->next;
  }
  expect(rows == outcome.rows, "rows that were not counted");
}

void read_values(std::string_view text) {
  const std::size_t cut = std::min(text.find('\n'), text.size());
  const std::string_view code = text.substr(0, cut);
  const std::string_view number = text.substr(std::min(cut + 1, text.size()));
  const NumberFormat format = read_number_format(code);
  std::string out;
  for (const DateSystem dates : {DateSystem::since_1900, DateSystem::since_1904}) append_date(number, format.kind, dates, out);
  append_percent(number, out);
  std::string once;
  append_number(number, once);
  std::string twice;
  append_number(once, twice);
  expect(once == twice, "a number that was written is written in another way");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = 1 + data[1];
  const std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
  const char* const sheet =
      "<worksheet><sheetData><row><c s='0'><v>1.5</v></c><c s='1'><v>45231.5</v></c><c s='2'><v>0.9</v></c><c s='3'><v>2</v></c>"
      "<c t='s'><v>0</v></c><c t='s'><v>1</v></c></row></sheetData></worksheet>";
  if (data[0] % 4 == 3) {
    read_values(text);
    return 0;
  }
  const bool is_sheet = data[0] % 4 == 0;
  const bool is_styles = data[0] % 4 == 1;
  const auto read_in = [&](std::size_t pieces) {
    return read(is_sheet ? text : sheet, is_styles ? text : kStyles, is_sheet || is_styles ? kStrings : text, pieces);
  };
  const Outcome whole = read_in(std::size_t{1} << 20);
  const Outcome cut = read_in(piece);
  expect_sound(whole);
  expect(whole.error.empty() == cut.error.empty(), "an error that depends on how the bytes arrive");
  expect(whole.csv == cut.csv, "rows that depend on how the bytes arrive");
  return 0;
}
