#pragma once

#include <string>

#include "engine/ingest/tables.hpp"

namespace fairprice::cli {

/// The lines that are said of files that could not be read, for standard error and even with --quiet: prices that were judged without a file
/// of quotes look like any others. Empty when all files were read.
std::string unreadable_notice(const ingest::Month& month, Language language);

}  // namespace fairprice::cli
