#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace fairprice::bench {

/// Writes one CSV file through one buffer of 4 MB. Cells are written as given: who needs quotes calls `quoted`.
class CsvWriter {
 public:
  CsvWriter(const std::string& path, std::string_view heading);
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;
  ~CsvWriter();

  CsvWriter& text(std::string_view cell) {
    std::memcpy(buffer_.get() + used_, cell.data(), cell.size());
    used_ += cell.size();
    return *this;
  }
  CsvWriter& cell(std::string_view value) { return text(value).comma(); }
  CsvWriter& comma() {
    buffer_[used_++] = ',';
    return *this;
  }
  CsvWriter& integer(std::uint64_t value, int least_digits = 1);
  /// 129900 -> 1299.00
  CsvWriter& fen(std::int64_t amount);
  CsvWriter& quoted(std::string_view cell);
  /// Ends the row. A row may not be longer than kRowLimit bytes.
  void end_row() {
    buffer_[used_++] = '\n';
    if (used_ > kCapacity - kRowLimit) flush();
  }
  /// Throws std::runtime_error when the disk refuses.
  void close();

  std::uint64_t bytes() const { return written_ + used_; }

 private:
  static constexpr std::size_t kCapacity = std::size_t{4} << 20;
  static constexpr std::size_t kRowLimit = 4096;
  void flush();

  std::string path_;
  std::FILE* file_ = nullptr;
  std::unique_ptr<char[]> buffer_;
  std::size_t used_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace fairprice::bench
