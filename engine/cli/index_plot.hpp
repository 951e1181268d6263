#pragma once

#include <string>

#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// The options of `fairprice index plot`, as typed.
struct PlotArguments {
  std::string file, series, title, output;
};
/// Runs it. Throws UsageError with an example, and FatalError when the file holds no series.
int index_plot(const PlotArguments& arguments, const CommonOptions& common);

}  // namespace fairprice::cli
