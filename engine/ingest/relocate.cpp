#include "engine/ingest/relocate.hpp"

#include <algorithm>

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
      auto file =
          std::upper_bound(files.begin(), files.end(), *wanted, [](std::uint64_t offset, const SourceFile& f) { return offset < f.start; });
      if (file == files.begin()) return;
      --file;
      const auto next = std::upper_bound(file->blocks.begin(), file->blocks.end(), *wanted,
                                         [](std::uint64_t offset, const BlockStart& b) { return offset < b.offset; });
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
  // In the order of their places, whoever found them first.
  std::sort(with.begin(), with.end());
  with.erase(std::remove(with.begin(), with.end(), offset), with.end());
  const std::size_t more = with.size() > kNamed ? with.size() - kNamed : 0;
  if (more > 0) {
    with.resize(kNamed);
    with.shrink_to_fit();
  }
  found_.push_back({offset, std::move(column), code, std::move(with), more, {}});
}

void LateProblems::add_all(std::vector<std::uint64_t> offsets, ProblemCode code) {
  std::sort(offsets.begin(), offsets.end());
  // One more than are named, so that a row may be among them; counted, not copied, beyond.
  const auto named = offsets.begin() + static_cast<std::ptrdiff_t>(std::min(offsets.size(), kNamed + 1));
  for (const std::uint64_t offset : offsets) {
    std::vector<std::uint64_t> with(offsets.begin(), named);
    with.erase(std::remove(with.begin(), with.end(), offset), with.end());
    with.resize(std::min(with.size(), kNamed));
    const std::size_t more = offsets.size() - 1 - with.size();
    found_.push_back({offset, "", code, std::move(with), more, {}});
  }
}

void LateProblems::report(ProblemAction action) {
  if (found_.empty()) return;
  const auto known_place = [&](const Found& found) -> const Month::QuotePlace* {
    if (table_ != "quotes" || found.column != "unit") return nullptr;
    const auto known = month_.quote_places.find(found.offset);
    return known == month_.quote_places.end() ? nullptr : &known->second;
  };
  std::vector<std::uint64_t> offsets;
  std::vector<std::size_t> wanted;  // of found_, by offset
  for (std::size_t i = 0; i < found_.size(); ++i) {
    if (known_place(found_[i]) != nullptr) continue;
    wanted.push_back(i);
    offsets.push_back(found_[i].offset);
    offsets.insert(offsets.end(), found_[i].with.begin(), found_[i].with.end());
  }
  std::sort(wanted.begin(), wanted.end(), [&](std::size_t a, std::size_t b) { return found_[a].offset < found_[b].offset; });
  std::sort(offsets.begin(), offsets.end());
  offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
  struct Place {
    SharedText file;
    std::int64_t line;
  };
  std::vector<Place> places;  // as long as offsets
  places.reserve(offsets.size());
  auto next = wanted.begin();
  relocate(month_, table_, offsets, [&](std::uint64_t offset, const SourceFile& file, std::int64_t line, const RowScanner& row) {
    places.push_back({file.name, line});
    for (; next != wanted.end() && found_[*next].offset == offset; ++next) {
      Found& found = found_[*next];
      const int field = found.column.empty() ? -1 : file.headings.field(find_column(*find_table(table_), found.column));
      if (found.column.empty())
        found.value = row.raw();
      else if (field >= 0)
        found.value = trimmed(row.cell(static_cast<std::size_t>(field)));
    }
  });
  if (places.size() != offsets.size())
    throw FatalError(table_ + "：读取期间文件有改动；请在文件不再变化后重新运行；未运行",
                     table_ + ": the files changed while they were read: run again when they no longer change; nothing was run");
  const auto place_of = [&](std::uint64_t offset) -> const Place& {
    return places[static_cast<std::size_t>(std::lower_bound(offsets.begin(), offsets.end(), offset) - offsets.begin())];
  };
  auto& counts = month_.tables[table_].counts;
  for (Found& found : found_) {
    const Month::QuotePlace* const known = known_place(found);
    const Place place = known != nullptr ? Place{known->file, known->line} : place_of(found.offset);
    const std::string& value = known != nullptr ? known->unit : found.value;
    Problem problem{table_, place.file, place.line, found.column, found.code, action, value, ""};
    std::string detail;
    for (const std::uint64_t other : found.with) {
      const Place& its = place_of(other);
      detail.append(detail.empty() ? "" : ", ").append(its.file).append(":").append(std::to_string(its.line));
    }
    if (found.more > 0) detail += ", … (+" + std::to_string(found.more) + ")";
    problem.detail = detail;
    month_.problems.push_back(std::move(problem));
    ++(action == ProblemAction::duplicate ? counts.duplicate : counts.rejected);
  }
  found_.clear();
}

}  // namespace fairprice::ingest
