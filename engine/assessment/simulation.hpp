#pragma once

#include <string>
#include <vector>

#include "engine/assessment/assessment.hpp"

namespace fairprice::assessment {

/// How much stands behind some listings: they, their suppliers, and what these sold of their products.
struct Weight {
  std::int64_t listings = 0;
  std::int64_t suppliers = 0;
  /// Value of the counting orders in the window, fen: of each supplier and product once, however many of its listings are meant.
  Int128 order_fen = 0;
};

/// Listings that one policy decides so and the other otherwise. from == to: those that stay.
struct Movement {
  rules::Decision from = rules::Decision::no_reference;
  rules::Decision to = rules::Decision::no_reference;
  Weight weight;
};

/// A supplier or category, and its listings whose decision changes.
struct Affected {
  std::string name;  ///< supplier_id, or category (empty: without)
  Weight weight;
  std::int64_t stricter = 0;  ///< flagged by the new policy, not by the old
  std::int64_t milder = 0;    ///< the other way round
};

/// What a change of policy would do to a month.
struct Simulation {
  std::int64_t listings = 0;
  std::int64_t changed = 0;           ///< other decision
  std::int64_t other_fair_price = 0;  ///< the same decision, but another highest fair price
  std::vector<Movement> movements;    ///< that have listings, by decision before and after in the order of the enumeration
  std::vector<Affected> suppliers;    ///< most affected first: by order value, listings, name; at most `most`
  std::vector<Affected> categories;   ///< likewise
};

/// Compares two assessments of one month. Orders of `months` months count, their period's and those before.
Simulation compare_policies(const ingest::Month& month, const Assessments& before, const Assessments& after, int months,
                            std::size_t most = 10);

}  // namespace fairprice::assessment
