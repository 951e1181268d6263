// xlsx_csv WORKBOOK [SHEET] [--count]: a sheet as the engine reads it, as CSV on standard output; --count gives rows and bytes alone. For
// the bench, and for comparing with other readers.

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/xlsx/sheet.hpp"

namespace {

using namespace fairprice::ingest;

int run(const std::string& path, std::string title, bool count_alone) {
  if (title.empty()) title = xlsx::sheets_of(path, path).front().title;
  const auto sheet = xlsx::open_sheet(path, path, title);
  std::vector<char> buffer(std::size_t{256} << 10);
  std::size_t bytes = 0;
  while (const std::size_t got = sheet->read(buffer.data(), buffer.size())) {
    bytes += got;
    if (!count_alone && std::fwrite(buffer.data(), 1, got, stdout) != got) return 1;
  }
  const xlsx::SheetCounts& counts = sheet->counts();
  std::fprintf(
      stderr, "rows %lld, bytes %zu, hidden rows %lld, hidden columns %lld, merged %lld, formulas %lld, without value %lld, errors %lld\n",
      static_cast<long long>(counts.rows), bytes, static_cast<long long>(counts.hidden_rows), static_cast<long long>(counts.hidden_columns),
      static_cast<long long>(counts.merged_ranges), static_cast<long long>(counts.formulas),
      static_cast<long long>(counts.formulas_without_value), static_cast<long long>(counts.error_cells));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words;
  bool count_alone = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--count")
      count_alone = true;
    else
      words.emplace_back(argv[i]);
  }
  if (words.empty()) {
    std::fprintf(stderr, "usage: xlsx_csv WORKBOOK [SHEET] [--count]\n");
    return 2;
  }
  try {
    return run(words[0], words.size() > 1 ? words[1] : "", count_alone);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
