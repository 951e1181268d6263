#pragma once

#include <future>
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
  std::map<std::string, std::string> safe_until;  ///< by listing in a safe harbour; empty: nothing was published since
};

struct RunToRecord {
  const ledger::Event& like;  ///< the event's time and people
  const ingest::Month& month;
  assessment::Assessments& assessments;  ///< gets the notices that need the ledger
  const rules::PolicySet& policy;
  const std::shared_future<std::vector<InputHash>>& inputs;  ///< may still be in the making: it takes its time, and is needed late
  int threads = 1;
  bool auto_delist = false;  ///< see RunStep
};
/// Adds the run and what it does to the cases. Throws FatalError when cases are to be taken down by somebody who excluded sources of the month.
Recorded record_run(Book& book, ledger::Store& store, ledger::Store::Change& change, const RunToRecord& run);

/// What flagged.csv says of a listing's case; all empty without one.
struct CaseColumns {
  std::string id, state, deadline, justified_until;
};
/// By listing: its open case, else the one that justified it.
std::map<std::string, CaseColumns> case_columns(Book& book);

}  // namespace fairprice::cases
