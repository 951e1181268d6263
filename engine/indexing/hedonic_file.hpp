#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "indices/hedonic.hpp"

namespace fairprice::indexing {

/// A table of goods with prices and characteristics, as a regression takes it.
struct HedonicFile {
  indices::HedonicData data;  ///< numbers as they stand; a text column is a column of 0 and 1 for each of its values but the first
  std::map<std::string, std::vector<std::string>> factors;  ///< of each text column all its values; the first has no column of its own
  std::vector<std::string> terms;                           ///< of the columns of `data`: `ram`, `brand=惠普`
  std::vector<std::string> periods;                         ///< as written, in order: by number where all are numbers, else by text
  std::vector<std::int64_t> lines;                          ///< of the rows of `data`
  std::vector<Problem> problems;                            ///< rows that were left out
};

/// `price`, `time` and `characteristics` are headings of the file. Throws FatalError when one is not there, or no row can be used.
HedonicFile read_hedonic(const std::string& path, const std::string& price, const std::string& time,
                         const std::vector<std::string>& characteristics);

/// The row of a design for one configuration: `speed=66`, `brand=惠普` …, each characteristic once. Constant first, no period's dummy.
/// Throws FatalError when a characteristic is missing, unknown, or has a value that the file does not.
std::vector<double> configuration_row(const HedonicFile& file, const std::vector<std::string>& characteristics,
                                      const std::map<std::string, std::string>& values);

}  // namespace fairprice::indexing
