#include <algorithm>
#include <array>
#include <map>

#include "engine/base/parallel.hpp"
#include "engine/catalogue/identity.hpp"
#include "engine/catalogue/product_quotes.hpp"
#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::catalogue {

using ingest::kNone;
using ingest::QuoteTable;
using ingest::RowUse;

namespace {

template <class Row>
ingest::RowsByProduct rows_by_product(const std::vector<Row>& rows, std::uint32_t products) {
  ingest::RowsByProduct result;
  result.first.assign(std::size_t{products} + 1, 0);
  for (const Row& row : rows)
    if (row.product != kNone) ++result.first[row.product + 1];
  for (std::uint32_t product = 0; product < products; ++product) result.first[product + 1] += result.first[product];
  result.rows.resize(result.first[products]);
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (std::uint32_t row = 0; row < rows.size(); ++row)
    if (rows[row].product != kNone) result.rows[next[rows[row].product]++] = row;
  return result;
}

/// The commonest of some numbered texts; of equally common ones that with the smallest bytes.
class Commonest {
 public:
  explicit Commonest(const Interner& texts) : texts_(texts) {}
  void clear() { counts_.clear(); }
  void add(std::uint32_t text) {
    if (text == kNone) return;
    for (auto& [number, count] : counts_)
      if (number == text) {
        ++count;
        return;
      }
    counts_.emplace_back(text, 1);
  }
  std::uint32_t answer() const {
    std::uint32_t best = kNone;
    std::int64_t most = 0;
    for (const auto& [number, count] : counts_)
      if (count > most || (count == most && texts_[number] < texts_[best])) {
        best = number;
        most = count;
      }
    return best;
  }

