#include "engine/ingest/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/base/problem.hpp"
#include "engine/base/shipped.hpp"
#include "engine/ingest/heading_aliases.hpp"

namespace fairprice::ingest {
namespace {

using testing::HasSubstr;

std::string error_of(std::string_view text) {
  try {
    parse_mapping(text, "mapping.json");
  } catch (const FatalError& error) {
    return error.message(Language::en);
  }
  return "no error";
}

TEST(Mapping, ReadsBackWhatItWrites) {
  Mapping mapping;
  mapping.files.push_back({"quotes-jd*.csv", Encoding::gb18030, ';', 3, "", "", {{"price", "到手价"}, {"url", ""}}});
  mapping.files.push_back({"quotes.xlsx", {}, '\0', 0, "11月", "/data/items", {}});
  const Mapping back = parse_mapping(mapping_json(mapping), "mapping.json");
  ASSERT_EQ(back.files.size(), 2U);
  EXPECT_EQ(back.files[0].pattern, "quotes-jd*.csv");
  EXPECT_EQ(back.files[0].encoding, Encoding::gb18030);
  EXPECT_EQ(back.files[0].delimiter, ';');
  EXPECT_EQ(back.files[0].header_row, 3);
  EXPECT_EQ(back.files[0].columns, mapping.files[0].columns);
  EXPECT_EQ(back.files[1].sheet, "11月");
  EXPECT_EQ(back.files[1].records, "/data/items");
  EXPECT_EQ(mapping_json(back), mapping_json(mapping));
}

TEST(Mapping, TheFirstPatternThatFitsCounts) {
  const Mapping mapping = parse_mapping(R"({"files": [{"name": "a*b*.csv"}, {"name": "*.csv"}, {"name": "x"}]})", "m");
  EXPECT_EQ(mapping.of("axxbxxb.csv"), &mapping.files[0]);
  EXPECT_EQ(mapping.of("ab.csv"), &mapping.files[0]);
  EXPECT_EQ(mapping.of("a.csv"), &mapping.files[1]);
  EXPECT_EQ(mapping.of("x"), &mapping.files[2]);
  EXPECT_EQ(mapping.of("xy"), nullptr);
}

TEST(Mapping, SaysWhereItIsWrong) {
  EXPECT_THAT(error_of("{\n \"files\": [}"), HasSubstr("mapping.json:2: is not JSON"));
  EXPECT_THAT(error_of(R"({"files": [{"name": "a", "encodng": "gbk"}]})"),
              HasSubstr("mapping.json: /files/0: there is no key \"encodng\""));
  EXPECT_THAT(error_of(R"({"files": [{"name": "a", "encoding": "latin"}]})"),
              HasSubstr("/files/0/encoding: there is no encoding \"latin\""));
  EXPECT_THAT(error_of(R"({"files": [{"name": "a", "columns": {"prcie": "x"}}]})"), HasSubstr("no table has a column \"prcie\""));
  EXPECT_THAT(error_of(R"({"files": [{"name": "a", "header_row": 0}]})"), HasSubstr("header_row"));
  EXPECT_THAT(error_of(R"({"files": [{"encoding": "gbk"}]})"), HasSubstr("name is missing"));
}

// An alias that two columns of one table share would make the table unreadable, or worse, read the wrong way.
TEST(HeadingAliases, ShippedOnesNameOneColumnOfATable) {
  std::set<std::string> seen;
  std::string_view text = shipped_file("headings.csv");
  ASSERT_TRUE(text.starts_with("column,alias\n"));
  text.remove_prefix(text.find('\n') + 1);
  const auto aliases = HeadingAliases::shipped();
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    const std::size_t comma = line.find(',');
    ASSERT_NE(comma, std::string_view::npos) << line;
    const std::string_view column = line.substr(0, comma);
    const std::string alias = read_heading(line.substr(comma + 1)).name;
    EXPECT_TRUE(seen.insert(std::string(column) + "," + alias).second) << line << " stands twice";
    int tables = 0;
    for (int i = 0; i < kTables; ++i) {
      const auto table = static_cast<Table>(i);
      const int position = find_column(table, column);
      if (position < 0 || table == Table::exclusions) continue;
      ++tables;
      EXPECT_EQ(aliases->column_of(table, alias), position) << line << " in " << table_name(table);
    }
    EXPECT_GT(tables, 0) << line << ": no table has such a column";
  }
}

}  // namespace
}  // namespace fairprice::ingest
