#include "engine/matching/resolve.hpp"

#include <algorithm>
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

std::vector<bool> resolve_pairs_of_one(std::span<const Candidate> candidates, std::span<const double> log_odds,
                                       std::size_t records) {
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
  constexpr double kLeastRatio = 3;  // of the densities at the top: below it nothing stands out
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
  struct Point {
    double score;
    bool best;
  };
  std::vector<Point> points;
  std::vector<double> strangers;
  std::size_t bests = 0;
  for (std::size_t record = 0; record < best.size(); ++record) {
    if (best[record] == kNone) continue;
    points.push_back({best[record], true});
    ++bests;
    if (second[record] == kNone) continue;
    points.push_back({second[record], false});
    strangers.push_back(second[record]);
  }
  if (bests < kFewest || strangers.size() < kFewest) return;

  const auto middle = strangers.begin() + static_cast<std::ptrdiff_t>(strangers.size() / 2);
  std::nth_element(strangers.begin(), middle, strangers.end());
  const double median = *middle;
  const auto below =
      std::count_if(points.begin(), points.end(), [&](const Point& point) { return point.best && point.score < median; });
  unmatched_share_ = std::min(1.0, 2 * static_cast<double>(below + 1) / static_cast<double>(bests));

  std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.score < b.score; });
  struct Pool {
    double from, sum;
    double count;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < points.size();) {
    Pool pool{points[i].score, 0, 0};
    for (; i < points.size() && points[i].score == pool.from; ++i) pool.sum += points[i].best ? 1 : 0, pool.count += 1;
    pools.push_back(pool);
    while (pools.size() > 1) {
      Pool& last = pools[pools.size() - 1];
      Pool& before = pools[pools.size() - 2];
      if (before.sum * last.count < last.sum * before.count) break;
      before.sum += last.sum;
      before.count += last.count;
      pools.pop_back();
    }
  }
  const double per_best = static_cast<double>(strangers.size()) / static_cast<double>(bests);
  for (const Pool& pool : pools) {
    const double share = std::clamp(pool.sum / pool.count, 1e-3, 1 - 1e-3);
    steps_.push_back({pool.from, share / (1 - share) * per_best});
  }
  if (steps_.back().ratio < kLeastRatio) steps_.clear();
}

double MatchProbability::operator()(double log_odds) const {
  const auto above = std::upper_bound(steps_.begin(), steps_.end(), log_odds, [](double score, const Step& step) { return score < step.from; });
  const double ratio = above == steps_.begin() ? steps_.front().ratio : std::prev(above)->ratio;
  return std::clamp(1 - unmatched_share_ / ratio, 0.0, 1.0);
}

}  // namespace fairprice::matching
