#include "engine/cli/case_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "engine/cases/amounts.hpp"
#include "engine/ingest/small_csv.hpp"
#include "engine/ledger/sha256.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

constexpr std::uintmax_t kLargest = std::uintmax_t{50} << 20;
constexpr std::string_view kTypes[] = {"invoice", "contract", "authorisation", "deal", "other"};

std::string whole(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) throw FatalError(path + "：没有这个文件", path + ": there is no such file");
  if (std::filesystem::file_size(path, error) > kLargest)
    throw FatalError(path + "：超过 50 MB，过大", path + ": is larger than 50 MB, which is too large");
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) throw FatalError(path + "：无法读取", path + ": cannot be read");
  return bytes;
}

}  // namespace

std::string evidence_folder(const std::string& store, const std::string& given) {
  if (!given.empty()) return given;
  return store.find("://") != std::string::npos ? std::string() : store + ".evidence";
}

std::pair<std::string, cases::Evidence> keep_evidence(const FiledEvidence& filed, const std::string& store, const Command& command,
                                                      Language language) {
  const auto wrong = [&](const std::string& zh, const std::string& en) {
    return UsageError{language == Language::zh ? zh : en, std::string(command.example())};
  };
  if (filed.file.empty()) throw wrong("缺少 --file", "--file is missing");
  if (std::find(std::begin(kTypes), std::end(kTypes), filed.type) == std::end(kTypes))
    throw wrong("--type 应为 invoice、contract、authorisation、deal、other",
                "--type should be one of invoice, contract, authorisation, deal, other");
  for (const std::string* day : {&filed.date, &filed.valid_until})
    if (!day->empty() && !Date::parse(*day)) throw wrong(*day + " 不是日期", *day + " is no day (expected e.g. 2023-12-01)");
  if (!filed.unit_price.empty() && !cases::ten_thousandths_of(filed.unit_price))
    throw wrong("--unit-price 不是价格", "--unit-price is no price");
  const std::string folder = evidence_folder(store, filed.folder);
  if (folder.empty()) throw wrong("台账在服务器上时须给出 --evidence", "with a ledger on a server --evidence must be given");
  const std::string bytes = whole(filed.file);
  const std::string sha256 = ledger::sha256_hex(bytes);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw FatalError(folder + "：无法建立（" + error.message() + "）", folder + ": cannot be made (" + error.message() + ")");
  const std::string kept = folder + "/" + sha256;
  if (std::filesystem::exists(kept, error)) {
    if (ledger::sha256_hex(whole(kept)) != sha256)
      throw FatalError(kept + "：证据文件已被改动", kept + ": the evidence that lies there was changed");
  } else {
    publishing::write_file(kept, bytes);
    ::chmod(kept.c_str(), 0444);
  }
  cases::Evidence evidence;
  evidence.type = filed.type;
  evidence.issuer = filed.issuer;
  evidence.name = quoted_for_message(std::filesystem::path(filed.file).filename().string(), 200);
  evidence.date = filed.date;
  evidence.valid_until = filed.valid_until;
  evidence.unit_price = filed.unit_price;
  evidence.size = static_cast<std::int64_t>(bytes.size());
  return {sha256, evidence};
}

std::vector<CaseRow> read_case_rows(const std::string& path) {
  const std::string name = path == "-" ? "stdin" : path;
  const ingest::SmallCsv file = ingest::read_small_csv(path == "-" ? "/dev/stdin" : path, name);
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < file.heading.size(); ++i) columns[file.heading[i]] = i;
  const std::vector<std::string> known = {"case", "action", "reason", "on", "channel", "receipt", "until", "price", "second_actor"};
  for (const auto& [column, place] : columns)
    if (std::find(known.begin(), known.end(), column) == known.end()) {
      const auto near = nearest(column, known);
      throw FatalError(
          name + ":1：不认识的列 " + quoted_for_message(column) + (near ? "；是否指 " + *near + "？" : "") + "；没有写入任何内容",
          name + ":1: unknown column " + quoted_for_message(column) + (near ? "; did you mean " + *near + "?" : "") +
              "; nothing was written");
    }
  for (const char* needed : {"case", "action"})
    if (!columns.contains(needed)) throw FatalError(name + ":1：缺少列 " + needed, name + ":1: there is no column " + std::string(needed));
  std::vector<CaseRow> rows;
  for (const ingest::SmallCsv::Row& row : file.rows) {
    const auto cell = [&](const char* column) {
      const auto found = columns.find(column);
      return found == columns.end() || found->second >= row.cells.size() ? std::string() : row.cells[found->second];
    };
    std::string action = cell("action");
    std::replace(action.begin(), action.end(), '-', '_');
    const auto event = rules::find_case_event(action);
    const std::string place = name + ":" + std::to_string(row.line);
    if (!event || rules::is_of_run(*event) || *event == rules::CaseEvent::submit_evidence)
      throw FatalError(place + "：动作 \"" + cell("action") + "\" 不能批量执行；没有写入任何内容",
                       place + ": \"" + cell("action") + "\" is no action that can be done in bulk; nothing was written");
    CaseRow one;
    one.line = row.line;
    one.id = cell("case");
    one.act.event = *event;
    one.act.reason = cell("reason");
    one.act.on = cell("on");
    one.act.channel = cell("channel");
    one.act.receipt = cell("receipt");
    one.act.until = cell("until");
    one.act.price = cell("price");
    one.act.second_actor = cell("second_actor");
    rows.push_back(std::move(one));
  }
  if (rows.empty()) throw FatalError(name + "：没有行", name + ": there is no row in it");
  return rows;
}

}  // namespace fairprice::cli