 private:
  const Interner& texts_;
  std::vector<std::pair<std::uint32_t, std::int64_t>> counts_;
};

std::uint32_t unit_of_category(ingest::Keys& keys, std::uint32_t category, std::map<std::uint32_t, std::uint32_t>& known) {
  if (category == kNone) return kNone;
  if (known.empty())
    for (const auto& row : keys.dictionaries().categories) {
      const std::uint32_t number = keys.category(row.category);
      const auto unit = keys.unit(row.base_unit).unit;
      if (unit != kNone)
        known[number] = unit;
      else
        known.emplace(number, kNone);
      const std::uint32_t by_alias = keys.category(row.alias);
      if (unit != kNone) known[by_alias] = unit;
    }
  const auto found = known.find(category);
  return found == known.end() ? kNone : found->second;
}

bool teaches(const ingest::Month& month, const ingest::IndexPrice& row) { return month.own_index_teaches || !row.own; }

/// Rejects index rows of another unit, then several prices of one product, period and origin.
void settle_index(ingest::Month& month) {
  ingest::LateProblems mismatched(month, "index");
  ingest::LateProblems conflicting(month, "index");
  ingest::LateProblems repeated(month, "index");
  std::vector<bool> gone(month.index.size(), false);
  for (std::size_t row = 0; row < month.index.size(); ++row) {
    const auto& price = month.index[row];
    if (price.product != kNone && price.unit != kNone && price.unit != month.base_unit[price.product] && teaches(month, price)) {
      mismatched.add(price.offset, "unit", ProblemCode::unit_mismatch);
      gone[row] = true;
    }
  }
  std::map<std::tuple<std::uint32_t, int, bool, std::uint32_t>, std::vector<std::size_t>> groups;
  std::vector<std::uint32_t> seen(month.base_unit.size(), 0);
  for (const auto& price : month.index)
    if (price.product != kNone) ++seen[price.product];
  for (std::size_t row = 0; row < month.index.size(); ++row) {
    const auto& price = month.index[row];
    if (!gone[row] && price.product != kNone && price.index_price >= 0 && price.use != RowUse::excluded && seen[price.product] > 1)
      groups[{price.product, price.period.index(), price.own,
              teaches(month, price) ? kNone
              : price.unit == kNone ? month.base_unit[price.product]
                                    : price.unit}]
          .push_back(row);
  }
  const auto& categories = month.keys->categories;
  const auto before = [&](std::size_t a, std::size_t b) {
    const auto& one = month.index[a];
    const auto& other = month.index[b];
    const auto text = [&](std::uint32_t c) { return c == kNone ? std::string_view() : categories[c]; };
    return std::make_tuple(text(one.category), one.k, one.best_selling, one.offset) <
           std::make_tuple(text(other.category), other.k, other.best_selling, other.offset);
  };
  for (auto& entry : groups) {
    auto& rows = entry.second;
    if (rows.size() < 2) continue;
    const bool equal = std::all_of(rows.begin(), rows.end(),
                                   [&](std::size_t row) { return month.index[row].index_price == month.index[rows[0]].index_price; });
    if (equal) {
      std::sort(rows.begin(), rows.end(), before);
      for (std::size_t i = 1; i < rows.size(); ++i) {
        repeated.add(month.index[rows[i]].offset, "", ProblemCode::duplicate, {month.index[rows[0]].offset});
        gone[rows[i]] = true;
      }
    } else {
      std::vector<std::uint64_t> offsets;
      for (const std::size_t row : rows) offsets.push_back(month.index[row].offset);
      conflicting.add_all(offsets, ProblemCode::conflicting_index);
      for (const std::size_t row : rows) gone[row] = true;
    }
  }
  mismatched.report(ProblemAction::rejected);
  conflicting.report(ProblemAction::rejected);
  repeated.report(ProblemAction::duplicate);
  std::size_t kept = 0;
  for (std::size_t row = 0; row < month.index.size(); ++row)
    if (!gone[row]) month.index[kept++] = month.index[row];
  month.index.resize(kept);
}

/// A question is no source, and a listing that contradicts its barcode says nothing about the barcode's product.
bool teaches(const ingest::Listing& listing) { return !listing.probe && !listing.identity_conflict; }

/// Rejects quotes of another unit than their product's base unit, and notes which products have others.
void reject_quotes(ingest::Month& month, int threads) {
  QuoteTable& quotes = month.quotes;
  quotes.quoted.assign(month.base_unit.size(), 0);
  std::vector<std::uint32_t> unit_of_pack(quotes.packs.size());
  for (std::uint32_t pack = 0; pack < unit_of_pack.size(); ++pack) unit_of_pack[pack] = quotes.pack(pack).first;
  const auto is_mismatched = [&](std::uint32_t product, const ingest::Quote& quote) {
    const std::uint32_t unit = unit_of_pack[quote.pack];
    return unit != kNone && unit != month.base_unit[product];
  };
  std::array<std::array<std::int64_t, 6>, QuoteTable::kPartitions> by_use{};
  for_each_part(QuoteTable::kPartitions, threads, [&](std::size_t partition, int) {
    for (QuoteTable::Chunk* chunk : quotes.chunks[partition])
      chunk->reject_if([&](const ingest::Quote& quote) {
        const std::uint32_t product =
            static_cast<std::uint32_t>(quote.product_above) * QuoteTable::kPartitions + static_cast<std::uint32_t>(partition);
        if (quote.pack != 0 && is_mismatched(product, quote)) {
          ++by_use[partition][quote.use];
          return true;
        }
        quotes.quoted[product] = 1;
        return false;
      });
  });
  std::int64_t mismatched = 0;
  auto& counts = month.tables["quotes"].counts;
  for (const auto& part : by_use)
    for (std::size_t use = 0; use < part.size(); ++use) {
      counts.by_use[use] -= part[use];
      mismatched += part[use];
    }
  std::erase_if(quotes.specs,
                [&](const QuoteTable::TaughtSpec& row) { return row.unit != kNone && row.unit != month.base_unit[row.product]; });
  const auto pending = std::move(quotes.pending);
  if (mismatched == 0) return;
  // Their rows: foreseen ones have kept their place, as have those that a barcode named.
  std::vector<std::uint64_t> offsets;
  for (const auto& [offset, place] : month.quote_places)
    if (place.unit_number != month.base_unit[place.product]) offsets.push_back(offset);
  for (const auto& row : pending)
    if (const auto found = quotes.product_of_pending.find(row.gtin);
        found != quotes.product_of_pending.end() && is_mismatched(found->second, row.quote))
      offsets.push_back(row.offset);
  ingest::LateProblems problems(month, "quotes");
  if (static_cast<std::int64_t>(offsets.size()) == mismatched) {
    for (const std::uint64_t offset : offsets) problems.add(offset, "unit", ProblemCode::unit_mismatch);
  } else {  // units that were likelier than the base unit turned out to be
    for (const ingest::QuoteRow& row : ingest::find_quotes(month, threads, is_mismatched))
      problems.add(row.offset, "unit", ProblemCode::unit_mismatch);
  }
  problems.report(ProblemAction::rejected);
}

}  // namespace

namespace {

/// The commonest category of each product that has none yet, as rows by brand and model tell it.
template <class Rows>
void add_commonest_category(const Rows& rows, const Interner& names, std::vector<std::uint32_t>& category_of) {
  std::vector<std::uint32_t> first(category_of.size(), kNone);
  std::map<std::uint32_t, Commonest> doubtful;
  const auto counts = [&](const auto& row) {
    return row.model_product != kNone && row.category != kNone && category_of[row.model_product] == kNone;
  };
  for (const auto& row : rows) {
    if (!counts(row)) continue;
    std::uint32_t& category = first[row.model_product];
    if (category == kNone)
      category = row.category;
    else if (category != row.category)
      doubtful.emplace(row.model_product, names);
  }
  if (!doubtful.empty())
    for (const auto& row : rows)
      if (counts(row))
        if (const auto found = doubtful.find(row.model_product); found != doubtful.end()) found->second.add(row.category);
  for (const auto& [product, commonest] : doubtful) first[product] = commonest.answer();
  for (std::size_t product = 0; product < first.size(); ++product)
    if (category_of[product] == kNone) category_of[product] = first[product];
}

}  // namespace

