// jsonl_simdjson FILE COLUMN... [--count]: JSON Lines to CSV as simdjson's own pages do it (On-Demand, iterate_many), for the bench. Flat
// records, numbers by their raw tokens, texts unescaped; a key is looked for first where it stood in the record before. Nothing is checked
// beyond what the library checks: no duplicate keys, no nested values, no lines that are given up alone.

#include <simdjson.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

namespace ondemand = simdjson::ondemand;

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

std::string_view text_of(ondemand::value value) {
  switch (value.type()) {
    case ondemand::json_type::string: return value.get_string();
    case ondemand::json_type::null: return {};
    default: break;
  }
  std::string_view token = value.raw_json_token();
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r')) token.remove_suffix(1);
  return token;
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
  if (columns.empty()) return 2;
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < columns.size(); ++i) places.emplace(columns[i], i);
  try {
    const simdjson::padded_string text = simdjson::padded_string::load(argv[1]);
    ondemand::parser parser;
    ondemand::document_stream records = parser.iterate_many(text, std::size_t{1} << 20);
    std::vector<std::string_view> cells(columns.size());
    std::vector<std::size_t> guesses(64, 0);
    std::string out;
    std::size_t rows = 0, bytes = 0;
    for (auto record : records) {
      for (std::string_view& cell : cells) cell = {};
      std::size_t number = 0;
      for (auto field : ondemand::object(record.get_object())) {
        const std::string_view key = field.unescaped_key();
        std::size_t& guess = guesses[number++ % guesses.size()];
        if (columns[guess] != key) {
          const auto found = places.find(key);
          if (found == places.end()) continue;
          guess = found->second;
        }
        cells[guess] = text_of(field.value());
      }
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        append_cell(out, cells[i]);
      }
      out += '\n';
      ++rows;
      if (out.size() < (std::size_t{1} << 18)) continue;
      bytes += out.size();
      if (!count_alone) std::fwrite(out.data(), 1, out.size(), stdout);
      out.clear();
    }
    bytes += out.size();
    if (!count_alone) std::fwrite(out.data(), 1, out.size(), stdout);
    std::fprintf(stderr, "records %zu, bytes %zu, %s\n", rows, bytes, simdjson::get_active_implementation()->name().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
