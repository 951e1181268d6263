// Any bytes as JSON. Whatever they are, the size of the pieces in which they come changes nothing, each problem stands at a blank line, rows
// have as many fields as the heading, and a line of JSON Lines is refused as no JSON exactly when the parser without its quick scan refuses
// it. First byte: how they are read; second byte: size of the pieces.

#include <rapidjson/reader.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/json/reader.hpp"
#include "tests/engine/ingest/json/read_json.hpp"
#include "tests/support/slow_csv.hpp"

namespace {

using namespace fairprice;
using namespace fairprice::ingest;
using testing_support::JsonResult;

[[noreturn]] void fail(const char* what, const std::string& shown) {
  std::fprintf(stderr, "%s: %s\n", what, quoted_for_message(shown, 400).c_str());
  std::abort();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

bool is_json(const std::string& line) {
  rapidjson::Reader reader;
  rapidjson::StringStream stream(line.c_str());
  rapidjson::BaseReaderHandler<> nothing;
  const auto result = reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag>(stream, nothing);
  return !result.IsError() && stream.Tell() == line.size();
}

void check_rows(const JsonResult& result, Table table) {
  const std::vector<std::string> rows = lines_of(result.csv);
  for (const json::RecordProblem& problem : result.full)
    if (problem.line < 1 || problem.line > static_cast<std::int64_t>(rows.size()) ||
        !rows[static_cast<std::size_t>(problem.line) - 1].empty())
      fail("a problem has no blank line", result.csv);
  for (const std::string& row : rows) {
    if (row.empty()) continue;
    const auto cut = slow::cut_row(row + "\n", 0, ',');
    if (!cut || cut->row.bad || cut->next != row.size() + 1 || cut->row.cells.size() != columns_of(table).size())
      fail("a row is no row", row);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Table table = (data[0] & 1) != 0 ? Table::units : Table::orders;
  json::JsonSettings settings = testing_support::json_settings(table, (data[0] & 2) != 0 ? json::Ending::lines : json::Ending::json);
  const ColumnsByHeading columns = {{"alias", "/a"}, {"unit", "/b/0/c"}, {"order_id", "/b~1c"}};
  if ((data[0] & 4) != 0) settings.rules.columns = &columns;
  if ((data[0] & 8) != 0) settings.records = "/d";
  const std::string bytes(reinterpret_cast<const char*>(data + 2), size - 2);
  const JsonResult whole = testing_support::read_json(bytes, settings);
  const JsonResult pieces = testing_support::read_json(bytes, settings, 1 + data[1]);
  if (whole.error != pieces.error) fail("an error depends on the pieces", whole.error.value_or("") + " / " + pieces.error.value_or(""));
  if (whole.csv != pieces.csv || whole.problems != pieces.problems) fail("rows depend on the pieces", whole.csv + " / " + pieces.csv);
  if (!whole.error) check_rows(whole, table);
  if (whole.error || !whole.layout.lines || whole.layout.ocds) return 0;
  std::string text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  std::vector<bool> refused(lines_of(text).size() + 1, false);
  for (const json::RecordProblem& problem : whole.full)
    refused[static_cast<std::size_t>(problem.line)] = problem.fault == json::Fault::bad_json ||
                                                      (problem.fault == json::Fault::bad_encoding && problem.column.empty()) ||
                                                      problem.fault == json::Fault::too_large;
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos || line.find(std::string(100, '[')) != std::string::npos) continue;
    if (is_json(line) == refused[number]) fail("the quick scan differs", line);
  }
  return 0;
}
