#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "engine/base/date.hpp"
#include "engine/base/int128.hpp"
#include "engine/base/money.hpp"

namespace fairprice::publishing {

/// Rows of CSV as bytes: RFC 4180, comma, line feed. Numbers are written by hand, without locale or formatting library, because
/// assessments.csv has half a million rows. A cell is written by one `put_...`, and the comma or line end by `comma` or `end_row`.
class CsvBuffer {
 public:
  std::string_view bytes() const { return {data_.get(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

  void comma() { byte(','); }
  void end_row() { byte('\n'); }
  /// A comma for each cell that stays empty, and one more after the last of them.
  void empty_cells(int count) {
    for (int i = 0; i < count; ++i) comma();
  }

  /// Text of ours: names, codes, numbers. Never quoted.
  void put_plain(std::string_view text) {
    text.copy(room(text.size()), text.size());
    size_ += text.size();
  }
  /// Text from outside: quoted where it holds a comma, quote or line end, with a leading ' where a spreadsheet would take it for a formula.
  void put_text(std::string_view text) { put_text(text, {}, {}); }
  /// One cell of up to three parts, without making a string of them: brand, space, model.
  void put_text(std::string_view first, std::string_view second, std::string_view third);

  void put_integer(std::int64_t value);
  /// "1380.00", "0.0125", "-3.50": 2 decimals, 4 where needed.
  void put_money(Money amount);
  /// A count of fen, which may be beyond what Money holds: "52628.00".
  void put_fen(Int128 fen);
  /// `value` in units of 10^-`places`, without trailing zeros: 25000 with 4 places is "2.5". places <= 6.
  void put_decimal(Int128 value, int places);
  /// numerator / denominator with 6 decimals, half away from zero; a result of zero has no sign. denominator > 0.
  void put_ratio(Int128 numerator, Int128 denominator);
  /// A count of 10^-6 with 6 decimals.
  void put_millionths(std::int64_t value);
  /// "2023-11-05"; nothing when absent.
  void put_date(Date date);

 private:
  char* room(std::size_t bytes) {
    if (size_ + bytes > capacity_) grow(bytes);
    return data_.get() + size_;
  }
  void byte(char c) { *room(1) = c, ++size_; }
  void grow(std::size_t bytes);

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace fairprice::publishing
