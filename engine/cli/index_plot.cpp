#include "engine/cli/index_plot.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/charts/chart.hpp"
#include "engine/cli/arguments.hpp"
#include "engine/cli/index_text.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/indexing/series_file.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

constexpr std::size_t kLongestName = 80, kLongestTitle = 84;  // columns that the picture has room for, an ideograph two
constexpr std::string_view kExample = "fairprice index plot index.csv --output index.svg";

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::vector<charts::Line> chosen(const indexing::SeriesFile& file, const std::string& list, Language language) {
  std::vector<std::string> known;
  for (const indexing::Series& series : file.series) known.push_back(series.name);
  const bool one_name = std::find(known.begin(), known.end(), list) != known.end();  // with a comma in it, perhaps
  std::vector<std::string> wanted = list.empty() ? known : one_name ? std::vector{list} : divided(list, ',');
  for (std::size_t i = 0; i < wanted.size(); ++i)  // a line is drawn once
    wanted.erase(std::remove(wanted.begin() + static_cast<std::ptrdiff_t>(i) + 1, wanted.end(), wanted[i]), wanted.end());
  if (wanted.size() > charts::kMostLines)
    throw UsageError{language == Language::zh ? fmt::format("一张图最多 {} 条线，文件里有 {} 条；请用 --series 选：{}", charts::kMostLines,
                                                            wanted.size(), joined(known))
                                              : fmt::format("a chart shows at most {} series, these are {}: choose with --series from {}",
                                                            charts::kMostLines, wanted.size(), joined(known)),
                     std::string(kExample) + " --series A,B"};
  std::vector<charts::Line> lines;
  for (const std::string& name : wanted) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      const auto near = nearest(name, known);
      std::string what = language == Language::zh ? "文件里没有序列 " + name : "no series " + name + " in the file";
      if (near) what += language == Language::zh ? "；是否指 " + *near + "？" : "; did you mean " + *near + "?";
      throw UsageError{what, std::string(kExample)};
    }
    lines.push_back({shortened(quoted_for_message(name, kLongestName), kLongestName),
                     file.series[static_cast<std::size_t>(found - known.begin())].values});
  }
  return lines;
}

}  // namespace

int index_plot(const PlotArguments& arguments, const CommonOptions& common) {
  const Language language = common.terminal;
  const bool png = arguments.output.ends_with(".png");
  if (!arguments.output.empty() && arguments.output != "-" && !png && !arguments.output.ends_with(".svg"))
    throw UsageError{language == Language::zh ? "--output " + arguments.output + "：应以 .png 或 .svg 结尾"
                                              : "--output " + arguments.output + " should end in .png or .svg",
                     std::string(kExample)};
  if (!is_utf8(arguments.title))
    throw UsageError{language == Language::zh ? "--title 不是 UTF-8 文字" : "--title is no UTF-8 text", std::string(kExample)};
  const indexing::SeriesFile file = indexing::read_series(arguments.file);
  charts::Chart chart;
  chart.title = shortened(quoted_for_message(arguments.title, kLongestTitle), kLongestTitle);
  chart.periods = file.periods;
  chart.lines = chosen(file, arguments.series, language);
  if (!common.quiet) write_stream(STDERR_FILENO, rows_left_out(file.problems, language));
  if (arguments.output.empty() || arguments.output == "-") {
    write_stream(STDOUT_FILENO, charts::print(chart, 64, 16, common.colour_out));
    return kDone;
  }
  const charts::Drawn drawn = charts::draw(chart, png ? charts::Picture::png : charts::Picture::svg);
  publishing::write_file(arguments.output, drawn.bytes);
  if (drawn.missing_characters && !common.quiet)
    write_stream(STDERR_FILENO, language == Language::zh
                                    ? "fairprice: 本机字体缺少图中的部分文字；请安装字体（Debian：fonts-noto-cjk），或改用 .svg\n"
                                    : "fairprice: no font here has all characters of the picture; install one (Debian: "
                                      "fonts-noto-cjk), or draw an .svg\n");
  return kDone;
}

}  // namespace fairprice::cli
