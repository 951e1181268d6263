#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "engine/base/date.hpp"
#include "engine/base/money.hpp"
#include "rules/case_states.hpp"
#include "rules/decision.hpp"

/// A case: what a supplier (or its group) asks for a product, followed until it is closed. Everything here was written by an event; the ledger's events of the
/// case, laid one over another, give it again.
namespace fairprice::cases {

/// A listing of the case as the last run saw it. Amounts are in the listing's own unit and pack; below zero: none.
struct CaseListing {
  std::string supplier;
  Money flagged_price = Money::from_ten_thousandths(-1);  ///< when it was first flagged in this case
  PackUnits flagged_k;
  Money flagged_monitoring = Money::from_ten_thousandths(-1);  ///< the monitoring price of then
  Money price = Money::from_ten_thousandths(-1);
  PackUnits k;
  Money monitoring_price = Money::from_ten_thousandths(-1);
  Money max_fair_price = Money::from_ten_thousandths(-1);
  std::string decision, basis, match, notices;
  std::string units_12m;  ///< as printed in flagged.csv
  std::int64_t fen_at_risk = 0;
  bool offered = true;  ///< it was there in the last run
};

/// A file that was filed as evidence: kept under its SHA-256, never opened by this program.
struct Evidence {
  std::string type, issuer, name;  ///< `name` as the file was called: text and nothing else
  std::string date, valid_until, unit_price;
  std::string filed_by, filed_on;
  std::int64_t size = 0;
};

struct Case {
  std::string id;     ///< "2023-11-00042": the period that opened it, and a number
  std::string party;  ///< the supplier, or its group
  std::string product, category;
  std::string opened_in;  ///< the period
  std::string opened_on;  ///< the day of the run
  rules::CaseState state = rules::CaseState::opened;
  rules::Closing closing = rules::Closing::none;
  rules::CaseState last_open = rules::CaseState::opened;  ///< of a closed one: what it was before
  std::string closed_on;
  rules::Decision decision = rules::Decision::evidence_required;  ///< the worst of its listings
  std::string notified_decision;                                  ///< the one last notified
  std::string notified_on, notified_by_channel, receipt;
  std::string by_bands;    ///< of a verification: what the bands say of its prices once they are confirmed; empty where they cannot judge
  bool continued = false;  ///< goes on after a closing
  std::string held;        ///< the flood that holds it back: "category:打印机"; empty when nothing does
  bool doubtful = false;   ///< weakened, in a flood, or with one of the four notices of a doubtful reference: no delisting without a person
  std::string deadline;    ///< the last day of what the supplier may do now; empty when no clock runs
  bool deadline_estimated = false;
  std::string objection_until;
  std::int64_t days_left = 0;                                              ///< of the clock that an objection stopped
  std::int64_t evidence_days = 0, reduction_days = 0, objection_days = 0;  ///< of the policy of the last run that saw it
  std::string justified_until;
  std::string justified_unit_price;  ///< per base unit, count of 10^-8
  std::string previous;              ///< the case before it, of the same party and product
  std::int64_t offences = 0;         ///< earlier cases of the party that ended in reduction or delisting
  std::int64_t fen_at_risk = 0;
  std::int64_t mean_deal_before =
      -1;  ///< UnitPrice count: of the party's deals of the product in the 90 days up to the end of the month that opened it; -1: none
  std::string last_run;                         ///< "2023-11/1"
  std::map<std::string, CaseListing> listings;  ///< by listing_id
  std::map<std::string, Evidence> evidence;     ///< by SHA-256
  std::set<std::string> filed, decided;         ///< who filed evidence, and who decided
};

/// Canonical JSON: the body of a case.
std::string case_body(const Case& one);
/// Throws FatalError when `body` is no case.
Case read_case(std::string_view body);
/// What counting needs and no more: id, product, state, closing, decision, notified_decision, and of each listing basis and match.
Case read_case_outline(std::string_view body);

/// What rules::case_step asks of it.
rules::CaseFacts facts_of(const Case& one);

}  // namespace fairprice::cases
