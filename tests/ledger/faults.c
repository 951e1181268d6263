/* Loaded into the program in front of the C library: at the n-th call that can change a file of its folder or goes to a server, the process dies or the call fails.
 *
 *   FAULT_FOLDER  files below it count, and sockets
 *   FAULT_AT      which call, from 1
 *   FAULT_DO      term   SIGTERM, and then the call
 *                 kill     SIGKILL instead of the call            torn   SIGKILL after half of the bytes (of a write; else as kill)
 *                 after    SIGKILL when the call is done          short  half of the bytes are written, and the call says so
 *                 EIO, ENOSPC, EACCES, ECONNRESET  the call fails with it; close() closes all the same
 *   FAULT_STAYS   1: every later call fails, too
 *   FAULT_LIST    a file outside of the folder that gets the names of the calls, one a line
 *
 * Only calls that the C library's own functions do not hide are seen: SQLite's, libpq's and ours all are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum verdict { go, fail_call, halve, tear, kill_behind };

static atomic_int calls;
static int at = -1, stays;
static const char *what, *folder;
static FILE* list;

static void* next(const char* name) { return dlsym(RTLD_NEXT, name); }
#define NEXT(type, name) ((type)next(name))

__attribute__((constructor)) static void begin(void) {
  const char* number = getenv("FAULT_AT");
  what = getenv("FAULT_DO");
  folder = getenv("FAULT_FOLDER");
  if (folder == NULL) folder = "/nowhere";
  stays = getenv("FAULT_STAYS") != NULL;
  const char* const list_file = getenv("FAULT_LIST");
  if (list_file != NULL) list = fopen(list_file, "w");
  if (number != NULL && what != NULL) at = atoi(number);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int below(const char* path) {
  char whole[PATH_MAX];
  if (path == NULL) return 0;
  if (path[0] != '/') {  /* the program is started in the folder */
    if (getcwd(whole, sizeof whole) == NULL) return 0;
    path = whole;
  }
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int ours(int file) {
  struct stat status;
  if (file < 3 || fstat(file, &status) != 0) return 0;
  if (S_ISSOCK(status.st_mode)) return 1;
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = '\0';
  return below(path);
}

static int error_number(void) {
  if (strcmp(what, "EIO") == 0) return EIO;
  if (strcmp(what, "ENOSPC") == 0) return ENOSPC;
  if (strcmp(what, "EACCES") == 0) return EACCES;
  if (strcmp(what, "ECONNRESET") == 0) return ECONNRESET;
  return EINVAL;
}

/* Counts the call, and says what becomes of it. */
static enum verdict judge(const char* name) {
  const int number = ++calls;
  if (list != NULL) {
    fprintf(list, "%s\n", name);
    fflush(list);
  }
  if (at < 0 || (stays ? number < at : number != at)) return go;
  if (strcmp(what, "kill") == 0) die();
  if (strcmp(what, "torn") == 0) return tear;
  if (strcmp(what, "term") == 0) {
    kill(getpid(), SIGTERM);
    usleep(20000);
    return go;
  }
  if (strcmp(what, "after") == 0) return kill_behind;
  if (strcmp(what, "short") == 0) return halve;
  errno = error_number();
  return fail_call;
}

/* Half of the bytes of a write may go; everything else goes whole or not at all. */
#define WRITES(call_name, size, done_with_size)                       \
  const enum verdict verdict = judge(call_name);                      \
  if (verdict == fail_call) return -1;                                \
  size_t size_now = (size);                                           \
  if ((verdict == halve || verdict == tear) && size_now > 1) size_now /= 2; \
  const ssize_t result = (done_with_size);                            \
  if (verdict == tear || verdict == kill_behind) die();               \
  return result

#define DOES(call_name, done)                               \
  const enum verdict verdict = judge(call_name);            \
  if (verdict == fail_call) return -1;                      \
  if (verdict == tear) die();                               \
  const __typeof__(done) result = (done);                   \
  if (verdict == kill_behind) die();                        \
  return result

ssize_t write(int file, const void* bytes, size_t size) {
  ssize_t (*const real)(int, const void*, size_t) = next("write");
  if (!ours(file)) return real(file, bytes, size);
  WRITES("write", size, real(file, bytes, size_now));
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t place) {
  ssize_t (*const real)(int, const void*, size_t, off_t) = next("pwrite");
  if (!ours(file)) return real(file, bytes, size, place);
  WRITES("pwrite", size, real(file, bytes, size_now, place));
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t place) {
  ssize_t (*const real)(int, const void*, size_t, off64_t) = next("pwrite64");
  if (!ours(file)) return real(file, bytes, size, place);
  WRITES("pwrite", size, real(file, bytes, size_now, place));
}

