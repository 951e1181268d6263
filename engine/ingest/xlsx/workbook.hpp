#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/xlsx/container.hpp"
#include "engine/ingest/xlsx/serial_date.hpp"

namespace fairprice::ingest::xlsx {

/// Very hidden sheets are those that only a macro, or another program, can show.
enum class SheetState : std::uint8_t { visible, hidden, very_hidden };

/// A sheet as the workbook lists it; `part` holds its cells. Charts and macro sheets are not in the list.
struct SheetEntry {
  std::string title;
  SheetState state = SheetState::visible;
  std::string part;
};

struct Workbook {
  std::vector<SheetEntry> sheets;  ///< in order of their tabs
  DateSystem dates = DateSystem::since_1900;
  std::string shared_strings;  ///< part; empty when there is none
  std::string styles;          ///< part; empty when there is none
};

/// The workbook's table of contents. Throws FatalError: no workbook in the archive (an .ods, .docx, .xlsb is named as such), parts missing.
Workbook read_workbook(const Container& container);

}  // namespace fairprice::ingest::xlsx
