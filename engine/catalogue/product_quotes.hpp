#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// The quotes of one product after another. Brings one partition of the table at a time into the order of its products, in memory of its
/// own that fits into the second-level cache: who asks for the products of one partition one after another pays for it once.
class ProductQuotes {
 public:
  explicit ProductQuotes(const ingest::Month& month) : quotes_(month.quotes) {}

  /// Its understood quotes that were not rejected for their unit, in an order that says nothing. Valid until the next call.
  std::span<const ingest::Quote> of(std::uint32_t product);

 private:
  void open(std::uint32_t partition);

  const ingest::QuoteTable& quotes_;
  std::uint32_t partition_ = ingest::kNone;
  std::vector<ingest::Quote> rows_;
  std::vector<std::uint32_t> first_;  ///< by product / kPartitions, and one more
};

}  // namespace fairprice::catalogue
