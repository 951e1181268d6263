#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/cases/book.hpp"
#include "engine/ingest/tables.hpp"

/// What a run keeps of every listing, so that later runs can be held against it: of 520 000 listings about 2 MB in the ledger.
namespace fairprice::cases {

/// A listing in a run. Amounts are in its own unit and pack; below zero: none.
struct PriceRow {
  std::string_view listing;
  std::string_view product;
  std::string_view unit;  ///< the base unit; empty: unknown
  Money price;
  std::int64_t k = 0;  ///< PackUnits count; 0 where the row itself is in doubt
  rules::Decision decision = rules::Decision::no_reference;
  Money monitoring_price = assessment::kAbsent, max_fair_price = assessment::kAbsent;
  std::int64_t since = 0;  ///< the event of the first run that saw this price

  bool comparable() const { return k > 0; }
  bool comparable(const PriceRow& other) const { return k > 0 && other.k > 0 && product == other.product && unit == other.unit; }
  /// Of the same listing: the same product at the same price per base unit.
  bool same_price(const PriceRow& other) const;
};
/// a asks more than 1 + share times what b does, per base unit: exactly, in whole numbers. False where the two cannot be compared: another product or unit, or in doubt.
bool is_dearer(const PriceRow& a, const PriceRow& b, Ratio share);

/// All listings of a run, sorted by listing as bytes. The texts live as long as the table, and those of a month as long as the month.
class PriceTable {
 public:
  std::vector<PriceRow> rows;
  const PriceRow* find(std::string_view listing) const;
  std::vector<std::shared_ptr<const std::string>> texts;  ///< what the rows point into
};

PriceTable prices_of(const ingest::Month& month, const assessment::Assessments& assessments);

/// Keeps the table in parts, and says under which names and SHA-256 the run's event has them ("prices-000").
std::vector<std::pair<std::string, std::string>> keep_prices(ledger::Store::Change& change, const PriceTable& table, int threads);
/// The table of a recorded run; empty of one that kept none. Throws FatalError when a part is missing or damaged. Reads in a Store::read.
PriceTable read_prices(ledger::Store& store, const RunRecord& run, int threads);

}  // namespace fairprice::cases
