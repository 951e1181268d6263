#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/matching/blocking.hpp"
#include "engine/matching/boosted_trees.hpp"
#include "engine/matching/logistic.hpp"
#include "engine/matching/resolve.hpp"

namespace fairprice::matching {

/// What a pair rests on most: printed as it is spelled.
enum class Basis : std::uint8_t { model_number, model_series, title, text };
std::string_view basis_name(Basis basis);

/// Whether a record may have several counterparts.
enum class Cardinality : std::uint8_t { one_to_one, many };

struct ScoredPair {
  Candidate pair;
  double score = 0;  ///< probability that the two are one product
  Basis basis = Basis::title;
  bool match = false;
};

/// A pair that a person has judged.
struct LabelledPair {
  Candidate pair;
  bool match;
};

struct MatchSettings {
  Cardinality cardinality = Cardinality::one_to_one;
  BlockingSettings blocking;
  int threads = 1;
};

/// Finds the products that two catalogues share, or the repeats in one. The result depends on neither the order of rows nor `threads`.
class Matcher {
 public:
  /// `right` null: the records of `left` among themselves. Both are sorted by id and must outlive the matcher.
  Matcher(const Catalogue& left, const Catalogue* right, const MatchSettings& settings);

  /// Learns from judged pairs instead of from the catalogues alone.
  void train(std::span<const LabelledPair> pairs);

  /// All matches, in the order of the ids.
  std::vector<ScoredPair> match();

  /// The candidates that resolution left, in the order of the ids, with `match` set: the curve is drawn from them.
  std::vector<ScoredPair> candidates();

  /// The given pairs, in the order given.
  std::vector<ScoredPair> score(std::span<const Candidate> pairs);

 private:
  void learn();
  double log_odds(const Features& features) const;
  std::vector<Features> measure(std::span<const Candidate> pairs) const;
  std::vector<bool> resolve(std::span<const Candidate> pairs, std::span<const double> scores) const;

  MatchSettings settings_;
  Corpus corpus_;
  std::vector<Candidate> candidates_;
  std::vector<Features> features_;
  bool learnt_ = false;
  Logistic model_;
  std::optional<BoostedTrees> trees_;                  ///< with labels
  std::optional<MatchProbability> one_to_one_;         ///< without
  double threshold_ = 0.5;                             ///< least probability of a match
};

}  // namespace fairprice::matching
