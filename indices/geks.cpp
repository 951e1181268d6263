#include "indices/geks.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "indices/connected.hpp"

namespace fairprice::indices {

namespace {

/// What the comparisons need of an observation, made once.
struct Cell {
  double present;  ///< 1, or 0 where a dense row has none
  double a;        ///< logarithm of the price, or the price
  double b;        ///< expenditure, quantity, or its root
};

/// What an expenditure beyond all numbers is taken for, so that times 0, where the other period lacks the product, it is 0.
constexpr double kMost = std::numeric_limits<double>::max();

Cell prepared(Formula formula, double price, double quantity) {
  const bool logarithm = formula == Formula::jevons || formula == Formula::tornqvist;
  return {1, logarithm ? std::log(price) : price,
          formula == Formula::tornqvist ? std::min(price * quantity, kMost)
          : formula == Formula::walsh   ? std::sqrt(quantity)
                                        : quantity};
}

/// Sums over the products that two periods have in common. A term is 0 where one of its cells is absent, that is all zero.
template <std::size_t kSums>
using Sums = std::array<double, kSums>;

/// Every product in every period: no search, and two products a step. Pays where a fifth of the cells or more is there.
class DenseRows {
 public:
  DenseRows(const Panel& panel, Formula formula, std::size_t products) : products_(products + products % 2) {
    const std::size_t size = products_ * panel.periods();
    present_.assign(size, 0);
    a_.assign(size, 0);
    b_.assign(size, 0);
    for (std::size_t t = 0; t < panel.periods(); ++t) {
      const Panel::Period period = panel.period(t);
      for (std::size_t i = 0; i < period.size(); ++i) {
        const Cell cell = prepared(formula, period.prices[i], period.quantities[i]);
        const std::size_t place = t * products_ + period.products[i];
        present_[place] = 1;
        a_[place] = cell.a;
        b_[place] = cell.b;
      }
    }
  }

  template <std::size_t kSums, class Term>
  Sums<kSums> sum(std::size_t s, std::size_t t, Term term) const {
    constexpr std::size_t kLanes = 2;
    const std::size_t from_s = s * products_;
    const std::size_t from_t = t * products_;
    std::array<std::array<double, kLanes>, kSums> lanes{};
    for (std::size_t n = 0; n < products_; n += kLanes)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::size_t i = from_s + n + lane;
        const std::size_t j = from_t + n + lane;
        const Sums<kSums> one = term(Cell{present_[i], a_[i], b_[i]}, Cell{present_[j], a_[j], b_[j]});
        for (std::size_t k = 0; k < kSums; ++k) lanes[k][lane] += one[k];
      }
    Sums<kSums> result;
    for (std::size_t k = 0; k < kSums; ++k) result[k] = lanes[k][0] + lanes[k][1];
    return result;
  }

 private:
  std::size_t products_;
  std::vector<double> present_, a_, b_;
};

/// The products that there are, in order: both periods walked side by side.
class SparseRows {
 public:
  SparseRows(const Panel& panel, Formula formula) {
    begin_.push_back(0);
    for (std::size_t t = 0; t < panel.periods(); ++t) {
      const Panel::Period period = panel.period(t);
      for (std::size_t i = 0; i < period.size(); ++i) {
        products_.push_back(period.products[i]);
        cells_.push_back(prepared(formula, period.prices[i], period.quantities[i]));
      }
      begin_.push_back(products_.size());
    }
  }

  template <std::size_t kSums, class Term>
  Sums<kSums> sum(std::size_t s, std::size_t t, Term term) const {
    Sums<kSums> result{};
    std::size_t i = begin_[s];
    std::size_t j = begin_[t];
    while (i < begin_[s + 1] && j < begin_[t + 1]) {
      const std::uint32_t one = products_[i];
      const std::uint32_t other = products_[j];
      if (one == other) {
        const Sums<kSums> terms = term(cells_[i], cells_[j]);
        for (std::size_t k = 0; k < kSums; ++k) result[k] += terms[k];
      }
      i += one <= other;
      j += other <= one;
    }
    return result;
  }

