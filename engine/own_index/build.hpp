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
    published,         ///< the folders' tables state it already: it stays
    first,             ///< the series begins: 100
    linked,            ///< level of `linked_to` times the change since
    before_published,  ///< the published series begins later
    no_product,        ///< no product has an index price
    too_few,           ///< no earlier month within reach shares enough products
    broken             ///< enough products, but the months that share them have no level
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

/// All categories together in a month: a Lowe index, that is Σ w I, whose weights are the categories' shares in the orders of all months and move with their levels.
/// A category that comes in later does so where the total stands.
/// A category without a level moves with the others until it is back; then it is compared with where that brought it, so that its whole change
/// is in the total from then on (overall mean imputation, CPI Manual 2020, chapter 6, which calls it self-correcting).
struct TotalMonth {
  enum class State : std::uint8_t {
    first,      ///< 100: the first month in which a category with orders has a level
    linked,     ///< the level of the month that had the last one, times the change since
    no_orders,  ///< no category has orders, so that nothing says what they weigh
    no_level    ///< no category with orders has a level, or none of those that had one before
  };
  Period period;
  State state = State::no_level;
  double level = 0;                  ///< not a price
  std::vector<double> contribution;  ///< by category, to the change since the last month with a level; they add up to it. Not a price
  bool has_level() const { return state == State::first || state == State::linked; }
};

struct OwnIndex {
  std::vector<CategoryMonth> categories;  ///< by period, then category name
  std::vector<double> weight;             ///< by category, 1 in all (0 everywhere without orders); not a price
  std::vector<TotalMonth> total;          ///< by period
};

std::string_view state_name(CategoryMonth::State state);
std::string_view state_name(TotalMonth::State state);

/// Levels are Jevons indices of the products with an index price in both months, linked to the nearest earlier month that shares enough of them and has a
/// level. A level that any folder states for the month stays. A level is rounded to four decimals and the next is linked to the rounded one, so that the file alone lets anyone do the sum again.
/// `revise`: as if no level had been published.
OwnIndex build_index(const History& history, bool revise);

}  // namespace fairprice::own_index
