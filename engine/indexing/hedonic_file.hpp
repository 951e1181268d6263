#pragma once

#include <map>
#include <optional>
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
  /// In order, those that have rows: months as 2023-08 and numbers in the order of time; anything else by its text.
  std::vector<std::string> periods;
  std::vector<std::int64_t> lines;  ///< of the rows of `data`
  std::vector<Problem> problems;    ///< rows that were left out
};

/// `price`, `time` and `characteristics` are headings of the file. What the first usable row's period is, a month, a number or a text, all must be.
/// Throws FatalError when one is not there, or no row can be used.
HedonicFile read_hedonic(const std::string& path, const std::string& price, const std::string& time,
                         const std::vector<std::string>& characteristics);

/// The place of a period among the file's, however it is written: 2023-8, 2023年8月 and 2023-08 are one.
std::optional<std::size_t> find_period(const HedonicFile& file, const std::string& written);

/// The row of a design for one configuration: `speed=66`, `brand=惠普` …, each characteristic once. Constant first, no period's dummy.
/// Throws FatalError when a characteristic is missing, unknown, or has a value that the file does not.
std::vector<double> configuration_row(const HedonicFile& file, const std::vector<std::string>& characteristics,
                                      const std::map<std::string, std::string>& values);

}  // namespace fairprice::indexing
