#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/base/working_days.hpp"
#include "engine/cases/book.hpp"
#include "engine/cases/run_facts.hpp"

/// What a run does to the cases.
namespace fairprice::cases {

struct RunStep {
  std::string period;  ///< "2023-11"
  int revision = 1;
  std::string day;  ///< of the event, "2023-12-01"
  const WorkingCalendar* calendar = nullptr;
  /// Takes down what is still too dear when the time for the reduction and that for an objection are over; never with a doubtful reference, in a flood,
  /// or with an estimated deadline, nor where the one who runs filed evidence.
  bool auto_delist = false;
  /// Suppliers with rejected rows; the empty one: of an unknown supplier. Nobody of them is taken to have removed a product.
  std::set<std::string, std::less<>> not_all_read;
};

/// How many cases a run opened, went on with, and closed.
struct RunCounts {
  std::map<std::string, std::int64_t> by_event;  ///< "case:open", "case:run:reduced" …
};

/// Adds the run's events to the cases: `like` has their time, actor and so on. Cases that nothing happened to have no event.
RunCounts settle_run(Book& book, ledger::Store::Change& change, const ledger::Event& like, const RunStep& step,
                     const std::vector<PartyFacts>& facts);

/// The open cases and those that may go on: what party_facts() must look at.
std::set<PartyProduct> wanted_facts(Book& book);

inline constexpr int kGoesOnDays = 60;  ///< after a closing by reduction or removal

}  // namespace fairprice::cases
