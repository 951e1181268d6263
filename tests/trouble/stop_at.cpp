// Loaded into the program in front of the C library: sends SIGINT to it at a chosen call, so that an interruption meets the same
// moment on every machine. STOP_AT names the moment, STOP_CALL which call of its kind (from 1):
//   read    a file of quotes is being read
//   write   a result file is being written             sync    a result file is being flushed
//   rename  the folder is about to get its final name   screen  standard output is being written
// After SIGINT the call never returns, but for `rename`, which the program does under a lock and which goes on.

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>
#include <csignal>

#include <array>
#include <atomic>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::atomic<int> calls{0};

bool is_chosen(std::string_view moment) {
  const char* wanted = std::getenv("STOP_AT");
  const char* call = std::getenv("STOP_CALL");
  return wanted != nullptr && moment == wanted && ++calls == std::atoi(call != nullptr ? call : "1");
}

void stop_at(std::string_view moment, bool returns = false) {
  if (!is_chosen(moment)) return;
  ::kill(::getpid(), SIGINT);
  while (!returns) ::pause();
}

std::string path_of(int file) {
  std::array<char, 4096> name{};
  const ssize_t size = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), name.data(), name.size());
  return size <= 0 ? std::string() : std::string(name.data(), static_cast<std::size_t>(size));
}

bool is_result(int file) {
  const std::string path = path_of(file);
  const std::size_t folder = path.find(".partial-");
  return folder != std::string::npos && path.find('/', folder) != std::string::npos;
}

void stop_at_write(int file) {
  if (is_result(file)) stop_at("write");
  if (file == STDOUT_FILENO) stop_at("screen");
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t read(int file, void* place, size_t size) {
  if (path_of(file).find("/quotes") != std::string::npos) stop_at("read");
  return next<ssize_t (*)(int, void*, size_t)>("read")(file, place, size);
}

ssize_t write(int file, const void* bytes, size_t size) {
  stop_at_write(file);
  return next<ssize_t (*)(int, const void*, size_t)>("write")(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  stop_at_write(file);
  return next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite")(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off_t offset) {
  stop_at_write(file);
  return next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64")(file, bytes, size, offset);
}

int fsync(int file) {
  if (is_result(file)) stop_at("sync");
  return next<int (*)(int)>("fsync")(file);
}

int fdatasync(int file) {
  if (is_result(file)) stop_at("sync");
  return next<int (*)(int)>("fdatasync")(file);
}

int rename(const char* from, const char* to) noexcept {
  stop_at("rename", true);
  return next<int (*)(const char*, const char*)>("rename")(from, to);
}

}  // extern "C"
