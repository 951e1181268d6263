#include "engine/ingest/xlsx/styles.hpp"

#include <charconv>

#include "engine/ingest/xlsx/limits.hpp"

namespace fairprice::ingest::xlsx {

namespace {

constexpr int kFirstCustom = 164;  // below, a code depends on the language of who looks at it

int number_of(const char* text) {
  const std::string_view digits(text == nullptr ? "" : text);
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

void StylesReader::start(std::string_view element, const char** attributes, int depth) {
  if (depth == 2) {
    inside_ = element == "numFmts" ? Inside::codes : element == "cellXfs" ? Inside::cells : Inside::other;
  } else if (depth == 3 && inside_ == Inside::codes && element == "numFmt") {
    const char* text = attribute(attributes, "formatCode");
    const std::string_view code(text == nullptr ? "" : text);
    if (code.size() > kLargestFormat)
      refuse(place_, "数字格式超过上限 " + std::to_string(kLargestFormat) + " 字节；请改短后另存",
             "has a number format longer than the limit of " + std::to_string(kLargestFormat) + " bytes: shorten it and save again");
    const int id = number_of(attribute(attributes, "numFmtId"));
    NumberFormat format = read_number_format(code);
    if (id < kFirstCustom) format.prefix.clear();  // $ in an English Excel is ¥ in a Chinese one
    codes_[id] = std::move(format);
  } else if (depth == 3 && inside_ == Inside::cells && element == "xf") {
    ids_of_cells_.push_back(number_of(attribute(attributes, "numFmtId")));
  }
  if (codes_.size() > kMostFormats || ids_of_cells_.size() > kMostFormats)
    refuse(place_, "格式数超过上限 " + std::to_string(kMostFormats) + "；请复制到新工作簿后另存",
           "has more than the limit of " + std::to_string(kMostFormats) + " formats: copy the sheet into a new workbook and save that");
}

XmlHandler::Then StylesReader::end(std::string_view /*element*/, int /*depth*/) { return Then::go_on; }

std::uint32_t StylesReader::slot_of(int id) {
  const auto [slot, fresh] = slots_.try_emplace(id, static_cast<std::uint32_t>(styles_.formats_.size()));
  if (fresh) {
    const auto code = codes_.find(id);
    styles_.formats_.push_back(code == codes_.end() ? built_in_format(id) : code->second);
  }
  return slot->second;
}

Styles StylesReader::take() {
  for (const int id : ids_of_cells_) {
    const std::uint32_t slot = slot_of(id);
    styles_.formats_of_cells_.push_back(slot);
  }
  return std::move(styles_);
}

}  // namespace fairprice::ingest::xlsx
