#pragma once

#include <cstdint>

namespace fairprice::ingest::json {

/// What of OCDS gave no order, and is no mistake.
struct OcdsCounts {
  std::int64_t releases = 0;
  std::int64_t tender_items = 0;        ///< a tender is no deal
  std::int64_t same_in_contract = 0;    ///< items of an award that a contract of it has too
  std::int64_t without_unit_value = 0;  ///< items that do not say what one unit costs
  std::int64_t no_deal = 0;             ///< items of awards and contracts that are pending or were unsuccessful
};

}  // namespace fairprice::ingest::json
