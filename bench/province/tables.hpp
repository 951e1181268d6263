#pragma once

#include <cstdint>
#include <string>

#include "bench/province/world.hpp"

namespace fairprice::bench {

/// Each writes its files into `folder` and returns the bytes written. The same sizes and seed give the same bytes.
std::uint64_t write_dictionaries(const World& world, const std::string& folder);
std::uint64_t write_index(const World& world, const std::string& folder);
std::uint64_t write_listings(const World& world, const std::string& folder);
std::uint64_t write_orders(const World& world, const std::string& folder);
/// One file quotes.csv, or quotes/part-000.csv and so on when `files` is above 1.
std::uint64_t write_quotes(const World& world, const std::string& folder, unsigned files);

/// A listing is made anew wherever it is needed: once for its row, once for each of its orders.
struct Listing {
  Model model;
  std::uint64_t supplier;
  Pack pack;
  std::int64_t fair_fen;   // what it would cost without mistake or mischief
  std::int64_t price_fen;  // what the row says
  std::uint64_t discount;  // promised share of the price in per cent
};
Listing make_listing(const World& world, std::uint64_t number);

}  // namespace fairprice::bench
