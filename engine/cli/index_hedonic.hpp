#pragma once

#include <string>

#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// The options of `fairprice index hedonic`, as typed.
struct HedonicArguments {
  std::string file, price, characteristics, time, method, errors, series, predict, format, output;
  bool extrapolate = false;  ///< a prediction outside of the data is given all the same, and marked
};
/// Runs it. Throws UsageError with `command`'s example, and FatalError when the data cannot carry the regression.
int index_hedonic(const HedonicArguments& arguments, const Command& command, const CommonOptions& common);

}  // namespace fairprice::cli
