#include "engine/ingest/xlsx/sheet.hpp"

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/ingest/xlsx/limits.hpp"

namespace fairprice::ingest::xlsx {

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

/// Stops at the first cell that has something in it.
class Preview : public XmlHandler {
 public:
  void start(std::string_view element, const char** attributes, int depth) override {
    if (depth == 2 && element == "dimension") {
      const char* range = attribute(attributes, "ref");
      dimension = range == nullptr ? "" : range;
    } else if (depth == 2) {
      in_data_ = element == "sheetData";
    } else if (in_data_ && (element == "f" || element == "v" || element == "t")) {
      looking_ = element == "f" ? Looking::found : Looking::inside;
      has_content |= looking_ == Looking::found;
    }
  }
  Then end(std::string_view element, int depth) override {
    looking_ = Looking::outside;
    done |= has_content || (depth == 2 && element == "sheetData");
    return done ? Then::pause : Then::go_on;
  }
  void text(std::string_view piece) override { has_content |= looking_ == Looking::inside && !trimmed(piece).empty(); }

  std::string dimension;
  bool has_content = false;
  bool done = false;

 private:
  enum class Looking : std::uint8_t { outside, inside, found };
  Looking looking_ = Looking::outside;
  bool in_data_ = false;
};

SheetInfo look_at(const Container& container, const SheetEntry& sheet) {
  Preview preview;
  XmlParser parser(preview, container.place().part(sheet.part));
  const auto part = container.open(sheet.part, kLargestSheet);
  while (!preview.done) {
    const std::size_t got = part->read(parser.room(kPiece), kPiece);
    parser.feed(got, got == 0);
    if (got == 0) break;
  }
  return {sheet.title, sheet.state, preview.dimension, preview.has_content};
}

const SheetEntry& find_sheet(const Workbook& workbook, std::string_view title, const Place& place) {
  const std::string wanted = canonical_text(title);
  std::string titles;
  for (const SheetEntry& sheet : workbook.sheets) {
    if (sheet.title == title) return sheet;
    titles += (titles.empty() ? "\"" : ", \"") + sheet.title + "\"";
  }
  for (const SheetEntry& sheet : workbook.sheets)
    if (canonical_text(sheet.title) == wanted) return sheet;
  refuse(place, "没有工作表“" + std::string(title) + "”（有：" + titles + "）",
         "has no sheet \"" + std::string(title) + "\" (it has " + titles + ")");
}

class Reader : public SheetReader {
 public:
  Reader(const std::string& path, const std::string& name, std::string_view title)
      : container_(path, name), workbook_(read_workbook(container_)), sheet_(find_sheet(workbook_, title, container_.place())),
        styles_(read_styles()), strings_(container_.place().part(workbook_.shared_strings)),
        parser_({styles_, workbook_.dates, [this]() -> const SharedStrings& { return shared_strings(); },
                 container_.place().sheet(sheet_.title)}),
        xml_(parser_, container_.place().part(sheet_.part)), part_(container_.open(sheet_.part, kLargestSheet)) {}

  std::size_t read(char* place, std::size_t room) override {
    while (parser_.rows().ready() == 0 && !done_) advance();
    return parser_.rows().take(place, room);
  }
  std::uint64_t packed_position() const override { return done_ ? container_.size() : part_->packed_position(); }
  std::uint64_t packed_size() const override { return container_.size(); }
  std::uint64_t digest() override { return container_.digest(); }
  const SheetCounts& counts() const override { return parser_.counts(); }

 private:
  void advance() {
    if (xml_.paused()) {
      xml_.resume();
    } else {
      const std::size_t got = part_->read(xml_.room(kPiece), kPiece);
      ended_ = got == 0;
      xml_.feed(got, ended_);
    }
    if (ended_ && !xml_.paused()) {
      parser_.finish();
      done_ = true;
    }
  }

  Styles read_styles() const {
    if (workbook_.styles.empty()) return {};
    const Place place = container_.place().part(workbook_.styles);
    StylesReader reader(place);
    parse_part(*container_.open(workbook_.styles, kLargestSmallPart), reader, place);
    return reader.take();
  }

  const SharedStrings& shared_strings() {
    if (workbook_.shared_strings.empty())
      refuse(container_.place().sheet(sheet_.title), "单元格引用共享文本，但工作簿没有这个部件；请用 Excel 打开后另存",
             "its cells refer to shared texts, but the workbook has no such part: open it in Excel and save it");
    parse_part(*container_.open(workbook_.shared_strings, kLargestSharedStrings), strings_,
               container_.place().part(workbook_.shared_strings));
    return strings_;
  }

  Container container_;
  Workbook workbook_;
  const SheetEntry& sheet_;
  Styles styles_;
  SharedStrings strings_;
  SheetParser parser_;
  XmlParser xml_;
  std::unique_ptr<Part> part_;
  bool ended_ = false;
  bool done_ = false;
};

}  // namespace

std::vector<SheetInfo> sheets_of(const std::string& path, const std::string& name) {
  const Container container(path, name);
  const Workbook workbook = read_workbook(container);
  std::vector<SheetInfo> sheets;
  sheets.reserve(workbook.sheets.size());
  for (const SheetEntry& sheet : workbook.sheets) sheets.push_back(look_at(container, sheet));
  return sheets;
}

std::unique_ptr<SheetReader> open_sheet(const std::string& path, const std::string& name, std::string_view title) {
  return std::make_unique<Reader>(path, name, title);
}

}  // namespace fairprice::ingest::xlsx
