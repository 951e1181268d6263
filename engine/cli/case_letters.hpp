#pragma once

#include <string>
#include <vector>

#include "engine/cases/case.hpp"
#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// The options of `case letter`, as typed.
struct LetterArguments {
  std::string template_file, format, output;
  std::string today;  ///< "2023-12-01"
};

/// Writes the letter of a case (to standard output without --output), or of several into the folder --output, a file each. Throws UsageError and FatalError.
void write_letters(const std::vector<cases::Case>& list, bool many, const LetterArguments& arguments, const Command& command,
                   const CommonOptions& common);

}  // namespace fairprice::cli
