#pragma once

#include "engine/assessment/assessment.hpp"
#include "engine/ingest/tables.hpp"
#include "engine/publishing/json.hpp"
#include "rules/policy.hpp"

namespace fairprice::publishing {

/// One assessment as an object with the columns of assessments.csv: texts as strings, amounts and ratios as numbers with the same
/// digits, absent ones as null, notices as an array.
void put_assessment(Json& json, const ingest::Month& month, const rules::PolicySet& policy, const assessment::Assessment& assessment);

/// An amount as a number, or null.
void put_amount(Json& json, Money amount);
/// The notices column taken apart.
void put_notices(Json& json, std::string_view notices);

}  // namespace fairprice::publishing
