#include "engine/publishing/write_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/base/problem.hpp"

namespace fairprice::publishing {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  ::unlink(name_aside(path).c_str());
  throw FatalError(path + "：不能写入（" + std::strerror(error) + "）；没有留下任何文件",
                   path + ": cannot be written (" + std::strerror(error) + "); nothing was left there");
}

}  // namespace

std::string name_aside(const std::string& path) { return path + ".partial-" + std::to_string(::getpid()); }

void write_file(const std::string& path, std::string_view bytes) {
  const int file = ::open(name_aside(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) fail(path, errno);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      ::close(file);
      fail(path, error);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  ::close(file);
  put_in_place(path);
}

void put_in_place(const std::string& path) {
  const int file = ::open(name_aside(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path, errno);
  const bool synced = ::fsync(file) == 0 || errno == EINVAL || errno == EROFS;
  const int error = errno;
  ::close(file);
  if (!synced) fail(path, error);
  if (::rename(name_aside(path).c_str(), path.c_str()) != 0) fail(path, errno);
}

}  // namespace fairprice::publishing