ssize_t writev(int file, const struct iovec* parts, int count) {
  ssize_t (*const real)(int, const struct iovec*, int) = next("writev");
  if (!ours(file)) return real(file, parts, count);
  DOES("writev", real(file, parts, count));
}

/* A connection on which a call failed is gone. */
static int broken(int file, enum verdict verdict) {
  if (verdict == fail_call) {
    const int error = errno;
    shutdown(file, SHUT_RDWR);
    errno = error;
  }
  return verdict == fail_call;
}

ssize_t send(int file, const void* bytes, size_t size, int flags) {
  ssize_t (*const real)(int, const void*, size_t, int) = next("send");
  const enum verdict verdict = judge("send");
  if (broken(file, verdict)) return -1;
  const ssize_t result = real(file, bytes, (verdict == halve || verdict == tear) && size > 1 ? size / 2 : size, flags);
  if (verdict == tear || verdict == kill_behind) die();
  return result;
}

ssize_t recv(int file, void* bytes, size_t size, int flags) {
  ssize_t (*const real)(int, void*, size_t, int) = next("recv");
  const enum verdict verdict = judge("recv");
  if (broken(file, verdict)) return -1;
  if (verdict == tear) die();
  const ssize_t result = real(file, bytes, size, flags);
  if (verdict == kill_behind) die();
  return result;
}

int fsync(int file) {
  int (*const real)(int) = next("fsync");
  if (!ours(file)) return real(file);
  DOES("fsync", real(file));
}

int fdatasync(int file) {
  int (*const real)(int) = next("fdatasync");
  if (!ours(file)) return real(file);
  DOES("fdatasync", real(file));
}

int ftruncate(int file, off_t size) {
  int (*const real)(int, off_t) = next("ftruncate");
  if (!ours(file)) return real(file, size);
  DOES("ftruncate", real(file, size));
}

int ftruncate64(int file, off64_t size) {
  int (*const real)(int, off64_t) = next("ftruncate64");
  if (!ours(file)) return real(file, size);
  DOES("ftruncate", real(file, size));
}

int close(int file) {
  int (*const real)(int) = next("close");
  if (!ours(file)) return real(file);
  const enum verdict verdict = judge("close");
  if (verdict == tear) die();
  const int error = errno;
  const int result = real(file);
  if (verdict == kill_behind) die();
  if (verdict != fail_call) return result;
  errno = error;
  return -1;
}

int rename(const char* from, const char* to) {
  int (*const real)(const char*, const char*) = next("rename");
  if (!below(to)) return real(from, to);
  DOES("rename", real(from, to));
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned int flags) {
  int (*const real)(int, const char*, int, const char*, unsigned int) = next("renameat2");
  if (!below(to)) return real(from_folder, from, to_folder, to, flags);
  DOES("renameat2", real(from_folder, from, to_folder, to, flags));
}

int link(const char* from, const char* to) {
  int (*const real)(const char*, const char*) = next("link");
  if (!below(to)) return real(from, to);
  DOES("link", real(from, to));
}

int unlink(const char* path) {
  int (*const real)(const char*) = next("unlink");
  if (!below(path)) return real(path);
  DOES("unlink", real(path));
}

int unlinkat(int place, const char* path, int flags) {
  int (*const real)(int, const char*, int) = next("unlinkat");
  if (place == AT_FDCWD ? !below(path) : !ours(place)) return real(place, path, flags);
  DOES("unlinkat", real(place, path, flags));
}

int mkdir(const char* path, mode_t mode) {
  int (*const real)(const char*, mode_t) = next("mkdir");
  if (!below(path)) return real(path, mode);
  DOES("mkdir", real(path, mode));
}

int rmdir(const char* path) {
  int (*const real)(const char*) = next("rmdir");
  if (!below(path)) return real(path);
  DOES("rmdir", real(path));
}

int chmod(const char* path, mode_t mode) {
  int (*const real)(const char*, mode_t) = next("chmod");
  if (!below(path)) return real(path, mode);
  DOES("chmod", real(path, mode));
}

static int opens(const char* name, int place, const char* path, int flags, mode_t mode) {
  int (*const real)(int, const char*, int, ...) = next(name);
  if ((flags & O_CREAT) == 0 || !below(path)) return real(place, path, flags, mode);
  DOES("open", real(place, path, flags, mode));
}

static mode_t mode_behind(int flags, va_list list) { return (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0; }

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_behind(flags, list);
  va_end(list);
  return opens("openat", AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_behind(flags, list);
  va_end(list);
  return opens("openat64", AT_FDCWD, path, flags, mode);
}

int openat(int place, const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = mode_behind(flags, list);
  va_end(list);
  return opens("openat", place, path, flags, mode);
}
