#pragma once

#include <vector>

#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

/// The sheets of a workbook that are files of the table: that which the mapping names, else all visible ones whose headings are the table's,
/// else the first visible one with content, which will say what it lacks. Of several each is called "quotes.xlsx/11月". The others, hidden
/// ones among them, are named in `passed_over` of the first. Throws FatalError when the workbook cannot be read, has no content, or not the
/// sheet that the mapping names.
std::vector<SourceFile> sheets_of_table(const SourceFile& workbook, Table table);

}  // namespace fairprice::ingest
