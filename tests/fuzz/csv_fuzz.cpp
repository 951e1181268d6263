// The scanner over any bytes, cut into blocks at row ends, gives the cells, places and verdicts of the slow reader. First byte: delimiter and
// number of fields; second byte: size of the blocks.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/base/text.hpp"
#include "tests/support/scan_bytes.hpp"

namespace {

using namespace fairprice;

/// The slow reader knows white space of ASCII alone, the scanner that of Unicode too: rows of nothing else are left out of the comparison.
void leave_out_blank_rows(std::vector<slow::CsvRow>& rows) {
  std::erase_if(rows, [](const slow::CsvRow& row) {
    return !row.bad && std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return trimmed(cell).empty(); });
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const char delimiter = std::string_view(",\t;|")[data[0] % 4];
  const std::size_t fields = 1 + data[0] / 4 % 8;
  const std::size_t block_size = 1 + data[1];
  const std::string bytes(reinterpret_cast<const char*>(data + 2), size - 2);
  auto expected = testing_support::slow_rows(bytes, delimiter, fields);
  auto found = testing_support::scan_bytes(bytes, delimiter, fields, block_size);
  leave_out_blank_rows(expected);
  leave_out_blank_rows(found);
  const std::string difference = testing_support::difference(found, expected);
  if (!difference.empty()) {
    std::fprintf(stderr, "%s\n", quoted_for_message(difference, 400).c_str());
    std::abort();
  }
  return 0;
}
