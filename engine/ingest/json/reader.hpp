#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/ingest/json/csv_rows.hpp"
#include "engine/ingest/json/key_columns.hpp"
#include "engine/ingest/json/layout.hpp"
#include "engine/ingest/json/ocds_counts.hpp"
#include "engine/ingest/json/record_converter.hpp"
#include "engine/ingest/json/window.hpp"
#include "engine/ingest/unpack.hpp"

/// JSON, JSON Lines and OCDS as tables of CSV. What a value becomes: README.md in this folder.
namespace fairprice::ingest::json {

/// How a file is to be read.
struct JsonSettings {
  KeyRules rules;
  Ending ending = Ending::lines;
  std::string records;           ///< JSON Pointer to the array of records, by a person; empty: look for them
  std::string currency = "CNY";  ///< of the policy: OCDS unit values in another one are rejected
};

/// What a file had. Complete once read() has returned 0.
struct JsonCounts {
  std::int64_t records = 0;  ///< blank lines are none
  OcdsCounts ocds;
};

/// The records of a file as CSV in UTF-8 without a heading row: commas, one line a record, every column of the table in its order.
///
/// Lines: of JSON Lines the line number is that of the file, a blank line is a blank line. Of one JSON text it is the number of the record,
/// of OCDS the number of the item that is an order, from 1. A record that gives no row gives a blank line and a problem with its number.
/// Memory: the record, and what the CSV side has not taken yet; of OCDS also the releases that are not compiled.
class JsonReader final : public Unpacker {
 public:
  /// `bytes` gives UTF-8. Throws FatalError: no records can be found, a required column is missing (as map_headings says it), damage.
  JsonReader(std::unique_ptr<Unpacker> bytes, JsonSettings settings);

  std::size_t read(char* place, std::size_t room) override;
  std::uint64_t packed_position() const override { return input_->packed_position(); }
  std::uint64_t packed_size() const override { return input_->packed_size(); }
  std::uint64_t digest() override { return input_->digest(); }
  Encoding encoding() const override { return input_->encoding(); }

  /// The heading: the names of the table's columns, or the key where that names a unit (`价格(万元)`).
  const std::vector<std::string>& columns() const { return keys_.headings().cells; }
  /// The same, understood.
  const HeadingMap& headings() const { return keys_.headings(); }
  /// Keys of records that are no column of the table, so far, in order.
  std::vector<std::string> unknown_keys() const { return layout_.ocds ? std::vector<std::string>() : keys_.unknown(); }
  /// The problems since the last call, in order.
  Problems take_problems() { return std::exchange(problems_, {}); }
  const JsonCounts& counts() const { return counts_; }
  const Layout& layout() const { return layout_; }

 private:
  void open();
  void advance();
  void take(const Record& record);

  std::unique_ptr<Unpacker> input_;
  JsonSettings settings_;
  KeyColumns keys_;
  Layout layout_;
  std::optional<Window> window_;
  std::unique_ptr<RecordSource> source_;
  std::unique_ptr<RecordConverter> converter_;
  CsvRows rows_;
  Problems problems_;
  JsonCounts counts_;
  bool ended_ = false;
};

}  // namespace fairprice::ingest::json
