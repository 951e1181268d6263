#include <algorithm>
#include <map>
#include <mutex>

#include "engine/base/parallel.hpp"
#include "engine/catalogue/identity.hpp"
#include "engine/ingest/relocate.hpp"

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

/// Makes one ordered array of a partition's chunks.
void order_partition(ingest::Month& month, std::size_t partition) {
  QuoteTable& quotes = month.quotes;
  auto& chunks = quotes.chunks[partition];
  auto& rows = quotes.partitions[partition];
  constexpr std::uint32_t kParts = QuoteTable::kPartitions;
  for (const auto& chunk : chunks)
    for (std::size_t i = 0; i < chunk->size; ++i) ++quotes.count[chunk->rows[i].product];
  std::uint32_t total = 0;
  for (std::size_t product = partition; product < quotes.count.size(); product += kParts) {
    quotes.first[product] = total;
    total += quotes.count[product];
  }
  rows.resize(total);
  for (auto& chunk : chunks) {
    for (std::size_t i = 0; i < chunk->size; ++i) rows[quotes.first[chunk->rows[i].product]++] = chunk->rows[i];
    chunk.reset();
  }
  chunks.clear();
  chunks.shrink_to_fit();
  for (std::size_t product = partition; product < quotes.count.size(); product += kParts) {
    quotes.first[product] -= quotes.count[product];
    const auto begin = rows.begin() + quotes.first[product];
    std::sort(begin, begin + quotes.count[product], [](const ingest::Quote& a, const ingest::Quote& b) {
      if (a.operator_ != b.operator_) return a.operator_ < b.operator_;
      if (a.unit_price != b.unit_price) return a.unit_price < b.unit_price;
      return a.offset < b.offset;
    });
  }
}

std::uint32_t unit_of_category(ingest::Keys& keys, std::uint32_t category, std::map<std::uint32_t, std::uint32_t>& known) {
  if (category == kNone) return kNone;
  if (known.empty())
    for (const auto& row : keys.dictionaries().categories) {
      const std::uint32_t number = keys.category(row.category);
      const auto unit = keys.unit(row.base_unit).unit;
      if (unit != kNone) known[number] = unit;
      else known.emplace(number, kNone);
      const std::uint32_t by_alias = keys.category(row.alias);
      if (unit != kNone) known[by_alias] = unit;
    }
  const auto found = known.find(category);
  return found == known.end() ? kNone : found->second;
}

