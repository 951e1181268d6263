#pragma once

#include <zip.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ingest/xlsx/sheet.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::testing_support {

inline constexpr const char* kSpreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr const char* kRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
inline constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook written part by part, for what no program writes. Starts as one with a single sheet "Sheet1".
struct MadeWorkbook {
  std::map<std::string, std::string> parts;

  MadeWorkbook() {
    const std::string office = kOffice;
    parts["_rels/.rels"] = relations({{"rId1", office + "/officeDocument", "xl/workbook.xml"}});
    parts["xl/_rels/workbook.xml.rels"] = relations({{"rId1", office + "/worksheet", "worksheets/sheet1.xml"},
                                                     {"rId2", office + "/styles", "styles.xml"},
                                                     {"rId3", office + "/sharedStrings", "sharedStrings.xml"}});
    sheets(R"(<sheet name="Sheet1" sheetId="1" r:id="rId1"/>)");
    styles({});
    rows("");
  }

  struct Relation {
    std::string id, type, target;
  };
  static std::string relations(const std::vector<Relation>& all) {
    std::string xml = std::string("<Relationships xmlns=\"") + kRelationships + "\">";
    for (const Relation& one : all) xml += "<Relationship Id=\"" + one.id + "\" Type=\"" + one.type + "\" Target=\"" + one.target + "\"/>";
    return xml + "</Relationships>";
  }

  MadeWorkbook& sheets(std::string_view elements, std::string_view properties = "") {
    parts["xl/workbook.xml"] = std::string("<workbook xmlns=\"") + kSpreadsheet + "\" xmlns:r=\"" + kOffice + "\">" +
                               std::string(properties) + "<sheets>" + std::string(elements) + "</sheets></workbook>";
    return *this;
  }
  /// What stands in sheetData, and around it.
  MadeWorkbook& rows(std::string_view data, std::string_view above = "", std::string_view below = "") {
    return sheet(std::string(above) + "<sheetData>" + std::string(data) + "</sheetData>" + std::string(below));
  }
  MadeWorkbook& sheet(std::string_view inside) {
    parts["xl/worksheets/sheet1.xml"] = std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"") + kSpreadsheet +
                                        "\">" + std::string(inside) + "</worksheet>";
    return *this;
  }
  /// `codes` from number 164 on; style 0 is General, style 1 the first of `ids`, and so on.
  MadeWorkbook& styles(const std::vector<int>& ids, const std::vector<std::string>& codes = {}) {
    std::string xml = std::string("<styleSheet xmlns=\"") + kSpreadsheet + "\"><numFmts>";
    for (std::size_t i = 0; i < codes.size(); ++i)
      xml += "<numFmt numFmtId=\"" + std::to_string(164 + i) + "\" formatCode=\"" + codes[i] + "\"/>";
    xml += "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>";
    for (const int id : ids) xml += "<xf numFmtId=\"" + std::to_string(id) + "\"/>";
    parts["xl/styles.xml"] = xml + "</cellXfs></styleSheet>";
    return *this;
  }
  MadeWorkbook& strings(std::string_view items) {
    parts["xl/sharedStrings.xml"] = std::string("<sst xmlns=\"") + kSpreadsheet + "\">" + std::string(items) + "</sst>";
    return *this;
  }

  void save(const std::string& path) const {
    int error = 0;
    zip_t* archive = ::zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive == nullptr) throw std::runtime_error("no archive can be made");
    for (const auto& [name, bytes] : parts) {
      zip_source_t* source = ::zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
      if (source == nullptr || ::zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0)
        throw std::runtime_error("zip_file_add");
    }
    if (::zip_close(archive) != 0) throw std::runtime_error(::zip_strerror(archive));
  }
};

struct ReadSheet {
  std::string csv;
  ingest::xlsx::SheetCounts counts;
};

/// `piece`: how many bytes are asked for at a time.
inline ReadSheet read_sheet(const std::string& path, std::string_view title, std::size_t piece = 65536) {
  const auto reader = ingest::xlsx::open_sheet(path, "quotes.xlsx", title);
  ReadSheet sheet;
  std::string buffer(piece, '\0');
  while (const std::size_t got = reader->read(buffer.data(), buffer.size())) sheet.csv.append(buffer, 0, got);
  sheet.counts = reader->counts();
  return sheet;
}

inline ReadSheet read_made(const MadeWorkbook& workbook) {
  const TemporaryFolder folder;
  workbook.save(folder.path_of("made.xlsx"));
  return read_sheet(folder.path_of("made.xlsx"), "Sheet1");
}

inline std::string csv_of(const MadeWorkbook& workbook) { return read_made(workbook).csv; }

}  // namespace fairprice::testing_support
