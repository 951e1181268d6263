#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/cases/book.hpp"
#include "engine/cases/settle.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

/// A run as the ledger keeps it.
namespace fairprice::cases {

struct InputHash {
  std::string name;
  std::int64_t size = 0;
  std::string sha256;
};
/// The month's files with the SHA-256 of each, sorted by name. Throws FatalError when one cannot be read any more.
std::vector<InputHash> hash_inputs(const ingest::Month& month, int threads);

struct Recorded {
  int revision = 1;
  bool same = false;     ///< the ledger has this run already: nothing was added
  bool earlier = false;  ///< a later month was run before: the run is kept, and no case changes
  RunCounts counts;
};

/// Adds the run and what it does to the cases. `like` has the event's time and people. `auto_delist`: see RunStep; throws FatalError when like.actor excluded sources.
Recorded record_run(Book& book, ledger::Store::Change& change, const ledger::Event& like, const ingest::Month& month,
                    const assessment::Assessments& assessments, const rules::PolicySet& policy, const std::vector<InputHash>& inputs,
                    bool auto_delist = false);

/// What flagged.csv says of a listing's case; all empty without one.
struct CaseColumns {
  std::string id, state, deadline, justified_until;
};
/// By listing: its open case, else the one that justified it.
std::map<std::string, CaseColumns> case_columns(Book& book);

}  // namespace fairprice::cases
