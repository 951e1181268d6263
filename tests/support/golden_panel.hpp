#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "indices/panel.hpp"

/// The golden tables of index numbers, where they are at hand ($FAIRPRICE_SHARED_DATA, else shared/data beside the tree).
namespace fairprice::testing_support {

inline std::string golden_folder() {
  const char* const named = std::getenv("FAIRPRICE_SHARED_DATA");
  return std::string(named != nullptr ? named : FAIRPRICE_SOURCE_DIR "/../shared/data") + "/indices";
}

inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

/// data_NAME.csv: period, product, price, quantity.
inline indices::Panel golden_panel(const std::string& name) {
  std::ifstream in(golden_folder() + "/data_" + name + ".csv");
  std::string line;
  std::getline(in, line);
  std::vector<indices::Observation> rows;
  std::size_t periods = 0;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    const auto period = static_cast<std::uint32_t>(std::stoul(cells[0]));
    periods = std::max<std::size_t>(periods, period);
    rows.push_back({period - 1, static_cast<std::uint32_t>(std::stoul(cells[1])), std::stod(cells[2]), std::stod(cells[3])});
  }
  return {rows, periods};
}

struct GoldenSeries {
  std::string method;
  std::map<std::string, std::string> options;
  std::string options_text;
  std::vector<double> index;  ///< 0 where the table has none
};

/// expected_NAME.csv: method, options, period, index.
inline std::vector<GoldenSeries> golden_series(const std::string& name) {
  std::ifstream in(golden_folder() + "/expected_" + name + ".csv");
  std::string line;
  std::getline(in, line);
  std::vector<GoldenSeries> all;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (all.empty() || all.back().method != cells[0] || all.back().options_text != cells[1]) {
      GoldenSeries series{cells[0], {}, cells[1], {}};
      std::istringstream options(cells[1]);
      for (std::string option; std::getline(options, option, ';');) {
        const std::size_t equal = option.find('=');
        series.options[option.substr(0, equal)] = option.substr(equal + 1);
      }
      all.push_back(std::move(series));
    }
    const std::size_t period = std::stoul(cells[2]);
    all.back().index.resize(std::max(all.back().index.size(), period), 0);
    if (cells.size() > 3 && cells[3] != "NA" && !cells[3].empty()) all.back().index[period - 1] = std::stod(cells[3]);
  }
  return all;
}

}  // namespace fairprice::testing_support
