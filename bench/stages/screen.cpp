// screen: which sellers' prices a method keeps. Peers: the tests' exact fractions of any size, as far as they end in a sensible time, and
// the formula of ratio_z in double as anybody would write it first.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "bench/province/random.hpp"
#include "bench/stages/month.hpp"
#include "engine/market/screening.hpp"
#include "tests/support/slow_screening.hpp"

namespace fairprice::bench {
namespace {

using Prices = std::vector<std::int64_t>;
using rules::ScreeningMethod;

constexpr std::size_t kMostExact = 100;  // sellers that the exact peer is timed with

rules::ScreeningPolicy policy_of(ScreeningMethod method) {
  rules::ScreeningPolicy policy;
  policy.method = method;
  if (method == ScreeningMethod::modified_z || method == ScreeningMethod::hidiroglou_berthelot) policy.floor = {10, 100};
  return policy;
}

/// Markets of n sellers: most within a tenth of each other, one in twenty wild, one in a hundred typed x10.
const std::vector<Prices>& markets(std::size_t n) {
  static std::map<std::size_t, std::vector<Prices>> made;
  std::vector<Prices>& result = made[n];
  if (!result.empty()) return result;
  Random random(mix(n, 11));
  for (std::size_t i = 0; i < std::max<std::size_t>(4, 8192 / n); ++i) {
    const std::int64_t middle = random.between(1'000'000'000, 900'000'000'000);  // 10 to 9 000 yuan
    Prices prices;
    for (std::size_t j = 0; j < n; ++j) {
      const std::int64_t level = random.chance(500) ? random.between(3'000, 22'000) : random.between(9'300, 10'700);
      prices.push_back(middle / 10'000 * (random.chance(100) ? level * 10 : level));
    }
    std::sort(prices.begin(), prices.end());
    result.push_back(std::move(prices));
  }
  return result;
}

std::size_t kept_exactly(const Prices& prices, const rules::ScreeningPolicy& policy) {
  const std::vector<bool> kept = slow::screen(prices, policy);
  return static_cast<std::size_t>(std::count(kept.begin(), kept.end(), true));
}

std::size_t kept_in_double(const Prices& prices, const rules::ScreeningPolicy& policy) {
  const std::size_t n = prices.size();
  const auto share = [](Ratio ratio) { return static_cast<double>(ratio.numerator) / static_cast<double>(ratio.denominator); };
  const double c = (static_cast<double>(prices[(n - 1) / 2]) + static_cast<double>(prices[n / 2])) / 2;
  std::vector<double> distances;
  for (const std::int64_t price : prices) {
    const auto x = static_cast<double>(price);
    distances.push_back(std::max(x, c) / std::min(x, c) - 1);
  }
  std::vector<double> sorted = distances;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(n / 2), sorted.end());
  const double limit = std::min(std::max(share(policy.cutoff) * sorted[n / 2], share(policy.floor)), share(policy.max_distance));
  return static_cast<std::size_t>(std::count_if(distances.begin(), distances.end(), [&](double s) { return s <= limit; }));
}

/// The first markets of a size against every peer: price by price against the exact one, in number against the other.
void check(std::size_t n, const rules::ScreeningPolicy& policy) {
  const std::size_t some = n > kMostExact ? 1 : 8;
  for (std::size_t i = 0; i < markets(n).size(); ++i) {
    const Prices& prices = markets(n)[i];
    const market::KeptRun run = market::screen(prices, policy);
    if (i < some) {
      const std::vector<bool> kept = slow::screen(prices, policy);
      for (std::size_t j = 0; j < n; ++j) require(kept[j] == (j >= run.first && j < run.last), "screen: " + std::to_string(n) + " sellers");
    }
    if (policy.method == ScreeningMethod::ratio_z)
      require(kept_in_double(prices, policy) == run.count(), "screen: double, " + std::to_string(n) + " sellers");
  }
}

template <class Screen>
void run(benchmark::State& state, std::size_t n, ScreeningMethod method, Screen&& screen) {
  const rules::ScreeningPolicy policy = policy_of(method);
  static std::map<std::pair<std::size_t, ScreeningMethod>, bool> checked;
  if (bool& done = checked[{n, method}]; !done) {
    check(n, policy);
    done = true;
  }
  const std::vector<Prices>& all = markets(n);
  std::size_t market = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(screen(all[market], policy));
    if (++market == all.size()) market = 0;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(n * sizeof(std::int64_t)));
}

template <class Screen>
void add(const char* method_name, ScreeningMethod method, std::size_t n, const char* who, Screen screen) {
  const std::string name = std::string("screen/") + method_name + ", " + std::to_string(n) + " sellers/" + who;
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) { run(state, n, method, screen); });
}

bool add_all() {
  const std::pair<const char*, ScreeningMethod> methods[] = {{"ratio_z", ScreeningMethod::ratio_z},
                                                             {"modified_z", ScreeningMethod::modified_z},
                                                             {"tukey", ScreeningMethod::tukey},
                                                             {"hidiroglou_berthelot", ScreeningMethod::hidiroglou_berthelot},
                                                             {"none", ScreeningMethod::none}};
  for (const auto& [name, method] : methods)
    for (const std::size_t n : {3U, 8U, 30U, 100U, 1000U}) {
      add(name, method, n, "fairprice",
          [](const Prices& prices, const rules::ScreeningPolicy& policy) { return market::screen(prices, policy).count(); });
      if (n <= kMostExact) add(name, method, n, "exact fractions", kept_exactly);
      if (method == ScreeningMethod::ratio_z) add(name, method, n, "in double", kept_in_double);
    }
  return true;
}

[[maybe_unused]] const bool added = add_all();

}  // namespace
}  // namespace fairprice::bench
