#include "engine/ingest/xlsx/shared_strings.hpp"

#include <algorithm>
#include <cstring>

#include "engine/ingest/xlsx/cell_text.hpp"
#include "engine/ingest/xlsx/limits.hpp"

namespace fairprice::ingest::xlsx {

std::string_view SharedStrings::at(std::size_t number) const {
  const std::uint64_t entry = entries_[number];
  const std::size_t size = entry >> 1 & (kPage - 1);
  if (size == 0) return {};
  return {pages_[entry >> 45].get() + (entry >> 23 & (kPage - 1)), size};
}

void SharedStrings::start(std::string_view element, const char** /*attributes*/, int depth) {
  if (depth < 3 || phonetic_ > 0) return;
  if (element == "t")
    collecting_ = true;
  else if (element == "rPh")
    phonetic_ = depth;
}

XmlHandler::Then SharedStrings::end(std::string_view element, int depth) {
  if (depth == phonetic_) phonetic_ = 0;
  collecting_ = false;
  if (depth == 2 && element == "si") store();
  return Then::go_on;
}

void SharedStrings::text(std::string_view piece) {
  if (!collecting_) return;
  if (raw_.size() + piece.size() > kLargestCell)
    refuse(
        place_,
        "第 " + std::to_string(entries_.size()) + " 个共享文本超过单元格上限 " + std::to_string(kLargestCell >> 20) + " MB；请缩短后另存",
        "shared text " + std::to_string(entries_.size()) + " is longer than the limit of " + std::to_string(kLargestCell >> 20) +
            " MB for a cell: shorten it and save again");
  raw_ += piece;
}

/// Pages grow, so that a small sheet does not pay for a large one; all but the first few are of kPage bytes.
void SharedStrings::add_page() {
  constexpr std::size_t kFirstPage = std::size_t{1} << 14;
  constexpr std::size_t kDoublings = 8;
  if (pages_.size() * kPage >= kLargestSharedStrings)
    refuse(place_, "共享文本超过上限 " + std::to_string(kLargestSharedStrings >> 20) + " MB；请拆分工作簿，或存为 CSV",
           "has more than the limit of " + std::to_string(kLargestSharedStrings >> 20) +
               " MB of shared texts: split the workbook, or save it as CSV");
  room_ = std::max(kFirstPage << std::min(pages_.size(), kDoublings), field_.size());
  used_ = 0;
  pages_.push_back(std::make_unique_for_overwrite<char[]>(room_));
}

void SharedStrings::store() {
  if (entries_.size() == kMostSharedStrings)
    refuse(place_, "共享文本超过上限 " + std::to_string(kMostSharedStrings) + " 个；请拆分工作簿，或存为 CSV",
           "has more than the limit of " + std::to_string(kMostSharedStrings) + " shared texts: split the workbook, or save it as CSV");
  field_.clear();
  const bool line_ends = append_text(raw_, field_);
  raw_.clear();
  if (room_ - used_ < field_.size()) add_page();
  std::uint64_t entry = 0;
  if (!field_.empty()) {
    std::memcpy(pages_.back().get() + used_, field_.data(), field_.size());
    entry = (pages_.size() - 1) << 45 | used_ << 23 | field_.size() << 1;
    used_ += field_.size();
  }
  entries_.push_back(entry | (line_ends ? kLineEnds : 0));
}

}  // namespace fairprice::ingest::xlsx
