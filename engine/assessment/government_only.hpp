#pragma once

#include "engine/assessment/assessment.hpp"

namespace fairprice::assessment {

/// Marks government-only look-alikes (政采专供): a listing without reference whose model no market channel sells in any configuration, while the market sells
/// another product of equal brand, category and configuration: the same specification, or, at a distance of nothing, the same configuration in both
/// products' names (at least two attributes). Advice: never a price, never a decision. Contract sections 5 and 6.
void mark_government_only(const ingest::Month& month, Assessments& assessments);

}  // namespace fairprice::assessment
