#pragma once

#include <string>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/indexing/panel_file.hpp"
#include "indices/status.hpp"

/// What `fairprice index` writes.
namespace fairprice::cli {

struct IndexSeries {
  std::string group;
  std::vector<indices::IndexValue> values;  ///< by period
};

/// period,index with 15 significant digits, group in front with `by_group`; `csv`, `json` or `table`.
std::string index_text(const std::vector<std::string>& periods, const std::vector<IndexSeries>& series, bool by_group,
                       const std::string& format, const CommonOptions& common);

/// Rows that were left out: a line for each of the first, and how many there were.
std::string rows_left_out(const std::vector<Problem>& problems, Language language);
/// These, rows that were brought together, and why periods have no index: lines for standard error.
std::string index_notices(const indexing::PanelFile& file, const std::vector<IndexSeries>& series, Language language);

/// The methods, each with what it is in a line.
std::string methods_text(const CommonOptions& common);

}  // namespace fairprice::cli
