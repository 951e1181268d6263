#pragma once

#include "engine/base/problem.hpp"
#include "engine/publishing/output_folder.hpp"

namespace fairprice::cli {

/// From now on SIGINT and SIGTERM end the program in order: a half-written output is removed, one line says what is kept, and the exit
/// status is 128 + the signal. To be called once, before any thread is started: all inherit the mask.
void watch_interrupts();

/// The language in which an interruption is told.
void tell_interrupts_in(Language language);

/// While it lives, an interruption removes the partial files of `folder`.
class Interruptible {
 public:
  explicit Interruptible(publishing::OutputFolder& folder);
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
};

}  // namespace fairprice::cli
