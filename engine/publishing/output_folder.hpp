#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fairprice::publishing {

/// Refuses an output folder that must not be written: the input itself or a folder inside it, a file, or a folder that holds something
/// which no run of ours wrote. Throws FatalError with the mend. Looks only; `OutputFolder` asks again when it is made.
void check_output(const std::string& output, const std::string& input);

/// An output folder that appears whole or not at all: files are written into `OUTPUT.partial-<pid>` beside it, flushed to the disk, and
/// the folder is renamed into place, in exchange for an older one of ours. Invariant: whatever fails or ends the program between
/// construction and `commit`, nothing stands under the final name that was not there before.
class OutputFolder {
 public:
  OutputFolder(const std::string& output, const std::string& input);
  ~OutputFolder();  ///< removes the partial folder unless committed
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  std::string path_of(std::string_view file) const;
  /// Opens a new file in the folder for writing: a file descriptor, or -1 and errno.
  int create(std::string_view file) const;
  /// Flushes, renames into place, and removes the older folder. Throws FatalError.
  void commit();
  /// Removes the partial folder from another thread, when the program is to end at once. Says whether the output stands already;
  /// afterwards `commit` never returns.
  bool abandon();

  const std::string& target() const { return target_; }

 private:
  void remove_partial() noexcept;
  void wait_if_abandoned() const;

  std::string target_;
  std::string partial_;
  mutable std::mutex mutex_;  ///< commit and abandon exclude each other
  bool committed_ = false;
  bool abandoned_ = false;
};

/// A file being written. Every failure is a FatalError that names the file, what the system says and the mend.
class OutputFile {
 public:
  OutputFile(const OutputFolder& folder, std::string_view name);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Appends; for one thread.
  void write(std::string_view bytes);
  /// Writes at a place that the caller keeps count of; for any thread.
  void write_at(std::string_view bytes, std::uint64_t offset);
  /// Flushes to the disk and closes.
  void close();

 private:
  [[noreturn]] void fail(int error) const;

  std::string name_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace fairprice::publishing
