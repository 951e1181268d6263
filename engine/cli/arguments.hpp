#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.hpp"
#include "engine/cli/command.hpp"
#include "engine/ingest/input_settings.hpp"
#include "rules/policy.hpp"

/// What several commands read from their options. All throw UsageError, with the value as typed and a right one beside it.
namespace fairprice::cli {

/// A required option: its value, or the complaint that it is missing.
const std::string& required(const std::string& value, std::string_view option, const Command& command, Language language);
Period period_of(const std::string& value, const Command& command, Language language, std::string_view option = "--period");
/// Empty: as many as the machine has, at most 64.
int threads_of(const std::string& value, const Command& command, Language language);
/// The name of a shipped policy or the path of a file; empty: hubei. A policy that cannot be read is a FatalError.
rules::PolicySet policy_of(const std::string& value);
/// How the files of `folder` are opened: --encoding (empty: recognised), --mapping (empty: the folder's mapping.json), --strict.
std::shared_ptr<const ingest::InputSettings> input_of(const std::string& folder, const std::string& encoding, const std::string& mapping,
                                                      bool strict, const Command& command, Language language,
                                                      const std::string& currency = "CNY");
/// One of `allowed`, separated by `|`: "text|json".
std::string format_of(const std::string& value, std::string_view allowed, const Command& command, Language language,
                      std::string_view option = "--format");

/// `A,B`: its parts, empty ones left out.
std::vector<std::string> divided(std::string_view list, char by);

}  // namespace fairprice::cli
