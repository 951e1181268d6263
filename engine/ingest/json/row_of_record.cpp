#include "engine/ingest/json/row_of_record.hpp"

#include <cstring>

#include "engine/base/text.hpp"
#include "engine/ingest/json/plain_number.hpp"
#include "engine/ingest/json/utf8.hpp"

namespace fairprice::ingest::json {

std::string_view RowOfRecord::plain(std::string_view number) {
  for (const char c : number)
    if (c == 'e' || c == 'E') {
      const auto written_out = plain_number(number);
      return written_out ? std::string_view(written_out_.emplace_back(*written_out)) : number;
    }
  return number;
}

void RowOfRecord::put(std::string_view text) {
  const auto column = static_cast<std::size_t>(key_->column);
  if (text.empty()) return;
  if (record_of_column_[column] == record_ && !cells_[column].empty()) [[unlikely]] {
    const KeyColumns::Key& first = *key_of_column_[column];
    if (key_->weak && !first.weak) return;
    if (key_->weak == first.weak && &first != key_) {
      other_ = first.name;
      fail(Fault::two_keys, key_->name);
    }
  }
  if (key_->refusal || !keys_.fits(*key_)) [[unlikely]]
    fail(Fault::other_unit, key_->name);
  record_of_column_[column] = record_;
  key_of_column_[column] = key_;
  cells_[column] = text;
}

/// Half a surrogate pair is no text, even where nobody reads it; the parser refuses first halves alone.
void RowOfRecord::look_at_unused(std::string_view text) {
  constexpr int kLeadOfSurrogates = 0xED;
  if (!text.empty() && std::memchr(text.data(), kLeadOfSurrogates, text.size()) != nullptr && !is_well_formed(text))
    fail(Fault::bad_encoding, key_ == nullptr ? std::string_view() : std::string_view(key_->name));
}

void RowOfRecord::finish(CsvRows& rows, Problems& problems, const Beginning& beginning) {
  RecordProblem problem;
  if (fault_ != kNone) {
    problem = record_fault(static_cast<Fault>(fault_), culprit_, other_);
  } else {
    int bad_column = 0;
    switch (rows.write(cells_, columns_, bad_column)) {
      case RowOutcome::written: return;
      case RowOutcome::bad_encoding:
        problem =
            record_fault(Fault::bad_encoding, std::string(columns_of(keys_.rules().table)[static_cast<std::size_t>(bad_column)].name));
        break;
      case RowOutcome::too_large: problem = too_large({}); break;
      case RowOutcome::empty: problem = record_fault(Fault::no_value, {}); break;
    }
  }
  problem.value = beginning.text();
  reject(std::move(problem), rows, problems);
}

RecordProblem record_fault(Fault fault, std::string column, const std::string& other) {
  const std::string key = "\"" + quoted_for_message(column) + "\"";
  const std::string second = "\"" + quoted_for_message(other) + "\"";
  RecordProblem problem;
  problem.fault = fault;
  problem.column = std::move(column);
  const auto say = [&problem](std::string zh, std::string en) {
    problem.zh = std::move(zh);
    problem.en = std::move(en);
  };
  switch (fault) {
    case Fault::bad_encoding:
      say(key + " 的文字不是 UTF-8，或 \\u 代理对不完整；请整个文件用 UTF-8 导出",
          "the text of " + key + " is not UTF-8, or has half a surrogate pair: export the whole file as UTF-8");
      break;
    case Fault::not_an_object: say("记录不是对象 {...}；每条记录应为一个对象", "the record is no object {...}: each must be one"); break;
    case Fault::nested_value:
      say(key + " 应为一个值，却是对象或数组；请在映射文件中用 JSON 指针（如 /" + problem.column + "/…）指明该列的值",
          key + " is an object or array where one value is expected: say in the mapping file which value is meant, by a JSON Pointer (/" +
              problem.column + "/...)");
      break;
    case Fault::duplicate_key:
      say("键 " + key + " 在同一对象里出现两次；请删去其一", "the key " + key + " stands twice in one object: remove one");
      break;
    case Fault::two_keys:
      say("键 " + second + " 与 " + key + " 是同一列；请删去其一，或在映射文件中指明",
          "the keys " + second + " and " + key + " are the same column: remove one, or say in the mapping file which counts");
      break;
    case Fault::other_unit:
      say("键 " + key + " 的单位与文件开头该列的单位不同或无法换算；请统一单位，或分成两个文件",
          "the key " + key +
              " has another unit than the column at the beginning of the file, or one that cannot be read: use one unit, or two files");
      break;
    case Fault::no_value:
      say("记录里没有该表任何一列的值；请检查键名", "the record has no value for any column of the table: look at its keys");
      break;
    default: break;
  }
  return problem;
}

void reject(RecordProblem problem, CsvRows& rows, Problems& problems) {
  rows.blank();
  problem.line = rows.lines();
  problems.push_back(std::move(problem));
}

}  // namespace fairprice::ingest::json
