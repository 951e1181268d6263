#include "engine/ingest/xlsx/cell_reference.hpp"

#include "engine/ingest/xlsx/limits.hpp"

namespace fairprice::ingest::xlsx {

namespace {

constexpr std::int64_t kLetters = 26;

void skip_dollar(std::string_view& text) {
  if (text.starts_with('$')) text.remove_prefix(1);
}

}  // namespace

std::optional<CellReference> read_reference(std::string_view text) {
  CellReference cell;
  skip_dollar(text);
  while (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    cell.column = cell.column * kLetters + (text.front() - 'A' + 1);
    if (cell.column > kMostColumns) return std::nullopt;
    text.remove_prefix(1);
  }
  skip_dollar(text);
  if (text.empty()) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    cell.row = cell.row * 10 + (c - '0');
    if (cell.row > kMostRows) return std::nullopt;
  }
  if (cell.column == 0 || cell.row == 0) return std::nullopt;
  return cell;
}

std::optional<CellReference> last_of_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  return read_reference(colon == std::string_view::npos ? text : text.substr(colon + 1));
}

std::string column_letters(std::int64_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / kLetters) letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % kLetters));
  return letters;
}

}  // namespace fairprice::ingest::xlsx
