#include "engine/review/review_list.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "engine/base/text.hpp"
#include "engine/catalogue/texts.hpp"
#include "engine/matching/match.hpp"

namespace fairprice::review {

using ingest::kNone;

namespace {

/// What the market knows: a record a product with quotes, orders or index prices, with the title of its first listing.
matching::Catalogue known_products(const ingest::Month& month) {
  const ingest::Keys& keys = *month.keys;
  std::map<std::string, matching::Record> records;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
  std::unordered_map<std::uint32_t, std::string> name_of_row;
  for (std::uint32_t product = 0; product < month.base_unit.size(); ++product) {
    if (!month.quotes.has(product) && month.index_of.of(product).empty() && month.orders_of.of(product).empty()) continue;
    matching::Record record;
    record.id = keys.product_name(product);
    const std::uint32_t brand = keys.product_brand(product);
    if (brand != kNone) {
      record.brand = keys.brands[brand];
      record.model = record.id.substr(std::min(record.id.size(), record.brand.size() + 1));
    }
    if (month.category_of[product] != kNone) record.category = keys.categories[month.category_of[product]];
    record.title = record.id;
    std::uint32_t first = kNone;
    for (const std::uint32_t row : month.listings_of.of(product)) {
      const ingest::Listing& listing = month.listings[row];
      if (listing.probe || listing.identity_conflict) continue;
      if (first == kNone || keys.listings[listing.listing] < keys.listings[month.listings[first].listing]) first = row;
    }
    if (first != kNone) {
      rows.emplace_back(month.listings[first].offset, first);
      name_of_row[first] = record.id;
    }
    records.emplace(record.id, std::move(record));
  }
  catalogue::read_texts(month, "listings", std::move(rows), 1, [&](const catalogue::RowTexts& texts) {
    matching::Record& record = records.at(name_of_row.at(texts.row));
    if (is_utf8(texts.title) && !texts.title.empty()) record.title += " " + texts.title;
    if (is_utf8(texts.spec)) record.description = texts.spec;
  });
  matching::Catalogue catalogue;
  for (auto& [id, record] : records) catalogue.push_back(std::move(record));
  return catalogue;
}

Money paid_for(const ingest::Month& month, const std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>& orders,
               std::uint32_t listing, Money price) {
  Int128 sum = 0;  // 10^-8 yuan
  if (const auto found = orders.find(listing); found != orders.end())
    for (const std::uint32_t row : found->second)
      sum += Int128{month.orders[row].unit_price.ten_thousandths()} * month.orders[row].quantity;
  return std::max(price, Money::from_wide(divide_rounded(sum, 10'000)));
}

}  // namespace

std::vector<Entry> review_list(const ingest::Month& month, const assessment::Assessments& assessments, int threads) {
  std::vector<Entry> entries;
  if (assessments.review.empty()) return entries;
  const ingest::Keys& keys = *month.keys;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> orders;
  for (const assessment::Review& review : assessments.review) orders[month.listings[review.row].listing];
  for (std::uint32_t row = 0; row < month.orders.size(); ++row) {
    const ingest::Order& order = month.orders[row];
    if (order.use == ingest::RowUse::excluded || order.status != static_cast<std::uint8_t>(ingest::OrderStatus::counts)) continue;
    if (const auto found = orders.find(order.listing); found != orders.end()) found->second.push_back(row);
  }
  for (const assessment::Review& review : assessments.review) {
    const ingest::Listing& listing = month.listings[review.row];
    Entry entry{std::string(keys.listings[listing.listing]),
                std::string(listing.supplier == kNone ? std::string_view() : keys.suppliers[listing.supplier]),
                review.brand,
                review.model,
                review.title,
                review.barcode,
                review.reason,
                listing.price,
                paid_for(month, orders, listing.listing, listing.price),
                {}};
    for (const std::string& product : review.candidates) entry.candidates.push_back({product, 0, {}});
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.listing_id < b.listing_id; });

  matching::Catalogue left;
  for (const Entry& entry : entries) {
    matching::Record record;
    record.id = entry.listing_id;
    for (const auto& [text, to] : {std::pair{&entry.title, &record.title}, {&entry.brand, &record.brand}, {&entry.model, &record.model}})
      if (is_utf8(*text)) *to = *text;
    left.push_back(std::move(record));
  }
  const matching::Catalogue right = known_products(month);
  std::unordered_map<std::string_view, std::uint32_t> number_of;
  for (std::uint32_t i = 0; i < right.size(); ++i) number_of[right[i].id] = i;
  std::vector<matching::Candidate> pairs;
  if (!right.empty()) {
    const matching::Corpus corpus = matching::build_corpus(left, &right, threads);
    pairs = matching::find_candidates(corpus, {}, threads);
  }
  for (std::uint32_t i = 0; i < entries.size(); ++i)
    for (const Candidate& named : entries[i].candidates)
      if (const auto found = number_of.find(named.product); found != number_of.end()) pairs.push_back({i, found->second});
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  if (!pairs.empty()) {
    matching::MatchSettings settings;
    settings.cardinality = matching::Cardinality::many;
    settings.threads = threads;
    matching::Matcher matcher(left, &right, settings);
    for (const matching::ScoredPair& scored : matcher.score(pairs)) {
      std::vector<Candidate>& candidates = entries[scored.pair.left].candidates;
      const std::string& product = right[scored.pair.right].id;
      const int percent = static_cast<int>(std::lround(scored.score * 100));  // not a price
      const auto named = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& one) { return one.product == product; });
      if (named != candidates.end())
        named->percent = percent, named->why = matching::basis_name(scored.basis);
      else if (percent > 0)
        candidates.push_back({product, percent, matching::basis_name(scored.basis)});
    }
  }
  for (Entry& entry : entries) {
    std::sort(entry.candidates.begin(), entry.candidates.end(), [](const Candidate& a, const Candidate& b) {
      return a.percent != b.percent ? a.percent > b.percent : a.product < b.product;
    });
    if (entry.candidates.size() > kCandidates) entry.candidates.resize(kCandidates);
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.at_stake > b.at_stake; });
  return entries;
}

}  // namespace fairprice::review
