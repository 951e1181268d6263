#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/ingest/json/reader.hpp"

namespace fairprice::testing_support {

/// A text as a file that gives at most `piece` bytes at a time.
class TextUnpacker final : public ingest::Unpacker {
 public:
  TextUnpacker(std::string text, std::size_t piece) : text_(std::move(text)), piece_(piece) {}

  std::size_t read(char* place, std::size_t room) override {
    const std::size_t size = std::min({room, piece_, text_.size() - at_});
    if (size > 0) std::memcpy(place, text_.data() + at_, size);
    at_ += size;
    return size;
  }
  std::uint64_t packed_position() const override { return at_; }
  std::uint64_t packed_size() const override { return text_.size(); }
  std::uint64_t digest() override { return 0; }
  std::vector<ingest::BadBytes> take_bad_bytes() override {
    std::vector<ingest::BadBytes> taken;
    while (!bad.empty() && bad.front().at < at_) {
      taken.push_back(bad.front());
      bad.erase(bad.begin());
    }
    return taken;
  }
  std::vector<ingest::BadBytes> bad;

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

/// What came of a file.
struct JsonResult {
  std::string csv;
  std::vector<std::string> problems;  ///< "line fault column"
  std::vector<ingest::json::RecordProblem> full;
  std::vector<std::string> unknown;
  std::vector<std::string> columns;
  ingest::json::JsonCounts counts;
  ingest::json::Layout layout;
  std::optional<std::string> error;  ///< the FatalError, in English
};

inline ingest::json::JsonSettings json_settings(ingest::Table table, ingest::json::Ending ending) {
  ingest::json::JsonSettings settings;
  settings.rules.table = table;
  settings.rules.file = "a.json";
  settings.ending = ending;
  return settings;
}

inline JsonResult read_json(std::string text, const ingest::json::JsonSettings& settings, std::size_t piece = 65536,
                            std::vector<ingest::BadBytes> bad = {}) {
  JsonResult result;
  try {
    auto bytes = std::make_unique<TextUnpacker>(std::move(text), piece);
    bytes->bad = std::move(bad);
    ingest::json::JsonReader reader(std::move(bytes), settings);
    result.columns = reader.columns();
    result.layout = reader.layout();
    std::string buffer(std::max<std::size_t>(piece, 7), '\0');
    const auto take = [&] {
      for (ingest::json::RecordProblem& one : reader.take_problems()) result.full.push_back(std::move(one));
    };
    while (const std::size_t got = reader.read(buffer.data(), buffer.size())) {
      result.csv.append(buffer, 0, got);
      take();
    }
    take();
    result.unknown = reader.unknown_keys();
    result.counts = reader.counts();
  } catch (const FatalError& error) {
    result.error = error.what();
  }
  for (const ingest::json::RecordProblem& one : result.full)
    result.problems.push_back(std::to_string(one.line) + " " + std::string(fault_name(one.fault)) + " " + one.column);
  return result;
}

inline JsonResult read_lines(std::string text, ingest::Table table) {
  return read_json(std::move(text), json_settings(table, ingest::json::Ending::lines));
}
inline JsonResult read_document(std::string text, ingest::Table table) {
  return read_json(std::move(text), json_settings(table, ingest::json::Ending::json));
}

}  // namespace fairprice::testing_support
