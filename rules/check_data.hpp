#pragma once

#include <span>

#include "engine/base/money.hpp"
#include "rules/policy.hpp"

namespace fairprice::rules {

/// A suspicion of a typing error or a wrong pack: the reason, and for `pack` the quotient q = other / own of base units.
struct DataSuspicion {
  CheckReason reason = CheckReason::none;
  PackUnits other;  ///< k' of the pack that fits, for CheckReason::pack
};

/// Section 6, third row of the table: price x factor < reference, or price > factor x reference; or the bands would say
/// reduce_or_delist and the price is within the tolerance of q x reference for a q = k'/k > 1. Exact.
/// `packs`: the distinct k' of all understood rows of the product; `own`: the listing's k.
/// Of several fitting q the nearest; of equally near ones the smallest.
DataSuspicion suspect_data(Money price, Money reference, PackUnits own, std::span<const PackUnits> packs, const Policy& policy);

/// q as it is printed: a decimal with at most 6 places, no trailing zeros: "8", "2.5", "3.333333".
std::string quotient_to_string(PackUnits other, PackUnits own);

}  // namespace fairprice::rules
