#include "engine/ingest/sheets.hpp"

#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/heading_row.hpp"
#include "engine/ingest/xlsx/sheet.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kHead = std::size_t{64} << 10;

/// Whether the beginning of a sheet has a heading row with all that the table requires.
bool looks_like(const SourceFile& workbook, const std::string& title, Table table) {
  const auto sheet = xlsx::open_sheet(workbook.path, workbook.name, title);
  std::string head(kHead, '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    const std::size_t got = sheet->read(head.data() + size, head.size() - size);
    if (got == 0) break;
    size += got;
  }
  head.resize(size);
  if (!head.empty() && head.back() != '\n') head += '\n';
  HeadingRules rules;
  rules.aliases = workbook.settings->aliases.get();
  if (const FileMapping* said = workbook.settings->mapping ? workbook.settings->mapping->of(workbook.name + "/" + title) : nullptr)
    rules.columns = &said->columns;
  const HeadingRow row = find_heading_row(head, table, workbook.name, rules, {',', 0});
  return row.end != 0 && match_headings(table, row.cells, rules).complete;
}

}  // namespace

std::vector<SourceFile> sheets_of_table(const SourceFile& workbook, Table table) {
  const std::vector<xlsx::SheetInfo> sheets = xlsx::sheets_of(workbook.path, workbook.name);
  const FileMapping* said = workbook.settings->mapping ? workbook.settings->mapping->of(workbook.name) : nullptr;
  const std::string wanted = said != nullptr ? said->sheet : std::string();
  std::vector<std::string> taken, passed_over;
  std::string first;
  std::size_t visible = 0;
  for (const xlsx::SheetInfo& sheet : sheets) visible += sheet.has_content && sheet.state == xlsx::SheetState::visible;
  for (const xlsx::SheetInfo& sheet : sheets) {
    if (!wanted.empty()) {
      (sheet.title == wanted ? taken : passed_over).push_back(sheet.title);
      continue;
    }
    if (!sheet.has_content) continue;
    const bool is_visible = sheet.state == xlsx::SheetState::visible;
    if (is_visible && first.empty()) first = sheet.title;
    const bool is_ours = is_visible && (visible == 1 || looks_like(workbook, sheet.title, table));
    (is_ours ? taken : passed_over).push_back(sheet.title);
  }
  if (taken.empty() && wanted.empty() && !first.empty()) {
    taken.push_back(first);
    std::erase(passed_over, first);
  }
  if (taken.empty()) {
    std::string titles;
    for (const xlsx::SheetInfo& sheet : sheets) titles += (titles.empty() ? "\"" : ", \"") + quoted_for_message(sheet.title) + "\"";
    if (!wanted.empty())
      throw FatalError(
          workbook.name + "：映射文件指定的工作表 \"" + wanted + "\" 不存在；有：" + titles + "；未运行",
          workbook.name + ": there is no sheet \"" + wanted + "\", which the mapping names; there are: " + titles + "; nothing was run");
    throw FatalError(workbook.name + "：没有有内容的可见工作表（有：" + titles + "）；未运行",
                     workbook.name + ": no visible sheet has content (there are: " + titles + "); nothing was run");
  }
  std::vector<SourceFile> files;
  for (const std::string& title : taken) {
    SourceFile file = workbook;
    file.part = title;
    if (taken.size() > 1) file.name += "/" + title;
    if (files.empty()) file.passed_over = passed_over;
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace fairprice::ingest
