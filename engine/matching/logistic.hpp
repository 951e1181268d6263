#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/matching/features.hpp"

namespace fairprice::matching {

/// ln(p / (1 - p)) of a match as a linear function of the features, each brought to mean 0 and spread 1 of the pairs that it was fitted on.
struct Logistic {
  std::array<double, kFeatures> mean{};
  std::array<double, kFeatures> spread{};
  std::array<double, kFeatures> weight{};
  double bias = 0;

  /// Log odds.
  double operator()(const Features& features) const;
};

/// 1 / (1 + exp(-log_odds))
double probability(double log_odds);

/// One pair to learn from. `label` is the probability that it is a match: 1 or 0 where a person said so.
struct Example {
  Features features;
  double label;
  double weight = 1;
};

/// Fits weights by penalised maximum likelihood, drawn towards `prior` with strength `pull` (the variance of a weight's deviation is
/// 1 / pull): Newton's method with halved steps, at most 50. Means and spreads are the prior's. Bishop, Pattern Recognition and Machine
/// Learning (2006), 4.3.3 and 4.5.
Logistic fit_logistic(std::span<const Example> examples, const Logistic& prior, double pull);

/// A prior that knows nothing: weights 0, means and spreads those of the examples.
Logistic standardised(std::span<const Example> examples);

/// The weights that the program ships (data/matching/weights.csv), fitted on labelled pairs of several catalogues.
const Logistic& shipped_weights();

}  // namespace fairprice::matching
