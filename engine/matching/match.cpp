#include "engine/matching/match.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/matching/self_training.hpp"

namespace fairprice::matching {

namespace {

constexpr double kTrainingPull = 1;
constexpr int kFolds = 5;

Basis basis_of(const Features& features) {
  const auto value = [&](Feature which) { return features[static_cast<std::size_t>(which)]; };
  constexpr float kRare = 0.5F;
  if (value(Feature::code_shared) > kRare || value(Feature::code_elsewhere) > kRare || value(Feature::model_same) > 0)
    return Basis::model_number;
  if (value(Feature::code_stem) > kRare || value(Feature::code_beginning) > 0.3F) return Basis::model_series;
  return value(Feature::text_covered_most) > value(Feature::title_covered_most) + 0.25F ? Basis::text : Basis::title;
}

struct Fitted {
  Logistic line;
  BoostedTrees trees;
  double operator()(const Features& features) const { return (line(features) + trees(features)) / 2; }
};

Fitted fit(std::span<const Example> examples) {
  return {fit_logistic(examples, standardised(examples), kTrainingPull), BoostedTrees::fit(examples)};
}

/// The probability from which on calling a pair a match gives the best F1, by predictions for examples that each fit has not seen.
double best_threshold(std::span<const Example> examples) {
  std::vector<std::pair<double, double>> seen;  // probability, label
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<Example> rest;
    for (std::size_t i = 0; i < examples.size(); ++i)
      if (i % kFolds != fold) rest.push_back(examples[i]);
    const Fitted fitted = fit(rest);
    for (std::size_t i = fold; i < examples.size(); i += kFolds)
      seen.emplace_back(probability(fitted(examples[i].features)), examples[i].label);
  }
  std::sort(seen.begin(), seen.end(), std::greater<>());
  double matches = 0;
  for (const auto& [p, label] : seen) matches += label;
  double found = 0;
  double best = 0;
  double threshold = 0.5;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    found += seen[i].second;
    const double f1 = 2 * found / (static_cast<double>(i + 1) + matches);
    if (f1 <= best) continue;
    best = f1;
    threshold = i + 1 < seen.size() ? (seen[i].first + seen[i + 1].first) / 2 : seen[i].first;
  }
  return threshold;
}

}  // namespace

std::string_view basis_name(Basis basis) {
  switch (basis) {
    case Basis::model_number: return "model_number";
    case Basis::model_series: return "model_series";
    case Basis::title: return "title";
    case Basis::text: return "text";
  }
  return {};
}

Matcher::Matcher(const Catalogue& left, const Catalogue* right, const MatchSettings& settings)
    : settings_(settings), corpus_(build_corpus(left, right, settings.threads)), model_(shipped_weights()) {}

std::vector<Features> Matcher::measure(std::span<const Candidate> pairs) const {
  constexpr std::size_t kPart = 4096;
  std::vector<Features> features(pairs.size());
  for_each_part((pairs.size() + kPart - 1) / kPart, settings_.threads, [&](std::size_t part, int) {
    PairMeter meter(corpus_);
    for (std::size_t i = part * kPart; i < std::min(pairs.size(), (part + 1) * kPart); ++i)
      features[i] = meter.measure(pairs[i].left, pairs[i].right);
  });
  return features;
}

void Matcher::train(std::span<const LabelledPair> pairs) {
  std::vector<LabelledPair> sorted(pairs.begin(), pairs.end());
  std::sort(sorted.begin(), sorted.end(), [](const LabelledPair& a, const LabelledPair& b) {
    return a.pair != b.pair ? a.pair < b.pair : a.match < b.match;
  });
  std::vector<Candidate> plain;
  for (const LabelledPair& one : sorted) plain.push_back(one.pair);
  const std::vector<Features> features = measure(plain);
  std::vector<Example> examples;
  for (std::size_t i = 0; i < sorted.size(); ++i) examples.push_back({features[i], sorted[i].match ? 1.0 : 0.0, 1});
  Fitted fitted = fit(examples);
  model_ = fitted.line;
  trees_ = std::move(fitted.trees);
  threshold_ = best_threshold(examples);
}

double Matcher::log_odds(const Features& features) const {
  return trees_ ? (model_(features) + (*trees_)(features)) / 2 : model_(features);
}

void Matcher::learn() {
  if (learnt_) return;
  learnt_ = true;
  candidates_ = find_candidates(corpus_, settings_.blocking, settings_.threads);
  features_ = measure(candidates_);
  if (corpus_.self || trees_) return;
  SelfTrained adapted = self_train(candidates_, features_, model_, corpus_.left.size(), corpus_.right.size());
  model_ = adapted.model;
  if (adapted.one_to_one.known()) one_to_one_ = std::move(adapted.one_to_one);
}

std::vector<bool> Matcher::resolve(std::span<const Candidate> pairs, std::span<const double> scores) const {
  if (settings_.cardinality == Cardinality::many) return std::vector<bool>(pairs.size(), true);
  if (!corpus_.self) return resolve_one_to_one(pairs, scores, corpus_.left.size(), corpus_.right.size());
  return resolve_pairs_of_one(pairs, scores, corpus_.left.size());
}

std::vector<ScoredPair> Matcher::candidates() {
  learn();
  std::vector<double> scores;
  for (const Features& one : features_) scores.push_back(log_odds(one));
  const std::vector<bool> kept = resolve(candidates_, scores);
  std::vector<ScoredPair> result;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (!kept[i]) continue;
    const bool resolved = one_to_one_ && settings_.cardinality == Cardinality::one_to_one;
    const double score = resolved ? (*one_to_one_)(scores[i]) : probability(scores[i]);
    result.push_back({candidates_[i], score, basis_of(features_[i]), score >= threshold_});
  }
  return result;
}

std::vector<ScoredPair> Matcher::match() {
  std::vector<ScoredPair> result = candidates();
  std::erase_if(result, [](const ScoredPair& one) { return !one.match; });
  return result;
}

std::vector<ScoredPair> Matcher::score(std::span<const Candidate> pairs) {
  if (!trees_) learn();
  const std::vector<Features> features = measure(pairs);
  std::vector<double> scores;
  for (const Features& one : features) scores.push_back(log_odds(one));
  const std::vector<bool> kept = resolve(pairs, scores);
  std::vector<ScoredPair> result;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double score = probability(scores[i]);
    result.push_back({pairs[i], score, basis_of(features[i]), kept[i] && score >= threshold_});
  }
  return result;
}

}  // namespace fairprice::matching
