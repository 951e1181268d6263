#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Which price relatives of a sample are outliers. Relatives are above 0; less than three say nothing about each other, and none is an outlier.
/// Sources: PPI Manual 2004, chapter 9; CPI Manual 2020, chapter 6; Rais 2008; Hutton 2008; Saïdi and Rubin-Bleuer 2005; for Hidiroglou and
/// Berthelot their paper of 1986. Quantiles interpolate linearly between order statistics (type 7 of Hyndman and Fan 1996).
namespace fairprice::indices {

/// How far from the middle is too far, upwards and downwards.
struct Cutoffs {
  double upper = 2.5;
  double lower = 2.5;
};

/// One of `relatives` is an outlier where the returned value at its place is true.
using Marks = std::vector<bool>;

/// Above `upper` or below `lower` themselves, e.g. 2.5 and 0.4.
Marks fixed_cutoff(std::span<const double> relatives, double upper = 2.5, double lower = 0.4);

/// More than `cutoffs` standard deviations from the median, measured by the median absolute deviation × 1.4826.
Marks robust_z(std::span<const double> relatives, Cutoffs cutoffs = {});

/// Beyond median + c·(Q3 − median) or median − c·(median − Q1); each distance is at least |a · median|, so that a sample of nearly equal relatives
/// does not throw out every change.
Marks quartile_method(std::span<const double> relatives, Cutoffs cutoffs = {}, double a = 0);

/// Beyond Q3 + c·(Q3 − Q1) or Q1 − c·(Q3 − Q1), the distance at least |a · median| (Hoaglin, Iglewicz and Tukey 1986; c = 1.5 or 2.5).
Marks resistant_fences(std::span<const double> relatives, Cutoffs cutoffs = {}, double a = 0);

/// Beyond Q3 + c·(Q3 − median) or Q1 − c·(median − Q1): fences that follow a skew (Kimber 1990).
Marks kimber(std::span<const double> relatives, Cutoffs cutoffs = {}, double a = 0);

/// Tukey's algorithm as consumer price offices use it (ONS, UK): relatives of 1 are put aside, of the others the 5 % at either end; beyond
/// m + c·(mean of those above m − m) or m − c·(m − mean of those below m), m the mean of what is left.
Marks tukey_algorithm(std::span<const double> relatives, Cutoffs cutoffs = {});

/// Hidiroglou and Berthelot 1986: relatives made symmetric about their median, weighted with the size of the price to the power `u`, 0 to 1; then
/// the quartile method with `a`. `base` and `compared` are the prices, of equal length.
Marks hidiroglou_berthelot(std::span<const double> base, std::span<const double> compared, double c = 4, double u = 0.5, double a = 0.05);

}  // namespace fairprice::indices
