// json_csv FILE TABLE [--count]: a file of a table as the engine reads it, as CSV on standard output; --count gives rows and bytes alone. For
// the bench, and for comparing with other readers.

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/json/reader.hpp"

namespace {

using namespace fairprice::ingest;

int run(const std::string& path, std::string_view table, bool count_alone) {
  json::JsonSettings settings;
  settings.rules.table = find_table(table).value_or(Table::quotes);
  settings.rules.file = path;
  settings.ending = path.find(".jsonl") == std::string::npos ? json::Ending::json : json::Ending::lines;
  json::JsonReader reader(open_unpacked(path, path), settings);
  std::vector<char> buffer(std::size_t{256} << 10);
  std::size_t bytes = 0;
  std::size_t problems = 0;
  while (const std::size_t got = reader.read(buffer.data(), buffer.size())) {
    bytes += got;
    if (!count_alone && std::fwrite(buffer.data(), 1, got, stdout) != got) return 1;
    for (const json::RecordProblem& problem : reader.take_problems())
      if (++problems <= 5) std::fprintf(stderr, "line %lld: %s\n", static_cast<long long>(problem.line), problem.en.c_str());
  }
  std::fprintf(stderr, "records %lld, problems %zu, bytes %zu\n", static_cast<long long>(reader.counts().records), problems, bytes);
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
  if (words.size() != 2) {
    std::fputs("json_csv FILE TABLE [--count]\n", stderr);
    return 2;
  }
  try {
    return run(words[0], words[1], count_alone);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
