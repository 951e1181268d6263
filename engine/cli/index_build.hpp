#pragma once

#include <string>

#include "engine/cli/command.hpp"
#include "engine/own_index/build.hpp"
#include "engine/publishing/csv_buffer.hpp"

namespace fairprice::cli {

/// The options of `fairprice index build`, as typed.
struct BuildArguments {
  std::string input, from, to, policy, sellers, matched, clearance, threads, quality, output;
  bool revise = false;
};
/// Runs it. Throws UsageError with `command`'s example, and FatalError when the folder holds no month.
int index_build(const BuildArguments& arguments, const Command& command, const CommonOptions& common);

/// The index in the form of the table `index`: levels and prices, by period, category, brand, model. What the months' tables state already is left out,
/// unless `revise`.
publishing::CsvBuffer own_index_rows(const own_index::History& history, const own_index::OwnIndex& index, bool revise);
/// Coverage and quality by period and category, and of all categories (`*`).
publishing::CsvBuffer own_index_quality(const own_index::History& history, const own_index::OwnIndex& index);

}  // namespace fairprice::cli
