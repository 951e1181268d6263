#pragma once

#include <string>
#include <vector>

#include "engine/base/working_days.hpp"
#include "engine/cases/book.hpp"

/// What people do to a case.
namespace fairprice::cases {

struct Act {
  rules::CaseEvent event = rules::CaseEvent::notify;
  std::string actor;
  std::string second_actor;  ///< of overturning a reduce_or_delist: the other name
  std::string reason;
  std::string on;                ///< the day on which it happened, "2023-12-01"; empty: the day of the event
  std::string channel, receipt;  ///< of notify: how the supplier was told, and what shows it
  std::string until;             ///< of accept: the last day on which the price is justified; empty: six months
  std::string
      price;  ///< of accept: the highest justified price, in the unit of the case's listings; empty: the highest of now. Of reduce: the new price
  bool late = false;                                       ///< of submit_evidence and object: taken though the deadline has passed
  std::vector<std::pair<std::string, Evidence>> evidence;  ///< of submit_evidence: SHA-256 and what it is
};

/// Carries out `act` on the case `id`, or throws FatalError: no such case, not allowed in its state (and what is), held back by a flood, without a name or reason, by somebody
/// who may not, a day that does not fit. `like` has the event's time and so on. Returns the case as it is then.
Case carry_out(Book& book, ledger::Store::Change& change, const ledger::Event& like, const std::string& id, const Act& act,
               const WorkingCalendar& calendar);

/// Lets go the cases that a flood holds back: `flood` is "category:打印机" or "product:惠普 M1". Returns how many.
int release_flood(Book& book, ledger::Store::Change& change, const ledger::Event& like, const std::string& flood);

}  // namespace fairprice::cases
