#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fairprice::indices {

/// One price of one product in one period, as data come.
struct Observation {
  std::uint32_t period = 0;   ///< from 0, without gaps
  std::uint32_t product = 0;  ///< any number, the same in every period
  double price = 0;           ///< per unit; must be finite and above 0
  double quantity = 0;        ///< units sold; finite, not negative; 0 where only the price is known
};

/// What a Panel did with the observations.
struct PanelReport {
  std::size_t rejected = 0;    ///< price not above 0, quantity below 0, or one of them no finite number: left out
  std::size_t aggregated = 0;  ///< further observations of a product in a period: brought together
};

/// Prices and quantities of products over periods: for each period its products in ascending order. Several observations of a product in a
/// period are one: quantities add, the price is the unit value (CPI Manual 2020, chapter on scanner data), or, where none was sold, the mean price.
/// Memory: 20 bytes an observation.
class Panel {
 public:
  Panel() = default;
  /// `periods`: how many; observations of later ones are rejected.
  Panel(std::span<const Observation> observations, std::size_t periods, PanelReport* report = nullptr);

  struct Period {
    std::span<const std::uint32_t> products;
    std::span<const double> prices;
    std::span<const double> quantities;
    std::size_t size() const { return products.size(); }
  };
  std::size_t periods() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  Period period(std::size_t t) const;

 private:
  std::vector<std::size_t> begin_;
  std::vector<std::uint32_t> products_;
  std::vector<double> prices_, quantities_;
};

/// A panel in which every product has a price in every period: a missing one is the last that was seen, or, before the first, the first;
/// its quantity is 0 ("carry forward", CPI Manual 2020, chapter 6, which warns that it pulls an index towards 1).
Panel carried(const Panel& panel);

}  // namespace fairprice::indices
