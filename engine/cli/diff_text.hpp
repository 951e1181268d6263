#pragma once

#include <string>

#include "engine/cases/run_diff.hpp"
#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// What is compared, as "2023-10/1".
struct DiffNames {
  std::string before, now;
};

/// `format` is table, json or csv; a table shows `most` changes, the others all.
std::string diff_text(const cases::RunDiff& diff, const DiffNames& names, const std::string& format, std::size_t most,
                      const CommonOptions& common);

}  // namespace fairprice::cli