std::vector<std::uint32_t> categories_of_models(const ingest::Month& month) {
  std::vector<std::uint32_t> category_of(month.keys->products.size(), kNone);
  add_commonest_category(month.index, month.keys->categories, category_of);
  add_commonest_category(month.listings, month.keys->categories, category_of);
  return category_of;
}

void guess_units(ingest::Month& month) {
  auto& likely = month.likely_unit;
  likely.assign(month.keys->products.size(), kNone);
  const std::vector<std::uint32_t> category_of = categories_of_models(month);
  std::map<std::uint32_t, std::uint32_t> category_units;
  unit_of_category(*month.keys, 0, category_units);
  for (std::size_t product = 0; product < likely.size(); ++product)
    if (const auto found = category_units.find(category_of[product]); found != category_units.end()) likely[product] = found->second;
  for (const auto& row : month.index)
    if (row.model_product != kNone && row.unit != kNone) likely[row.model_product] = row.unit;
}

void group_by_product(ingest::Month& month, int threads) {
  const std::uint32_t products = month.keys->products.size();
  for_each_part(3, threads, [&](std::size_t part, int) {
    if (part == 0) month.orders_of = rows_by_product(month.orders, products);
    if (part == 1) month.listings_of = rows_by_product(month.listings, products);
    if (part == 2) month.index_of = rows_by_product(month.index, products);
  });

  month.base_unit.assign(products, kNone);
  month.category_of.assign(products, kNone);
  std::map<std::uint32_t, std::uint32_t> category_units;
  unit_of_category(*month.keys, 0, category_units);
  const Interner& units = month.keys->units;
  for_each_part(QuoteTable::kPartitions, threads, [&](std::size_t part, int) {
    Commonest commonest(units);
    ProductQuotes quotes(month);
    Commonest category(month.keys->categories);
    for (std::uint32_t product = static_cast<std::uint32_t>(part); product < products; product += QuoteTable::kPartitions) {
      const auto index = month.index_of.of(product);
      const auto listings = month.listings_of.of(product);
      category.clear();
      for (const std::uint32_t row : index)
        if (teaches(month, month.index[row])) category.add(month.index[row].category);
      if (category.answer() == kNone)
        for (const std::uint32_t row : listings)
          if (teaches(month.listings[row])) category.add(month.listings[row].category);
      month.category_of[product] = category.answer();

      commonest.clear();
      for (const std::uint32_t row : index)
        if (teaches(month, month.index[row])) commonest.add(month.index[row].unit);
      std::uint32_t unit = commonest.answer();
      if (unit == kNone && month.category_of[product] != kNone) {
        const auto found = category_units.find(month.category_of[product]);
        if (found != category_units.end()) unit = found->second;
      }
      if (unit == kNone) {
        for (const std::uint32_t row : listings)
          if (teaches(month.listings[row])) commonest.add(month.listings[row].unit);
        for (const std::uint32_t row : month.orders_of.of(product))
          if (!month.orders[row].unit_from_listing) commonest.add(month.orders[row].unit);
        std::uint32_t last_pack = kNone;
        std::uint32_t last_unit = kNone;
        for (const auto& quote : quotes.of(product)) {
          if (quote.pack != last_pack) {
            last_pack = quote.pack;
            last_unit = month.quotes.pack(last_pack).first;
          }
          commonest.add(last_unit);
        }
        unit = commonest.answer();
        if (unit == kNone && !listings.empty() && month.listings[listings[0]].probe)
          for (const std::uint32_t row : listings) commonest.add(month.listings[row].unit), unit = commonest.answer();
      }
      month.base_unit[product] = unit;
    }
  });

  settle_index(month);
  month.index_of = rows_by_product(month.index, products);

  ingest::LateProblems orders(month, "orders");
  auto& order_counts = month.tables["orders"].counts;
  for (ingest::Order& order : month.orders)
    if (order.product != kNone && order.unit != kNone && order.unit != month.base_unit[order.product]) {
      orders.add(order.offset, "unit", ProblemCode::unit_mismatch);
      --order_counts.by_use[static_cast<std::size_t>(order.use)];
      order.supplier = kNone;
    }
  if (!orders.empty()) {
    std::erase_if(month.orders, [](const ingest::Order& order) { return order.supplier == kNone; });
    month.orders_of = rows_by_product(month.orders, products);
    orders.report(ProblemAction::rejected);
  }

  reject_quotes(month, threads);
}

}  // namespace fairprice::catalogue
