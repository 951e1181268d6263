#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace fairprice {

/// Runs work(thread) on `threads` threads, the caller among them, and returns when all are done. The first exception is rethrown.
template <class Work>
void on_threads(int threads, Work&& work) {
  if (threads <= 1) {
    work(0);
    return;
  }
  std::exception_ptr failure;
  std::mutex mutex;
  const auto guarded = [&](int thread) {
    try {
      work(thread);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  others.reserve(static_cast<std::size_t>(threads - 1));
  for (int thread = 1; thread < threads; ++thread) others.emplace_back(guarded, thread);
  guarded(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

/// Runs work(part, thread) for every part in [0, parts), handed out in order to whichever thread is free. What a part does may
/// depend on its number alone.
template <class Work>
void for_each_part(std::size_t parts, int threads, Work&& work) {
  std::atomic<std::size_t> next{0};
  on_threads(static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(threads), std::max<std::size_t>(parts, 1))), [&](int thread) {
    for (std::size_t part = next.fetch_add(1); part < parts; part = next.fetch_add(1)) work(part, thread);
  });
}

}  // namespace fairprice
