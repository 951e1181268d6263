#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/assessment/assessment.hpp"
#include "engine/base/problem.hpp"
#include "engine/ingest/tables.hpp"
#include "engine/publishing/output_folder.hpp"
#include "rules/policy.hpp"

namespace fairprice::publishing {

struct PublishOptions {
  Language language = Language::zh;  ///< of `message` in rejects.csv and of the warnings in summary.json
  bool excel = false;                ///< a UTF-8 byte order mark in front of every CSV
  int threads = 1;
  /// The columns of flagged.csv from `case_id` on, by listing; null without a ledger.
  std::function<std::array<std::string, 5>(std::string_view listing)> cases;
};

/// What was written, in rows below the headings: assessments.csv, flagged.csv, ...
struct Published {
  std::int64_t assessments = 0, flagged = 0, rejects = 0, review = 0, orders = 0, overrides = 0, estimates = 0;
};

/// Writes every file of a run into the folder, which the caller commits. The same bytes whatever the number of threads.
Published publish(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                  const PublishOptions& options, OutputFolder& folder);

}  // namespace fairprice::publishing
