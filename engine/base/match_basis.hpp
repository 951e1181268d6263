#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fairprice {

/// How a row got its product, in the order in which the bases are asked. Spelt as printed.
enum class MatchBasis : std::uint8_t { decision, barcode, model, title, similar, unmatched };
inline constexpr int kMatchBases = 6;
constexpr std::string_view match_basis_name(MatchBasis basis) {
  constexpr std::string_view kNames[kMatchBases] = {"decision", "barcode", "model", "title", "similar", "unmatched"};
  return kNames[static_cast<std::size_t>(basis)];
}

}  // namespace fairprice
