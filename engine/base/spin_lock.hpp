#pragma once

#include <atomic>
#include <thread>

namespace fairprice {

/// A lock that is held for tens of nanoseconds and asked for a million times: whoever waits looks again instead of going to sleep,
/// which would cost more than the wait. Gives way to other threads when it takes long. For std::lock_guard.
class SpinLock {
 public:
  void lock() {
    for (int tries = 0; locked_.exchange(true, std::memory_order_acquire);) {
      while (locked_.load(std::memory_order_relaxed))
        if (++tries > 200) std::this_thread::yield();
    }
  }
  void unlock() { locked_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> locked_{false};
};

}  // namespace fairprice
