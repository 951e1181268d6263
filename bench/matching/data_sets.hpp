#pragma once

#include <string>
#include <vector>

#include "engine/matching/catalogue_file.hpp"
#include "engine/matching/match.hpp"

namespace fairprice::bench {

/// A public data set with its answers, or one made from it that looks otherwise. Sets of one family hold the same products, so weights
/// that are tried on one must not have seen the others.
struct DataSet {
  std::string name;
  std::string family;
  matching::Catalogue left, right;  ///< right is empty for a catalogue with itself
  bool self = false;
  std::vector<matching::Candidate> truth;  ///< sorted; empty where only judged pairs are known
  struct Judged {
    matching::LabelledPair pair;
    std::string split;
  };
  std::vector<Judged> judged;

  const matching::Catalogue* right_or_null() const { return self ? nullptr : &right; }
};

/// All data sets that stand below `folder` (its README says what they are), those made from them beside each: titles without model
/// numbers, and Chinese titles against damaged copies of themselves. Missing ones are left out.
std::vector<DataSet> load_data_sets(const std::string& folder);

}  // namespace fairprice::bench
