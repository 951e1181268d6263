#pragma once

#include "engine/assessment/assessment.hpp"

namespace fairprice::assessment {

/// product_flood and category_flood: where so many are flagged that the reference is more likely wrong than the suppliers.
void mark_floods(const ingest::Month& month, const rules::PolicySet& policy, Assessments& assessments);
/// The rows of flagged.csv with units sold and money at risk.
void list_flagged(const ingest::Month& month, const rules::PolicySet& policy, Assessments& assessments);
/// Promised prices of the period's orders, and their order of printing.
void settle_orders(const ingest::Month& month, Assessments& assessments);
/// The counts and shares of summary.json.
void count_results(const ingest::Month& month, const rules::PolicySet& policy, Assessments& assessments);

}  // namespace fairprice::assessment
