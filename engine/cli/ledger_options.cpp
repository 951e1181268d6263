#include "engine/cli/ledger_options.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <chrono>

#include "engine/base/date.hpp"
#include "engine/base/text.hpp"

namespace fairprice::cli {

namespace {

/// "2023-12-01T09:30:00+08:00": the time in China, whatever the machine's zone.
std::string now_in_china() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::hours(8);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+08:00", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

std::string login_name() {
  const passwd* const user = ::getpwuid(::getuid());
  return user != nullptr && is_utf8(user->pw_name) ? std::string(user->pw_name) : std::to_string(::getuid());
}

/// A day, or a day and a time: "2023-12-01", "2023-12-01T09:30", "2023-12-01 09:30:00".
std::string time_of(const std::string& text) {
  const auto day = Date::parse(text.substr(0, 10));
  std::string clock = text.size() > 11 ? text.substr(11) : "00:00:00";
  if (clock.size() == 5) clock += ":00";
  const auto digit = [&](std::size_t i) { return clock[i] >= '0' && clock[i] <= '9'; };
  const bool shaped =
      clock.size() == 8 && clock[2] == ':' && clock[5] == ':' && digit(0) && digit(1) && digit(3) && digit(4) && digit(6) && digit(7);
  if (!day || text.size() < 10 || !shaped || clock > "23:59:59" || clock[3] > '5' || clock[6] > '5') return {};
  return day->to_string() + "T" + clock + "+08:00";
}

}  // namespace

void LedgerOptions::declare(CLI::App& app) {
  app.add_option("--store", store);
  app.add_option("--actor", actor);
  app.add_option("--at", at);
}

ledger::Event LedgerOptions::event(const Command& command, Language language) const {
  ledger::Event event;
  event.received_at = now_in_china();
  event.os_user = login_name();
  event.actor = actor.empty() ? event.os_user : actor;
  if (!is_utf8(event.actor))
    throw UsageError{language == Language::zh ? "--actor 不是 UTF-8 文字" : "--actor is no UTF-8 text", std::string(command.example())};
  if (at.empty()) return event;
  event.time = time_of(at);
  if (event.time.empty() || event.time > event.received_at)
    throw UsageError{language == Language::zh ? "--at 的值 \"" + at + "\" 不对（应为不晚于现在的时间，例如 2023-12-01 或 2023-12-01T09:30）"
                                              : "--at: \"" + at + "\" is no time up to now (expected e.g. 2023-12-01 or 2023-12-01T09:30)",
                     std::string(command.example())};
  return event;
}

}  // namespace fairprice::cli
