#include "engine/matching/match.hpp"

#include <algorithm>
#include <functional>

#include "engine/base/parallel.hpp"
namespace fairprice::matching {

namespace {

constexpr double kTrainingPull = 1;
constexpr double kFurther = 1.386;  // ln 4: a counterpart besides the best one is rarer by about so much than its score alone says
/// Judged pairs are seldom as hard as those to come (the people who judge see both sides), so a pair must be clearly more likely than not.
constexpr double kTrainedThreshold = 0.6;

Basis basis_of(const Features& features) {
  const auto value = [&](Feature which) { return features[static_cast<std::size_t>(which)]; };
  constexpr float kRare = 0.5F;
  if (value(Feature::code_shared) > kRare || value(Feature::code_elsewhere) > kRare || value(Feature::model_same) > 0)
    return Basis::model_number;
  if (value(Feature::code_stem) > kRare || value(Feature::code_beginning) > 0.3F) return Basis::model_series;
  return value(Feature::text_covered_most) > value(Feature::title_covered_most) + 0.25F ? Basis::text : Basis::title;
}

TrainedModel fit(std::span<const Example> examples) {
  return {fit_logistic(examples, standardised(examples), kTrainingPull), BoostedTrees::fit(examples, {})};
}

/// The least probability at which calling pairs matches is expected to give the best F1: half of that F1 (Lipton, Elkan & Naryanaswamy
/// 2014, ECML PKDD, theorem 1). Never above a half: a pair that is more likely than not is called a match.
double threshold_of_best_f1(std::vector<double> probabilities) {
  std::sort(probabilities.begin(), probabilities.end(), std::greater<>());
  double all = 0;
  for (const double p : probabilities) all += p;
  double found = 0;
  double best = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    found += probabilities[i];
    best = std::max(best, 2 * found / (static_cast<double>(i + 1) + all));
  }
  return best > 0 ? std::min(0.5, best / 2) : 0.5;
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
    : settings_(settings),
      corpus_(build_corpus(left, right, settings.threads)), adapted_{settings.start != nullptr ? *settings.start : shipped_weights(), {}} {}

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
  std::sort(sorted.begin(), sorted.end(),
            [](const LabelledPair& a, const LabelledPair& b) { return a.pair != b.pair ? a.pair < b.pair : a.match < b.match; });
  std::vector<Candidate> plain;
  for (const LabelledPair& one : sorted) plain.push_back(one.pair);
  const std::vector<Features> features = measure(plain);
  std::vector<Example> examples;
  for (std::size_t i = 0; i < sorted.size(); ++i) examples.push_back({features[i], sorted[i].match ? 1.0 : 0.0, 1});
  trained_ = fit(examples);
  threshold_ = kTrainedThreshold;
}

double Matcher::log_odds(Candidate pair, const Features& features) const {
  return trained_ ? (*trained_)(features) : adapted_(pair, features);
}

std::vector<double> Matcher::log_odds(std::span<const Candidate> pairs, std::span<const Features> features) const {
  constexpr std::size_t kPart = 4096;
  std::vector<double> scores(pairs.size());
  for_each_part((pairs.size() + kPart - 1) / kPart, settings_.threads, [&](std::size_t part, int) {
    for (std::size_t i = part * kPart; i < std::min(pairs.size(), (part + 1) * kPart); ++i) scores[i] = log_odds(pairs[i], features[i]);
  });
  return scores;
}

void Matcher::learn() {
  if (learnt_) return;
  learnt_ = true;
  candidates_ = find_candidates(corpus_, settings_.blocking, settings_.threads);
  features_ = measure(candidates_);
  if (!corpus_.self && !trained_)
    adapted_ = self_train(candidates_, features_, adapted_.line, corpus_.left, corpus_.right, settings_.threads);
  scores_ = log_odds(candidates_, features_);
  if (corpus_.self) return;
  MatchProbability known(candidates_, scores_, corpus_.left, corpus_.right);
  if (known.known()) one_to_one_ = std::move(known);
}

std::vector<bool> Matcher::resolve(std::span<const Candidate> pairs, std::span<const double> scores) const {
  if (corpus_.self) return resolve_pairs_of_one(pairs, scores, corpus_.left.size());
  return resolve_one_to_one(pairs, scores, corpus_.left.size(), corpus_.right.size());
}

std::vector<ScoredPair> Matcher::candidates() {
  learn();
  const bool many = settings_.cardinality == Cardinality::many;
  const std::vector<bool> kept = many && !one_to_one_ ? std::vector<bool>(candidates_.size(), true) : resolve(candidates_, scores_);
  std::vector<ScoredPair> result;
  std::vector<double> of_kept;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (!kept[i] && !many) continue;
    const double score = !one_to_one_ ? probability(scores_[i]) : kept[i] ? (*one_to_one_)(scores_[i]) : probability(scores_[i] - kFurther);
    if (kept[i]) of_kept.push_back(score);
    result.push_back({candidates_[i], score, basis_of(features_[i]), false});
  }
  const double least = one_to_one_ ? threshold_of_best_f1(std::move(of_kept)) : threshold_;
  for (std::size_t i = 0, k = 0; i < candidates_.size(); ++i) {
    if (!kept[i] && !many) continue;
    result[k].match = result[k].score >= (kept[i] ? least : std::max(least, 0.5));
    ++k;
  }
  return result;
}

std::vector<ScoredPair> Matcher::score(std::span<const Candidate> pairs) {
  if (!trained_) learn();
  const std::vector<Features> features = measure(pairs);
  const std::vector<double> scores = log_odds(pairs, features);
  const bool many = settings_.cardinality == Cardinality::many;
  const std::vector<bool> kept = many ? std::vector<bool>(pairs.size(), true) : resolve(pairs, scores);
  std::vector<double> probabilities;
  for (const double one : scores) probabilities.push_back(probability(one));
  const double least = trained_ || corpus_.self ? threshold_ : threshold_of_best_f1(probabilities);
  std::vector<ScoredPair> result;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    result.push_back({pairs[i], probabilities[i], basis_of(features[i]), kept[i] && probabilities[i] >= least});
  return result;
}

}  // namespace fairprice::matching
