#pragma once

#include <string>

#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// The options of `fairprice policy simulate`, as typed.
struct SimulateArguments {
  std::string policy, against, period, input, threads, format = "table";
};
/// Runs it: assesses the month under both policies, writes nothing but the answer.
std::string policy_simulate(const SimulateArguments& arguments, const Command& command, const CommonOptions& common);

}  // namespace fairprice::cli
