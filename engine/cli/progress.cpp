#include "engine/cli/progress.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "engine/cli/terminal.hpp"
#include "engine/cli/text.hpp"

namespace fairprice::cli {

namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;  // readers count bytes
constexpr auto kBetweenLines = std::chrono::milliseconds(80);

struct StageName {
  std::string_view stage;
  Text shown;
};
constexpr std::array<StageName, 9> kStages = {{
    {"start", {"准备", "start"}},
    {"read dictionaries", {"读取词典", "reading dictionaries"}},
    {"read index", {"读取指数价格", "reading index prices"}},
    {"read listings", {"读取商品", "reading listings"}},
    {"read orders", {"读取订单", "reading orders"}},
    {"read quotes", {"读取报价", "reading quotes"}},
    {"match", {"识别同款", "matching products"}},
    {"assess", {"评估", "assessing"}},
    {"write", {"写出结果", "writing results"}},
}};

/// A reader names its table alone; the stage is "read quotes".
std::string stage_of(std::string_view name) {
  for (const std::string_view table : {"index", "listings", "orders", "quotes"})
    if (name == table) return "read " + std::string(table);
  return std::string(name);
}

std::string shown_name(std::string_view stage, Language language) {
  for (const StageName& known : kStages)
    if (known.stage == stage) return std::string(known.shown.in(language));
  return std::string(stage);
}

}  // namespace

RunProgress::RunProgress(Show show, Language language) : show_(show), language_(language) { stages_.push_back({"start", {}}); }

void RunProgress::enter(std::string_view stage, Clock::time_point now) {
  stages_[current_].spent += now - entered_;
  entered_ = now;
  const auto known = std::find_if(stages_.begin(), stages_.end(), [&](const Stage& s) { return s.name == stage; });
  current_ = static_cast<std::size_t>(known - stages_.begin());
  if (known == stages_.end()) stages_.push_back({std::string(stage), {}});
  shown_ = {};
}

void RunProgress::at(std::string_view name, std::uint64_t done, std::uint64_t whole) {
  const Clock::time_point now = Clock::now();
  const std::string stage = stage_of(name);
  if (stages_[current_].name != stage) enter(stage, now);
  if (show_ == Show::nothing || now - shown_ < kBetweenLines) return;
  shown_ = now;
  std::string line = "\r\x1b[K" + shown_name(stage, language_);
  if (whole > 0 && done <= whole)
    line += fmt::format("  {} %", done * 100 / whole);
  else if (done >= kMegabyte)
    line += fmt::format("  {} MB", done / kMegabyte);
  try {
    write_stream(STDERR_FILENO, line);
    visible_ = true;
  } catch (const FatalError&) {
    show_ = Show::nothing;  // the terminal is gone; the run is not
  }
}

void RunProgress::erase() {
  if (!visible_) return;
  visible_ = false;
  try {
    write_stream(STDERR_FILENO, "\r\x1b[K");
  } catch (const FatalError&) {
    show_ = Show::nothing;
  }
}

std::string RunProgress::timings() {
  const Clock::time_point now = Clock::now();
  stages_[current_].spent += now - entered_;
  entered_ = now;
  const auto seconds = [](Clock::duration time) { return std::chrono::duration<double>(time).count(); };
  std::string text;
  for (const Stage& stage : stages_) text += fmt::format("{:<20} {:>9.3f} s\n", stage.name, seconds(stage.spent));
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto cpu = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  text += fmt::format("{:<20} {:>9.3f} s\n{:<20} {:>9.3f} s\n{:<20} {:>9.1f} MB\n", "total", seconds(now - start_), "processor",
                      cpu(usage.ru_utime) + cpu(usage.ru_stime), "peak memory", static_cast<double>(usage.ru_maxrss) * 1024.0 / 1e6);
  return text;
}

}  // namespace fairprice::cli
