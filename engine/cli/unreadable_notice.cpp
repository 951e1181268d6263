#include "engine/cli/unreadable_notice.hpp"

namespace fairprice::cli {

std::string unreadable_notice(const ingest::Month& month, Language language) {
  std::string lines;
  std::int64_t count = 0;
  for (const Problem& problem : month.problems) {
    if (problem.code != ProblemCode::unreadable_file) continue;
    lines.append("fairprice: ").append(problem_message(problem, language)).append("\n");
    ++count;
  }
  if (count == 0) return {};
  return lines +
         (language == Language::zh
              ? "fairprice: " + std::to_string(count) + " 个文件无法读取，结果不含其内容；请修复后重新运行（--strict：遇到时停止）\n"
              : "fairprice: the results are without " + std::to_string(count) + (count == 1 ? " file" : " files") +
                    " that could not be read: mend and run again (--strict stops instead)\n");
}

}  // namespace fairprice::cli
