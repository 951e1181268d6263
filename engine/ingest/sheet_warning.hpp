#pragma once

#include <cstddef>
#include <string>

#include "engine/base/problem.hpp"
#include "engine/ingest/tables.hpp"

namespace fairprice::ingest {

/// What a sheet hides from the person who looks at it, or from us: hidden rows and columns, ranges merged over several rows (only the first
/// has the value), formulas that were never computed, error cells. Empty when there is nothing of the kind, or no sheet.
std::string sheet_note(const SourceFile& file, Language language);

/// Puts the notes of all sheets that were read into the month's warnings. Returns how many were added.
std::size_t warn_of_sheets(Month& month);

}  // namespace fairprice::ingest
