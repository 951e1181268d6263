#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/working_days.hpp"
#include "engine/cases/publications.hpp"
#include "engine/cases/run_prices.hpp"
#include "rules/policy.hpp"

/// The three notices that need the ledger: price_jump, justified, safe_harbour.
namespace fairprice::cases {

/// When and after what a run is.
struct RunPlace {
  std::string period;
  std::int64_t seq = 0;  ///< of its event
  std::string day;       ///< of its event
};

/// The prices of a published run that some may still rely on.
struct PublishedPrices {
  std::int64_t seq = 0;  ///< of the publication
  std::string until;     ///< the last day; empty: nothing was published since
  PriceTable prices;
};

/// Earlier runs and decisions, as far as a run of that place may look at them.
struct EarlierRuns {
  PriceTable month_before;                ///< of the last revision of the month before; empty without one
  PriceTable revision_before;             ///< of the same month; empty without one
  std::vector<Publication> publications;  ///< before the run, each of no earlier month than the one before it
  std::vector<PublishedPrices> published;
  std::vector<Case> justified;  ///< cases whose justification has not run out
};

/// Reads in a Store::read or a change.
EarlierRuns look_back(Book& book, ledger::Store& store, const RunPlace& place, const WorkingCalendar& calendar, int threads);

/// Fills in `since` of the run's prices and adds the notices:
/// - price_jump: above the month before by more than the policy says, per base unit;
/// - justified: flagged, at no more than a price that evidence justified until a day that has not passed;
/// - safe_harbour: flagged, at no more than the highest fair price of the run published last before the price was first seen, until five working days after the
///   next publication.
/// Returns until when each listing in a safe harbour is safe; empty where nothing was published since.
std::map<std::string, std::string> add_ledger_notices(const ingest::Month& month, assessment::Assessments& assessments,
                                                      const rules::PolicySet& policy, const EarlierRuns& earlier, const RunPlace& place,
                                                      PriceTable& prices);

inline constexpr int kSafeWorkingDays = 5;
/// How far back the cases were opened that still matter to a run: a justification holds six months, savings are counted for twelve after a closing.
inline constexpr int kCaseMonths = 36;

}  // namespace fairprice::cases
