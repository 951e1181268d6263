#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"

namespace fairprice::indexing {

/// A series of index numbers by period.
struct Series {
  std::string name;                           ///< of the column group, else category; empty without them
  std::vector<std::optional<double>> values;  ///< nothing: none in that period
};

struct SeriesFile {
  std::vector<std::string> periods;  ///< from the first to the last, none left out
  std::vector<Series> series;        ///< by name
  std::vector<Problem> problems;     ///< rows that were left out
};

/// Reads `period,index` or `period,level`, with `group` or `category`: what `fairprice index compute` and `build` write, and tables `index`, of which
/// rows without a level are passed over. Throws FatalError when a column is missing, or no row has a value.
SeriesFile read_series(const std::string& path);

}  // namespace fairprice::indexing
