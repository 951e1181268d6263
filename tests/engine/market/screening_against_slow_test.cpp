// Every method against tests/support/slow_screening.hpp: all small multisets of prices at which something tips over, then large random ones.

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "engine/market/screening.hpp"
#include "tests/support/slow_screening.hpp"

namespace fairprice::market {
namespace {

using rules::ScreeningMethod;
using Prices = std::vector<std::int64_t>;

constexpr std::array kMethods = {ScreeningMethod::ratio_z, ScreeningMethod::modified_z, ScreeningMethod::tukey,
                                 ScreeningMethod::hidiroglou_berthelot, ScreeningMethod::none};

std::vector<rules::ScreeningPolicy> policies_of(ScreeningMethod method) {
  rules::ScreeningPolicy shipped;
  shipped.method = method;
  if (method == ScreeningMethod::modified_z || method == ScreeningMethod::hidiroglou_berthelot) shipped.floor = {10, 100};
  rules::ScreeningPolicy strict = shipped;  // every floor gone: zero spreads keep nothing but the median itself
  strict.floor = {0, 1};
  strict.median_share = {0, 1};
  strict.cutoff = {1, 1};
  strict.fences = {0, 1};
  strict.reach = {1, 1};
  rules::ScreeningPolicy wide = shipped;  // every digit of the constants used
  wide.cutoff = {9'999'999, 10'000};
  wide.floor = {12'345, 10'000};
  wide.max_distance = {9'999'999, 10'000};
  wide.fences = {33'333, 10'000};
  wide.reach = {9'999'999, 10'000};
  wide.median_share = {77'777, 10'000};
  return {shipped, strict, wide};
}

std::string shown(const Prices& prices, const rules::ScreeningPolicy& policy) {
  std::string text = "method " + std::to_string(static_cast<int>(policy.method)) + " cutoff " + policy.cutoff.to_string() + ":";
  for (const std::int64_t price : prices) text += " " + std::to_string(price);
  return text;
}

bool agree(const Prices& sorted, const rules::ScreeningPolicy& policy) {
  const std::vector<bool> slow = slow::screen(sorted, policy);
  const KeptRun fast = screen(sorted, policy);
  bool same = fast.first <= fast.last && fast.last <= sorted.size();
  for (std::size_t i = 0; i < sorted.size(); ++i) same = same && slow[i] == (i >= fast.first && i < fast.last);
  if (same && !sorted.empty()) same = is_dispersed(sorted, fast, {}) == slow::dispersed(sorted, slow, {});
  return same;
}

/// Calls visit for every multiset of `left` more prices, none before `from`.
template <class Visit>
void each_multiset(const std::array<std::int64_t, 8>& prices, std::size_t from, std::size_t left, Prices& chosen, Visit&& visit) {
  visit(chosen);
  if (left == 0) return;
  for (std::size_t i = from; i < prices.size(); ++i) {
    chosen.push_back(prices[i]);
    each_multiset(prices, i, left - 1, chosen, visit);
    chosen.pop_back();
  }
}

void expect_all_multisets_agree(const std::array<std::int64_t, 8>& prices) {
  int failures = 0;
  Prices chosen;
  for (const ScreeningMethod method : kMethods)
    for (const auto& policy : policies_of(method))
      each_multiset(prices, 0, 6, chosen, [&](const Prices& sorted) {
        if (failures < 5 && !agree(sorted, policy)) {
          ++failures;
          ADD_FAILURE() << shown(sorted, policy);
        }
      });
}

// c = 1000 with the floors 0.30 and 0.10, the distance 2 and the reach 0.40 just met and just missed.
TEST(ScreeningAgainstSlow, AgreesOnAllSmallMarketsAtTheThresholds) {
  expect_all_multisets_agree({76'923'077'000, 90'000'000'000, 100'000'000'000, 110'000'000'000, 110'000'000'001, 130'000'000'000,
                              130'000'000'500, 300'000'000'000});
}

TEST(ScreeningAgainstSlow, AgreesOnAllSmallMarketsOfTinyCounts) { expect_all_multisets_agree({1, 2, 3, 4, 7, 10, 100, 1'000'000'007}); }

// Around 9 x 10^10, where the distance leaves 64 bits, up to the largest unit price, 2^60.
TEST(ScreeningAgainstSlow, AgreesOnAllSmallMarketsOfLargeCounts) {
  expect_all_multisets_agree({1'000'000'000, 90'999'999'999, 91'000'000'000, 91'000'000'001, 180'000'000'003, 100'000'000'000'000'001,
                              999'999'999'999'999'999, (std::int64_t{1} << 60) - 1});
}

// From one count to the largest unit price: distances of up to 10^26 counts.
TEST(ScreeningAgainstSlow, AgreesOnAllSmallMarketsOfUnlikePrices) {
  expect_all_multisets_agree({1, 10'000, 30'000'000'000, 300'000'000'000, 10'000'000'000'000, 1'000'000'000'000'000,
                              100'000'000'000'000'000, (std::int64_t{1} << 60) - 1});
}

TEST(ScreeningAgainstSlow, AgreesOnLargeRandomMarkets) {
  constexpr unsigned kSeed = 20231101;
  std::mt19937_64 random(kSeed);
  int failures = 0;
  for (int round = 0; round < 300 && failures < 5; ++round) {
    const std::size_t n = 7 + random() % 60;
    const std::int64_t base = static_cast<std::int64_t>(1'000'000 + random() % 1'000'000'000'000);
    const std::int64_t spread = static_cast<std::int64_t>(1 + random() % 100);  // per cent
    Prices prices;
    for (std::size_t i = 0; i < n; ++i) {
      std::int64_t price = base + base / 100 * static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(spread)) +
                           static_cast<std::int64_t>(random() % 3);
      if (random() % 12 == 0) price *= 10;
      if (random() % 12 == 0) price /= 10;
      if (random() % 3 == 0 && !prices.empty()) price = prices[random() % prices.size()];  // ties
      prices.push_back(price);
    }
    std::sort(prices.begin(), prices.end());
    for (const ScreeningMethod method : kMethods)
      for (const auto& policy : policies_of(method))
        if (!agree(prices, policy)) {
          ++failures;
          ADD_FAILURE() << "seed " << kSeed << " round " << round << ", " << shown(prices, policy);
        }
  }
}

TEST(ScreeningAgainstSlow, StatisticsAgreeOnRandomMarkets) {
  constexpr unsigned kSeed = 20231102;
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    Prices prices(1 + random() % 12);
    for (std::int64_t& price : prices) price = static_cast<std::int64_t>(random() >> (4 + random() % 58)) + 1;
    std::sort(prices.begin(), prices.end());
    const std::vector<slow::Whole> exact(prices.begin(), prices.end());
    ASSERT_EQ(slow::Whole(median_of_sorted(prices)), slow::median(exact)) << "seed " << kSeed << " round " << round;
    ASSERT_EQ(slow::Whole(mean_of(prices)), slow::mean(exact)) << "seed " << kSeed << " round " << round;
    const int p = static_cast<int>(1 + random() % 100);
    ASSERT_EQ(slow::Whole(statistic_of_sorted(prices, {rules::Statistic::Kind::percentile, p})),
              slow::nearest_rank(exact, static_cast<std::size_t>(p), 100))
        << "percentile " << p << " of " << prices.size();
  }
}

}  // namespace
}  // namespace fairprice::market
