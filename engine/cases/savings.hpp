#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/int128.hpp"
#include "engine/cases/case.hpp"
#include "engine/cases/run_orders.hpp"

/// What a price cut saved: only cases that were closed by `reduced` save anything, and only on what was bought afterwards.
namespace fairprice::cases {

/// Amounts in fen. All are Σ units × (baseline − deal price) over the deals of the twelve months after the closing, per base unit, and may be below zero.
struct Savings {
  std::int64_t deals = 0;
  Int128 units = 0;    ///< base units, count of 10^-8
  Int128 gross = 0;    ///< baseline: the price when it was flagged
  Int128 prudent = 0;  ///< baseline: the lower of that and the mean deal of the 90 days before; nothing where there was none
  Int128 net_of_index =
      0;  ///< baseline: the flagged price moved with its category's level from the month that opened the case to that of the deal
  Int128 to_new_price =
      0;  ///< Σ units × (flagged price − new price): what the cut alone is worth; nothing where the ledger saw no new price
  Int128 to_monitoring = 0;  ///< Σ units × (flagged price − monitoring price of then)
  bool index_known = true;   ///< a level was there for every deal; else the flagged price stood in unmoved

  Savings& operator+=(const Savings& other);
};

/// One deal's part: what the list of orders shows.
struct SavedDeal {
  const Deal* deal = nullptr;
  std::int64_t flagged = 0;  ///< UnitPrice count: the price of its listing when flagged, or the lowest flagged one of the case
  std::optional<std::int64_t> prudent;
  Int128 gross_fen = 0, prudent_fen = 0;  ///< rounded for this deal alone
};

/// The level of a category in a month ("2023-11"); nothing when it is not known.
using LevelOf = std::function<std::optional<std::int64_t>(const std::string& category, const std::string& month)>;

/// Of a case that was closed by `reduced`: nothing of any other. `deals` are those of its party and product; `from`, `to`: days within which a deal counts.
Savings savings_of(const Case& one, const std::vector<const Deal*>& deals, const LevelOf& level, const std::string& from,
                   const std::string& to, std::vector<SavedDeal>* list = nullptr);

}  // namespace fairprice::cases
