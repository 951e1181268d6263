#pragma once

#include <vector>

#include "indices/bilateral.hpp"
#include "indices/panel.hpp"
#include "indices/status.hpp"

namespace fairprice::indices {

/// Which products' expenditure the shares of a Törnqvist comparison add up to: reference implementations differ where products come and go.
enum class ShareBasis : std::uint8_t {
  matched,  ///< of the products in both periods (IndexNumR)
  period    ///< of all products of each period; the relatives of the matched ones are weighted with what is left (gpindex)
};

/// The GEKS method (Gini 1931, Eltető and Köves 1964, Szulc 1964; over time Ivancic, Diewert and Fox 2011): of all indices without drift the
/// one nearest, in logarithms, to the bilateral indices between every two periods of a window. With Törnqvist it is called CCDI.
/// A pair without common products takes no part; then it is the least squares solution over the pairs that there are.
///
/// The table keeps the logarithm of each bilateral index whose periods are less than `reach` apart, so that a window that moves on by a month
/// costs reach − 1 comparisons. Memory: 16 bytes × periods × reach; while it is made up to 24 bytes for each product in each
/// period, or, where few products are in most periods, 28 an observation. Numbers of products are best dense: 0, 1, 2 …
class Geks {
 public:
  /// `formula`: jevons, fisher, tornqvist or walsh, which pass the time reversal test; others throw std::invalid_argument.
  Geks(const Panel& panel, Formula formula, std::size_t reach, ShareBasis shares = ShareBasis::matched);

  /// The index of periods first … first + count − 1; count is at most `reach`. The first is 1.
  std::vector<IndexValue> window(std::size_t first, std::size_t count) const;

 private:
  struct Link {
    double logarithm = 0;
    Status status = Status::ok;
  };
  Link link(std::size_t base, std::size_t compared) const;
  std::vector<IndexValue> least_squares(std::size_t first, std::size_t count) const;

  std::size_t periods_, reach_;
  /// Period t to t − d, d from 1, at begin_[t] + d − 1; none of a period without products.
  std::vector<std::size_t> begin_;
  std::vector<double> logarithms_;
  std::vector<Status> statuses_;
};

}  // namespace fairprice::indices
