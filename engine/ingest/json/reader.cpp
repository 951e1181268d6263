#include "engine/ingest/json/reader.hpp"

#include <algorithm>
#include <utility>

#include "engine/ingest/json/document.hpp"
#include "engine/ingest/json/flat_records.hpp"
#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/lines.hpp"
#include "engine/ingest/json/nested_records.hpp"
#include "engine/ingest/json/ocds_records.hpp"
#include "engine/ingest/json/row_of_record.hpp"

namespace fairprice::ingest::json {

namespace {

constexpr std::size_t kReady = std::size_t{64} << 10;  // rows that are made before they are asked for

bool is_blank(const Record& record) {
  return record.begin == record.end ||
         (*record.begin <= ' ' && without_space({record.begin, static_cast<std::size_t>(record.end - record.begin)}).empty());
}

RecordProblem bad_bytes(std::uint64_t in_file, std::string value) {
  RecordProblem problem;
  problem.fault = Fault::bad_encoding;
  problem.value = std::move(value);
  const std::string byte = std::to_string(in_file);
  problem.zh = "文件第 " + byte + " 字节（从 0 起）不属于该文件的编码；整个文件应为同一编码，最好是 UTF-8";
  problem.en = "byte " + byte + " of the file (from 0) is no text in its encoding: use one encoding throughout, best UTF-8";
  return problem;
}

}  // namespace

JsonReader::JsonReader(std::unique_ptr<Unpacker> bytes, JsonSettings settings)
    : input_(std::move(bytes)), settings_(std::move(settings)), keys_(settings_.rules) {
  open();
}

void JsonReader::open() {
  std::string head;
  bool whole = false;
  std::optional<Layout> found;
  for (std::size_t wanted = kLookedAtBytes; !found; wanted *= 2) {
    while (!whole && head.size() < wanted) {
      const std::size_t had = head.size();
      head.resize(wanted);
      const std::size_t got = input_->read(head.data() + had, wanted - had);
      head.resize(had + got);
      whole = got == 0;
    }
    found = find_layout(head, whole, settings_.ending, settings_.records, keys_);
  }
  layout_ = *found;
  if (!layout_.ocds) keys_.require_all();
  keys_.settle();
  window_.emplace(*input_, head);
  if (head.starts_with("\xEF\xBB\xBF")) window_->drop(3);
  if (layout_.lines)
    source_ = std::make_unique<Lines>(*window_);
  else
    source_ = std::make_unique<Document>(*window_, layout_.path, settings_.rules.file);
  if (layout_.ocds)
    converter_ = ocds_records(keys_, settings_.currency, counts_.ocds);
  else
    converter_ = keys_.pointed().empty() ? flat_records(keys_) : nested_records(keys_);
}

std::size_t JsonReader::read(char* place, std::size_t room) {
  while (rows_.ready() == 0 && !ended_) advance();
  return rows_.take(place, room);
}

void JsonReader::advance() {
  Record record;
  while (rows_.ready() < kReady && !ended_) {
    if (source_->next(record))
      take(record);
    else
      ended_ = true;
  }
  if (ended_) converter_->finish(rows_, problems_);
}

void JsonReader::take(const Record& record) {
  std::uint64_t in_file = 0;
  if (record.has_problem) [[unlikely]] {
    ++counts_.records;
    reject(source_->problem(), rows_, problems_);
  } else if (is_blank(record)) {
    rows_.blank();
  } else if (window_->is_bad(record.begin, record.end, in_file)) [[unlikely]] {
    ++counts_.records;
    reject(bad_bytes(in_file, beginning_of({record.begin, static_cast<std::size_t>(record.end - record.begin)})), rows_, problems_);
  } else {
    ++counts_.records;
    if (converter_->convert(record, rows_, problems_) || layout_.lines) return;
    end_reading(problems_.back(), record.line, record.column);
    ended_ = true;
  }
}

}  // namespace fairprice::ingest::json
