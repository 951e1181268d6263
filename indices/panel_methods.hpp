#pragma once

#include <cstdint>
#include <vector>

#include "indices/panel.hpp"
#include "indices/status.hpp"

/// Multilateral methods that estimate a value of every product along with the level of every period, of all prices of a window at once.
/// Both are solved exactly, in one system of the window's periods: O(Σ of each product's squared number of periods + count³).
namespace fairprice::indices {

enum class Sample : std::uint8_t {
  all,        ///< every product of the window
  all_window  ///< products that are in every period of it
};

/// The weight of an observation in a time product dummy regression.
enum class ObservationWeights : std::uint8_t {
  none,        ///< all alike (Summers 1973, the country product dummy; Aizcorbe, Corrado and Doms 2003)
  shares,      ///< its share in the expenditure of its period (Rao 2005; Diewert 2005)
  expenditure  ///< its expenditure
};

/// Geary–Khamis (Geary 1958, Khamis 1970; over time Chessa 2016): P_t = Σ p q / Σ b q, where b_n = Σ_t p q/P_t / Σ_t q is the product's
/// quality-adjusted price. Every price needs a quantity; products without any count nothing. Periods first … first + count − 1; the first is 1.
std::vector<IndexValue> geary_khamis(const Panel& panel, std::size_t first, std::size_t count, Sample sample = Sample::all);

/// Time product dummy: ln p = δ_t + γ_n + ε by weighted least squares; the index is exp(δ_t − δ_first) (de Haan and Krsinich 2014). No
/// correction of the retransformation. With shares of two periods see time_product_dummy_bilateral.
std::vector<IndexValue> time_product_dummy(const Panel& panel, std::size_t first, std::size_t count,
                                           ObservationWeights weights = ObservationWeights::shares, Sample sample = Sample::all);

}  // namespace fairprice::indices
