#pragma once

#include <string>

#include "engine/fairprice.hpp"

namespace fairprice::cli {

/// The answers of `check` for a person: one question as a short account, several as a table, and what to do next.
std::string check_screen(const Answers& answers, const rules::PolicySet& policy, Language language, bool colour);

/// The exit status of `check`: the first of 11 reduce, 10 evidence, 13 check the data, 12 no reference, 0 fair that occurs.
int check_status(const Answers& answers);

}  // namespace fairprice::cli
