#include "engine/publishing/write_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>

#include "engine/base/problem.hpp"

namespace fairprice::publishing {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  ::unlink(name_aside(path).c_str());
  throw FatalError(path + "：不能写入（" + std::strerror(error) + "）；没有留下任何文件",
                   path + ": cannot be written (" + std::strerror(error) + "); nothing was left there");
}

/// An SQLite file: a ledger, which no result may replace by mistake.
bool is_database(const std::string& path) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::array<char, kMagic.size()> first{};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  const ssize_t got = ::read(file, first.data(), first.size());
  ::close(file);
  return got == static_cast<ssize_t>(first.size()) && std::string_view(first.data(), first.size()) == kMagic;
}

/// A device or a pipe: it is written to, not replaced.
bool is_special(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return !error && std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) && !std::filesystem::is_directory(status);
}

/// The names under which a program's own open files can be written to: 1 of /dev/stdout, N of /dev/fd/N and /proc/self/fd/N.
std::optional<int> descriptor_of(const std::string& name) {
  if (name == "/dev/stdout") return 1;
  if (name == "/dev/stderr") return 2;
  for (const std::string_view begin : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!name.starts_with(begin)) continue;
    int number = -1;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + begin.size(), end, number);
    if (error == std::errc() && stop == end && number >= 0) return number;
  }
  return std::nullopt;
}

}  // namespace

std::string behind_links(const std::string& name) {
  std::filesystem::path path = name;
  std::error_code error;
  int step = 0;
  for (; step < 40 && std::filesystem::is_symlink(path, error); ++step) {
    const std::filesystem::path target = std::filesystem::read_symlink(path, error);
    if (error) break;
    path = path.parent_path() / target;  // an absolute target stands alone
  }
  if (step == 40) throw FatalError(name + "：不能写入（符号链接互相指向）", name + ": cannot be written (its links go round in a circle)");
  return path.string();
}

std::string name_aside(const std::string& path) { return path + ".partial-" + std::to_string(::getpid()); }

void write_file(const std::string& name, std::string_view bytes) {
  const std::optional<int> own = descriptor_of(name);  // goes on where it stands, whatever it leads to
  const bool special = own || is_special(name);
  const std::string path = special ? name : behind_links(name);
  const std::string written_to = special ? path : name_aside(path);
  const int file =
      own ? ::dup(*own) : ::open(written_to.c_str(), special ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const auto stop = [&](int error) {
    if (special)
      throw FatalError(name + "：不能写入（" + std::strerror(error) + "）", name + ": cannot be written (" + std::strerror(error) + ")");
    fail(path, error);
  };
  if (file < 0) stop(errno);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      ::close(file);
      stop(error);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ::close(file);
  if (!special) put_in_place(path);
}

void put_in_place(const std::string& path) {
  if (is_database(path)) {
    ::unlink(name_aside(path).c_str());
    throw FatalError(path + "：已有一个数据库（台账？），不能覆盖；没有写入任何内容",
                     path + ": a database lies there (a ledger?), and is not replaced; nothing was written");
  }
  const int file = ::open(name_aside(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path, errno);
  const bool synced = ::fsync(file) == 0 || errno == EINVAL || errno == EROFS;
  const int error = errno;
  ::close(file);
  if (!synced) fail(path, error);
  if (::rename(name_aside(path).c_str(), path.c_str()) != 0) fail(path, errno);
}

}  // namespace fairprice::publishing
