#pragma once

#include <string>

#include "engine/cases/run_event.hpp"
#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// What a run did to the ledger, and what to do next.
std::string recorded_text(const cases::Recorded& recorded, const ingest::Month& month, const std::string& store,
                          const CommonOptions& common);

}  // namespace fairprice::cli
