#include "bench/province/csv_writer.hpp"

#include <cerrno>
#include <stdexcept>

namespace fairprice::bench {

CsvWriter::CsvWriter(const std::string& path, std::string_view heading)
    : path_(path), file_(std::fopen(path.c_str(), "wb")), buffer_(new char[kCapacity]) {
  if (file_ == nullptr) throw std::runtime_error(path_ + ": cannot be written: " + std::strerror(errno));
  std::setvbuf(file_, nullptr, _IONBF, 0);
  text(heading).end_row();
}

CsvWriter::~CsvWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

CsvWriter& CsvWriter::integer(std::uint64_t value, int least_digits) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  while (count < least_digits) digits[count++] = '0';
  while (count > 0) buffer_[used_++] = digits[--count];
  return *this;
}

CsvWriter& CsvWriter::fen(std::int64_t amount) {
  integer(static_cast<std::uint64_t>(amount / 100));
  buffer_[used_++] = '.';
  return integer(static_cast<std::uint64_t>(amount % 100), 2);
}

CsvWriter& CsvWriter::quoted(std::string_view cell) {
  buffer_[used_++] = '"';
  for (const char byte : cell) {
    if (byte == '"') buffer_[used_++] = '"';
    buffer_[used_++] = byte;
  }
  buffer_[used_++] = '"';
  return *this;
}

void CsvWriter::flush() {
  if (std::fwrite(buffer_.get(), 1, used_, file_) != used_) {
    throw std::runtime_error(path_ + ": write failed: " + std::strerror(errno));
  }
  written_ += used_;
  used_ = 0;
}

void CsvWriter::close() {
  flush();
  std::FILE* file = file_;
  file_ = nullptr;
  if (std::fclose(file) != 0) throw std::runtime_error(path_ + ": close failed: " + std::strerror(errno));
}

}  // namespace fairprice::bench
