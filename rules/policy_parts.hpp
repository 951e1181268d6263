#pragma once

#include <string>

#include "rules/policy_fields.hpp"

namespace fairprice::rules {

/// One rung of /ladder, at `pointer`.
Rung read_rung(const Json& json, const std::string& pointer, PolicyErrors& errors);

/// /bands of a policy: from lenient to strict, the first within_range, limits rising, the last without a limit.
std::vector<Band> read_bands(Fields& policy);

}  // namespace fairprice::rules
