#include "engine/publishing/output_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "engine/base/problem.hpp"

namespace fairprice::publishing {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 8> kOurFiles = {"assessments.csv", "flagged.csv", "orders.csv", "overrides.csv",
                                                       "estimates.csv",   "rejects.csv", "review.csv", "summary.json"};

std::string system_text(int error) { return std::generic_category().message(error); }

struct Mend {
  std::string_view zh, en;
};
Mend mend_of(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT: return {"请腾出磁盘空间，或改用 --output 指定其他磁盘", "free some space, or name another disk with --output"};
    case EFBIG: return {"文件大小受限（ulimit -f），请放宽限制", "the size of files is limited here (ulimit -f): raise the limit"};
    case EACCES:
    case EPERM:
    case EROFS: return {"请检查写入权限，或改用其他 --output", "check the rights to write there, or name another --output"};
    default: return {"请检查磁盘，或改用其他 --output", "check the disk, or name another --output"};
  }
}

[[noreturn]] void fail_on(const std::string& what, int error) {
  const Mend mend = mend_of(error);
  throw FatalError(what + "：无法写入（" + system_text(error) + "）；" + std::string(mend.zh) + "；没有留下任何结果文件",
                   what + ": cannot be written (" + system_text(error) + "): " + std::string(mend.en) + "; no result was left behind");
}

/// The path without links and dots, as far as it exists, and without a slash at the end.
std::string resolved(const std::string& path) {
  std::error_code error;
  fs::path result = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) result = fs::path(path);
  std::string text = result.lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

bool lies_in(const std::string& inner, const std::string& outer) {
  return inner == outer || (inner.starts_with(outer) && (outer == "/" || inner[outer.size()] == '/'));
}

/// The first entry of a folder that no run wrote; empty when there is none. Without summary.json every entry is foreign.
std::string foreign_entry(const fs::path& folder) {
  std::error_code error;
  const bool ours = fs::is_regular_file(folder / "summary.json", error);
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!ours || std::find(kOurFiles.begin(), kOurFiles.end(), name) == kOurFiles.end()) names.push_back(name);
  }
  if (error) fail_on(folder.string(), error.value());
  return names.empty() ? std::string() : *std::min_element(names.begin(), names.end());
}

void flush_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a folder that may be written but not read: the system flushes it in its own time
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

void check_output(const std::string& output, const std::string& input) {
  const std::string target = resolved(output);
  if (lies_in(target, resolved(input)))
    throw FatalError(output + "：输出文件夹位于输入文件夹内；请用 --output 指定别处，以免结果被当作输入",
                     output +
                         ": the output folder lies in the input folder; name another one with --output, so that results are not read "
                         "as input; nothing was run");
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status))
    throw FatalError(output + "：这是一个文件，不是文件夹；请用 --output 指定一个文件夹",
                     output + ": is a file, not a folder; name a folder with --output; nothing was run");
  const std::string foreign = foreign_entry(target);
  if (!foreign.empty())
    throw FatalError(output + "：文件夹里有不是 fairprice 写的内容（" + foreign + "）；请移走它，或用 --output 指定新的文件夹",
                     output + ": the folder holds something that fairprice did not write (" + foreign +
                         "); move it away, or name a new folder with --output; nothing was run");
}

OutputFolder::OutputFolder(const std::string& output, const std::string& input) : target_(resolved(output)) {
  check_output(output, input);
  partial_ = target_ + ".partial-" + std::to_string(::getpid());
  std::error_code error;
  fs::remove_all(partial_, error);  // left by a killed run with the same number
  fs::create_directories(fs::path(partial_).parent_path(), error);
  if (!error) fs::create_directory(partial_, error);
  if (error) fail_on(output, error.value());
}

OutputFolder::~OutputFolder() {
  const std::lock_guard lock(mutex_);
  if (!committed_ && !abandoned_) remove_partial();
}

void OutputFolder::remove_partial() noexcept {
  std::error_code error;
  fs::remove_all(partial_, error);
}

void OutputFolder::wait_if_abandoned() const {
  while (abandoned_) ::pause();  // the program is ending: whoever comes here has nothing more to do or to say
}

std::string OutputFolder::path_of(std::string_view file) const {
  const std::lock_guard lock(mutex_);
  wait_if_abandoned();
  return partial_ + "/" + std::string(file);
}

int OutputFolder::create(std::string_view file) const {
  // Under the lock, so that no file appears in the folder while it is being removed.
  const std::lock_guard lock(mutex_);
  wait_if_abandoned();
  return ::open((partial_ + "/" + std::string(file)).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

void OutputFolder::commit() {
  const std::lock_guard lock(mutex_);
  wait_if_abandoned();
  flush_folder(partial_);
  if (::rename(partial_.c_str(), target_.c_str()) != 0) {  // works where nothing, or an empty folder, stands there
    const int error = errno;
    if (error != ENOTEMPTY && error != EEXIST) fail_on(target_, error);
    const std::string foreign = foreign_entry(target_);
    if (!foreign.empty()) fail_on(target_ + "/" + foreign, EEXIST);
    const std::string older = partial_ + "-older";
    if (::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
      remove_partial();  // now the older results
    } else {             // a file system that cannot exchange
      if (::rename(target_.c_str(), older.c_str()) != 0) fail_on(target_, errno);
      if (::rename(partial_.c_str(), target_.c_str()) != 0) {
        const int second = errno;
        ::rename(older.c_str(), target_.c_str());
        fail_on(target_, second);
      }
      std::error_code ignored;
      fs::remove_all(older, ignored);
    }
  }
  flush_folder(fs::path(target_).parent_path().string());
  committed_ = true;
}

bool OutputFolder::abandon() {
  const std::lock_guard lock(mutex_);
  if (!committed_) {
    abandoned_ = true;
    remove_partial();
  }
  return committed_;
}

OutputFile::OutputFile(const OutputFolder& folder, std::string_view name) : name_(folder.target() + "/" + std::string(name)) {
  file_ = folder.create(name);
  if (file_ < 0) fail(errno);
}

OutputFile::~OutputFile() {
  if (file_ >= 0) ::close(file_);
}

void OutputFile::fail(int error) const { fail_on(name_, error); }

void OutputFile::write(std::string_view bytes) {
  write_at(bytes, size_);
  size_ += bytes.size();
}

void OutputFile::write_at(std::string_view bytes, std::uint64_t offset) {
  const std::uint64_t start = offset;
  const std::size_t whole = bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0) {
      if (errno == EINTR) continue;
      fail(errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  // The disk starts now, while other rows are still being formatted; an answer is not needed, close() asks for it.
  if (whole > 0) ::sync_file_range(file_, static_cast<off_t>(start), static_cast<off_t>(whole), SYNC_FILE_RANGE_WRITE);
}

void OutputFile::close() {
  if (::fsync(file_) != 0 && errno != EINVAL && errno != EROFS) fail(errno);
  const int file = file_;
  file_ = -1;
  if (::close(file) != 0 && errno != EINTR) fail(errno);
}

}  // namespace fairprice::publishing
