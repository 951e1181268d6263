#include "engine/ingest/xlsx/csv_rows.hpp"

#include <algorithm>
#include <cstring>

namespace fairprice::ingest::xlsx {

namespace {

constexpr std::size_t kRowsThatSettle = 100;
constexpr std::size_t kBytesThatSettle = std::size_t{1} << 20;
constexpr std::int64_t kBelievedColumns = 256;  // formatted columns out to XFD would put 16 000 commas into each row

}  // namespace

void CsvRows::expect_columns(std::int64_t columns) {
  if (columns <= kBelievedColumns) width_ = std::max(width_, columns);
}

void CsvRows::write(std::int64_t row, std::string_view fields, std::int64_t columns) {
  const std::size_t before = out_.size();
  out_.append(static_cast<std::size_t>(row - last_row_ - 1), '\n');
  out_ += fields;
  if (columns < width_) out_.append(static_cast<std::size_t>(width_ - columns), ',');
  out_ += '\n';
  last_row_ = row;
  made_ += out_.size() - before;
}

void CsvRows::settle() {
  settled_ = true;
  for (const Held& held : held_) width_ = std::max(width_, held.columns);
  std::size_t begin = 0;
  for (const Held& held : held_) {
    write(held.row, std::string_view(held_fields_).substr(begin, held.end - begin), held.columns);
    begin = held.end;
  }
  held_ = {};
  held_fields_ = {};
}

void CsvRows::add(std::int64_t row, std::string_view fields, std::int64_t columns) {
  if (settled_) {
    write(row, fields, columns);
    return;
  }
  held_fields_ += fields;
  held_.push_back({row, columns, held_fields_.size()});
  if (held_.size() == kRowsThatSettle || held_fields_.size() >= kBytesThatSettle) settle();
}

void CsvRows::finish() {
  if (!settled_) settle();
}

std::size_t CsvRows::take(char* place, std::size_t room) {
  const std::size_t size = std::min(room, ready());
  std::memcpy(place, out_.data() + taken_, size);
  taken_ += size;
  if (taken_ == out_.size()) {
    out_.clear();
    taken_ = 0;
  }
  return size;
}

}  // namespace fairprice::ingest::xlsx
