#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/columns.hpp"
#include "engine/ingest/heading_aliases.hpp"
#include "engine/ingest/values.hpp"

namespace fairprice::ingest {

/// Where the columns of a table stand in one file. `field` is a position in the rows of the file, `column` one of columns.hpp.
struct HeadingMap {
  static constexpr int kAbsent = -1;

  HeadingMap() { field_of_column.fill(kAbsent); }

  std::array<int, kMostColumns> field_of_column{};  ///< kAbsent where the file has no such column
  std::vector<int> column_of_field;                 ///< kAbsent where the heading is none of the table's
  std::array<HeadingUnit, kMostColumns> units{};    ///< by column; none also where the heading names no unit
  std::vector<std::string> cells;                   ///< the headings as they stand
  std::vector<std::string> unknown;                 ///< headings that were not understood, as they stand, in order

  int field(int column) const { return field_of_column[static_cast<std::size_t>(column)]; }
  bool has(int column) const { return field(column) != kAbsent; }
  HeadingUnit unit(int column) const { return units[static_cast<std::size_t>(column)]; }
  /// What `parse_price` wants to know.
  int scale(int column) const { return unit(column) == HeadingUnit::ten_thousand_yuan ? 10'000 : 1; }
  std::size_t fields() const { return cells.size(); }
  /// The cell of `column` in a row of the file; empty where the file has no such column.
  std::string_view cell(const std::string_view* row, int column) const {
    const int place = field(column);
    return place == kAbsent ? std::string_view() : row[place];
  }
};

/// Columns by the heading that a person says they have in a file: "price" -> "到手价", or "#3" for the third cell whatever it says, or "" for
/// a column that the file is to be read without.
using ColumnsByHeading = std::map<std::string, std::string, std::less<>>;

/// How the headings of one file are understood.
struct HeadingRules {
  const HeadingAliases* aliases = nullptr;    ///< null: the shipped ones
  const ColumnsByHeading* columns = nullptr;  ///< comes before every alias; null: nobody said anything
  std::int64_t line = 1;                      ///< where the heading row stands, for messages
};

/// Finds the table's columns among the cells of the heading row. English names, the Chinese ones of the contract and aliases, in any case
/// and width; hyphen, underscore and space do not matter; a unit in parentheses behind is understood, other words there are ignored.
/// Headings that are none of the table's are listed, not refused.
/// Throws FatalError: a required column is missing; two headings are the same column; amounts in a unit that cannot be read (千元, USD); a
/// heading that a person named is not there.
HeadingMap map_headings(Table table, std::span<const std::string> cells, std::string_view file, const HeadingRules& rules = {});
HeadingMap map_headings(std::string_view table, std::span<const std::string> cells, std::string_view file, const HeadingRules& rules = {});

/// How much of a heading row a row looks like.
struct HeadingMatch {
  int recognised = 0;     ///< different columns of the table among its cells
  bool complete = false;  ///< every required one is among them
};
HeadingMatch match_headings(Table table, std::span<const std::string> cells, const HeadingRules& rules);

}  // namespace fairprice::ingest
