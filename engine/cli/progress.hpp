#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/problem.hpp"

namespace fairprice::cli {

/// Where the run is: one line on a terminal, rewritten in place and erased at the end, and the seconds per stage for --timings.
class RunProgress {
 public:
  enum class Show : std::uint8_t { nothing, line };
  RunProgress(Show show, Language language);
  ~RunProgress() { erase(); }
  RunProgress(const RunProgress&) = delete;
  RunProgress& operator=(const RunProgress&) = delete;

  void at(std::string_view name, std::uint64_t done, std::uint64_t whole);
  void erase();
  /// Seconds of each stage in the order in which they began, their sum, and the highest memory of the process.
  std::string timings();

 private:
  using Clock = std::chrono::steady_clock;
  struct Stage {
    std::string name;
    Clock::duration spent{};
  };
  void enter(std::string_view stage, Clock::time_point now);

  Show show_;
  Language language_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point entered_ = start_;
  Clock::time_point shown_{};
  std::vector<Stage> stages_;
  std::size_t current_ = 0;
  bool visible_ = false;
};

}  // namespace fairprice::cli
