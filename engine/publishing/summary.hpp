#pragma once

#include <string>

#include "engine/assessment/assessment.hpp"
#include "engine/base/problem.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

namespace fairprice::publishing {

/// summary.json: every count of a run, the row identity, shares with 6 decimals (null where there is nothing to divide by), what was
/// read (size and XXH3 of each file), and with which policy and program. No clock, no host, no path outside the input folder.
std::string summary_json(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                         Language language);

}  // namespace fairprice::publishing
