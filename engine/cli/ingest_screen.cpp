#include "engine/cli/ingest_screen.hpp"

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/text.hpp"
#include "engine/ingest/sheet_warning.hpp"
#include "engine/publishing/json.hpp"

namespace fairprice::cli {

using ingest::FilePreview;
using ingest::HeadingMap;

namespace {

constexpr std::size_t kCellWidth = 28;

std::string_view delimiter_word(char delimiter, Language language) {
  const std::string_view name = ingest::delimiter_name(delimiter);
  if (language == Language::en) return name;
  return name == "comma" ? "逗号" : name == "tab" ? "制表符" : "分号";
}

struct Understood {
  std::string_view column;
  std::string heading;
};

std::vector<Understood> columns_of(const FilePreview& preview) {
  std::vector<Understood> columns;
  const auto all = ingest::columns_of(preview.table);
  for (std::size_t column = 0; column < all.size(); ++column)
    if (const int field = preview.file.headings.field_of_column[column]; field != HeadingMap::kAbsent)
      columns.push_back({all[column].name, preview.file.headings.cells[static_cast<std::size_t>(field)]});
  return columns;
}

void print_file(Page& page, const FilePreview& preview, Language language) {
  const bool zh = language == Language::zh;
  const auto& file = preview.file;
  page.line(fmt::format("{} · {}", quoted_for_message(file.name, SIZE_MAX), table_name(preview.table)), Style::bold);
  if (file.unreadable) {
    page.line("  ! " + quoted_for_message(file.unreadable->reason(language), SIZE_MAX), Style::warning);
    page.line();
    return;
  }
  std::string how(format_name(file.format));
  if (file.format == ingest::FileFormat::text)
    how += fmt::format(fmt::runtime(zh ? "，{}，以{}分隔" : ", {}, {} between cells"), encoding_name(file.encoding),
                       delimiter_word(file.delimiter, language));
  if (file.heading_line > 0) how += fmt::format(fmt::runtime(zh ? "；表头在第 {} 行" : "; headings in row {}"), file.heading_line);
  page.line("  " + how + fmt::format(fmt::runtime(zh ? "；{} 行数据" : "; {} rows"), grouped(preview.rows)));
  TextTable table(std::vector<TextTable::Align>(2 + preview.first_rows.size(), TextTable::Align::left));
  std::vector<std::string> heading = {zh ? "列" : "column", zh ? "表头" : "heading"};
  for (std::size_t row = 0; row < preview.first_rows.size(); ++row) heading.push_back(fmt::format("{} {}", zh ? "行" : "row", row + 1));
  table.row(heading);
  const auto columns = columns_of(preview);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::vector<std::string> cells = {std::string(columns[i].column), shortened(quoted_for_message(columns[i].heading), kCellWidth)};
    for (const auto& row : preview.first_rows) cells.push_back(shortened(quoted_for_message(row[i]), kCellWidth));
    table.row(cells);
  }
  table.print(page);
  if (!file.passed_over.empty()) {
    std::string names;
    for (const std::string& name : file.passed_over) names += (names.empty() ? "" : ", ") + quoted_for_message(name);
    page.line((zh ? "  不读取的工作表：" : "  sheets that are not read: ") + names);
  }
  if (const std::string hides = ingest::sheet_note(file, language); !hides.empty())
    page.line("  ! " + quoted_for_message(hides, SIZE_MAX), Style::warning);
  if (!file.headings.unknown.empty()) {
    std::string names;
    for (const std::string& name : file.headings.unknown) names += (names.empty() ? "" : ", ") + quoted_for_message(name);
    page.line((zh ? "  不使用的表头：" : "  headings that are not used: ") + names);
  }
  for (const auto& [code, expected] : preview.problems)
    page.line(fmt::format("  ! {} × {}: {}:{} {}", code_name(code), grouped(expected.places), file.name, expected.first.line,
                          quoted_for_message(problem_message(expected.first, language), SIZE_MAX)),
              Style::warning);
  page.line();
}

}  // namespace

std::string ingest_screen(const std::vector<FilePreview>& previews, const std::string& note, Language language, bool colour) {
  const bool zh = language == Language::zh;
  Page page(colour);
  std::int64_t rows = 0;
  std::int64_t unreadable = 0;
  std::int64_t places = 0;
  for (const FilePreview& preview : previews) {
    print_file(page, preview, language);
    rows += preview.rows;
    unreadable += preview.file.unreadable != nullptr;
    for (const auto& [code, expected] : preview.problems) places += expected.places;
  }
  if (!note.empty()) page.line("  ! " + quoted_for_message(note, SIZE_MAX), Style::warning);
  page.line(zh ? fmt::format("{} 个文件，{} 行；{} 处会被拒收或置空；{} 个文件无法读取。没有写出任何结果。",
                             grouped(static_cast<std::int64_t>(previews.size())), grouped(rows), grouped(places), grouped(unreadable))
               : fmt::format("{} files, {} rows; {} places would be rejected or emptied; {} files cannot be read. Nothing was written.",
                             grouped(static_cast<std::int64_t>(previews.size())), grouped(rows), grouped(places), grouped(unreadable)));
  return page.text();
}

std::string ingest_json(const std::vector<FilePreview>& previews, const std::string& note, Language language) {
  publishing::Json json;
  json.begin_object();
  json.key("files").begin_array();
  for (const FilePreview& preview : previews) {
    const auto& file = preview.file;
    json.begin_object();
    json.member("name", file.name);
    json.member("table", table_name(preview.table));
    json.member("format", format_name(file.format));
    if (file.unreadable) {
      json.member("unreadable", file.unreadable->reason(language));
      json.end_object();
      continue;
    }
    if (file.format == ingest::FileFormat::text) {
      json.member("encoding", encoding_name(file.encoding));
      json.member("delimiter", ingest::delimiter_name(file.delimiter));
    }
    if (!file.part.empty()) json.member("sheet", file.part);
    if (const std::string hides = ingest::sheet_note(file, language); !hides.empty()) json.member("sheet_note", hides);
    json.member("header_row", file.heading_line);
    json.member("rows", preview.rows);
    const auto columns = columns_of(preview);
    json.key("columns").begin_object();
    for (const Understood& column : columns) json.member(column.column, column.heading);
    json.end_object();
    json.key("unknown_headings").begin_array();
    for (const std::string& name : file.headings.unknown) json.text(name);
    json.end_array();
    json.key("first_rows").begin_array();
    for (const auto& row : preview.first_rows) {
      json.begin_object();
      for (std::size_t i = 0; i < columns.size(); ++i) json.member(columns[i].column, row[i]);
      json.end_object();
    }
    json.end_array();
    json.key("problems").begin_array();
    for (const auto& [code, expected] : preview.problems) {
      json.begin_object();
      json.member("code", code_name(code));
      json.member("places", expected.places);
      json.member("line", expected.first.line);
      json.member("column", expected.first.column.view());
      json.member("message", problem_message(expected.first, language));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.member("note", note);
  json.end_object();
  return std::move(json).str();
}

}  // namespace fairprice::cli
