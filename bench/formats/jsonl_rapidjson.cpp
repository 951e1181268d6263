// jsonl_rapidjson FILE COLUMN... [--count]: JSON Lines to CSV with RapidJSON's tree (Document, a line at a time, in place, numbers as they are
// written), for the bench: the plain way of using the library that the engine's reader stands on.

#include <rapidjson/document.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

void append_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\n\r") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  out += '"';
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> columns;
  bool count_alone = false;
  for (int i = 2; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--count")
      count_alone = true;
    else
      columns.emplace_back(argv[i]);
  }
  std::FILE* const file = columns.empty() ? nullptr : std::fopen(argv[1], "rb");
  if (file == nullptr) return 2;
  std::string line, out;
  std::vector<char> buffer(std::size_t{256} << 10);
  std::size_t rows = 0, bytes = 0, kept = 0;
  rapidjson::Document record;
  const auto take = [&](char* begin, char* end) {
    *end = '\0';
    record.GetAllocator().Clear();
    record.ParseInsitu<rapidjson::kParseNumbersAsStringsFlag>(begin);
    if (record.HasParseError() || !record.IsObject()) std::exit(1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += ',';
      const auto found = record.FindMember(columns[i].c_str());
      if (found == record.MemberEnd()) continue;
      if (found->value.IsString()) append_cell(out, {found->value.GetString(), found->value.GetStringLength()});
      if (found->value.IsBool()) out += found->value.GetBool() ? "true" : "false";
    }
    out += '\n';
    ++rows;
    if (out.size() < (std::size_t{1} << 18)) return;
    bytes += out.size();
    if (!count_alone) std::fwrite(out.data(), 1, out.size(), stdout);
    out.clear();
  };
  while (const std::size_t got = std::fread(buffer.data() + kept, 1, buffer.size() - kept, file)) {
    char* begin = buffer.data();
    char* const end = buffer.data() + kept + got;
    while (void* const feed = std::memchr(begin, '\n', static_cast<std::size_t>(end - begin))) {
      take(begin, static_cast<char*>(feed));
      begin = static_cast<char*>(feed) + 1;
    }
    kept = static_cast<std::size_t>(end - begin);
    std::memmove(buffer.data(), begin, kept);
  }
  std::fclose(file);
  bytes += out.size();
  if (!count_alone) std::fwrite(out.data(), 1, out.size(), stdout);
  std::fprintf(stderr, "records %zu, bytes %zu\n", rows, bytes);
  return 0;
}
