#include "engine/ingest/sheet_warning.hpp"

#include <array>

namespace fairprice::ingest {

namespace {

struct Part {
  std::int64_t xlsx::SheetCounts::*count;
  const char* zh;
  const char* en;
};

constexpr std::array<Part, 5> kParts = {{
    {&xlsx::SheetCounts::hidden_rows, "个隐藏行（照常读取）", "hidden rows (read like the others)"},
    {&xlsx::SheetCounts::hidden_columns, "个隐藏列（照常读取）", "hidden columns (read like the others)"},
    {&xlsx::SheetCounts::merged_over_rows, "处跨行合并单元格（仅首行有值，请取消合并并填充）",
     "ranges merged over several rows (only the first row has the value: unmerge and fill them)"},
    {&xlsx::SheetCounts::formulas_without_value, "个未计算的公式（请在 Excel 中打开并保存）",
     "formulas that were never computed (open and save the file in Excel)"},
    {&xlsx::SheetCounts::error_cells, "个错误值单元格（如 #N/A）", "cells with an error such as #N/A"},
}};

}  // namespace

std::string sheet_note(const SourceFile& file, Language language) {
  if (file.format != FileFormat::workbook || file.unreadable) return {};
  const bool zh = language == Language::zh;
  std::string parts;
  for (const Part& part : kParts)
    if (const std::int64_t count = file.sheet.*part.count; count != 0)
      parts.append(parts.empty() ? "" : zh ? "，" : ", ").append(std::to_string(count)).append(" ").append(zh ? part.zh : part.en);
  return parts.empty() ? parts : file.name + (zh ? "：" : ": ") + parts;
}

std::size_t warn_of_sheets(Month& month) {
  std::size_t added = 0;
  for (const auto& [name, table] : month.tables)
    for (const SourceFile& file : table.files) {
      std::string zh = sheet_note(file, Language::zh);
      if (zh.empty()) continue;
      month.warnings_zh.push_back(std::move(zh));
      month.warnings_en.push_back(sheet_note(file, Language::en));
      ++added;
    }
  return added;
}

}  // namespace fairprice::ingest
