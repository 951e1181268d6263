#pragma once

#include <map>
#include <string>

#include "engine/assessment/assessment.hpp"
#include "engine/ingest/tables.hpp"

/// What a run counts, as its event keeps it: a member for each, counts as numbers, amounts and quotients of amounts as texts "part/whole".
namespace fairprice::cases {

/// "part/whole" as it was written.
struct Quotient {
  Int128 part = 0, whole = 0;
};
std::string quotient_text(Quotient value);
/// Nothing read: 0/0.
Quotient read_quotient(std::string_view text);

struct RunFigures {
  std::int64_t listings = 0, orders = 0, with_promise = 0, above_promise = 0, above_listing_price = 0;
  Quotient coverage, high_by_listing, high_by_product, high_by_order_value;
  /// Σ deal price × quantity over Σ best-selling price × quantity, of the month's deals of products with a published best-selling price of the month.
  Quotient deal_to_best_selling;
  std::map<std::string, std::string> levels;  ///< by category: its published level in the month, else its own, count of 10^-8
};

RunFigures figures_of(const ingest::Month& month, const assessment::Assessments& assessments);
/// Canonical JSON.
std::string figures_body(const RunFigures& figures);
RunFigures read_figures(std::string_view body);

}  // namespace fairprice::cases
