#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>

#include "tests/support/history_folder.hpp"

namespace fairprice::own_index {
namespace {

using testing_support::HistoryFolder;

/// What the page says, done the slow way from the prices that were written: means of the sellers, nearest month that shares enough, four decimals.
std::vector<std::optional<double>> slow_levels(const std::vector<std::map<int, std::vector<double>>>& months, const Rules& rules) {
  std::vector<std::map<int, double>> means;
  for (const auto& month : months) {
    means.emplace_back();
    for (const auto& [product, prices] : month) {
      if (prices.size() < static_cast<std::size_t>(rules.sellers)) continue;
      double sum = 0;
      for (const double price : prices) sum += price;
      means.back()[product] = sum / static_cast<double>(prices.size());
    }
  }
  std::vector<std::optional<double>> levels(months.size());
  bool begun = false;
  for (std::size_t t = 0; t < months.size(); ++t) {
    if (!begun) {
      begun = static_cast<int>(means[t].size()) >= rules.matched;
      if (begun) levels[t] = 100;
      continue;
    }
    for (std::size_t back = 1; back <= t && static_cast<int>(back) <= rules.gap && !levels[t]; ++back) {
      double product_of_relatives = 1;
      int matched = 0;
      for (const auto& [product, mean] : means[t])
        if (const auto before = means[t - back].find(product); before != means[t - back].end())
          product_of_relatives *= mean / before->second, ++matched;
      if (matched < rules.matched || !levels[t - back]) continue;
      levels[t] = std::round(*levels[t - back] * std::pow(product_of_relatives, 1.0 / matched) * 1e4) / 1e4;
    }
  }
  return levels;
}

// Prices within 4 % of each other, so that none is screened out, and no fall that would be a clearance.
TEST(OwnIndexAgainstSlow, LevelsAgreeOnRandomHistories) {
  int without = 0;  // months without a level, and levels linked over such a month: without them the test could not fail there
  int over_gaps = 0;
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    std::mt19937 random(seed);
    const auto share = [&] { return static_cast<double>(random() % 10'000) / 10'000; };
    Rules rules;
    rules.sellers = 3;
    rules.matched = 12;
    HistoryFolder folder;
    std::vector<std::map<int, std::vector<double>>> months(8);
    for (std::size_t t = 0; t < months.size(); ++t) {
      const std::string period = "2023-0" + std::to_string(t + 1);
      const double present = share() < 0.3 ? 0.35 : 0.8;  // thin months too
      for (int product = 0; product < 24; ++product) {
        if (share() > present) continue;
        std::vector<std::string> texts;
        auto& prices = months[t][product];
        for (std::size_t i = 0, shops = 2 + random() % 4; i < shops; ++i) {
          const auto fen = static_cast<int>((100 + product * 37) * (0.9 + 0.2 * share()) * (1 + 0.02 * share()) * 100 / 4) * 4;
          prices.push_back((i == 0 ? fen : static_cast<int>(std::lround(prices[0] * 100 * (1 + 0.03 * share())))) / 100.0);
          texts.push_back(std::to_string(std::lround(prices.back() * 100) / 100) + "." +
                          std::to_string(100 + std::lround(prices.back() * 100) % 100).substr(1));
        }
        folder.quotes(period, "P" + std::to_string(1000 + product) + "X", texts);
      }
    }
    const OwnIndex index = build_index(folder.history(rules), false);
    const auto expected = slow_levels(months, rules);
    std::map<Period, std::int64_t> levels;
    for (const CategoryMonth& one : index.categories)
      if (one.level >= 0) levels[one.period] = one.level;
    for (std::size_t t = 0; t < months.size(); ++t) {
      const auto found = levels.find(Period::of(2023, static_cast<int>(t) + 1));
      ASSERT_EQ(found != levels.end(), expected[t].has_value()) << "seed " << seed << ", month " << t + 1;
      without += expected[t] ? 0 : 1;
      if (!expected[t]) continue;
      over_gaps += t > 1 && !expected[t - 1] && (expected[t - 2] || (t > 2 && expected[t - 3])) ? 1 : 0;
      EXPECT_NEAR(static_cast<double>(found->second) / 1e8, *expected[t], 1.01e-4) << "seed " << seed << ", month " << t + 1;
    }
  }
  EXPECT_GT(without, 0);
  EXPECT_GT(over_gaps, 0);
}

}  // namespace
}  // namespace fairprice::own_index
