#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "indices/panel.hpp"
#include "indices/status.hpp"

namespace fairprice::indices {

/// How unlike the prices of two periods are: 0 where they are proportional. The less, the less the choice of formula matters between them, so
/// that each period is best linked to the most like one before it (similarity linking: Hill 1997; Diewert 2009 and 2021; CPI Theory, chapter 7).
enum class Dissimilarity : std::uint8_t {
  plspread,       ///< |ln(Laspeyres / Paasche)| (Hill 1997)
  asymplinear,    ///< Σ ½(s0+s1) (r/P + P/r − 2), P the Fisher index: weighted asymptotically linear (Diewert 2009)
  logquadratic,   ///< Σ ½(s0+s1) (ln(r/P))², P the Törnqvist index: weighted log quadratic (Diewert 2009)
  predictedshare  ///< Σ (s1 − p0q1/Σp0q1)² + (s0 − p1q0/Σp1q0)²: predicted share; a missing product has price 0 (Diewert 2021)
};

std::string_view dissimilarity_name(Dissimilarity measure);
std::optional<Dissimilarity> find_dissimilarity(std::string_view name);

/// At least 0; or a status, as the indices it is made of.
struct DissimilarityValue {
  double value = 0;
  Status status = Status::ok;
};
DissimilarityValue dissimilarity(Dissimilarity measure, const Panel::Period& base, const Panel::Period& compared);

}  // namespace fairprice::indices
