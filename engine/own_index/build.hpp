#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/own_index/history.hpp"
#include "indices/matched_change.hpp"

namespace fairprice::own_index {

/// A category in a month: its level, what stands behind it, and how much of the market and of the orders it covers.
struct CategoryMonth {
  enum class State : std::uint8_t {
    published,   ///< the month's tables state it already: it stays
    first,       ///< the series begins: 100
    linked,      ///< level of `linked_to` times the change since
    no_product,  ///< no product has an index price
    too_few,     ///< no earlier month within reach shares enough products
    broken       ///< enough products, but the months that share them have no level
  };
  Period period;
  std::uint32_t category = 0;  ///< History::categories
  State state = State::no_product;
  std::int64_t level = -1;        ///< count of 10^-8; a multiple of 10^-4
  Period linked_to;               ///< of linked
  indices::MatchedChange change;  ///< since linked_to; of too_few since the month that shares most
  std::uint32_t products = 0;     ///< with a quote that counts
  std::uint32_t priced = 0, too_few_sellers = 0, dispersed = 0, clearance = 0;
  std::uint64_t sellers = 0;  ///< votes kept behind the index prices
  Int128 orders = 0;          ///< value of the month's orders, yuan × 10^8
  Int128 orders_priced = 0;   ///< of products with an index price
};

/// All categories together in a month: a chain of Young indices whose weights are the categories' shares in the orders of all months.
struct TotalMonth {
  Period period;
  bool has_level = false;
  double level = 0;                  ///< 100 in the first month that has one; not a price
  std::vector<double> contribution;  ///< by category, to the change since the month before; they add up to it. Not a price
};

struct OwnIndex {
  std::vector<CategoryMonth> categories;  ///< by period, then category name
  std::vector<double> weight;             ///< by category, 1 in all (0 everywhere without orders); not a price
  std::vector<TotalMonth> total;          ///< by period
};

std::string_view state_name(CategoryMonth::State state);

/// Levels are Jevons indices of the products with an index price in both months, linked to the nearest earlier month that shares enough of them and has a
/// level. A level is rounded to four decimals and the next is linked to the rounded one, so that the file alone lets anyone do the sum again.
/// `revise`: as if no level had been published.
OwnIndex build_index(const History& history, bool revise);

}  // namespace fairprice::own_index
