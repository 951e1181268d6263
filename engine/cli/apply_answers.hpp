#pragma once

#include <string>

#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// Who stands for the answers of a filled list.
struct Decider {
  std::string by, approved_by, on, reason;
};

/// Adds the answers of a filled review list to `matches-reviewed.csv` of a month's folder: all of them, or none. Those that stand there
/// already, in any file of the table, are not added again. Returns what was done, for the screen. Throws FatalError when an answer
/// contradicts an earlier decision, naming both.
std::string apply_answers(const std::string& list, const std::string& folder, const Decider& decider, Language language);

}  // namespace fairprice::cli
