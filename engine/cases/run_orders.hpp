#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/run_facts.hpp"
#include "engine/ingest/tables.hpp"

/// The month's deals of what cases are about: what a price cut saved is counted on them.
namespace fairprice::cases {

struct Deal {
  std::string party, product, order_id, line, date, listing, supplier;
  std::int64_t quantity = 0;  ///< packs, count of 1/10000
  Money unit_price = {};      ///< a pack
  PackUnits k = {};           ///< base units in a pack
};

/// The orders of the month itself that count, of these parties and products, in the order of their ids: a line of canonical JSON each.
std::string deals_text(const ingest::Month& month, const std::set<PartyProduct>& wanted);
/// Reads it again. Throws FatalError when it is none.
std::vector<Deal> read_deals(std::string_view text);

}  // namespace fairprice::cases
