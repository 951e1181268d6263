#include <gtest/gtest.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <regex>
#include <set>
#include <string>

#include "engine/cli/command.hpp"

namespace fairprice::cli {
namespace {

/// The options that a help text lists: lines that start with an option, not the examples.
std::set<std::string> options_in(std::string_view help) {
  std::set<std::string> names;
  const std::string text(help);
  const std::regex line("(^|\\n) +(-[a-z], +)?(--[a-z-]+)");
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) names.insert((*match)[3]);
  return names;
}

TEST(Help, ListsExactlyTheOptionsThatThereAre) {
  for (const auto& command : make_commands()) {
    CLI::App app;
    app.set_help_flag();
    command->declare(app);
    std::set<std::string> declared;
    for (const CLI::Option* option : app.get_options())
      for (const std::string& name : option->get_lnames()) declared.insert("--" + name);
    EXPECT_EQ(options_in(command->help().en), declared) << command->name();
    EXPECT_EQ(options_in(command->help().zh), declared) << command->name();
  }
}

TEST(Help, LeadsWithAnExampleThatNamesTheCommand) {
  for (const auto& command : make_commands()) {
    for (const std::string_view help : {command->help().en, command->help().zh}) {
      const std::size_t second_line = help.find("\n\n") + 2;
      EXPECT_TRUE(help.substr(second_line).starts_with("  fairprice " + std::string(command->name()) + " ")) << command->name();
    }
    EXPECT_TRUE(command->example().starts_with("fairprice " + std::string(command->name()))) << command->name();
  }
}

TEST(Help, NamesEveryExitStatusInBothLanguages) {
  for (const auto& command : make_commands()) {
    EXPECT_NE(command->help().en.find("Exit status: 0"), std::string_view::npos) << command->name();
    EXPECT_NE(command->help().zh.find("退出状态：0"), std::string_view::npos) << command->name();
  }
}

}  // namespace
}  // namespace fairprice::cli
