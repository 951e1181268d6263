#include "engine/catalogue/product_quotes.hpp"

#include <algorithm>
#include <stdexcept>

namespace fairprice::catalogue {

using ingest::Quote;
using ingest::QuoteTable;

std::span<const Quote> ProductQuotes::of(std::uint32_t product) {
  if (product % QuoteTable::kPartitions != partition_) open(product % QuoteTable::kPartitions);
  const std::size_t place = product / QuoteTable::kPartitions;
  if (place + 1 >= first_.size()) return {};
  return std::span<const Quote>(rows_).subspan(first_[place], first_[place + 1] - first_[place]);
}

void ProductQuotes::open(std::uint32_t partition) {
  if (quotes_.given_back[partition]) throw std::logic_error("quotes of a month that was loaded without LoadOptions::keep_quotes");
  partition_ = partition;
  const auto& chunks = quotes_.chunks[partition];
  // Counted two places on, so that placing a row moves its product's entry to where the next product starts.
  first_.assign(2, 0);
  for (const ingest::QuoteChunk* chunk : chunks)
    chunk->each([&](const Quote& quote) {
      if (quote.use == ingest::kRejectedUse) return;
      const std::size_t place = quote.product_above + 2U;
      if (place >= first_.size()) first_.resize(std::max(place + 1, first_.size() * 2), 0);
      ++first_[place];
    });
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  rows_.resize(first_.back());
  for (const ingest::QuoteChunk* chunk : chunks)
    chunk->each([&](const Quote& quote) {
      if (quote.use != ingest::kRejectedUse) rows_[first_[quote.product_above + 1U]++] = quote;
    });
}

}  // namespace fairprice::catalogue