 private:
  std::vector<std::size_t> begin_;
  std::vector<std::uint32_t> products_;
  std::vector<Cell> cells_;
};

struct Result {
  double logarithm = 0;
  Status status = Status::ok;
};

Result ratio(double above, double below) {
  if (below <= 0 || above <= 0) return {0, Status::no_quantities};
  const double logarithm = std::log(above / below);
  return std::isfinite(logarithm) ? Result{logarithm, Status::ok} : Result{0, Status::out_of_range};
}

template <class Rows>
Result jevons(const Rows& rows, std::size_t s, std::size_t t) {
  const auto [count, change] = rows.template sum<2>(s, t, [](const Cell& x, const Cell& y) {
    const double both = x.present * y.present;
    return Sums<2>{both, both * (y.a - x.a)};
  });
  return count == 0 ? Result{0, Status::no_match} : Result{change / count, Status::ok};
}

/// `totals`: the expenditures that the shares add up to; null: those of the matched products.
template <class Rows>
Result tornqvist(const Rows& rows, std::size_t s, std::size_t t, const std::vector<double>* totals) {
  const auto [count, v0, v1, change0, change1] = rows.template sum<5>(s, t, [](const Cell& x, const Cell& y) {
    const double value0 = x.b * y.present;
    const double value1 = y.b * x.present;
    const double change = y.a - x.a;
    return Sums<5>{x.present * y.present, value0, value1, value0 * change, value1 * change};
  });
  if (count == 0) return {0, Status::no_match};
  if (v0 <= 0 || v1 <= 0) return {0, Status::no_quantities};
  if (v0 >= kMost || v1 >= kMost) return {0, Status::out_of_range};
  // Shares of all products' expenditure add up to less than one over the matched ones: the mean is by what is left.
  const double logarithm = totals == nullptr ? (change0 / v0 + change1 / v1) / 2
                                             : (change0 / (*totals)[s] + change1 / (*totals)[t]) / (v0 / (*totals)[s] + v1 / (*totals)[t]);
  return std::isfinite(logarithm) ? Result{logarithm, Status::ok} : Result{0, Status::out_of_range};
}

template <class Rows>
Result fisher(const Rows& rows, std::size_t s, std::size_t t) {
  const auto [count, p0q0, p1q0, p0q1, p1q1] = rows.template sum<5>(s, t, [](const Cell& x, const Cell& y) {
    return Sums<5>{x.present * y.present, x.a * y.present * x.b, y.a * x.b, x.a * y.b, y.a * x.present * y.b};
  });
  if (count == 0) return {0, Status::no_match};
  const Result laspeyres = ratio(p1q0, p0q0);
  const Result paasche = ratio(p1q1, p0q1);
  if (laspeyres.status != Status::ok) return laspeyres;
  if (paasche.status != Status::ok) return paasche;
  return {(laspeyres.logarithm + paasche.logarithm) / 2, Status::ok};
}

template <class Rows>
Result walsh(const Rows& rows, std::size_t s, std::size_t t) {
  const auto [count, above, below] = rows.template sum<3>(s, t, [](const Cell& x, const Cell& y) {
    const double quantity = x.b * y.b;
    return Sums<3>{x.present * y.present, y.a * quantity, x.a * quantity};
  });
  return count == 0 ? Result{0, Status::no_match} : ratio(above, below);
}

template <class Rows, class Store>
void compare_all(const Rows& rows, const Panel& panel, Formula formula, std::size_t reach, const std::vector<double>* totals,
                 Store&& store) {
  for (std::size_t t = 0; t < panel.periods(); ++t)
    for (std::size_t distance = 1; distance < reach && distance <= t; ++distance) {
      const std::size_t s = t - distance;
      if (panel.period(t).size() == 0 || panel.period(s).size() == 0) continue;
      switch (formula) {
        case Formula::jevons: store(t, distance, jevons(rows, s, t)); break;
        case Formula::fisher: store(t, distance, fisher(rows, s, t)); break;
        case Formula::tornqvist: store(t, distance, tornqvist(rows, s, t, totals)); break;
        default: store(t, distance, walsh(rows, s, t)); break;
      }
    }
}

/// Expenditure of each period.
std::vector<double> totals_of(const Panel& panel) {
  std::vector<double> totals(panel.periods(), 0);
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    for (std::size_t i = 0; i < period.size(); ++i) totals[t] += period.prices[i] * period.quantities[i];
  }
  return totals;
}

}  // namespace

