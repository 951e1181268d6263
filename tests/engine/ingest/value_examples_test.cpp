#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "engine/ingest/values.hpp"
#include "tests/support/slow_csv.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ingest {
namespace {

template <class T, class Text>
std::string told(const Parsed<T>& parsed, Text&& text) {
  return parsed.ok ? text(parsed.value) : std::string(code_name(parsed.code));
}

std::string told(const std::string& kind, const std::string& text) {
  if (kind == "amount")
    return told(parse_price(text),
                [](const ParsedAmount& amount) { return (amount.untaxed ? "untaxed " : "") + amount.value.to_string(); });
  if (kind == "discount")
    return told(parse_discount(text), [](std::int32_t count) { return fmt::format("{}.{:06}", count / 1'000'000, count % 1'000'000); });
  if (kind == "date") return told(parse_date_cell(text), [](Date date) { return date.to_string(); });
  if (kind == "boolean") return told(parse_boolean(text), [](bool value) { return std::string(value ? "true" : "false"); });
  return "no such kind";
}

// value_examples.csv: ways of writing, each with what a person reads in it.
TEST(Values, AreReadAsAPersonReadsThem) {
  const std::string text = testing_support::read_whole(std::string(FAIRPRICE_SOURCE_DIR) + "/tests/engine/ingest/value_examples.csv");
  int examples = 0;
  for (std::size_t at = text.find('\n') + 1; at < text.size();) {
    const auto cut = slow::cut_row(text, at, ',');
    const auto& cells = cut->row.cells;
    at = cut->next;
    if (cells.empty() || cells[0].starts_with('#')) continue;
    ASSERT_EQ(cells.size(), 3U) << cells[0];
    EXPECT_EQ(told(cells[0], cells[1]), cells[2]) << cells[0] << " " << cells[1];
    ++examples;
  }
  EXPECT_GE(examples, 120);
}

}  // namespace
}  // namespace fairprice::ingest
