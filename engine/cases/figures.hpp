#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/cases/book.hpp"
#include "engine/cases/run_figures.hpp"
#include "engine/cases/savings.hpp"

/// What a centre publishes of its work, and what makes that honest: counted from the ledger alone.
namespace fairprice::cases {

/// suspected = justified + reduced + taken_down + withdrawn + open.
struct CaseCounts {
  std::int64_t suspected = 0;
  std::int64_t evidence_asked = 0;  ///< of those: last told that evidence is asked for
  std::int64_t justified = 0, reduced = 0, taken_down = 0, withdrawn = 0, open = 0;
};

/// Of cases that people decided: reversed are those justified by evidence, overturned, taken back by the centre; the others ended in a reduction or delisting. A
/// reference that moved and a product that its supplier took away are no decision.
struct Reversals {
  std::int64_t decided = 0, reversed = 0;
};

struct MonthFigures {
  std::string period;
  int revision = 0;
  RunFigures run;
};

struct SavedCase {
  std::string id, party, product, category, closed_on;
  Savings savings;
};

struct Figures {
  std::string from, to;  ///< days, "2023-01-01"; both count
  CaseCounts cases, listings, models;
  std::map<std::string, Reversals> by_rung, by_match;
  std::vector<MonthFigures> months;  ///< the last revision of each
  Quotient deal_to_best_selling;     ///< of all these months
  std::int64_t orders = 0, with_promise = 0, above_promise = 0, above_listing_price = 0;
  Savings savings;
  std::vector<SavedCase> saved;  ///< with deals, by id

  struct ListedDeal {
    std::string case_id;
    Deal deal;
    std::int64_t flagged = 0, prudent = -1;  ///< UnitPrice counts; -1: none
    Int128 gross_fen = 0, prudent_fen = 0;
  };
  std::vector<ListedDeal> deals;  ///< behind the savings
};

/// A case counts in the month that opened it, a deal on its day, a run in its month. A listing or model that several cases are about counts once: as open before taken
/// down, reduced, justified, withdrawn. Reads in a Store::read.
Figures figures_between(Book& book, ledger::Store& store, const std::string& from, const std::string& to);

}  // namespace fairprice::cases
