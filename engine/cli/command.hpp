#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/cli/text.hpp"

namespace CLI {
class App;
}

namespace fairprice::cli {

/// Exit status, section 9 of the contract. `check` has more of its own.
enum Exit : int { kDone = 0, kFailed = 1, kUsage = 2, kTooManyRejects = 3 };

/// Wrong usage: one line what, one line the right form; exit 2. Never the whole help.
struct UsageError {
  std::string what;     ///< without "fairprice: "
  std::string attempt;  ///< behind "Try: "
};

/// The options that every command has, before and after its name.
struct CommonOptions {
  std::string language;
  bool quiet = false;
  bool no_colour = false;
  bool help = false;

  Language terminal = Language::en;  ///< of messages
  Language files = Language::zh;     ///< of text in outputs: --lang alone
  bool colour_out = false;
};

/// A command of the command line. Its option tree and its help are compared by a test: the same options in both.
class Command {
 public:
  virtual ~Command() = default;
  virtual std::string_view name() const = 0;
  virtual Text summary() const = 0;              ///< one line in the list of commands
  virtual Text help() const = 0;                 ///< examples first
  virtual std::string_view example() const = 0;  ///< behind "Try: "
  /// Declares options and commands below this one. Nothing is `required` there: what is missing is said by `run`, in our words.
  virtual void declare(CLI::App& app) = 0;
  virtual int run(const CommonOptions& common) = 0;
};

std::unique_ptr<Command> make_run_command();
std::unique_ptr<Command> make_explain_command();
std::unique_ptr<Command> make_check_command();
std::unique_ptr<Command> make_policy_command();
std::unique_ptr<Command> make_ingest_command();
std::unique_ptr<Command> make_match_command();
std::unique_ptr<Command> make_index_command();
std::unique_ptr<Command> make_case_command();
std::unique_ptr<Command> make_ledger_command();
std::unique_ptr<Command> make_diff_command();
std::vector<std::unique_ptr<Command>> make_commands();

/// The options of every command, on the tree of one of them.
void declare_common(CLI::App& app, CommonOptions& common);

/// The whole program below `main`. Returns the exit status. The commands keep what they loaded, so that the caller may end without
/// taking it apart.
int run_program(std::vector<std::unique_ptr<Command>>& commands, std::vector<std::string> arguments);

/// The candidate nearest to what was typed, when it is near: at most a third of its letters, and at least two, differ.
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace fairprice::cli
