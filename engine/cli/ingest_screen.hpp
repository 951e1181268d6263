#pragma once

#include <string>
#include <vector>

#include "engine/ingest/dry_run.hpp"

namespace fairprice::cli {

/// What `ingest --dry-run` found, as text for a person. `note`: what ended the reading of the month, empty mostly.
std::string ingest_screen(const std::vector<ingest::FilePreview>& previews, const std::string& note, Language language, bool colour);

/// The same as JSON: an object with `files` and `note`.
std::string ingest_json(const std::vector<ingest::FilePreview>& previews, const std::string& note, Language language);

}  // namespace fairprice::cli
