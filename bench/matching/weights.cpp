#include "bench/matching/weights.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/matching/blocking.hpp"
#include "engine/matching/features.hpp"

namespace fairprice::bench {

using namespace matching;

namespace {

constexpr double kSetWeight = 1000;  // of all pairs of one kind of a data set together, whatever their number
constexpr double kPull = 50;         // stronger than one set would need: what helps on one kind of titles must not hurt on another

void balance(std::vector<Example>& examples, std::size_t begin) {
  double matches = 0;
  for (std::size_t i = begin; i < examples.size(); ++i) matches += examples[i].label;
  const double others = static_cast<double>(examples.size() - begin) - matches;
  for (std::size_t i = begin; i < examples.size(); ++i)
    examples[i].weight = kSetWeight / 2 / std::max(1.0, examples[i].label > 0.5 ? matches : others);
}

}  // namespace

std::vector<Example> examples_of(const DataSet& set, int threads) {
  const Corpus corpus = build_corpus(set.left, set.right_or_null(), threads);
  PairMeter meter(corpus);
  std::vector<Example> examples;
  if (!set.truth.empty()) {
    for (const Candidate& one : find_candidates(corpus, {}, threads)) {
      const bool match = std::binary_search(set.truth.begin(), set.truth.end(), one);
      examples.push_back({meter.measure(one.left, one.right), match ? 1.0 : 0.0, 1});
    }
    balance(examples, 0);
  }
  const std::size_t begin = examples.size();
  for (const DataSet::Judged& one : set.judged)
    if (one.split != "test") examples.push_back({meter.measure(one.pair.pair.left, one.pair.pair.right), one.pair.match ? 1.0 : 0.0, 1});
  balance(examples, begin);
  return examples;
}

Logistic fit_weights(const std::vector<DataSet>& sets, const std::vector<std::vector<Example>>& examples,
                     const std::string& without_family) {
  std::vector<Example> all;
  for (std::size_t i = 0; i < sets.size(); ++i)
    if (sets[i].family != without_family) all.insert(all.end(), examples[i].begin(), examples[i].end());
  return fit_logistic(all, standardised(all), kPull);
}

std::string weights_csv(const Logistic& weights) {
  std::string text = "feature,mean,spread,weight\n";
  for (std::size_t i = 0; i < kFeatures; ++i)
    text += fmt::format("{},{:.5f},{:.5f},{:.5f}\n", feature_name(static_cast<Feature>(i)), weights.mean[i], weights.spread[i],
                        weights.weight[i]);
  return text + fmt::format("bias,{:.5f}\n", weights.bias);
}

}  // namespace fairprice::bench
