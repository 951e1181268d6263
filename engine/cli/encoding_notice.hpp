#pragma once

#include <string>

#include "engine/cli/command.hpp"
#include "engine/ingest/tables.hpp"

namespace fairprice::cli {

/// Warns of tables that are mostly no text, and of what sheets hide: in the month's warnings, and as the lines that are returned, for standard error. A command
/// that says no more than usual when nearly all of a table is missing would be believed. Empty when there is nothing to say or `--quiet`.
std::string encoding_notice(ingest::Month& month, const CommonOptions& common);

}  // namespace fairprice::cli
