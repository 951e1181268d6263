#pragma once

#include <string>

#include "engine/cli/command.hpp"
#include "engine/ledger/event.hpp"

namespace CLI {
class App;
}

/// What the commands that use a ledger have in common.
namespace fairprice::cli {

struct LedgerOptions {
  std::string store, actor, at;

  void declare(CLI::App& app);
  /// The beginning of an event: who (the login name without --actor), as whom the program runs, and when. Throws UsageError when --at is no time.
  ledger::Event event(const Command& command, Language language) const;
};

}  // namespace fairprice::cli
