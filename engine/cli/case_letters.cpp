#include "engine/cli/case_letters.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/cli/arguments.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/letters/docx.hpp"
#include "engine/letters/letter.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::cli {

namespace {

std::string read_template(const std::string& path) {
  std::error_code error;
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!std::filesystem::is_regular_file(path, error) || !file)
    throw FatalError(path + "：无法读取模板", path + ": the template cannot be read");
  return text;
}

}  // namespace

void write_letters(const std::vector<cases::Case>& list, bool many, const LetterArguments& arguments, const Command& command,
                   const CommonOptions& common) {
  const Language language = common.terminal;
  const bool own_document = arguments.template_file.ends_with(".docx");
  const std::string format =
      format_of(arguments.format.empty() ? (own_document ? "docx" : "text") : arguments.format, "text|docx", command, language);
  if (own_document && format == "text")
    throw UsageError{language == Language::zh ? "Word 模板只能写出 docx" : "a Word template makes docx", std::string(command.example())};
  if (many || format == "docx") required(arguments.output, "--output", command, language);
  const std::string own = arguments.template_file.empty() ? "" : read_template(arguments.template_file);
  const std::string_view text = arguments.template_file.empty() ? letters::shipped_template(common.files) : std::string_view(own);
  const std::string where = arguments.template_file.empty() ? "template" : arguments.template_file;
  std::vector<std::pair<std::string, std::string>> written;  // name and bytes: all are made before the first is written
  for (const cases::Case& one : list) {
    if (!letters::has_letter(one))
      throw FatalError(
          "案件 " + one.id + "：目前没有要求供应商办理的事项（" + std::string(rules::case_state_name_zh(one.state)) + "）",
          "case " + one.id + ": nothing is asked of the supplier now (" + std::string(rules::case_state_name(one.state)) + ")");
    const letters::Fields fields = letters::fields_of(one, arguments.today, common.files);
    std::string bytes;
    if (own_document)
      bytes = letters::filled_docx(own, fields, where);
    else
      bytes = letters::filled_in(text, fields, where);
    if (!own_document) bytes = format == "docx" ? letters::docx_of(bytes) : letters::plain(bytes);
    written.emplace_back(one.id + (format == "docx" ? ".docx" : ".txt"), std::move(bytes));
  }
  if (!many) {
    if (arguments.output.empty() || arguments.output == "-")
      write_stream(STDOUT_FILENO, written.front().second);
    else
      publishing::write_file(arguments.output, written.front().second);
    return;
  }
  std::error_code error;
  std::filesystem::create_directories(arguments.output, error);
  if (error)
    throw FatalError(arguments.output + "：无法建立（" + error.message() + "）",
                     arguments.output + ": cannot be made (" + error.message() + ")");
  for (const auto& [name, bytes] : written) publishing::write_file(arguments.output + "/" + name, bytes);
  const std::string count = grouped(static_cast<std::int64_t>(written.size()));
  if (!common.quiet)
    write_stream(STDOUT_FILENO, language == Language::zh ? "已写出 " + count + " 封通知：" + arguments.output + "\n"
                                                         : count + " letters written to " + arguments.output + "\n");
}

}  // namespace fairprice::cli
