#include "engine/assessment/assess.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

#include "engine/assessment/estimates.hpp"
#include "engine/assessment/government_only.hpp"
#include "engine/assessment/review.hpp"
#include "engine/assessment/summarise.hpp"
#include "engine/base/parallel.hpp"

namespace fairprice::assessment {

using ingest::kNone;
using rules::Decision;
using rules::Notice;

namespace {

/// Rows of listings by their bytes: the order in which everything is printed.
std::vector<std::uint32_t> listings_by_id(const ingest::Month& month) {
  struct Key {
    std::uint64_t prefix;  ///< the first eight bytes, big-endian, so that comparing numbers compares bytes
    std::uint32_t row;
  };
  std::vector<Key> keys;
  keys.reserve(month.listings.size());
  const Interner& ids = month.keys->listings;
  for (std::uint32_t row = 0; row < month.listings.size(); ++row) {
    if (month.listings[row].probe) continue;
    const std::string_view id = ids[month.listings[row].listing];
    std::uint64_t prefix = 0;
    std::memcpy(&prefix, id.data(), std::min<std::size_t>(8, id.size()));
    keys.push_back({__builtin_bswap64(prefix), row});
  }
  const auto before = [&](const Key& a, const Key& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return ids[month.listings[a.row].listing] < ids[month.listings[b.row].listing];
  };
  std::sort(keys.begin(), keys.end(), before);
  std::vector<std::uint32_t> rows;
  rows.reserve(keys.size());
  for (const Key& key : keys) rows.push_back(key.row);
  return rows;
}

/// Orders that name a listing, by listing number, for promotions; only listings that announce one are looked at.
std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> deals_of_promotions(const ingest::Month& month) {
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> deals;
  for (const auto& listing : month.listings)
    if (listing.promotion_start != Date::kNone && listing.original_price.ten_thousandths() > 0 && !listing.probe) deals[listing.listing];
  if (deals.empty()) return deals;
  for (std::uint32_t row = 0; row < month.orders.size(); ++row) {
    if (month.orders[row].listing == kNone) continue;
    const auto found = deals.find(month.orders[row].listing);
    if (found != deals.end()) found->second.push_back(row);
  }
  return deals;
}

/// Rows of one product stand far apart in memory: those of the next product are on their way while this one is assessed, and where they
/// are is on its way for the one after.
void fetch_ahead(const ingest::Month& month, std::uint32_t after_next, std::uint32_t next) {
  for (const ingest::RowsByProduct* rows : {&month.listings_of, &month.orders_of, &month.index_of})
    if (std::size_t{after_next} + 1 < rows->first.size()) {
      __builtin_prefetch(&rows->first[after_next]);
      __builtin_prefetch(rows->rows.data() + rows->first[after_next]);
    }
  const auto fetch = [](const void* row, std::size_t size) {
    for (std::size_t at = 0; at < size; at += 64) __builtin_prefetch(static_cast<const char*>(row) + at);
  };
  for (const std::uint32_t row : month.listings_of.of(next)) fetch(&month.listings[row], sizeof(ingest::Listing));
  for (const std::uint32_t row : month.orders_of.of(next)) fetch(&month.orders[row], sizeof(ingest::Order));
  for (const std::uint32_t row : month.index_of.of(next)) fetch(&month.index[row], sizeof(ingest::IndexPrice));
}

}  // namespace

Assessments assess_month(const ingest::Month& month, const rules::PolicySet& policy, int threads, const Progress& progress,
                         ingest::QuoteTable* spent, bool estimated) {
  Assessments result;
  std::vector<std::uint32_t> sorted;       // rows of listings in the order of their ids
  std::vector<std::uint32_t> place;        // by row: where it stands in that order
  std::vector<std::uint32_t> order_place;  // by row of orders: place in result.orders
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> deals;
  const std::array<std::function<void()>, 3> preparations = {
      [&] {
        sorted = listings_by_id(month);
        place.assign(month.listings.size(), kNone);
        for (std::uint32_t i = 0; i < sorted.size(); ++i) place[sorted[i]] = i;
        if (spent == nullptr) result.listings.resize(sorted.size());
      },
      [&] {
        order_place.assign(month.orders.size(), kNone);
        for (std::uint32_t row = 0; row < month.orders.size(); ++row)
          if (month.orders[row].in_period != kNone) {
            order_place[row] = static_cast<std::uint32_t>(result.orders.size());
            result.orders.push_back({row, kAbsent, kAbsent});
          }
      },
      [&] { deals = deals_of_promotions(month); },
  };
  for_each_part(preparations.size(), threads, [&](std::size_t part, int) { preparations[part](); });

  EstimateMarket estimates(month, policy, estimated);
  const market::Levels levels(month);
  const auto products = static_cast<std::uint32_t>(month.base_unit.size());
  constexpr std::size_t kParts = ingest::QuoteTable::kPartitions;
  std::array<std::vector<Assessment>, kParts> of_part;  // when the quotes make room for them
  for_each_part(kParts, threads, [&](std::size_t part, int) {
    if (spent != nullptr) {
      std::size_t count = 0;
      for (std::uint32_t product = static_cast<std::uint32_t>(part); product < products; product += kParts)
        count += month.listings_of.of(product).size();
      of_part[part].reserve(count);
    }
    ProductMarket market(month, levels);
    std::vector<Assessment> assessed;
    std::vector<std::uint32_t> rows;
    // A part holds the products of one partition of the quotes.
    for (std::uint32_t product = static_cast<std::uint32_t>(part); product < products; product += kParts) {
      fetch_ahead(month, product + 2 * kParts, product + kParts);
      rows.clear();
      for (const std::uint32_t row : month.listings_of.of(product))
        if (!month.listings[row].probe) rows.push_back(row);
      const auto orders = month.orders_of.of(product);
      const bool orders_matter = std::any_of(orders.begin(), orders.end(), [&](std::uint32_t row) { return order_place[row] != kNone; });
      const bool estimated_by = estimates.wants(product);
      if (rows.empty() && !orders_matter && !estimated_by) continue;
      market.open(product);
      if (estimated_by) estimates.take(product, market);
      assessed.resize(rows.size());
      assess_product(month, policy, market, rows, assessed);
      compare_with_lowest(month, policy, rows, assessed);
      if (spent != nullptr)
        of_part[part].insert(of_part[part].end(), assessed.begin(), assessed.end());
      else
        for (std::size_t i = 0; i < rows.size(); ++i) result.listings[place[rows[i]]] = assessed[i];
      for (const std::uint32_t row : orders) {
        if (order_place[row] == kNone) continue;
        const ingest::Order& order = month.orders[row];
        const std::uint32_t listing = order.listing == kNone ? kNone : month.listing_row[order.listing];
        const std::uint32_t category =
            listing != kNone && month.listings[listing].product == product ? month.listings[listing].category : month.category_of[product];
        const rules::Policy& rule = policy_of(month, policy, category);
        Assessment reference;
        answer_ladder(market.reference(month.group_of[order.supplier], rule), order.k, month.period, rule, reference);
        result.orders[order_place[row]].monitoring_price = reference.monitoring_price;
      }
    }
    if (spent != nullptr) spent->give_back(static_cast<std::uint32_t>(part));
    if (progress && part % 64 == 0) progress("assess", part, kParts);
  });
  if (spent != nullptr) {
    result.listings.resize(sorted.size());
    for_each_part(kParts, threads, [&](std::size_t part, int) {
      for (const Assessment& one : of_part[part]) result.listings[place[one.row]] = one;
      of_part[part] = {};
    });
  }

  for (std::uint32_t i = 0; i < sorted.size(); ++i) {
    const ingest::Listing& listing = month.listings[sorted[i]];
    if (listing.product == kNone)
      assess_product(month, policy, *std::make_unique<ProductMarket>(month, levels), {&sorted[i], 1}, {&result.listings[i], 1});
  }
  if (!deals.empty())
    for (Assessment& assessment : result.listings) {
      const ingest::Listing& listing = month.listings[assessment.row];
      if (rules::is_untrusted(assessment.reason)) continue;
      const auto found = deals.find(listing.listing);
      if (found != deals.end() && raised_before_promotion(month, found->second, listing, policy_of(month, policy, listing.category)))
        assessment.notices.add(Notice::raised_before_promotion);
    }
  mark_government_only(month, result);
  mark_floods(month, policy, result);
  // Each of these fills a part of the result of its own, from what stands by now.
  const std::array<std::function<void()>, 5> conclusions = {
      [&] { list_review(month, result); }, [&] { count_results(month, policy, result); }, [&] { settle_orders(month, result); },
      [&] { list_flagged(month, policy, result); }, [&] { estimates.conclude(result); }};
  for_each_part(conclusions.size(), threads, [&](std::size_t part, int) { conclusions[part](); });
  return result;
}

}  // namespace fairprice::assessment
