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
#include "engine/matching/self_training.hpp"

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
  const Logistic* start = nullptr;  ///< weights to start from; null: the shipped ones
};

/// Learnt from judged pairs: the mean of both kinds of model.
struct TrainedModel {
  Logistic line;
  BoostedTrees trees;
  double operator()(const Features& features) const { return (line(features) + trees(features)) / 2; }  ///< log odds
};

/// Finds the products that two catalogues share, or the repeats in one. The result depends on neither the order of rows nor `threads`.
class Matcher {
 public:
  /// `right` null: the records of `left` among themselves. Both are sorted by id and must outlive the matcher.
  Matcher(const Catalogue& left, const Catalogue* right, const MatchSettings& settings);

  /// Learns from judged pairs instead of from the catalogues alone.
  void train(std::span<const LabelledPair> pairs);

  /// The candidates that resolution left, in the order of the ids, with `match` set: the curve is drawn from them.
  std::vector<ScoredPair> candidates();

  /// The given pairs, in the order given.
  std::vector<ScoredPair> score(std::span<const Candidate> pairs);

 private:
  void learn();
  double log_odds(Candidate pair, const Features& features) const;
  std::vector<double> log_odds(std::span<const Candidate> pairs, std::span<const Features> features) const;
  std::vector<Features> measure(std::span<const Candidate> pairs) const;
  std::vector<bool> resolve(std::span<const Candidate> pairs, std::span<const double> scores) const;

  MatchSettings settings_;
  Corpus corpus_;
  std::vector<Candidate> candidates_;
  std::vector<Features> features_;
  std::vector<double> scores_;  ///< log odds of the candidates
  bool learnt_ = false;
  std::optional<TrainedModel> trained_;         ///< with labels
  SelfTrained adapted_;                         ///< without
  std::optional<MatchProbability> one_to_one_;  ///< of two catalogues
  double threshold_ = 0.5;                      ///< least probability of a match where one_to_one_ is not known
};

}  // namespace fairprice::matching
