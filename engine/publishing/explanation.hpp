#pragma once

#include <string>

#include "engine/assessment/explain.hpp"
#include "engine/base/problem.hpp"
#include "rules/policy.hpp"

namespace fairprice::publishing {

/// An explanation as text that a procurement officer can paste into a letter: conclusion with its formula, where the reference comes
/// from, every seller and source row with file and line, and what follows. A preliminary conclusion, a signal to verify; never wrongdoing.
std::string explanation_text(const assessment::Explanation& explanation, const rules::PolicySet& policy, Language language);

/// The same and everything else of an explanation, as JSON. Keys and codes are never translated.
std::string explanation_json(const assessment::Explanation& explanation, const rules::PolicySet& policy);

}  // namespace fairprice::publishing
