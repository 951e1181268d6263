#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "engine/ingest/json/csv_rows.hpp"
#include "engine/ingest/json/key_columns.hpp"
#include "engine/ingest/json/record_problem.hpp"
#include "engine/ingest/json/record_text.hpp"

namespace fairprice::ingest::json {

/// The cells of one record while it is being read, and the first thing that is wrong with it.
class RowOfRecord {
 public:
  explicit RowOfRecord(KeyColumns& keys) : keys_(keys), columns_(keys.columns()) {}

  void begin() {
    for (std::size_t column = 0; column < columns_; ++column) cells_[column] = {};
    ++record_;
    before_ = KeyColumns::kFirst;
    key_ = nullptr;
    fault_ = kNone;
    written_out_.clear();
  }
  /// The next key of the record; its column gets the value that is put next.
  void key(std::string_view name) {
    KeyColumns::Key* const key = keys_.key_behind(before_, name);
    key_ = key;
    if (key == nullptr) return;
    if (key->record == record_) [[unlikely]]
      fail(Fault::duplicate_key, key->name);
    key->record = record_;
  }
  void put_text(std::string_view text) {
    if (key_ == nullptr || key_->column < 0)
      look_at_unused(text);
    else
      put(text);
  }
  void put_number(std::string_view number) {
    if (key_ != nullptr && key_->column >= 0) put(plain(number));
  }
  void put_word(std::string_view word) {
    if (key_ != nullptr && key_->column >= 0) put(word);
  }
  /// An object or array where a text or number should stand.
  void put_nested() {
    if (key_ != nullptr && key_->column >= 0) fail(Fault::nested_value, key_->name);
  }
  /// By column, whatever the key.
  void put_in_column(int column, std::string_view text) { cells_[static_cast<std::size_t>(column)] = text; }
  std::string_view plain(std::string_view number);

  void fail(Fault fault, std::string_view key) {
    if (fault_ != kNone) return;
    fault_ = static_cast<int>(fault);
    culprit_ = key;
  }
  /// Writes the row, or a blank line and the problem.
  void finish(CsvRows& rows, Problems& problems, const Beginning& beginning);

 private:
  static constexpr int kNone = -1;
  void put(std::string_view text);
  void look_at_unused(std::string_view text);

  KeyColumns& keys_;
  std::size_t columns_;
  Cells cells_{};
  std::array<const KeyColumns::Key*, kMostColumns> key_of_column_{};
  std::array<std::uint64_t, kMostColumns> record_of_column_{};
  std::uint64_t record_ = 0;
  std::uint32_t before_ = KeyColumns::kFirst;
  KeyColumns::Key* key_ = nullptr;
  int fault_ = kNone;
  std::string culprit_;
  std::string other_;
  std::deque<std::string> written_out_;
};

/// What is said about a fault of a record that is well-formed. `column`: of the table or the key; `other`: the second key.
RecordProblem record_fault(Fault fault, std::string column, const std::string& other = {});

/// Adds a problem with the line that the next row has, and a blank line in its place.
void reject(RecordProblem problem, CsvRows& rows, Problems& problems);

}  // namespace fairprice::ingest::json
