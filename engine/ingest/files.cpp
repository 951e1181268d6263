#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "engine/base/problem.hpp"
#include "engine/ingest/sheets.hpp"
#include "engine/ingest/source.hpp"
#include "engine/ingest/zip_member.hpp"

namespace fairprice::ingest {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 20> kReadable = {
    ".csv",  ".tsv",  ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst",  ".csv.zip",   ".tsv.zip",  ".zip",       ".xlsx",
    ".xlsm", ".json", ".jsonl",  ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz", ".json.zst", ".jsonl.zst", ".ndjson.zst"};
/// Endings of data that a person may take for a table. Beside the tables lie notes and pages too (`index.html`), which are nobody's table.
constexpr std::array<std::string_view, 16> kOther = {".xlsx",    ".xlsm",  ".xls",     ".ods",  ".json", ".jsonl", ".ndjson", ".txt",
                                                     ".parquet", ".arrow", ".feather", ".avro", ".orc",  ".dbf",   ".wps",    ".et"};
constexpr std::array<std::string_view, 8> kPacked = {".gz", ".zst", ".bz2", ".xz", ".zip", ".7z", ".rar", ".tar"};

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

/// "quotes-jd.csv.gz" -> "quotes-jd" and ".csv.gz"; the ending is empty when it is none that data has. "QUOTES.CSV.BZ2" has one, though
/// not one that can be read.
std::pair<std::string_view, std::string_view> split_name(std::string_view name) {
  const std::string lower = lower_case(name);
  std::string_view rest(lower);
  bool packed = false;
  for (auto packing = kPacked.begin(); packing != kPacked.end();) {
    if (!rest.ends_with(*packing)) {
      ++packing;
      continue;
    }
    rest.remove_suffix(packing->size());
    packed = true;
    packing = kPacked.begin();  // ".tar.gz"
  }
  const std::size_t unpacked = rest.size();
  for (const std::string_view known : {std::string_view(".csv"), std::string_view(".tsv")})
    if (rest.ends_with(known)) rest.remove_suffix(known.size());
  if (rest.size() == unpacked)
    for (const auto known : kOther)
      if (rest.ends_with(known)) {
        rest.remove_suffix(known.size());
        break;
      }
  if (rest.size() == unpacked && !packed) return {name, {}};
  return {name.substr(0, rest.size()), name.substr(rest.size())};
}

/// What a thing is that is no regular file; empty for one that is, or that is not there (opening it will say so).
std::pair<std::string_view, std::string_view> other_than_a_file(fs::file_type type) {
  switch (type) {
    case fs::file_type::directory: return {"是文件夹", "is a folder"};
    case fs::file_type::fifo: return {"是命名管道（FIFO）", "is a named pipe (FIFO)"};
    case fs::file_type::socket: return {"是套接字（socket）", "is a socket"};
    case fs::file_type::block:
    case fs::file_type::character: return {"是设备", "is a device"};
    default: return {};
  }
}

/// Refuses what cannot be read. A pipe is not read: it can be read only once, a month's tables are read several times, and one without a
/// writer would keep the run waiting for ever.
void check(const fs::directory_entry& entry, const std::string& name) {
  std::error_code error;
  if (const auto [zh, en] = other_than_a_file(entry.status(error).type()); !en.empty())
    throw FatalError(name + "：" + std::string(zh) + "，不是普通文件；请把内容存为普通文件，或改名、移走；未运行",
                     name + ": " + std::string(en) +
                         ", not a regular file: save its content as a regular file, or rename it or move it away; nothing was run");
  const auto [stem, ending] = split_name(name);
  if (std::find(kReadable.begin(), kReadable.end(), ending) == kReadable.end())
    throw FatalError(
        name + "：不能读取这种文件；请存为 .csv、.tsv（可再压缩为 .gz、.zst、.zip）或 .xlsx、.json、.jsonl，不是表的请移走；未运行",
        name +
            ": this kind of file cannot be read (expected .csv or .tsv, also .gz, .zst or .zip, or .xlsx, .json, .jsonl): save it so, or "
            "move it away if it "
            "is no table; nothing was run");
}

/// The members of an archive that are tables, each a file of its own: "quotes.zip/quotes-jd.csv".
std::vector<SourceFile> members_of_table(const SourceFile& archive) {
  std::vector<SourceFile> files;
  for (const ZipMember& member : members_of_zip(archive.path, archive.name)) {
    SourceFile file = archive;
    file.name += "/" + member.name;
    file.member = member.index;
    file.format = format_of_name(member.name);
    const std::string_view ending = split_name(member.name).second;
    const bool json = ending == ".json" || ending == ".jsonl" || ending == ".ndjson";
    if (!json && ending != ".csv" && ending != ".tsv") {
      const FatalError refusal(
          file.name + "：压缩文件里只能有 .csv、.tsv、.json 或 .jsonl；请把它解压后放入，或从压缩文件里删去；未运行",
          file.name +
              ": an archive may hold .csv, .tsv, .json and .jsonl alone: unpack this one and put it here, or take it out; "
              "nothing was run");
      if (archive.settings->strict) throw refusal;
      file.unreadable = std::make_shared<const FatalError>(refusal);
    }
    files.push_back(std::move(file));
  }
  if (files.empty())
    throw FatalError(archive.name + "：压缩文件里没有文件；未运行", archive.name + ": there is no file in the archive; nothing was run");
  return files;
}

/// Takes a file, or what is in it, into `files`.
void add(std::vector<SourceFile>& files, const fs::directory_entry& entry, std::string name, Table table,
         const std::shared_ptr<const InputSettings>& settings) {
  SourceFile file;
  file.settings = settings;
  file.path = entry.path().string();
  file.name = std::move(name);
  file.format = format_of_name(file.name);
  std::error_code error;
  const std::uintmax_t bytes = entry.file_size(error);
  file.packed_bytes = error ? 0 : bytes;
  std::vector<SourceFile> parts;
  try {
    check(entry, file.name);
    if (file.format == FileFormat::workbook)
      parts = sheets_of_table(file, table);
    else if (split_name(file.name).second.ends_with(".zip"))
      parts = members_of_table(file);
  } catch (const FatalError& refusal) {
    if (settings->strict) throw;
    file.unreadable = std::make_shared<const FatalError>(refusal);
  }
  if (parts.empty()) parts.push_back(std::move(file));
  for (SourceFile& part : parts) {
    if (const auto damaged = settings->given_up.find(part.name); damaged != settings->given_up.end()) part.unreadable = damaged->second;
    files.push_back(std::move(part));
  }
}

}  // namespace

std::vector<SourceFile> find_files(const std::string& folder, std::string_view table, std::shared_ptr<const InputSettings> settings) {
  std::vector<SourceFile> files;
  const auto of = find_table(table);
  if (!of) throw std::logic_error("no table is called " + std::string(table));
  std::error_code error;
  const auto fail = [&] {
    throw FatalError(folder + "：无法读取该文件夹（" + error.message() + "）；请检查路径与权限",
                     folder + ": the folder cannot be read (" + error.message() + "): check the path and its rights; nothing was run");
  };
  fs::directory_iterator entries(folder, error);
  if (error) fail();
  if (!settings) settings = input_settings_of(folder);
  const auto is_ours = [](std::string_view name) {
    return !name.starts_with('.') && !name.ends_with('~');
  };  // no hidden file, no editor's copy
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (!is_ours(name)) continue;
    if (name == table && entry.is_directory(error)) {
      fs::directory_iterator parts(entry.path(), error);
      if (error) fail();
      for (const fs::directory_entry& part : parts) {  // whatever lies here is meant as a part of the table
        const std::string part_name = part.path().filename().string();
        if (is_ours(part_name)) add(files, part, name + "/" + part_name, *of, settings);
      }
      continue;
    }
    const auto [stem, ending] = split_name(name);
    if (ending.empty() && name != table) continue;
    const std::string lower = lower_case(stem);
    if (lower == table || (lower.starts_with(table) && lower.size() > table.size() && lower[table.size()] == '-'))
      add(files, entry, name, *of, settings);
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace fairprice::ingest
