#pragma once

#include <string>
#include <vector>

#include "engine/cases/case.hpp"
#include "engine/cli/command.hpp"
#include "engine/ledger/event.hpp"

/// How cases are shown.
namespace fairprice::cli {

/// `format`: table, json, csv. `today` tells which deadlines have passed.
std::string case_list(const std::vector<cases::Case>& cases, const std::string& today, const std::string& format,
                      const CommonOptions& common);
std::string case_page(const cases::Case& one, const std::vector<ledger::Event>& history, const CommonOptions& common);
/// What became of it, after an event.
std::string case_line(const cases::Case& one, const CommonOptions& common);

}  // namespace fairprice::cli
