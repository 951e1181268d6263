// index_speed FILE | --province : seconds of index methods on a panel, the file's reading left out; the best of several runs, with the last value.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "engine/indexing/panel_file.hpp"
#include "indices/extension.hpp"
#include "indices/geks.hpp"
#include "indices/panel_methods.hpp"
#include "indices/series.hpp"

namespace {

using namespace fairprice::indices;

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void measure(std::string_view what, int repetitions, const std::function<std::vector<IndexValue>()>& make) {
  double best = 1e300;
  IndexValue last;
  for (int i = 0; i < repetitions; ++i) {
    const double start = seconds();
    last = make().back();
    best = std::min(best, seconds() - start);
  }
  fmt::print("{},{:.6f},{:.15g}\n", what, best, last.value);
}

std::vector<IndexValue> geks(const Panel& panel, std::size_t window) {
  const Geks table(panel, Formula::tornqvist, window);
  return extended_series(panel.periods(), window, window == panel.periods() ? Splice::none : Splice::mean,
                         [&](std::size_t first, std::size_t count) { return table.window(first, count); });
}

/// A hundred categories of a thousand products over sixty months: each lives for a while, with gaps; prices wander.
void province() {
  std::uint64_t state = 1;
  const auto random = [&](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % below;
  };
  double taken = 0;
  double sum = 0;
  std::size_t observations = 0;
  for (int category = 0; category < 100; ++category) {
    std::vector<Observation> rows;
    for (std::uint32_t product = 0; product < 1000; ++product) {
      const auto from = static_cast<std::uint32_t>(random(30));
      const auto until = from + 20 + static_cast<std::uint32_t>(random(41));
      double price = 10 + static_cast<double>(random(1000));
      for (std::uint32_t t = from; t < std::min<std::uint32_t>(until, 60); ++t) {
        price *= 0.98 + 0.00004 * static_cast<double>(random(1000));
        if (random(10) != 0) rows.push_back({t, product, price, 1 + static_cast<double>(random(100))});
      }
    }
    observations += rows.size();
    const double start = seconds();
    const Panel panel(rows, 60);
    sum += geks(panel, 25).back().value;
    taken += seconds() - start;
  }
  fmt::print("province,{:.3f},{:.15g}\nobservations,{},\n", taken, sum, observations);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view what = count == 2 ? arguments[1] : "";
  if (what == "--province") {
    province();
    return 0;
  }
  if (what.empty()) {
    fmt::print(stderr, "index_speed FILE | --province\n");
    return 2;
  }
  const auto file = fairprice::indexing::read_panel(std::string(what), false);
  const Panel& panel = file.groups.front().panel;
  const std::size_t all = panel.periods();
  measure("geks-tornqvist, one window", 20, [&] { return geks(panel, all); });
  measure("geks-tornqvist, window 13", 20, [&] { return geks(panel, std::min<std::size_t>(13, all)); });
  measure("geary-khamis", 20, [&] { return geary_khamis(panel, 0, all); });
  measure("wtpd", 20, [&] { return time_product_dummy(panel, 0, all); });
  measure("fisher, chained", 20,
          [&] { return chained_series(panel, {.formula = Formula::fisher, .formula_options = {}, .weight_period = 0}); });
  return 0;
}
