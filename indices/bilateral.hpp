#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "indices/matched.hpp"
#include "indices/status.hpp"

namespace fairprice::indices {

/// Indices of two periods. r is the price relative p1/p0 of a product, s0 and s1 its share in the expenditure p·q of the matched products in
/// the base and in the compared period. Theory: CPI Manual 2004, chapters 15 to 17 and 20, and "Consumer Price Index Theory" (2020-23),
/// chapters 2, 3, 5 and 6; other sources stand beside the formula.
enum class Formula : std::uint8_t {
  // Elementary, of prices alone.
  dutot,     ///< Σp1 / Σp0, the ratio of mean prices (Dutot 1738). Depends on the units of the products.
  carli,     ///< mean of r (Carli 1764). Fails time reversal, upwards.
  jevons,    ///< geometric mean of r (Jevons 1865)
  harmonic,  ///< harmonic mean of r (Jevons 1865, Coggeshall 1886)
  cswd,      ///< √(Carli × harmonic): Carruthers, Sellwood and Ward 1980, Dalén 1992
  bmw,       ///< Σ√r / Σ√(1/r): Balk, Mehrhoff and Walsh (Balk 2005, Mehrhoff 2007)
  // With quantities.
  laspeyres,           ///< Σp1q0 / Σp0q0 = Σ s0 r (Laspeyres 1871)
  paasche,             ///< Σp1q1 / Σp0q1 = 1 / Σ s1/r (Paasche 1874)
  fisher,              ///< √(Laspeyres × Paasche) (Fisher 1922), superlative
  tornqvist,           ///< Π r^((s0+s1)/2) (Törnqvist 1936), superlative
  walsh,               ///< Σp1√(q0q1) / Σp0√(q0q1) (Walsh 1901), superlative
  marshall_edgeworth,  ///< Σp1(q0+q1) / Σp0(q0+q1)
  sato_vartia,         ///< Π r^w, w the normalised logarithmic mean of s0 and s1 (Sato 1976, Vartia 1976)
  stuvel,              ///< A + √(A² + V), A = (Laspeyres price − Laspeyres quantity index)/2, V the value ratio (Stuvel 1957)
  drobisch,            ///< (Laspeyres + Paasche) / 2 (Drobisch 1871)
  palgrave,            ///< Σ s1 r (Palgrave 1886)
  lloyd_moulton,  ///< (Σ s0 r^(1−σ))^(1/(1−σ)), σ the elasticity of substitution; σ = 1 geometric Laspeyres (Lloyd 1975, Moulton 1996)
  geometric_laspeyres,           ///< Π r^s0 (Konüs and Byushgens 1926)
  geometric_paasche,             ///< Π r^s1
  geary_khamis_bilateral,        ///< Σp1h / Σp0h, h the harmonic mean of q0 and q1 (Geary 1958, Khamis 1970)
  time_product_dummy_bilateral,  ///< exp of the weighted mean of ln r: Jevons, or by weights below (Diewert 2005)
  unit_value,                    ///< (Σp1q1/Σq1) / (Σp0q0/Σq0): for one good at several prices, not for different goods
  // With the quantities of a third period b, whose products are matched too.
  young,  ///< Σ sb r, sb the shares of period b (Young 1812)
  lowe    ///< Σp1qb / Σp0qb (Lowe 1823)
};

/// How the regression behind the bilateral time product dummy index weighs its observations.
enum class DummyWeights : std::uint8_t {
  none,    ///< all alike: Jevons
  shares,  ///< each with its own share: relatives weighted by s0·s1/(s0+s1)
  average  ///< with the mean of both shares: Törnqvist
};

struct FormulaOptions {
  double sigma = 0.7;                               ///< lloyd_moulton
  DummyWeights dummy_weights = DummyWeights::none;  ///< time_product_dummy_bilateral
};

/// `laspeyres`, `marshall-edgeworth`, `time-product-dummy-bilateral` …
std::string_view formula_name(Formula formula);
/// Reads `marshall-edgeworth` and `marshall_edgeworth`.
std::optional<Formula> find_formula(std::string_view name);
/// Elementary formulas do not: they are defined for prices without quantities.
bool needs_quantities(Formula formula);

/// The index of the compared period of `products` against the base. No product: no_match. Formulas with quantities need an expenditure above 0
/// in the periods whose shares they use: else no_quantities. A product without quantity in one period counts with share 0 there. One product:
/// every formula but those that use a third period's weights gives its relative. Linear in the products.
/// Throws std::invalid_argument for young and lowe, which take `weights`.
IndexValue bilateral(Formula formula, const Matched& products, const FormulaOptions& options = {});

/// Young and Lowe: `pb`, `qb` are the same products' prices and quantities in the weight period. Other formulas do without them.
IndexValue bilateral(Formula formula, const Matched& products, std::span<const double> pb, std::span<const double> qb,
                     const FormulaOptions& options = {});

}  // namespace fairprice::indices
