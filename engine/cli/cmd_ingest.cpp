#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/cli/arguments.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/ingest_screen.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/fairprice.hpp"

namespace fairprice::cli {

namespace {

constexpr Text kHelp{
    R"(fairprice ingest：看看一个文件夹会被怎样读入，不做任何评估

  fairprice ingest --dry-run data/sample/2023-11
  fairprice ingest --dry-run data/sample/2023-11 --write-mapping mapping.json
  fairprice ingest --dry-run data/sample/2023-11 --format json

对每个文件报告：格式、编码、分隔符、表头所在行、列的对应、前几行、行数，以及哪些行或单元格会被拒收或置空
（每种原因一个例子）。--write-mapping 把识别结果写成映射文件；改好后放进输入文件夹并命名为 mapping.json，
或用 --mapping 交给 run。

      --dry-run              只看，不评估（目前唯一的用法）
  -p, --period YYYY-MM       月份（默认不限；只影响哪些行在期间内）
  -i, --input DIR            输入文件夹，可代替位置参数
      --mapping FILE         映射文件（默认：输入文件夹里的 mapping.json）
      --encoding NAME        所有文本文件的编码：utf-8、gb18030（gbk）、big5、utf-16le、utf-16be
      --write-mapping FILE   写出映射文件；已有的文件不覆盖
      --format text|json     输出格式（默认 text）
      --threads N            线程数

退出状态：0 完成；1 失败；2 用法错误；3 完成，但有文件无法读取
)",
    R"(fairprice ingest: how a folder would be read, without assessing anything

  fairprice ingest --dry-run data/sample/2023-11
  fairprice ingest --dry-run data/sample/2023-11 --write-mapping mapping.json
  fairprice ingest --dry-run data/sample/2023-11 --format json

Reports for each file: format, encoding, delimiter, where the headings stand, which column is under which heading, the
first rows, how many rows there are, and what would be rejected or emptied, with an example for each reason.
--write-mapping writes what was found as a mapping file; edit it and put it into the input folder as mapping.json, or
give it to run with --mapping.

      --dry-run              look, and assess nothing (the only use so far)
  -p, --period YYYY-MM       the month (default: any; it only says which rows are of the period)
  -i, --input DIR            the folder, instead of naming it alone
      --mapping FILE         mapping file (default: mapping.json of the folder)
      --encoding NAME        of all text files: utf-8, gb18030 (gbk), big5, utf-16le, utf-16be
      --write-mapping FILE   write a mapping file; one that is there is not overwritten
      --format text|json     output (default text)
      --threads N            threads

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file cannot be read
)"};

class IngestCommand final : public Command {
 public:
  std::string_view name() const override { return "ingest"; }
  Text summary() const override { return {"看看文件会被怎样读入", "how files would be read"}; }
  Text help() const override { return kHelp; }
  std::string_view example() const override { return "fairprice ingest --dry-run DIR"; }

  void declare(CLI::App& app) override {
    app.add_option("folder", folder_);
    app.add_flag("--dry-run", dry_run_);
    app.add_option("-p,--period", period_);
    app.add_option("-i,--input", input_);
    app.add_option("--mapping", mapping_);
    app.add_option("--encoding", encoding_);
    app.add_option("--write-mapping", write_mapping_);
    app.add_option("--format", format_);
    app.add_option("--threads", threads_);
  }

  int run(const CommonOptions& common) override;

 private:
  void write_mapping(const std::vector<ingest::FilePreview>& previews) const;

  std::string folder_, period_, input_, mapping_, encoding_, write_mapping_, format_, threads_;
  bool dry_run_ = false;
  std::unique_ptr<ingest::Month> month_;  ///< kept until the program ends, see main.cpp
};

void IngestCommand::write_mapping(const std::vector<ingest::FilePreview>& previews) const {
  if (std::filesystem::exists(write_mapping_))
    throw FatalError(write_mapping_ + "：文件已存在，不覆盖；请改名或删除",
                     write_mapping_ + ": is there already and is not overwritten: choose another name, or remove it");
  std::ofstream file(write_mapping_, std::ios::binary);
  file << ingest::mapping_json(ingest::mapping_of(previews));
  file.close();
  if (!file)
    throw FatalError(write_mapping_ + "：无法写入；请检查路径与权限",
                     write_mapping_ + ": cannot be written: check the path and its rights");
}

int IngestCommand::run(const CommonOptions& common) {
  const Language language = common.terminal;
  if (!dry_run_)
    throw UsageError{
        std::string(Text{"缺少 --dry-run（run 自己读入文件）", "--dry-run is missing (run reads files by itself)"}.in(language)),
        std::string(example())};
  const std::string folder = folder_.empty() ? input_ : folder_;
  required(folder, "DIR", *this, language);
  const std::string format = format_of(format_, "text|json", *this, language);
  LoadOptions load;
  load.folder = folder;
  load.period = period_.empty() ? *Period::parse("2000-01") : period_of(period_, *this, language);
  load.threads = threads_of(threads_, *this, language);
  load.input = input_of(folder, encoding_, mapping_, false, *this, language);
  std::vector<ingest::FilePreview> previews = ingest::preview_files(folder, *load.input);
  std::string note;
  try {
    month_ = load_month(load);
    ingest::add_problems(previews, month_->problems);
  } catch (const FatalError& error) {
    note = error.message(language);
  }
  if (!write_mapping_.empty()) write_mapping(previews);
  if (format == "json")
    write_stream(STDOUT_FILENO, ingest_json(previews, note, language));
  else if (!common.quiet)
    write_stream(STDOUT_FILENO, ingest_screen(previews, note, language, common.colour_out));
  const bool unreadable =
      std::any_of(previews.begin(), previews.end(), [](const auto& preview) { return preview.file.unreadable != nullptr; });
  return unreadable ? kTooManyRejects : kDone;
}

}  // namespace

std::unique_ptr<Command> make_ingest_command() { return std::make_unique<IngestCommand>(); }

}  // namespace fairprice::cli
