#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/scan_csv.hpp"
#include "engine/ingest/tables.hpp"

namespace fairprice::ingest {

/// Reads a table again and shows the rows that start at `offsets` (ascending), with file and line. A row's place is not kept while
/// millions are read; the few that are asked for later are found again by their offset.
void relocate(const Month& month, std::string_view table, const std::vector<std::uint64_t>& offsets,
              const std::function<void(std::uint64_t offset, const SourceFile& file, std::int64_t line, const RowScanner& row)>& show);

/// Problems that are found only after a table has been read: their rows are known by offset.
class LateProblems {
 public:
  LateProblems(Month& month, std::string table) : month_(month), table_(std::move(table)) {}
  static constexpr std::size_t kNamed = 20;
  /// `with`: offsets of other rows to name in the message (conflicting duplicates), in any order. The first kNamed are named and the others
  /// counted: a thousand rows of one number would name a million lines.
  void add(std::uint64_t offset, std::string column, ProblemCode code, std::vector<std::uint64_t> with = {});
  /// Rows that contradict each other, each of them naming the others.
  void add_all(std::vector<std::uint64_t> offsets, ProblemCode code);
  /// Finds the rows, files the problems in month.problems and counts them as rejected or duplicate.
  void report(ProblemAction action);
  bool empty() const { return found_.empty(); }

 private:
  struct Found {
    std::uint64_t offset;
    std::string column;
    ProblemCode code;
    std::vector<std::uint64_t> with;
    std::size_t more;
    std::string value;
  };
  Month& month_;
  std::string table_;
  std::vector<Found> found_;
};

}  // namespace fairprice::ingest
