#pragma once

#include <string>
#include <vector>

#include "bench/matching/data_sets.hpp"
#include "engine/matching/logistic.hpp"

namespace fairprice::bench {

/// The pairs of a data set that weights may be fitted on: the candidates of its tables against the truth, and its judged pairs but for
/// those of a test split. Matches and others weigh the same, and so does each of the two kinds of pairs.
std::vector<matching::Example> examples_of(const DataSet& set, int threads);

/// Weights fitted on all `sets` but those of one family (empty: on all of them).
matching::Logistic fit_weights(const std::vector<DataSet>& sets, const std::vector<std::vector<matching::Example>>& examples,
                               const std::string& without_family);

/// As data/matching/weights.csv holds them.
std::string weights_csv(const matching::Logistic& weights);

}  // namespace fairprice::bench
