#include "engine/ingest/encoding_warning.hpp"

#include <vector>

namespace fairprice::ingest {

namespace {

struct Rejected {
  std::int64_t rows = 0;
  std::int64_t last_line = 0;
  std::vector<SharedText> files;
};

/// "quotes-a.csv, quotes-b.csv, …"
std::string names_of(const std::vector<SharedText>& files) {
  constexpr std::size_t kNamed = 3;
  std::string names;
  for (std::size_t i = 0; i < files.size() && i < kNamed; ++i) names.append(i == 0 ? "" : ", ").append(files[i].view());
  return files.size() > kNamed ? names + ", …" : names;
}

}  // namespace

std::size_t warn_of_encoding(Month& month) {
  std::map<std::string_view, Rejected> tables;
  for (const Problem& problem : month.problems) {
    if (problem.code != ProblemCode::bad_encoding || problem.action != ProblemAction::rejected) continue;
    Rejected& table = tables[problem.table];
    const bool new_file = table.files.empty() || table.files.back() != problem.file;
    if (new_file) table.files.push_back(problem.file);
    if (new_file || table.last_line != problem.line) ++table.rows;  // a row with several such cells is one row
    table.last_line = problem.line;
  }
  std::size_t added = 0;
  for (const auto& [name, rejected] : tables) {
    const auto table = month.tables.find(name);
    if (table == month.tables.end() || rejected.rows * 2 < table->second.counts.read) continue;
    const std::string names = names_of(rejected.files);
    const std::string rows = std::to_string(rejected.rows);
    const std::string read = std::to_string(table->second.counts.read);
    month.warnings_zh.push_back(
        names + "：" + std::string(name) + " 的 " + read + " 行中有 " + rows +
        " 行不是所识别编码的文本，已拒收；请用 --encoding 或映射文件指明编码，或另存为 UTF-8（Excel：CSV UTF-8）后重新运行");
    month.warnings_en.push_back(names + ": " + rows + " of the " + read + " rows of " + std::string(name) +
                                " are no text in the encoding that was recognised and were rejected: name the encoding with --encoding or "
                                "in the mapping, or save as "
                                "UTF-8 (in Excel: CSV UTF-8), and run again");
    ++added;
  }
  return added;
}

}  // namespace fairprice::ingest
