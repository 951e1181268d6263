#include "engine/ingest/relocate.hpp"

#include <algorithm>
#include <map>

#include "engine/base/text.hpp"

namespace fairprice::ingest {

void relocate(const Month& month, std::string_view table, const std::vector<std::uint64_t>& offsets,
              const std::function<void(std::uint64_t, const SourceFile&, std::int64_t, const RowScanner&)>& show) {
  const auto found = month.tables.find(table);
  if (offsets.empty() || found == month.tables.end()) return;
  const std::vector<SourceFile>& files = found->second.files;
  Block block;
  RowScanner scanner;
  auto wanted = offsets.begin();
  const auto look_in = [&](const SourceFile& file) {
    scanner.open(block, file.delimiter, file.headings.fields());
    while (wanted != offsets.end() && scanner.next()) {
      if (block.offset + scanner.row_offset() != *wanted) continue;
      show(*wanted, file, scanner.line(), scanner);
      while (wanted != offsets.end() && *wanted == block.offset + scanner.row_offset()) ++wanted;
    }
  };
  const bool read = std::any_of(files.begin(), files.end(), [](const SourceFile& file) { return !file.blocks.empty(); });
  if (read && std::none_of(files.begin(), files.end(), [](const SourceFile& file) { return file.packed; })) {
    while (wanted != offsets.end()) {
      // The last file, and in it the last block, that starts at or before the row.
      auto file = std::upper_bound(files.begin(), files.end(), *wanted, [](std::uint64_t offset, const SourceFile& f) { return offset < f.start; });
      if (file == files.begin()) return;
      --file;
      const auto next = std::upper_bound(file->blocks.begin(), file->blocks.end(), *wanted, [](std::uint64_t offset, const BlockStart& b) { return offset < b.offset; });
      if (next == file->blocks.begin()) return;
      const std::uint64_t row = *wanted;
      read_block_again(*file, static_cast<std::size_t>(next - file->blocks.begin()) - 1, block);
      look_in(*file);
      if (wanted != offsets.end() && *wanted == row) return;  // the file has changed meanwhile
    }
    return;
  }
  std::vector<SourceFile> again = files;
  BlockReader reader(again, table);
  while (wanted != offsets.end() && reader.next(block))
    if (*wanted < block.offset + block.size) look_in(again[block.file]);
}

void LateProblems::add(std::uint64_t offset, std::string column, ProblemCode code, std::vector<std::uint64_t> with) {
  found_.push_back({offset, std::move(column), code, std::move(with)});
}

void LateProblems::report(ProblemAction action) {
  if (found_.empty()) return;
  std::vector<std::uint64_t> offsets;
  for (const Found& found : found_) {
    if (table_ == "quotes" && found.column == "unit" && month_.quote_places.contains(found.offset)) continue;
    offsets.push_back(found.offset);
    offsets.insert(offsets.end(), found.with.begin(), found.with.end());
  }
  std::sort(offsets.begin(), offsets.end());
  offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
  struct Place {
    std::string file;
    std::int64_t line = 0;
    std::map<std::string, std::string> cells;
    std::string raw;
  };
  std::map<std::uint64_t, Place> places;
  relocate(month_, table_, offsets, [&](std::uint64_t offset, const SourceFile& file, std::int64_t line, const RowScanner& row) {
    Place& place = places[offset];
    place.file = file.name;
    place.line = line;
    place.raw = std::string(row.raw());
    for (const Found& found : found_)
      if (found.offset == offset && !found.column.empty())
        {
        const int field = file.headings.field(find_column(*find_table(table_), found.column));
        place.cells[found.column] = field < 0 ? std::string() : std::string(trimmed(row.cell(static_cast<std::size_t>(field))));
      }
  });
  if (table_ == "quotes")
    for (const Found& found : found_)
      if (const auto known = month_.quote_places.find(found.offset); found.column == "unit" && known != month_.quote_places.end())
        places[found.offset] = {known->second.file, known->second.line, {{"unit", known->second.unit}}, {}};
  auto& counts = month_.tables[table_].counts;
  for (const Found& found : found_) {
    const Place& place = places[found.offset];
    Problem problem{table_, place.file, place.line, found.column, found.code, action, "", ""};
    problem.value = found.column.empty() ? place.raw : place.cells.at(found.column);
    for (const std::uint64_t other : found.with) {
      if (other == found.offset) continue;
      problem.detail += (problem.detail.empty() ? "" : ", ") + places[other].file + ":" + std::to_string(places[other].line);
    }
    month_.problems.push_back(std::move(problem));
    ++(action == ProblemAction::duplicate ? counts.duplicate : counts.rejected);
  }
  found_.clear();
}

}  // namespace fairprice::ingest
