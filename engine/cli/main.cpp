#include <csignal>
#include <cstdlib>

#include "engine/cli/command.hpp"
#include "engine/cli/interrupt.hpp"

int main(int argc, char** argv) {
  // A reader that closes the pipe has seen enough, and a file beyond a limit is an error like a full disk: both come back from write().
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  fairprice::cli::watch_interrupts();
  auto commands = fairprice::cli::make_commands();
  const int status = fairprice::cli::run_program(commands, {argv + 1, argv + argc});
  // Everything is written and flushed. Taking a month apart row by row would only cost time, so the system takes it back whole.
  std::_Exit(status);
}
