#pragma once

#include <span>

/// The means that index numbers are made of. All but logarithmic_mean take values above 0; weights need not sum to one.
namespace fairprice::indices {

/// The weighted power mean (Σ w x^r / Σ w)^(1/r); r = 1 arithmetic, −1 harmonic, 0 geometric (the limit). An empty `weights` weighs all alike.
/// The idea under most elementary and bilateral formulas (CPI Manual: Theory, chapter 2; Hardy, Littlewood and Pólya, Inequalities, 2.2).
double power_mean(std::span<const double> values, std::span<const double> weights, double r);

/// (a − b) / (ln a − ln b), a where both are equal, 0 where one of them is 0 (Vartia 1976). Symmetric.
double logarithmic_mean(double a, double b);

}  // namespace fairprice::indices
