#pragma once

#include <vector>

#include "indices/bilateral.hpp"

namespace fairprice::indices {

/// What each product adds to an index's change: the sum is the index less 1, up to rounding. Empty where the index has no value.
///   baskets (dutot, laspeyres, paasche, walsh, marshall_edgeworth, geary_khamis_bilateral): (p1 − p0) q / Σ p0 q;
///   arithmetic means of relatives (carli, palgrave): w (r − 1);
///   geometric ones (jevons, tornqvist, sato_vartia, geometric_laspeyres, geometric_paasche, the time product dummy):
///     v (r − 1) / Σ v, v = w / L(r, P), L the logarithmic mean (Reinsdorf, Diewert and Ehemann 2002);
///   fisher: of the basket q0 + q1/Q, Q the Fisher quantity index (van IJzeren 1987).
/// Throws std::invalid_argument for other formulas.
std::vector<double> contributions(Formula formula, const Matched& products, const FormulaOptions& options = {});

}  // namespace fairprice::indices
