#include "engine/ingest/xlsx/workbook.hpp"

#include <unordered_map>

#include "engine/ingest/xlsx/limits.hpp"
#include "engine/ingest/xlsx/xml.hpp"

namespace fairprice::ingest::xlsx {

namespace {

struct Relation {
  std::string id;
  std::string type;    ///< the last word of its address: "worksheet"; the rest differs between the two kinds of OOXML
  std::string target;  ///< a part
};

/// The part that a target names, seen from the folder of the part that names it ("xl/"): "worksheets/sheet1.xml", "/xl/styles.xml",
/// "../xl/styles.xml".
std::string resolved(std::string_view folder, std::string_view target) {
  std::string path = target.starts_with('/') ? "" : std::string(folder);
  while (!target.empty()) {
    const std::size_t slash = std::min(target.find_first_of("/\\"), target.size());
    const std::string_view step = target.substr(0, slash);
    target.remove_prefix(std::min(slash + 1, target.size()));
    if (step == "..") {
      const std::size_t above = path.size() < 2 ? std::string::npos : path.rfind('/', path.size() - 2);
      path.resize(above == std::string::npos ? 0 : above + 1);
    } else if (!step.empty() && step != ".") {
      path += step;
      if (!target.empty()) path += '/';
    }
  }
  return path;
}

class RelationsReader : public XmlHandler {
 public:
  RelationsReader(std::string_view folder, Place place) : folder_(folder), place_(std::move(place)) {}
  void start(std::string_view element, const char** attributes, int /*depth*/) override {
    if (element != "Relationship") return;
    const char* id = attribute(attributes, "Id");
    const char* type = attribute(attributes, "Type");
    const char* target = attribute(attributes, "Target");
    if (id == nullptr || type == nullptr || target == nullptr) return;
    if (relations.size() > kMostSheets)
      refuse(place_, "工作表与其他部件超过上限 " + std::to_string(kMostSheets) + " 个；请拆分工作簿",
             "has more than the limit of " + std::to_string(kMostSheets) + " sheets and other parts: split the workbook");
    const std::string_view address(type);
    relations.push_back({id, std::string(address.substr(address.rfind('/') + 1)), resolved(folder_, target)});
  }
  Then end(std::string_view /*element*/, int /*depth*/) override { return Then::go_on; }

  std::vector<Relation> relations;

 private:
  std::string folder_;
  Place place_;
};

/// What the part at `path` refers to; nothing when it refers to nothing.
std::vector<Relation> relations_of(const Container& container, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  const std::string part = folder + "_rels/" + path.substr(folder.size()) + ".rels";
  if (!container.has(part)) return {};
  RelationsReader reader(folder, container.place().part(part));
  parse_part(*container.open(part, kLargestSmallPart), reader, container.place().part(part));
  return std::move(reader.relations);
}

class WorkbookReader : public XmlHandler {
 public:
  struct Listed {
    std::string title;
    SheetState state = SheetState::visible;
    std::string relation;
  };

  explicit WorkbookReader(Place place) : place_(std::move(place)) {}
  void start(std::string_view element, const char** attributes, int depth) override {
    if (depth == 2 && element == "workbookPr" && is_true(attribute(attributes, "date1904"))) dates = DateSystem::since_1904;
    if (depth != 3 || element != "sheet") return;
    Listed sheet;
    for (; *attributes != nullptr; attributes += 2) {
      const std::string_view name = attributes[0];
      const std::string_view text = attributes[1];
      if (name == "name")
        sheet.title = text;
      else if (name == "state")
        sheet.state = text == "hidden" ? SheetState::hidden : text == "veryHidden" ? SheetState::very_hidden : SheetState::visible;
      else if (name.ends_with(":id"))
        sheet.relation = text;
    }
    if (sheets.size() == kMostSheets)
      refuse(place_, "工作表超过上限 " + std::to_string(kMostSheets) + " 个；请拆分工作簿",
             "has more than the limit of " + std::to_string(kMostSheets) + " sheets: split the workbook");
    sheets.push_back(std::move(sheet));
  }
  Then end(std::string_view /*element*/, int /*depth*/) override { return Then::go_on; }

  std::vector<Listed> sheets;
  DateSystem dates = DateSystem::since_1900;

 private:
  Place place_;
};

/// A zip archive that is another thing than a workbook in XML.
[[noreturn]] void refuse_archive(const Container& container) {
  const Place& place = container.place();
  if (container.has("xl/workbook.bin"))
    refuse(place, "是二进制工作簿 .xlsb；请用 Excel 打开后另存为 .xlsx",
           "is a binary workbook (.xlsb): open it in Excel and save it as .xlsx");
  if (container.has("content.xml") && container.has("mimetype"))
    refuse(place, "是 OpenDocument 文件（.ods）；请另存为 .xlsx", "is an OpenDocument file (.ods): save it as .xlsx");
  if (container.has("word/document.xml") || container.has("ppt/presentation.xml"))
    refuse(place, "是 Word 或 PowerPoint 文件，不是工作簿；请把表格复制到 Excel 后另存为 .xlsx",
           "is a Word or PowerPoint file, no workbook: copy the table to Excel and save it as .xlsx");
  refuse(place, "是 zip 压缩包，但其中没有工作簿；请用 Excel 打开后另存为 .xlsx，或解压后放入其中的文件",
         "is a zip archive without a workbook in it: open it in Excel and save it as .xlsx, or unpack it and put in what it holds");
}

std::string workbook_part(const Container& container) {
  for (const Relation& relation : relations_of(container, ""))
    if (relation.type == "officeDocument" && container.has(relation.target) && relation.target.ends_with(".xml")) {
      if (relation.target.starts_with("word/") || relation.target.starts_with("ppt/")) break;
      return relation.target;
    }
  if (container.has("xl/workbook.xml")) return "xl/workbook.xml";
  refuse_archive(container);
}

}  // namespace

Workbook read_workbook(const Container& container) {
  const std::string part = workbook_part(container);
  const Place place = container.place().part(part);
  WorkbookReader reader(place);
  parse_part(*container.open(part, kLargestSmallPart), reader, place);

  Workbook workbook;
  workbook.dates = reader.dates;
  std::unordered_map<std::string, Relation> by_id;
  for (Relation& relation : relations_of(container, part)) {
    if (relation.type == "sharedStrings") workbook.shared_strings = relation.target;
    if (relation.type == "styles") workbook.styles = relation.target;
    by_id.insert_or_assign(relation.id, std::move(relation));
  }
  for (auto& sheet : reader.sheets) {
    const auto relation = by_id.find(sheet.relation);
    if (relation == by_id.end())
      refuse(container.place().sheet(sheet.title), "工作簿没有说它的单元格在哪个部件；请用 Excel 打开后另存",
             "the workbook does not say which part holds its cells: open it in Excel and save it");
    if (relation->second.type == "worksheet") workbook.sheets.push_back({std::move(sheet.title), sheet.state, relation->second.target});
  }
  if (workbook.sheets.empty())
    refuse(container.place(), "工作簿里没有工作表；请用 Excel 打开后另存", "the workbook has no worksheet: open it in Excel and save it");
  return workbook;
}

}  // namespace fairprice::ingest::xlsx
