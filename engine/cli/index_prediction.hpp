#pragma once

#include <string>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/cli/index_hedonic.hpp"
#include "engine/indexing/hedonic_file.hpp"

namespace fairprice::cli {

/// What was fitted, and what its columns are called.
struct Fitted {
  indices::Regression regression;
  std::vector<std::string> terms;
  std::vector<std::int64_t> lines;  ///< of the file, by row
};

/// `--predict`: the price of one configuration, as a sentence, or with --format json or csv as data. Throws UsageError when what is asked cannot be read,
/// and FatalError, naming `file`, when it is not in the data, has no finite price, or lies outside of what the data span and `extrapolate` is not given.
std::string prediction_text(const Fitted& fitted, const indexing::HedonicFile& data, const std::vector<std::string>& characteristics,
                            const HedonicArguments& arguments, const std::string& file, const Command& command,
                            const CommonOptions& common);

}  // namespace fairprice::cli
