#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/problem.hpp"
#include "engine/ingest/encoding.hpp"
#include "engine/ingest/heading_aliases.hpp"
#include "engine/ingest/mapping.hpp"

namespace fairprice::ingest {

/// A file that cannot be read: what stands behind its name is a FatalError where nothing can go on without it, and otherwise one line of
/// rejects.csv and a warning, while the other files are read.
class UnreadableFile : public FatalError {
 public:
  UnreadableFile(std::string file, const FatalError& why)
      : FatalError(why.message(Language::zh), why.message(Language::en)), file_(std::move(file)) {}
  const std::string& file() const { return file_; }

 private:
  std::string file_;
};

/// How the files of a folder are opened.
struct InputSettings {
  std::optional<Encoding> encoding;               ///< of all text files; a mapping's own comes first
  std::shared_ptr<const Mapping> mapping;         ///< may be null
  std::shared_ptr<const HeadingAliases> aliases;  ///< null: the shipped ones
  std::string currency = "CNY";                   ///< of the policy: OCDS values in another one are rejected
  bool strict = true;                             ///< a file that cannot be read ends the command
  /// Files that turned out to be damaged when rows of them had been read: not opened again.
  std::map<std::string, std::shared_ptr<const FatalError>, std::less<>> given_up;
};

/// With the folder's headings.csv, and its mapping.json unless `mapping` is given. Throws FatalError as those do.
std::shared_ptr<const InputSettings> input_settings_of(const std::string& folder, std::shared_ptr<const Mapping> mapping = nullptr,
                                                       std::optional<Encoding> encoding = std::nullopt);

}  // namespace fairprice::ingest
