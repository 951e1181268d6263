#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/ingest/source.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

/// What the stages work on: a month of a twentieth of a province, from the generator of `./dev bench`, in a temporary folder that goes
/// when the program ends. Each part is made when a stage first asks for it.
namespace fairprice::bench {

const std::string& month_folder();

/// A table in memory, in blocks as the reader cuts them.
struct TableBytes {
  std::vector<ingest::SourceFile> files;
  std::vector<ingest::Block> blocks;
  std::size_t bytes = 0;
  std::size_t fields() const { return files.front().headings.fields(); }
};
const TableBytes& quotes_bytes();

/// The cells of one column of a table as they stand, without those that are empty. Their bytes lie behind one another.
struct Cells {
  std::string bytes;
  std::vector<std::string_view> cells;
};
Cells cells_of(std::string_view table, int column);

const rules::PolicySet& policy();
const ingest::Month& month();
const assessment::Assessments& assessments();

/// Throws when an answer and the peer's differ: then there is nothing to time.
void require(bool same, const std::string& what);

}  // namespace fairprice::bench
