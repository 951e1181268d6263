#include "engine/ingest/dry_run.hpp"

#include <tuple>

#include "engine/base/text.hpp"
#include "engine/ingest/scan_csv.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kShownRows = 3;

std::vector<std::string> understood_cells(const RowScanner& scanner, const HeadingMap& headings) {
  std::vector<std::string> cells;
  for (const int field : headings.field_of_column)
    if (field != HeadingMap::kAbsent) cells.emplace_back(clean_cell(scanner.cell(static_cast<std::size_t>(field))));
  return cells;
}

FilePreview preview_file(Table table, const SourceFile& file) {
  FilePreview preview;
  preview.table = table;
  std::vector<SourceFile> one = {file};
  try {
    BlockReader reader(one, table_name(table));
    Block block;
    RowScanner scanner;
    while (reader.next(block)) {
      scanner.open(block, one[0].delimiter, one[0].headings.fields());
      while (scanner.next()) {
        ++preview.rows;
        if (preview.first_rows.size() < kShownRows && scanner.field_count() == one[0].headings.fields() && !scanner.bad_quotes())
          preview.first_rows.push_back(understood_cells(scanner, one[0].headings));
      }
    }
  } catch (const FatalError& damaged) {  // after rows of it have been read
    one[0].unreadable = std::make_shared<const FatalError>(damaged);
  }
  preview.file = std::move(one[0]);
  return preview;
}

}  // namespace

std::vector<FilePreview> preview_files(const std::string& folder, const InputSettings& settings) {
  auto tolerant = std::make_shared<InputSettings>(settings);
  tolerant->strict = false;
  std::vector<FilePreview> previews;
  for (int i = 0; i < kTables; ++i) {
    const auto table = static_cast<Table>(i);
    for (const SourceFile& file : find_files(folder, table_name(table), tolerant)) previews.push_back(preview_file(table, file));
  }
  return previews;
}

void add_problems(std::vector<FilePreview>& previews, const std::vector<Problem>& problems) {
  std::map<std::string_view, FilePreview*> by_name;
  for (FilePreview& preview : previews) by_name[preview.file.name] = &preview;
  for (const Problem& problem : problems) {
    const auto preview = by_name.find(problem.file.view());
    if (preview == by_name.end() || problem.code == ProblemCode::unreadable_file) continue;
    auto [found, added] = preview->second->problems.try_emplace(problem.code, ExpectedProblem{0, problem});
    ExpectedProblem& expected = found->second;
    ++expected.places;
    const auto place = [](const Problem& one) { return std::tie(one.line, one.column); };
    if (!added && place(problem) < place(expected.first)) expected.first = problem;
  }
}

Mapping mapping_of(const std::vector<FilePreview>& previews) {
  Mapping mapping;
  for (const FilePreview& preview : previews) {
    FileMapping file;
    file.pattern = preview.file.name;
    if (!preview.file.unreadable && preview.file.format == FileFormat::text) {
      file.encoding = preview.file.encoding;
      file.delimiter = preview.file.delimiter;
    }
    file.sheet = preview.file.part;
    if (!preview.file.unreadable) {
      file.header_row = preview.file.heading_line;
      const auto columns = columns_of(preview.table);
      for (std::size_t column = 0; column < columns.size(); ++column)
        if (const int field = preview.file.headings.field_of_column[column]; field != HeadingMap::kAbsent)
          file.columns[std::string(columns[column].name)] = preview.file.headings.cells[static_cast<std::size_t>(field)];
    }
    mapping.files.push_back(std::move(file));
  }
  return mapping;
}

}  // namespace fairprice::ingest
