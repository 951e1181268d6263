#include "engine/matching/resolve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace fairprice::matching {

namespace {

std::vector<std::uint32_t> best_first(std::span<const Candidate> candidates, std::span<const double> log_odds) {
  std::vector<std::uint32_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (log_odds[a] != log_odds[b]) return log_odds[a] > log_odds[b];
    return candidates[a] < candidates[b];
  });
  return order;
}

}  // namespace

std::vector<bool> resolve_one_to_one(std::span<const Candidate> candidates, std::span<const double> log_odds, std::size_t left_records,
                                     std::size_t right_records) {
  std::vector<bool> taken_left(left_records);
  std::vector<bool> taken_right(right_records);
  std::vector<bool> kept(candidates.size());
  for (const std::uint32_t i : best_first(candidates, log_odds)) {
    const Candidate& one = candidates[i];
    if (taken_left[one.left] || taken_right[one.right]) continue;
    taken_left[one.left] = taken_right[one.right] = true;
    kept[i] = true;
  }
  return kept;
}

std::vector<bool> resolve_pairs_of_one(std::span<const Candidate> candidates, std::span<const double> log_odds, std::size_t records) {
  std::vector<bool> taken(records);
  std::vector<bool> kept(candidates.size());
  for (const std::uint32_t i : best_first(candidates, log_odds)) {
    const Candidate& one = candidates[i];
    if (taken[one.left] || taken[one.right]) continue;
    taken[one.left] = taken[one.right] = true;
    kept[i] = true;
  }
  return kept;
}

MatchProbability::MatchProbability(std::span<const Candidate> candidates, std::span<const double> log_odds, const Documents& left,
                                   const Documents& right) {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  constexpr std::size_t kFewest = 20;
  constexpr int kRounds = 15;
  const bool by_left = left.size() <= right.size();
  const std::vector<std::uint32_t>& twin = (by_left ? right : left).twin;
  const auto record_of = [&](std::size_t i) { return by_left ? candidates[i].left : candidates[i].right; };
  const auto other_of = [&](std::size_t i) { return by_left ? candidates[i].right : candidates[i].left; };
  std::vector<double> best(by_left ? left.size() : right.size(), kNone);
  std::vector<std::uint32_t> best_twin(best.size());
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (log_odds[i] > best[record_of(i)]) best[record_of(i)] = log_odds[i], best_twin[record_of(i)] = twin[other_of(i)];
  std::vector<double> second(best.size(), kNone);
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (twin[other_of(i)] != best_twin[record_of(i)]) second[record_of(i)] = std::max(second[record_of(i)], log_odds[i]);
  std::vector<Shown> shown;
  std::size_t strangers = 0;
  for (std::size_t record = 0; record < best.size(); ++record) {
    if (best[record] == kNone) continue;
    shown.push_back({best[record], second[record]});
    strangers += second[record] == kNone ? 0U : 1U;
  }
  if (shown.size() < kFewest || strangers < kFewest) return;
  std::vector<double> matched(shown.size(), 1);
  for (int round = 0; round < kRounds; ++round) {
    fit(shown, matched);
    for (std::size_t i = 0; i < shown.size(); ++i) matched[i] = (*this)(shown[i].best);
  }
}

/// One round: `matched[i]` is how probable it is that the best of record i is no stranger.
void MatchProbability::fit(std::span<const Shown> shown, std::span<const double> matched) {
  struct Point {
    double score;
    double best;      // how many best scores
    double stranger;  // and strangers' best scores
  };
  std::vector<Point> points;
  double strangers = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    points.push_back({shown[i].best, 1, 1 - matched[i]});
    if (std::isfinite(shown[i].second)) points.push_back({shown[i].second, 0, matched[i]});
  }
  std::sort(points.begin(), points.end(),
            [](const Point& a, const Point& b) { return a.score != b.score ? a.score < b.score : a.stranger < b.stranger; });
  for (const Point& point : points) strangers += point.stranger;

  const auto bests = static_cast<double>(shown.size());
  double below_best = 0;
  double below_stranger = 0;
  for (const Point& point : points) {
    below_best += point.best;
    below_stranger += point.stranger;
    if (2 * below_stranger >= strangers) break;
  }
  unmatched_share_ = std::min(1.0, (below_best + 1) / bests * strangers / std::max(below_stranger, 1e-9));

  struct Pool {
    double from, best, stranger;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < points.size();) {
    Pool pool{points[i].score, 0, 0};
    for (; i < points.size() && points[i].score == pool.from; ++i) pool.best += points[i].best, pool.stranger += points[i].stranger;
    pools.push_back(pool);
    while (pools.size() > 1) {
      const Pool& last = pools[pools.size() - 1];
      Pool& before = pools[pools.size() - 2];
      if (before.best * (last.best + last.stranger) < last.best * (before.best + before.stranger)) break;
      before.best += last.best;
      before.stranger += last.stranger;
      pools.pop_back();
    }
  }
  steps_.clear();
  for (const Pool& pool : pools) {
    const double share = std::clamp(pool.best / std::max(pool.best + pool.stranger, 1e-9), 1e-3, 1 - 1e-3);
    steps_.push_back({pool.from, share / (1 - share) * strangers / bests});
  }
}

double MatchProbability::operator()(double log_odds) const {
  const auto above =
      std::upper_bound(steps_.begin(), steps_.end(), log_odds, [](double score, const Step& step) { return score < step.from; });
  const double ratio = above == steps_.begin() ? steps_.front().ratio : std::prev(above)->ratio;
  return std::clamp(1 - unmatched_share_ / ratio, 0.0, 1.0);
}

}  // namespace fairprice::matching
