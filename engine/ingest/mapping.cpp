#include "engine/ingest/mapping.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <filesystem>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/small_csv.hpp"

namespace fairprice::ingest {

namespace {

constexpr std::size_t kLargestMapping = std::size_t{16} << 20;

[[noreturn]] void fail(const std::string& where, const std::string& zh, const std::string& en) {
  throw FatalError(where + "：" + zh + "；未运行", where + ": " + en + "; nothing was run");
}

bool is_a_column(std::string_view name) {
  for (int i = 0; i < kTables; ++i)
    if (find_column(static_cast<Table>(i), name) >= 0) return true;
  return false;
}

/// `*` stands for any characters, none included.
bool fits(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t behind = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      behind = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++behind;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

constexpr std::array<std::pair<char, std::string_view>, 3> kDelimiters = {{{',', "comma"}, {'\t', "tab"}, {';', "semicolon"}}};

using Value = rapidjson::Value;

std::string text_of(const Value& value, const std::string& where) {
  if (!value.IsString()) fail(where, "应为字符串", "is not a text");
  return {value.GetString(), value.GetStringLength()};
}

FileMapping parse_file(const Value& value, const std::string& where) {
  if (!value.IsObject()) fail(where, "应为对象", "is not an object");
  FileMapping file;
  for (rapidjson::SizeType i = 0; i < value.MemberCount(); ++i) {
    const auto& member = value.MemberBegin()[static_cast<std::ptrdiff_t>(i)];
    const std::string key(member.name.GetString(), member.name.GetStringLength());
    const std::string at = where + "/" + key;
    if (key == "name") {
      file.pattern = text_of(member.value, at);
    } else if (key == "encoding") {
      const std::string name = text_of(member.value, at);
      file.encoding = find_encoding(name);
      if (!file.encoding)
        fail(at, "没有编码 \"" + quoted_for_message(name) + "\"（应为 " + known_encodings() + "）",
             "there is no encoding \"" + quoted_for_message(name) + "\" (expected " + known_encodings() + ")");
    } else if (key == "delimiter") {
      const std::string name = text_of(member.value, at);
      for (const auto& [c, word] : kDelimiters)
        if (name == word || name == std::string(1, c)) file.delimiter = c;
      if (file.delimiter == '\0')
        fail(at, "没有分隔符 \"" + quoted_for_message(name) + "\"（应为 comma、tab 或 semicolon）",
             "there is no delimiter \"" + quoted_for_message(name) + "\" (expected comma, tab or semicolon)");
    } else if (key == "header_row") {
      if (!member.value.IsInt64() || member.value.GetInt64() < 1) fail(at, "应为不小于 1 的整数行号", "is not a line number of at least 1");
      file.header_row = member.value.GetInt64();
    } else if (key == "sheet") {
      file.sheet = text_of(member.value, at);
    } else if (key == "records") {
      file.records = text_of(member.value, at);
    } else if (key == "columns") {
      if (!member.value.IsObject()) fail(at, "应为对象", "is not an object");
      for (rapidjson::SizeType j = 0; j < member.value.MemberCount(); ++j) {
        const auto& column = member.value.MemberBegin()[static_cast<std::ptrdiff_t>(j)];
        const std::string name(column.name.GetString(), column.name.GetStringLength());
        if (!is_a_column(name))
          fail(at, "没有名为 \"" + quoted_for_message(name) + "\" 的列", "no table has a column \"" + quoted_for_message(name) + "\"");
        file.columns[name] = column.value.IsNull() ? std::string() : text_of(column.value, at + "/" + name);
      }
    } else {
      fail(where, "没有键 \"" + quoted_for_message(key) + "\"（应为 name、encoding、delimiter、header_row、sheet、records、columns）",
           "there is no key \"" + quoted_for_message(key) + "\" (expected name, encoding, delimiter, header_row, sheet, records, columns)");
    }
  }
  if (file.pattern.empty()) fail(where, "缺少 name（文件名，可用 *）", "name is missing (a file name, * for any characters)");
  return file;
}

}  // namespace

std::string_view delimiter_name(char delimiter) {
  for (const auto& [c, word] : kDelimiters)
    if (c == delimiter) return word;
  return {};
}

const FileMapping* Mapping::of(std::string_view file) const {
  const auto found = std::find_if(files.begin(), files.end(), [&](const FileMapping& one) { return fits(one.pattern, file); });
  return found == files.end() ? nullptr : &*found;
}

Mapping parse_mapping(std::string_view text, const std::string& name) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
  if (document.HasParseError()) {
    const std::size_t at = std::min(document.GetErrorOffset(), text.size());
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    const std::string why = rapidjson::GetParseError_En(document.GetParseError());
    fail(name + ":" + std::to_string(line), "不是正确的 JSON（" + why + "）", "is not JSON (" + why + ")");
  }
  if (!document.IsObject()) fail(name, "应为对象 {\"files\": [...]}", "is not an object {\"files\": [...]}");
  Mapping mapping;
  for (rapidjson::SizeType m = 0; m < document.MemberCount(); ++m) {
    const auto& member = document.MemberBegin()[static_cast<std::ptrdiff_t>(m)];
    const std::string key(member.name.GetString(), member.name.GetStringLength());
    if (key != "files" || !member.value.IsArray())
      fail(name, "应只有数组 files（找到 \"" + quoted_for_message(key) + "\"）",
           "has the array files alone (found \"" + quoted_for_message(key) + "\")");
    std::size_t i = 0;
    for (const Value& value : member.value.GetArray()) mapping.files.push_back(parse_file(value, fmt::format("{}: /files/{}", name, i++)));
  }
  return mapping;
}

Mapping read_mapping(const std::string& path, const std::string& name) {
  return parse_mapping(read_whole_text(path, name, kLargestMapping), name);
}

std::shared_ptr<const Mapping> mapping_of_folder(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder) / "mapping.json";
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return nullptr;
  return std::make_shared<const Mapping>(read_mapping(path.string(), "mapping.json"));
}

std::string mapping_json(const Mapping& mapping) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> json(buffer);
  json.SetIndent(' ', 2);
  const auto text = [&](std::string_view value) { json.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); };
  json.StartObject();
  json.Key("files");
  json.StartArray();
  for (const FileMapping& file : mapping.files) {
    json.StartObject();
    json.Key("name");
    text(file.pattern);
    if (file.encoding) json.Key("encoding"), text(encoding_name(*file.encoding));
    if (file.delimiter != '\0') json.Key("delimiter"), text(delimiter_name(file.delimiter));
    if (file.header_row > 0) json.Key("header_row"), json.Int64(file.header_row);
    if (!file.sheet.empty()) json.Key("sheet"), text(file.sheet);
    if (!file.records.empty()) json.Key("records"), text(file.records);
    if (!file.columns.empty()) {
      json.Key("columns");
      json.StartObject();
      for (const auto& [column, heading] : file.columns) {
        json.Key(column.data(), static_cast<rapidjson::SizeType>(column.size()));
        text(heading);
      }
      json.EndObject();
    }
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace fairprice::ingest
