#pragma once

#include <string>
#include <vector>

#include "engine/catalogue/title/tokens.hpp"

namespace fairprice::title {

/// A text that may be a model, by its shape alone.
struct ModelCandidate {
  std::string text;       ///< folded, as Keys would fold the cell
  double confidence = 0;  ///< 0 to 1, not a price: how sure the shape is to name one model exactly
  std::size_t first = 0;  ///< tokens that it is made of
  std::size_t last = 0;
  bool choice = false;  ///< another model stands behind a slash: E5490/5491
  bool open = false;    ///< more hangs on to it that is no model's by its shape: KFR-35GW/SQB+3, DS-2CD3T46WD-I3
};
/// From here on a shape names one exact model (`20Y7003LCD`, `M427FDW`); below, it may be a series (`E14`, `M427`, `灵越5370`).
inline constexpr double kExactModel = 0.9;  // not a price

/// Letters with digits that no reader has taken as a configuration or a standard, joined over dashes and slashes where the shape says that
/// they belong together (`KFR-35GW/BP2DN1Y`, `MGKM2CH/A`), in the order of the text, none inside another. Tokens from `end` on are left out.
std::vector<ModelCandidate> model_candidates(const Tokens& tokens, std::size_t end);

/// Every run of one to five tokens with a digit, together with up to four ideographs in front, folded: what is looked up among the models
/// that are known. Longest first.
std::vector<ModelCandidate> model_spans(const Tokens& tokens, std::size_t end);

}  // namespace fairprice::title
