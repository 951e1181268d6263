#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/columns.hpp"

namespace fairprice::ingest {

/// A heading as it is compared: `单价（万元）` is 单价 with the note 万元.
struct Heading {
  std::string name;  ///< canonical, without separators
  std::string note;  ///< canonical; empty when there are no parentheses behind
};
Heading read_heading(std::string_view cell);

/// Which other words stand for a column, beside its name and the contract's headings (columns.hpp): the table `headings` (`column`, `alias`),
/// shipped as data/headings.csv. A period's own headings.csv adds to it and wins where the two, or the contract's headings, differ.
class HeadingAliases {
 public:
  static std::shared_ptr<const HeadingAliases> shipped();
  /// With the folder's own headings.csv, when there is one. Throws FatalError: it cannot be read, names a column that no table has, or gives
  /// one alias to two columns of a table.
  static std::shared_ptr<const HeadingAliases> of_folder(const std::string& folder);

  /// The position of the column that a heading of that name stands for, or -1.
  int column_of(Table table, std::string_view heading) const;
  /// All words for a column, the English name first, then the contract's headings: for "did you mean".
  std::vector<std::string> words_for(const Column& column) const;

 private:
  using Columns = std::map<std::string, std::vector<std::string>, std::less<>>;  ///< by alias: names of columns
  static void add(Columns& aliases, std::string_view column, std::string_view alias);
  Columns shipped_, own_;
};

/// The Chinese headings of the contract for a column.
std::vector<std::string_view> chinese_headings(const Column& column);

}  // namespace fairprice::ingest
