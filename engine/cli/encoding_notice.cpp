#include "engine/cli/encoding_notice.hpp"

#include "engine/cli/text.hpp"
#include "engine/ingest/encoding_warning.hpp"
#include "engine/ingest/sheet_warning.hpp"

namespace fairprice::cli {

std::string encoding_notice(ingest::Month& month, const CommonOptions& common) {
  const std::size_t before = month.warnings_en.size();
  const std::size_t added = ingest::warn_of_encoding(month) + ingest::warn_of_sheets(month);
  if (common.quiet) return {};
  const auto& warnings = common.terminal == Language::zh ? month.warnings_zh : month.warnings_en;
  std::string lines;
  for (std::size_t i = 0; i < added; ++i)
    lines.append("fairprice: ").append(Text{"警告：", "warning: "}.in(common.terminal)).append(warnings[before + i]).append("\n");
  return lines;
}

}  // namespace fairprice::cli