Geks::Geks(const Panel& panel, Formula formula, std::size_t reach, ShareBasis shares)
    : periods_(panel.periods()), reach_(std::max<std::size_t>(reach, 1)) {
  if (formula != Formula::jevons && formula != Formula::fisher && formula != Formula::tornqvist && formula != Formula::walsh)
    throw std::invalid_argument("GEKS is over jevons, fisher, tornqvist or walsh, not " + std::string(formula_name(formula)));
  const std::vector<double> totals = shares == ShareBasis::period ? totals_of(panel) : std::vector<double>();
  const std::vector<double>* const asked = shares == ShareBasis::period ? &totals : nullptr;
  begin_.push_back(0);
  for (std::size_t t = 0; t < periods_; ++t) begin_.push_back(begin_[t] + (panel.period(t).size() > 0 ? std::min(t, reach_ - 1) : 0));
  logarithms_.resize(begin_.back());
  statuses_.resize(begin_.back(), Status::no_match);
  const auto store = [&](std::size_t t, std::size_t distance, const Result& result) {
    const std::size_t place = begin_[t] + distance - 1;
    logarithms_[place] = result.logarithm;
    statuses_[place] = result.status;
  };
  std::size_t observations = 0;
  std::size_t products = 0;  // the highest number and one
  for (std::size_t t = 0; t < panel.periods(); ++t) {
    const Panel::Period period = panel.period(t);
    observations += period.size();
    if (period.size() > 0) products = std::max<std::size_t>(products, std::size_t{period.products.back()} + 1);
  }
  constexpr std::size_t kSparse = 5;
  if (products / kSparse < observations / std::max<std::size_t>(panel.periods(), 1))
    compare_all(DenseRows(panel, formula, products), panel, formula, reach_, asked, store);
  else
    compare_all(SparseRows(panel, formula), panel, formula, reach_, asked, store);
}

Geks::Link Geks::link(std::size_t base, std::size_t compared) const {
  const std::size_t place = begin_[compared] + (compared - base) - 1;
  if (place >= begin_[compared + 1]) return {0, Status::no_match};
  return {logarithms_[place], statuses_[place]};
}

std::vector<IndexValue> Geks::window(std::size_t first, std::size_t count) const {
  if (count > reach_ || first + count > periods_) throw std::invalid_argument("the window is wider than the table or ends behind it");
  std::vector<double> mean(count, 0);  // of the logarithms of period t against all others
  for (std::size_t t = 0; t < count; ++t)
    for (std::size_t s = 0; s < t; ++s) {
      const Link one = link(first + s, first + t);
      if (one.status != Status::ok) return least_squares(first, count);
      mean[t] += one.logarithm;
      mean[s] -= one.logarithm;
    }
  std::vector<IndexValue> series(count);
  for (std::size_t t = 0; t < count; ++t)
    series[t] = t == 0 ? IndexValue{1, Status::ok} : checked(std::exp((mean[t] - mean[0]) / static_cast<double>(count)));
  return series;
}

std::vector<IndexValue> Geks::least_squares(std::size_t first, std::size_t count) const {
  Connected connected(count);
  Status missing = Status::no_match;
  const auto n = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd laplacian = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd flow = Eigen::VectorXd::Zero(n);
  for (std::size_t t = 0; t < count; ++t)
    for (std::size_t s = 0; s < t; ++s) {
      const Link one = link(first + s, first + t);
      if (one.status != Status::ok) {
        missing = one.status;
        continue;
      }
      connected.join(s, t);
      const auto i = static_cast<Eigen::Index>(s);
      const auto j = static_cast<Eigen::Index>(t);
      laplacian(i, i) += 1;
      laplacian(j, j) += 1;
      laplacian(i, j) -= 1;
      laplacian(j, i) -= 1;
      flow(i) -= one.logarithm;
      flow(j) += one.logarithm;
    }
  std::vector<IndexValue> series(count, {0, missing == Status::no_match ? Status::disconnected : missing});
  series[0] = {1, Status::ok};
  // Periods that hang together with the first; the others have no index against it.
  std::vector<Eigen::Index> with_first;
  for (std::size_t t = 1; t < count; ++t)
    if (connected.same(0, t)) with_first.push_back(static_cast<Eigen::Index>(t));
  if (with_first.empty()) return series;
  const Eigen::VectorXd logarithms = laplacian(with_first, with_first).ldlt().solve(flow(with_first));
  for (std::size_t k = 0; k < with_first.size(); ++k)
    series[static_cast<std::size_t>(with_first[k])] = checked(std::exp(logarithms(static_cast<Eigen::Index>(k))));
  return series;
}

}  // namespace fairprice::indices
