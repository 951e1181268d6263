#include "engine/letters/docx.hpp"

#include <zip.h>

#include <algorithm>

#include "engine/base/problem.hpp"

namespace fairprice::letters {

namespace {

constexpr std::string_view kMain = "word/document.xml";
constexpr std::size_t kLargestPart = std::size_t{64} << 20;

constexpr std::string_view kTypes =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>)";
constexpr std::string_view kRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";
constexpr std::string_view kMainRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>)";
// Fonts that Chinese systems have; others take what stands for them. Sizes are half points, distances twentieths of a point.
constexpr std::string_view kStyles =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/><w:spacing w:before="240" w:after="240"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:style></w:styles>)";

/// Text of XML: what XML 1.0 cannot hold is left out.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') result += c;
    }
  }
  return result;
}

void paragraph(std::string& body, std::string_view text, std::string_view style) {
  body += "<w:p>";
  if (!style.empty()) body.append("<w:pPr><w:pStyle w:val=\"").append(style).append("\"/></w:pPr>");
  body.append("<w:r><w:t xml:space=\"preserve\">").append(escaped(text)).append("</w:t></w:r></w:p>");
}

[[noreturn]] void refuse(std::string_view where) {
  throw FatalError(std::string(where) + "：不是 Word 文档（.docx），或已损坏",
                   std::string(where) + ": is no Word document (.docx), or is damaged");
}

/// A zip archive in memory.
class Archive {
 public:
  /// `bytes` empty: a new one. Throws FatalError naming `where` when they are none.
  Archive(std::string_view bytes, std::string_view where) : where_(where) {
    zip_error_t error;
    zip_error_init(&error);
    source_ = zip_source_buffer_create(bytes.empty() ? nullptr : bytes.data(), bytes.size(), 0, &error);
    if (source_ == nullptr) refuse(where);
    zip_source_keep(source_);  // the archive takes one reference, this class has the other
    zip_ = zip_open_from_source(source_, bytes.empty() ? ZIP_TRUNCATE : 0, &error);
    zip_error_fini(&error);
    if (zip_ != nullptr) return;
    zip_source_free(source_);
    zip_source_free(source_);
    refuse(where);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  ~Archive() {
    if (zip_ != nullptr) zip_discard(zip_);
    zip_source_free(source_);
  }

  std::string part(const std::string& name) const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(zip_, name.c_str(), 0, &stat) < 0 || (stat.valid & ZIP_STAT_SIZE) == 0 || stat.size > kLargestPart) refuse(where_);
    std::string text(stat.size, '\0');
    zip_file_t* const file = zip_fopen(zip_, name.c_str(), 0);
    if (file == nullptr) refuse(where_);
    const zip_int64_t got = zip_fread(file, text.data(), text.size());
    zip_fclose(file);
    if (got != static_cast<zip_int64_t>(text.size())) refuse(where_);
    return text;
  }

  /// `content` must live until bytes().
  void put(const char* name, std::string_view content) {
    zip_source_t* const part = zip_source_buffer(zip_, content.data(), content.size(), 0);
    const zip_int64_t index = part == nullptr ? -1 : zip_file_add(zip_, name, part, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    if (index < 0) refuse(where_);
    zip_file_set_dostime(zip_, static_cast<zip_uint64_t>(index), 0, (1 << 5) | 1, 0);  // 1980-01-01: the same bytes every time
  }

  /// Closes it.
  std::string bytes() {
    if (zip_close(zip_) < 0) refuse(where_);
    zip_ = nullptr;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source_, &stat) < 0 || zip_source_open(source_) < 0) refuse(where_);
    std::string result(stat.size, '\0');
    const zip_int64_t got = zip_source_read(source_, result.data(), result.size());
    zip_source_close(source_);
    if (got != static_cast<zip_int64_t>(result.size())) refuse(where_);
    return result;
  }

 private:
  std::string_view where_;
  zip_source_t* source_ = nullptr;
  zip_t* zip_ = nullptr;
};

}  // namespace

std::string docx_of(std::string_view text) {
  std::string document =
      R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)";
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line.starts_with("## "))
      paragraph(document, line.substr(3), "Heading1");
    else if (line.starts_with("# "))
      paragraph(document, line.substr(2), "Title");
    else if (line.starts_with("- "))
      paragraph(document, "•\t" + std::string(line.substr(2)), "ListParagraph");
    else
      paragraph(document, line, "");
  }
  // A4 with margins of 2.5 cm.
  document +=
      R"(<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>)";
  Archive archive({}, "docx");
  archive.put("[Content_Types].xml", kTypes);
  archive.put("_rels/.rels", kRelations);
  archive.put("word/document.xml", document);
  archive.put("word/_rels/document.xml.rels", kMainRelations);
  archive.put("word/styles.xml", kStyles);
  return archive.bytes();
}

std::string filled_docx(std::string_view document, const Fields& fields, std::string_view where) {
  if (document.empty()) refuse(where);
  Archive archive(document, where);
  const std::string name(kMain);
  Fields safe = fields;
  for (auto& [key, value] : safe.texts) value = escaped(value);
  for (auto& [key, rows] : safe.sections)
    for (Row& row : rows)
      for (auto& [column, value] : row) value = escaped(value);
  const std::string filled = filled_in(archive.part(name), safe, std::string(where) + " (" + name + ")");
  archive.put(name.c_str(), filled);
  return archive.bytes();
}

}  // namespace fairprice::letters
