#include <fmt/format.h>
#include <rapidjson/rapidjson.h>
#include <unicode/uvernum.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Version.hpp>
#include <algorithm>
#include <new>

#include "engine/base/version.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/terminal.hpp"

namespace fairprice::cli {

namespace {

constexpr std::string_view kExample = "fairprice run --period 2023-11 --input data/sample/2023-11 --output out";

constexpr Text kIntroduction{
    "fairprice：逐一核查采购商城的商品价格是否合理，依据市场证据，结果精确、可解释。\n"
    "读入一个文件夹（商品、报价、订单、指数价格），写出每个商品的评估结果。\n\n"
    "  fairprice run --period 2023-11 --input data/sample/2023-11 --output out\n"
    "  fairprice explain LISTING --period 2023-11 --input data/sample/2023-11\n\n"
    "命令：\n",
    "fairprice checks every listing of a procurement mall against market evidence and says, exactly and explainably,\n"
    "whether its price is fair. A folder with a month's tables goes in, an assessment of every listing comes out.\n\n"
    "  fairprice run --period 2023-11 --input data/sample/2023-11 --output out\n"
    "  fairprice explain LISTING --period 2023-11 --input data/sample/2023-11\n\n"
    "Commands:\n"};

constexpr Text kCommonHelp{
    "\n各命令通用：\n"
    "      --lang zh|en     消息与输出文件中文字的语言（默认：消息随系统语言，文件为 zh）\n"
    "  -q, --quiet          只输出错误\n"
    "      --no-color       不用颜色（NO_COLOR、TERM=dumb 也可）\n"
    "  -h, --help           显示本帮助\n",
    "\nFor every command:\n"
    "      --lang zh|en     language of messages and of text in outputs (default: messages by locale, files zh)\n"
    "  -q, --quiet          errors only\n"
    "      --no-color       no colour (also NO_COLOR, TERM=dumb)\n"
    "  -h, --help           this help\n"};

std::string overview(const std::vector<std::unique_ptr<Command>>& commands, Language language) {
  std::string text(kIntroduction.in(language));
  for (const auto& command : commands) text += fmt::format("  {:<10} {}\n", command->name(), command->summary().in(language));
  text +=
      Text{"  help CMD   显示一个命令的帮助；--version 显示版本\n", "  help CMD   help of one command; --version tells the version\n"}.in(
          language);
  return text + std::string(kCommonHelp.in(language));
}

std::string version_text() {
  return fmt::format("fairprice {} (commit {})\nCLI11 {}, fmt {}.{}.{}, ICU {}, RapidJSON {}\n", kVersion, git_commit(), CLI11_VERSION,
                     FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100, U_ICU_VERSION, RAPIDJSON_VERSION_STRING);
}

/// `--max_rejects` is `--max-rejects`: hyphen and underscore are the same in names of options; values stay as they are.
void hyphenate(std::vector<std::string>& arguments) {
  for (std::string& argument : arguments) {
    if (argument == "--") return;
    if (!argument.starts_with("--")) continue;
    const auto end = argument.begin() + static_cast<std::ptrdiff_t>(std::min(argument.find('='), argument.size()));
    std::replace(argument.begin() + 2, end, '_', '-');
  }
}

/// The language of complaints about the arguments themselves, before they are understood.
Language language_of(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view value = arguments[i].starts_with("--lang=")                    ? std::string_view(arguments[i]).substr(7)
                                   : arguments[i] == "--lang" && i + 1 < arguments.size() ? std::string_view(arguments[i + 1])
                                                                                          : std::string_view();
    if (value == "zh") return Language::zh;
    if (value == "en") return Language::en;
  }
  return language_of_environment();
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

UsageError unknown(std::string_view kind_zh, std::string_view kind_en, const std::string& typed, const std::vector<std::string>& candidates,
                   std::string_view example, Language language) {
  const auto near = nearest(typed, candidates);
  std::string what = language == Language::zh ? fmt::format("{} {} 不存在", kind_zh, typed) : fmt::format("unknown {} {}", kind_en, typed);
  if (near) what += language == Language::zh ? fmt::format("；是否指 {}？", *near) : fmt::format("; did you mean {}?", *near);
  return {what, std::string(example)};
}

/// What is left when all known options are taken: complained of with the nearest right form, never run by guess.
void refuse_extras(const CLI::App& app, std::string_view example, Language language) {
  for (const std::string& extra : app.remaining()) {
    if (extra == "--") continue;
    const std::string name = extra.substr(0, extra.find('='));
    if (name.size() > 1 && name.starts_with('-')) throw unknown("选项", "option", name, option_names(app), example, language);
    throw UsageError{language == Language::zh ? fmt::format("多余的参数 {}", extra) : fmt::format("unexpected argument {}", extra),
                     std::string(example)};
  }
}

UsageError usage_of(const CLI::ParseError& error, std::string_view example, Language language) {
  std::string what = error.what();
  const std::size_t dashes = what.find("--");
  const std::string option = dashes == std::string::npos ? std::string() : what.substr(dashes, what.find_first_of(" :,=", dashes) - dashes);
  const auto says = [&](const char* words) { return what.find(words) != std::string::npos; };
  if (option.empty()) return {what, std::string(example)};
  if (says("At Most"))
    what = language == Language::zh ? option + " 只能出现一次" : option + " was given more than once";
  else if (says("missing"))
    what = language == Language::zh ? option + " 后面要有一个值" : option + " needs a value";
  else  // all values are taken as text, so only a switch can still be wrong
    what = language == Language::zh ? option + " 后面不能有值" : option + " takes no value";
  return {what, std::string(example)};
}

void set_language(CommonOptions& common, Language by_environment, std::string_view example) {
  if (!common.language.empty() && common.language != "zh" && common.language != "en")
    throw UsageError{by_environment == Language::zh ? "--lang 的值 \"" + common.language + "\" 不对（应为 zh 或 en）"
                                                    : "--lang: \"" + common.language + "\" is not zh or en",
                     std::string(example)};
  common.terminal = common.language.empty() ? by_environment : common.language == "zh" ? Language::zh : Language::en;
  common.files = common.language == "en" ? Language::en : Language::zh;
  common.colour_out = !common.no_colour && may_colour(STDOUT_FILENO);
}

int parse_and_run(std::vector<std::unique_ptr<Command>>& commands, std::vector<std::string> arguments, Language language) {
  CLI::App app;
  CommonOptions common;
  bool version = false;
  const auto prepare = [&](CLI::App& one) {
    one.set_help_flag();
    one.allow_extras();
    declare_common(one, common);
  };
  prepare(app);
  app.require_subcommand(0, 1);
  app.add_flag("--version", version);
  std::vector<std::pair<CLI::App*, Command*>> declared;
  std::vector<std::string> names = {"help"};
  for (const auto& command : commands) {
    CLI::App* const one = app.add_subcommand(std::string(command->name()));
    prepare(*one);
    command->declare(*one);
    declared.emplace_back(one, command.get());
    names.emplace_back(command->name());
  }

  if (!arguments.empty() && arguments[0] == "help") {  // `help run` is `run --help`
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  }
  const bool nothing = arguments.empty();
  std::string_view example = kExample;
  for (const auto& command : commands)
    if (std::find(arguments.begin(), arguments.end(), command->name()) != arguments.end()) example = command->example();
  try {
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    throw usage_of(error, example, language);
  }

  const auto chosen = std::find_if(declared.begin(), declared.end(), [](const auto& one) { return one.first->parsed(); });
  const std::vector<std::string> extras = app.remaining();
  if (chosen == declared.end() && !extras.empty() && !extras[0].starts_with('-'))
    throw unknown("命令", "command", extras[0], names, "fairprice --help", language);
  refuse_extras(app, example, language);
  if (chosen != declared.end()) refuse_extras(*chosen->first, example, language);
  set_language(common, language, example);
  tell_interrupts_in(common.terminal);
  if (version) {
    write_stream(STDOUT_FILENO, version_text());
    return kDone;
  }
  if (chosen == declared.end()) {
    if (!nothing && !common.help) throw UsageError{std::string(Text{"缺少命令", "a command is missing"}.in(language)), "fairprice --help"};
    write_stream(STDOUT_FILENO, overview(commands, common.terminal));
    return kDone;
  }
  if (common.help) {
    write_stream(STDOUT_FILENO, std::string(chosen->second->help().in(common.terminal)) + std::string(kCommonHelp.in(common.terminal)));
    return kDone;
  }
  return chosen->second->run(common);
}

void complain(const std::string& text) {
  try {
    write_stream(STDERR_FILENO, "fairprice: " + text + "\n");
  } catch (const FatalError&) {  // no stream left to complain on
  }
}

}  // namespace

void declare_common(CLI::App& app, CommonOptions& common) {
  app.add_option("--lang", common.language);
  app.add_flag("-q,--quiet", common.quiet);
  app.add_flag("--no-color", common.no_colour);
  app.add_flag("-h,--help", common.help);
}

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_run_command());
  commands.push_back(make_explain_command());
  commands.push_back(make_check_command());
  commands.push_back(make_policy_command());
  commands.push_back(make_ingest_command());
  commands.push_back(make_match_command());
  commands.push_back(make_index_command());
  commands.push_back(make_case_command());
  commands.push_back(make_ledger_command());
  commands.push_back(make_diff_command());
  return commands;
}

int run_program(std::vector<std::unique_ptr<Command>>& commands, std::vector<std::string> arguments) {
  hyphenate(arguments);
  const Language language = language_of(arguments);
  try {
    return parse_and_run(commands, std::move(arguments), language);
  } catch (const UsageError& error) {
    complain(error.what + std::string(Text{"\n试试：", "\nTry: "}.in(language)) + error.attempt);
    return kUsage;
  } catch (const FatalError& error) {
    complain(error.message(language));
  } catch (const std::bad_alloc&) {
    complain(std::string(
        Text{"内存不足；请关闭其他程序，或在内存更大的机器上运行", "not enough memory: close other programs, or run on a machine with more"}
            .in(language)));
  } catch (const std::exception& error) {
    complain(error.what());
  }
  return kFailed;
}

}  // namespace fairprice::cli
