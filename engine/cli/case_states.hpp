#pragma once

#include <string>

#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// The table of what may happen to a case, as `format` says: table, or mermaid (the diagram of the page).
std::string case_states(const std::string& format, const CommonOptions& common);

}  // namespace fairprice::cli
