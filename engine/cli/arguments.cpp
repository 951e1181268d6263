#include "engine/cli/arguments.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <thread>

namespace fairprice::cli {

namespace {

constexpr int kMostThreads = 64;
constexpr std::size_t kLargestPolicy = std::size_t{16} << 20;

UsageError wrong(std::string_view option, std::string_view value, Text expected, const Command& command, Language language) {
  const std::string what = language == Language::zh
                               ? std::string(option) + " 的值 \"" + std::string(value) + "\" 不对（应为 " + std::string(expected.zh) + "）"
                               : std::string(option) + ": \"" + std::string(value) + "\" is not " + std::string(expected.en);
  return {what, std::string(command.example())};
}

std::string read_whole(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const bool opened = file.is_open();
  std::string text;
  std::array<char, 1 << 16> part;
  while (opened && text.size() <= kLargestPolicy && (file.read(part.data(), part.size()), file.gcount() > 0))
    text.append(part.data(), static_cast<std::size_t>(file.gcount()));
  if (text.size() > kLargestPolicy)
    throw FatalError(path + "：超过 16 MB，不会是策略文件；请检查路径，或用 `fairprice policy list` 查看随附的策略；未运行",
                     path + ": larger than 16 MB, which no policy is: check the path, or see `fairprice policy list`; nothing was run");
  if (!opened || file.bad()) {
    const std::string reason = std::generic_category().message(errno == 0 ? EIO : errno);
    throw FatalError(path + "：无法读取策略文件（" + reason + "）；请检查路径与权限，或用 `fairprice policy list` 查看随附的策略",
                     path + ": the policy cannot be read (" + reason +
                         "): check the path and its rights, or see `fairprice policy list`; nothing was run");
  }
  return text;
}

}  // namespace

const std::string& required(const std::string& value, std::string_view option, const Command& command, Language language) {
  if (value.empty())
    throw UsageError{language == Language::zh ? "缺少 " + std::string(option) : std::string(option) + " is missing",
                     std::string(command.example())};
  return value;
}

Period period_of(const std::string& value, const Command& command, Language language, std::string_view option) {
  required(value, option, command, language);
  const auto period = Period::parse(value);
  if (!period) throw wrong(option, value, {"月份，例如 2023-11", "a month (expected e.g. 2023-11)"}, command, language);
  return *period;
}

int threads_of(const std::string& value, const Command& command, Language language) {
  if (value.empty()) return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
  int threads = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), threads);
  if (error != std::errc() || end != value.data() + value.size() || threads < 1 || threads > kMostThreads)
    throw wrong("--threads", value, {"1 至 64 的整数", "a number of threads (expected 1 to 64)"}, command, language);
  return threads;
}

rules::PolicySet policy_of(const std::string& value) {
  if (value.empty()) return rules::shipped_policy("hubei");
  std::error_code ignored;
  const bool is_path =
      value.find('/') != std::string::npos || value.ends_with(".json") ||
      (std::filesystem::exists(value, ignored) && !std::filesystem::is_directory(value, ignored));  // a folder is no policy
  return is_path ? rules::read_policy(read_whole(value), value) : rules::shipped_policy(value);
}

std::shared_ptr<const ingest::InputSettings> input_of(const std::string& folder, const std::string& encoding, const std::string& mapping,
                                                      bool strict, const Command& command, Language language, const std::string& currency) {
  std::optional<ingest::Encoding> forced;
  if (!encoding.empty()) {
    forced = ingest::find_encoding(encoding);
    const std::string known = ingest::known_encodings();
    const std::string one_of = "one of " + known;
    if (!forced) throw wrong("--encoding", encoding, {known, one_of}, command, language);
  }
  std::shared_ptr<const ingest::Mapping> said;
  if (!mapping.empty()) said = std::make_shared<const ingest::Mapping>(ingest::read_mapping(mapping, mapping));
  auto settings = std::make_shared<ingest::InputSettings>(*ingest::input_settings_of(folder, said, forced));
  settings->strict = strict;
  settings->currency = currency;
  return settings;
}

std::string format_of(const std::string& value, std::string_view allowed, const Command& command, Language language,
                      std::string_view option) {
  if (value.empty()) return std::string(allowed.substr(0, allowed.find('|')));
  for (std::string_view rest = allowed; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, end) == value) return value;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const std::string known(allowed);
  throw wrong(option, value, {known, "one of " + known}, command, language);
}

std::vector<std::string> divided(std::string_view list, char by) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(by), list.size());
    if (end > 0) parts.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

}  // namespace fairprice::cli
