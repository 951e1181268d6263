#include "engine/cli/interrupt.hpp"

#include <unistd.h>
#include <csignal>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

#include "engine/cli/terminal.hpp"
#include "engine/cli/text.hpp"

namespace fairprice::cli {

namespace {

// A signal belongs to the process, so this is the one place of the command line with state of the process.
std::mutex folder_mutex;
publishing::OutputFolder* open_folder = nullptr;
bool written = false;  ///< the results stand: the folder was closed after they were put in place
std::atomic<Language> language{Language::en};

void wait_for(sigset_t signals) {
  int signal = 0;
  if (sigwait(&signals, &signal) != 0) return;
  const std::lock_guard lock(folder_mutex);
  const bool kept = open_folder != nullptr ? open_folder->abandon() : written;
  const Text kept_text{"fairprice：已中断；结果已完整写入\n", "fairprice: interrupted; the results were already written and are kept\n"};
  const Text nothing{"fairprice：已中断；没有留下未写完的结果，原有结果未改动\n",
                     "fairprice: interrupted; nothing half-written is left, earlier results are as they were\n"};
  const std::string_view start = ::isatty(STDERR_FILENO) == 1 ? "\r\x1b[K" : "";
  try {
    write_stream(STDERR_FILENO, std::string(start) + std::string((kept ? kept_text : nothing).in(language)));
  } catch (const FatalError&) {  // nobody to tell
  }
  ::_exit(128 + signal);
}

}  // namespace

void watch_interrupts() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  if (pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0) std::thread(wait_for, signals).detach();
}

void tell_interrupts_in(Language spoken) { language = spoken; }

Interruptible::Interruptible(publishing::OutputFolder& folder) {
  const std::lock_guard lock(folder_mutex);
  open_folder = &folder;
}

Interruptible::~Interruptible() {
  const std::lock_guard lock(folder_mutex);
  written = open_folder->abandon();  // when an error ends the run, its partial folder goes now instead of a moment later
  open_folder = nullptr;
}

}  // namespace fairprice::cli
