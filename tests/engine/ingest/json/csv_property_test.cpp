// Rows of random texts, written as JSON by one writer and as CSV by another: what the reader makes of the first is the second.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include "tests/engine/ingest/json/read_json.hpp"

namespace fairprice::ingest::json {
namespace {

using Row = std::vector<std::u32string>;

std::string utf8_of(char32_t c) {
  const auto byte = [](char32_t n) { return std::string(1, static_cast<char>(n)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) return byte(0xC0 | c >> 6) + byte(0x80 | (c & 63));
  if (c < 0x10000) return byte(0xE0 | c >> 12) + byte(0x80 | (c >> 6 & 63)) + byte(0x80 | (c & 63));
  return byte(0xF0 | c >> 18) + byte(0x80 | (c >> 12 & 63)) + byte(0x80 | (c >> 6 & 63)) + byte(0x80 | (c & 63));
}

/// One of the ways of writing a character.
std::string json_of(char32_t c, int way) {
  if (way == 0 && c < 0x10000) return fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  if (way == 0)
    return fmt::format("\\u{:04X}\\u{:04x}", static_cast<unsigned>(0xD800 + ((c - 0x10000) >> 10)),
                       static_cast<unsigned>(0xDC00 + ((c - 0x10000) & 0x3FF)));
  if (c == '\n') return "\\n";
  if (c < 0x20) return fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  if (c == '"' || c == '\\') return "\\" + utf8_of(c);
  return utf8_of(c);
}

std::string csv_of(const std::u32string& text) {
  std::string cell;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '"') cell += '"';
    cell += text[i] < 0x20 ? " " : utf8_of(text[i]);
  }
  return cell.find_first_of(",\"") == std::string::npos ? cell : '"' + cell + '"';
}

rc::Gen<char32_t> any_character() {
  return rc::gen::weightedOneOf<char32_t>({{6, rc::gen::inRange<char32_t>(0x20, 0x7F)},
                                           {2, rc::gen::elementOf(std::u32string(U"\",\\\n\r\t/"))},
                                           {4, rc::gen::inRange<char32_t>(0x4E00, 0x9FFF)},
                                           {1, rc::gen::inRange<char32_t>(0, 0xD800)},
                                           {1, rc::gen::inRange<char32_t>(0xE000, 0x110000)}});
}

RC_GTEST_PROP(JsonAgainstCsv, TheSameRowsGiveTheSameBytes, ()) {
  const std::vector<std::string> names = {"alias", "unit", "factor"};
  const auto rows = *rc::gen::container<std::vector<Row>>(rc::gen::container<Row>(3, rc::gen::container<std::u32string>(any_character())));
  const auto is_array = *rc::gen::arbitrary<bool>();
  const auto piece = *rc::gen::inRange<std::size_t>(1, 300);
  std::string json = is_array ? "[" : "";
  std::string csv;
  bool first = true;
  for (Row row : rows) {
    row[0].insert(0, U"x");  // not blank
    row[1].insert(0, U"y");
    std::vector<std::size_t> order = {0, 1, 2};
    if (*rc::gen::arbitrary<bool>()) std::swap(order[0], order[2]);
    if (is_array && !first) json += ",";
    first = false;
    json += "{";
    for (std::size_t i = 0; i < order.size(); ++i) {
      json += (i > 0 ? ",\"" : "\"") + names[order[i]] + "\":\"";
      for (const char32_t c : row[order[i]]) json += json_of(c, *rc::gen::inRange(0, 4));
      json += "\"";
    }
    json += is_array ? "} " : "}\n";
    csv += csv_of(row[0]) + "," + csv_of(row[1]) + "," + csv_of(row[2]) + "\n";
  }
  json += is_array ? "]" : "";
  RC_PRE(is_array || !rows.empty());
  const auto result =
      testing_support::read_json(json, testing_support::json_settings(Table::units, is_array ? Ending::json : Ending::lines), piece);
  RC_ASSERT(!result.error.has_value());
  RC_ASSERT(result.problems.empty());
  RC_ASSERT(result.csv == csv);
}

}  // namespace
}  // namespace fairprice::ingest::json
