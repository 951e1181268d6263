#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "engine/cli/command.hpp"
#include "engine/cli/interrupt.hpp"

namespace {

/// A program that is started with a closed standard stream would give the stream's number to the first file that it opens, and then print
/// into that file. Each is opened the wrong way round instead, so that using it is the error that it would have been.
void occupy_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(stream, F_GETFD) == -1) static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
}

}  // namespace

int main(int argc, char** argv) {
  occupy_closed_streams();
  // A reader that closes the pipe has seen enough, and a file beyond a limit is an error like a full disk: both come back from write().
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  fairprice::cli::watch_interrupts();
  auto commands = fairprice::cli::make_commands();
  const int status = fairprice::cli::run_program(commands, {argv + 1, argv + argc});
  // Everything is written and flushed. Taking a month apart row by row would only cost time, so the system takes it back whole.
  std::_Exit(status);
}
