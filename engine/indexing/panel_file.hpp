#pragma once

#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "indices/panel.hpp"

namespace fairprice::indexing {

/// The observations of one value of the column `group`; of a file without it, or not divided by it, all.
struct PanelGroup {
  std::string name;
  indices::Panel panel;
  indices::PanelReport report;
};

/// A long file of prices: a row a product, period and perhaps shop.
struct PanelFile {
  std::vector<std::string> periods;  ///< numbers or months, from the first to the last, none left out
  std::vector<PanelGroup> groups;    ///< by name; every one has all periods
  bool has_quantities = false;
  std::vector<Problem> problems;  ///< rows that were left out
};

/// Reads `period,product,price,quantity[,group]`, in any order of columns; others are not looked at. Periods are all whole numbers above 0 (years, too), or all
/// months (2023-11). Without the column quantity, or where it is empty, the quantity is 0. `path` may be - for standard input, any format that
/// ingest::read_whole_text takes. Throws FatalError when the file cannot be read, lacks a column, or no row of it is usable.
PanelFile read_panel(const std::string& path, bool by_group);

}  // namespace fairprice::indexing
