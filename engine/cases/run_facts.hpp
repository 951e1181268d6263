#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/cases/book.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

/// What a run says of the listings that cases are about.
namespace fairprice::cases {

struct ListingFacts {
  std::string id;
  CaseListing listing;  ///< `flagged_…` as it stands now
  rules::Decision decision = rules::Decision::no_reference;
  /// What the bands say of the price: of check_data what a confirmation leads to; no_reference when the row itself is in doubt.
  rules::Decision by_bands = rules::Decision::no_reference;
  std::int64_t unit_price = 0;  ///< UnitPrice count
  rules::DeadlinePolicy days;   ///< of the policy of its category
  bool doubtful = false;        ///< weakened, in a flood, or with one of the four notices of a doubtful reference
  bool spared = false;          ///< justified, or in a safe harbour: no case opens for it
  std::string held;             ///< the flood that keeps its case from opening
};

/// The listings of one party and product, sorted by id.
struct PartyFacts {
  std::string party, product, category;
  std::vector<ListingFacts> listings = {};
  std::int64_t mean_deal = -1;  ///< UnitPrice count, units weighing: of its deals in the 90 days up to the end of the month; -1: none
};

/// Every party and product with a listing that is flagged or check_data, and of `wanted` all that the month has: sorted by party, product.
std::vector<PartyFacts> party_facts(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                                    const std::set<PartyProduct>& wanted);

}  // namespace fairprice::cases
