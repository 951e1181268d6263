#include "engine/ingest/json/layout.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "engine/base/text.hpp"
#include "engine/ingest/json/document.hpp"
#include "engine/ingest/json/flat_records.hpp"
#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/lines.hpp"
#include "engine/ingest/json/outline.hpp"
#include "engine/ingest/json/record_text.hpp"

namespace fairprice::ingest::json {

namespace {

/// The head of a file as if it were all of it.
class HeadAlone final : public Unpacker {
 public:
  std::size_t read(char* /*place*/, std::size_t /*room*/) override { return 0; }
  std::uint64_t packed_position() const override { return 0; }
  std::uint64_t packed_size() const override { return 0; }
  std::uint64_t digest() override { return 0; }
};

/// The keys of the records that the head has as a whole; how many these are.
std::int64_t collect(std::string_view head, const Layout& layout, KeyColumns& keys) {
  HeadAlone nothing;
  Window window(nothing, head);
  std::unique_ptr<RecordSource> records;
  if (layout.lines)
    records = std::make_unique<Lines>(window);
  else
    records = std::make_unique<Document>(window, layout.path, keys.rules().file);
  Record record;
  std::int64_t count = 0;
  while (count < kLookedAtRecords && records->next(record)) {
    if (record.has_problem || without_space({record.begin, static_cast<std::size_t>(record.end - record.begin)}).empty()) continue;
    collect_keys(record, keys);
    ++count;
  }
  return count;
}

/// An object on the first line, and another one behind it: lines, whatever the name says.
bool looks_like_lines(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  const std::string_view first = without_space(text.substr(0, end));
  return first.ends_with('}') && without_space(text.substr(end)).starts_with('{');
}

bool has_key(const KeyColumns& keys, std::string_view wanted) {
  const std::vector<std::string> unknown = keys.unknown();
  return std::find(unknown.begin(), unknown.end(), wanted) != unknown.end();
}

bool look_like_ocds(const KeyColumns& keys) {
  return has_key(keys, "ocid") && (has_key(keys, "tag") || has_key(keys, "awards") || has_key(keys, "contracts") ||
                                   has_key(keys, "tender") || has_key(keys, "compiledRelease") || has_key(keys, "releases"));
}

[[noreturn]] void refuse_object(const std::string& file, const Outline& outline) {
  std::string pointers;
  for (const std::string& pointer : outline.arrays_of_objects) pointers += (pointers.empty() ? "\"" : ", \"") + pointer + "\"";
  const std::string zh = pointers.empty() ? "没有找到对象数组" : "找到对象数组：" + pointers;
  const std::string en = pointers.empty() ? "no array of objects was found" : "arrays of objects were found at " + pointers;
  throw FatalError(file + "：最外层是一个对象，没有说明记录在哪里（" + zh + "）；请在映射文件的 records 中写出 JSON 指针；未运行",
                   file + ": is one object, and nothing says where in it the records are (" + en +
                       "): write the JSON Pointer as records in the mapping file; nothing was run");
}

[[noreturn]] void refuse_no_table(const std::string& file, std::string_view text) {
  const std::string shown = "\"" + quoted_for_message(text) + "\"";
  throw FatalError(file + "：既不是对象数组，也不是 JSON Lines（开头是 " + shown + "）；请导出为 [{...}, ...] 或每行一个对象；未运行",
                   file + ": is neither an array of objects nor JSON Lines (it begins with " + shown +
                       "): export [{...}, ...], or one object a line; nothing was run");
}

/// One object at the outermost: OCDS, a single record, or something with the records somewhere inside. Nothing: more has to be read.
std::optional<Layout> layout_of_object(std::string_view text, bool whole, KeyColumns& keys) {
  const Outline outline = outline_of(text);
  Layout layout;
  if (keys.rules().table == Table::orders) {
    layout.ocds = true;
    const auto has = [&](std::string_view key) { return std::find(outline.keys.begin(), outline.keys.end(), key) != outline.keys.end(); };
    const auto has_array = [&](std::string_view pointer) {
      return std::find(outline.arrays.begin(), outline.arrays.end(), pointer) != outline.arrays.end();
    };
    if (!has("ocid"))
      for (const std::string_view package : {"releases", "records"})
        if (has_array("/" + std::string(package))) {
          layout.path = {std::string(package)};
          return layout;
        }
    if (has("ocid") && (!outline.problem || whole)) return layout;
    layout.ocds = false;
  }
  if (whole && outline.problem)
    throw FatalError(keys.rules().file + "：" + outline.problem->zh + "；未运行",
                     keys.rules().file + ": " + outline.problem->en + "; nothing was run");
  if (outline.problem && text.size() < kLargestRecord) return std::nullopt;
  collect(text, layout, keys);
  if (!keys.complete()) refuse_object(keys.rules().file, outline);
  return layout;
}

}  // namespace

std::optional<Layout> find_layout(std::string_view head, bool whole, Ending ending, const std::string& records, KeyColumns& keys) {
  const std::string& file = keys.rules().file;
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = without_space(text);
  if (text.empty()) {
    if (!whole) return std::nullopt;
    throw FatalError(file + "：文件是空的，没有记录；请删除它，或重新导出；未运行",
                     file + ": the file is empty, it has no records (delete it, or export it again); nothing was run");
  }
  Layout layout;
  if (!records.empty()) {
    const rapidjson::Pointer pointer(records.data(), records.size());
    if (!pointer.IsValid())
      throw FatalError(file + "：records \"" + records + "\" 不是 JSON 指针（应如 /data/items）；未运行",
                       file + ": records \"" + records + "\" is no JSON Pointer (expected /data/items); nothing was run");
    for (std::size_t i = 0; i < pointer.GetTokenCount(); ++i)
      layout.path.emplace_back(pointer.GetTokens()[i].name, pointer.GetTokens()[i].length);
  } else if (text.front() == '{') {
    layout.lines = ending == Ending::lines || looks_like_lines(text);
    if (!layout.lines && !whole && text.find('\n') == std::string_view::npos) return std::nullopt;
    if (!layout.lines) return layout_of_object(text, whole, keys);
  } else if (text.front() != '[') {
    if (ending == Ending::json) refuse_no_table(file, text);
    layout.lines = true;
  }
  // A line that is cut short would lack keys.
  if (layout.lines && !whole) text = text.substr(0, text.find_last_of('\n') + 1);
  if (collect(text, layout, keys) == 0 && !whole && head.size() < kLargestRecord) return std::nullopt;
  layout.ocds = keys.rules().table == Table::orders && look_like_ocds(keys);
  return layout;
}

}  // namespace fairprice::ingest::json