/// Rejects index rows of another unit, then several prices of one product, period and origin.
void settle_index(ingest::Month& month) {
  ingest::LateProblems mismatched(month, "index");
  ingest::LateProblems conflicting(month, "index");
  ingest::LateProblems repeated(month, "index");
  std::vector<bool> gone(month.index.size(), false);
  for (std::size_t row = 0; row < month.index.size(); ++row) {
    const auto& price = month.index[row];
    if (price.product != kNone && price.unit != kNone && price.unit != month.base_unit[price.product]) {
      mismatched.add(price.offset, "unit", ProblemCode::unit_mismatch);
      gone[row] = true;
    }
  }
  std::map<std::tuple<std::uint32_t, int, bool>, std::vector<std::size_t>> groups;
  std::vector<std::uint32_t> seen(month.base_unit.size(), 0);
  for (std::size_t row = 0; row < month.index.size(); ++row)
    if (month.index[row].product != kNone) ++seen[month.index[row].product];
  for (std::size_t row = 0; row < month.index.size(); ++row) {
    const auto& price = month.index[row];
    if (!gone[row] && price.product != kNone && price.index_price >= 0 && price.use != RowUse::excluded && seen[price.product] > 1)
      groups[{price.product, price.period.index(), price.own}].push_back(row);
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
    const bool equal = std::all_of(rows.begin(), rows.end(), [&](std::size_t row) { return month.index[row].index_price == month.index[rows[0]].index_price; });
    if (equal) {
      std::sort(rows.begin(), rows.end(), before);
      for (std::size_t i = 1; i < rows.size(); ++i) {
        repeated.add(month.index[rows[i]].offset, "", ProblemCode::duplicate, {month.index[rows[0]].offset});
        gone[rows[i]] = true;
      }
    } else {
      std::vector<std::uint64_t> offsets;
      for (const std::size_t row : rows) offsets.push_back(month.index[row].offset);
      for (const std::size_t row : rows) {
        conflicting.add(month.index[row].offset, "", ProblemCode::conflicting_index, offsets);
        gone[row] = true;
      }
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

}  // namespace

void guess_units(ingest::Month& month) {
  auto& likely = month.likely_unit;
  likely.assign(month.keys->products.size(), kNone);
  std::map<std::uint32_t, std::uint32_t> category_units;
  unit_of_category(*month.keys, 0, category_units);
  for (const auto& row : month.index)
    if (row.model_product != kNone && row.unit != kNone) likely[row.model_product] = row.unit;
  const auto by_category = [&](std::uint32_t product, std::uint32_t category) {
    if (product == kNone || category == kNone || likely[product] != kNone) return;
    if (const auto found = category_units.find(category); found != category_units.end()) likely[product] = found->second;
  };
  for (const auto& row : month.index) by_category(row.model_product, row.category);
  for (const auto& row : month.listings) by_category(row.model_product, row.category);
}

void group_by_product(ingest::Month& month, int threads) {
  const std::uint32_t products = month.keys->products.size();
  month.quotes.first.assign(products, 0);
  month.quotes.count.assign(products, 0);
  for_each_part(QuoteTable::kPartitions, threads, [&](std::size_t partition, int) { order_partition(month, partition); });
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
  for_each_part(256, threads, [&](std::size_t part, int) {
    Commonest commonest(units);
    Commonest category(month.keys->categories);
    for (std::uint32_t product = static_cast<std::uint32_t>(part); product < products; product += 256) {
      const auto index = month.index_of.of(product);
      const auto listings = month.listings_of.of(product);
      category.clear();
      for (const std::uint32_t row : index) category.add(month.index[row].category);
      if (category.answer() == kNone)
        for (const std::uint32_t row : listings)
          if (!month.listings[row].probe) category.add(month.listings[row].category);
      month.category_of[product] = category.answer();

      commonest.clear();
      for (const std::uint32_t row : index) commonest.add(month.index[row].unit);
      std::uint32_t unit = commonest.answer();
      if (unit == kNone && month.category_of[product] != kNone) {
        const auto found = category_units.find(month.category_of[product]);
        if (found != category_units.end()) unit = found->second;
      }
      if (unit == kNone) {
        for (const std::uint32_t row : listings)
          if (!month.listings[row].probe) commonest.add(month.listings[row].unit);
        for (const std::uint32_t row : month.orders_of.of(product)) commonest.add(month.orders[row].unit);
        std::uint32_t last_pack = kNone;
        std::uint32_t last_unit = kNone;
        for (const auto& quote : month.quotes.of(product)) {
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

  ingest::LateProblems quotes(month, "quotes");
  auto& quote_counts = month.tables["quotes"].counts;
  std::mutex mutex;
  std::vector<std::uint32_t> unit_of_pack(month.quotes.packs.size());
  bool plain = true;
  for (std::uint32_t pack = 0; pack < unit_of_pack.size(); ++pack) {
    unit_of_pack[pack] = month.quotes.pack(pack).first;
    plain &= unit_of_pack[pack] == kNone;
  }
  if (plain) return;
  for_each_part(QuoteTable::kPartitions, threads, [&](std::size_t partition, int) {
    auto& rows = month.quotes.partitions[partition];
    const auto mismatched = [&](const ingest::Quote& quote) {
      const std::uint32_t unit = unit_of_pack[quote.pack];
      return unit != kNone && unit != month.base_unit[quote.product];
    };
    if (std::none_of(rows.begin(), rows.end(), mismatched)) return;
    const std::lock_guard lock(mutex);
    std::vector<ingest::Quote> kept;
    kept.reserve(rows.size());
    for (std::size_t product = partition; product < month.quotes.count.size(); product += QuoteTable::kPartitions) {
      const std::uint32_t first = month.quotes.first[product];
      const std::uint32_t count = month.quotes.count[product];
      month.quotes.first[product] = static_cast<std::uint32_t>(kept.size());
      for (std::uint32_t row = first; row < first + count; ++row) {
        if (!mismatched(rows[row])) {
          kept.push_back(rows[row]);
          continue;
        }
        quotes.add(rows[row].offset, "unit", ProblemCode::unit_mismatch);
        --quote_counts.by_use[rows[row].use];
      }
      month.quotes.count[product] = static_cast<std::uint32_t>(kept.size()) - month.quotes.first[product];
    }
    rows = std::move(kept);
  });
  quotes.report(ProblemAction::rejected);
}

}  // namespace fairprice::catalogue
