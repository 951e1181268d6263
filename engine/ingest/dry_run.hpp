#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

/// What would be rejected, or emptied, of one file for one reason.
struct ExpectedProblem {
  std::int64_t places = 0;
  Problem first;  ///< by line and column
};

/// One file as a run would understand it.
struct FilePreview {
  Table table = Table::listings;
  SourceFile file;  ///< headings, encoding, delimiter; `unreadable` says why there is nothing more
  std::int64_t rows = 0;
  std::vector<std::vector<std::string>> first_rows;  ///< cells of the columns that are understood, in the table's order
  std::map<ProblemCode, ExpectedProblem> problems;
};

/// Every file of every table of a folder, in the order of the tables: read once to count its rows, nothing judged yet. Throws FatalError when
/// the folder cannot be read; a file that cannot is a preview with its reason.
std::vector<FilePreview> preview_files(const std::string& folder, const InputSettings& settings);

/// Puts what reading the month found wrong at the files where it stands.
void add_problems(std::vector<FilePreview>& previews, const std::vector<Problem>& problems);

/// A mapping that says what was found, to be edited: one entry a file.
Mapping mapping_of(const std::vector<FilePreview>& previews);

}  // namespace fairprice::ingest
