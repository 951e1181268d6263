#pragma once

#include <string>

#include "engine/cli/terminal.hpp"
#include "engine/fairprice.hpp"
#include "engine/publishing/publish.hpp"
#include "rules/policy.hpp"

namespace fairprice::cli {

struct RunScreen {
  Language language = Language::en;
  bool colour = false;
  std::string input, output, policy;  ///< as the user typed them, for the next commands to copy
  bool store = false;                 ///< the run goes into a ledger
};

/// What `run` prints when it is done: what was read, what was decided, the worst, where the files are, what to do next.
std::string run_screen(const Run& run, const rules::PolicySet& policy, const publishing::Published& published, const RunScreen& screen);

/// Rejected rows and read rows of all tables.
struct RejectedRows {
  std::int64_t rejected = 0, read = 0;
};
RejectedRows rejected_rows(const ingest::Month& month);

/// A word of the command line as it must be typed in a shell: in single quotes where it has other than plain characters.
std::string shell_word(std::string_view word);

}  // namespace fairprice::cli
