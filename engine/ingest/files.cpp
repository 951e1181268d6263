#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "engine/base/problem.hpp"
#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 6> kReadable = {".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst"};
constexpr std::array<std::string_view, 5> kOther = {".xlsx", ".json", ".jsonl", ".xls", ".txt"};

/// "quotes-jd.csv.gz" -> "quotes-jd" and ".csv.gz"; the ending is empty when it is none that a table can have.
std::pair<std::string_view, std::string_view> split_name(std::string_view name) {
  std::string_view ending;
  for (const auto known : kReadable)
    if (name.ends_with(known) && known.size() > ending.size()) ending = known;
  for (const auto known : kOther)
    if (name.ends_with(known)) ending = known;
  return {name.substr(0, name.size() - ending.size()), ending};
}

void add(std::vector<SourceFile>& files, const fs::path& path, std::string name) {
  const auto [stem, ending] = split_name(name);
  if (std::find(kReadable.begin(), kReadable.end(), ending) == kReadable.end())
    throw FatalError(name + "：不能读取这种文件；请存为 .csv 或 .tsv（可再压缩为 .gz、.zst）",
                     name + ": this kind of file cannot be read (expected .csv or .tsv, also .gz or .zst); nothing was run");
  SourceFile file;
  file.path = path.string();
  file.name = std::move(name);
  files.push_back(std::move(file));
}

}  // namespace

std::vector<SourceFile> find_files(const std::string& folder, std::string_view table) {
  std::vector<SourceFile> files;
  std::error_code error;
  const auto fail = [&] {
    throw FatalError(folder + "：无法读取该文件夹（" + error.message() + "）；请检查路径与权限",
                     folder + ": the folder cannot be read (" + error.message() + "): check the path and its rights; nothing was run");
  };
  fs::directory_iterator entries(folder, error);
  if (error) fail();
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || name.ends_with('~')) continue;
    if (entry.is_directory(error)) {
      if (name != table) continue;
      fs::directory_iterator parts(entry.path(), error);
      if (error) fail();
      for (const fs::directory_entry& part : parts) {
        const std::string part_name = part.path().filename().string();
        if (part.is_regular_file(error) && !part_name.starts_with('.') && !split_name(part_name).second.empty())
          add(files, part.path(), name + "/" + part_name);
      }
      continue;
    }
    const auto [stem, ending] = split_name(name);
    if (ending.empty()) continue;
    if (stem == table || (stem.starts_with(table) && stem.size() > table.size() && stem[table.size()] == '-')) add(files, entry.path(), name);
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace fairprice::ingest
