#include <gtest/gtest.h>

#include <array>

#include "indices/bilateral.hpp"
#include "indices/panel.hpp"
#include "indices/series.hpp"

namespace fairprice::indices {
namespace {

// The artificial data set of the Consumer Price Index Manual (2004), chapter 19: six commodities in five periods, and the fixed base indices that the chapter prints, with
// four decimals.
constexpr std::array<std::array<double, 6>, 5> kPrices = {{{1.0, 1.0, 1.0, 1.0, 1.0, 1.0},
                                                           {1.2, 3.0, 1.3, 0.7, 1.4, 0.8},
                                                           {1.0, 1.0, 1.5, 0.5, 1.7, 0.6},
                                                           {0.8, 0.5, 1.6, 0.3, 1.9, 0.4},
                                                           {1.0, 1.0, 1.6, 0.1, 2.0, 0.2}}};
constexpr std::array<std::array<double, 6>, 5> kQuantities = {{{1.0, 1.0, 2.0, 1.0, 4.5, 0.5},
                                                               {0.8, 0.9, 1.9, 1.3, 4.7, 0.6},
                                                               {1.0, 1.1, 1.8, 3.0, 5.0, 0.8},
                                                               {1.2, 1.2, 1.9, 6.0, 5.6, 1.3},
                                                               {0.9, 1.2, 2.0, 12.0, 6.5, 2.5}}};

struct Published {
  Formula formula;
  std::array<double, 5> index;
};

TEST(CpiManual, ChapterNineteenIsReproduced) {
  std::vector<Observation> observations;
  for (std::uint32_t t = 0; t < 5; ++t)
    for (std::uint32_t product = 0; product < 6; ++product)
      observations.push_back({t, product, kPrices[t][product], kQuantities[t][product]});
  const Panel panel(observations, 5);
  for (const Published& published : {Published{Formula::laspeyres, {1.0, 1.4200, 1.3450, 1.3550, 1.4400}},
                                     Published{Formula::paasche, {1.0, 1.3823, 1.2031, 1.0209, 0.7968}},
                                     Published{Formula::fisher, {1.0, 1.4011, 1.2721, 1.1762, 1.0712}},
                                     Published{Formula::walsh, {1.0, 1.4017, 1.2850, 1.2193, 1.1850}}}) {
    const std::vector<IndexValue> series = fixed_base_series(panel, {published.formula, {}, 0}, 0);
    for (std::size_t t = 0; t < 5; ++t)
      EXPECT_NEAR(series[t].value, published.index[t], 1e-4) << formula_name(published.formula) << " " << t + 1;
  }
}

}  // namespace
}  // namespace fairprice::indices
