#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/unpack.hpp"
#include "engine/ingest/xlsx/sheet_parser.hpp"
#include "engine/ingest/xlsx/workbook.hpp"

/// Workbooks (.xlsx, .xlsm; ECMA-376, also in its strict form) as tables of CSV. What a cell becomes: README.md in this folder.
namespace fairprice::ingest::xlsx {

/// A sheet, as far as it is known without reading it all.
struct SheetInfo {
  std::string title;
  SheetState state = SheetState::visible;
  std::string dimension;     ///< "A1:L200", as the sheet says of itself; empty when it does not
  bool has_content = false;  ///< at least one cell with a value or formula
};

/// The worksheets of a workbook in order of their tabs. `name` is what messages call the file.
std::vector<SheetInfo> sheets_of(const std::string& path, const std::string& name);

/// One sheet as CSV in UTF-8: commas, one line a row, so that the line number is the row's. Memory: the shared texts of the workbook, if the
/// sheet has any, and about a megabyte.
class SheetReader : public Unpacker {
 public:
  /// Complete once read() has returned 0.
  virtual const SheetCounts& counts() const = 0;
};

/// Opens a sheet by its title (any case). Throws FatalError when there is none, and as `Container` and `read_workbook` do.
/// Readers of one workbook may be used side by side: each opens the file for itself.
std::unique_ptr<SheetReader> open_sheet(const std::string& path, const std::string& name, std::string_view title);

}  // namespace fairprice::ingest::xlsx
