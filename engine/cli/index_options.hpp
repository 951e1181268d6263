#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/indexing/compute.hpp"

namespace fairprice::cli {

/// The options of `fairprice index` that were given, by name: "--base".
using GivenOptions = std::vector<std::string_view>;

/// Throws UsageError when an option has no effect on what is done, rather than letting it go without a word.
void check_options_of_action(std::string_view action, const GivenOptions& given, const Command& command, Language language);
void check_options_of_method(const std::string& method, const indexing::Method& meaning, bool chained, const GivenOptions& given,
                             const Command& command, Language language);

}  // namespace fairprice::cli
