#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/cli/index_build.hpp"

namespace fairprice::cli {

using own_index::CategoryMonth;
using own_index::MonthFacts;
using own_index::Product;
using own_index::ProductMonth;
using publishing::CsvBuffer;

namespace {

std::string ratio(double value) { return fmt::format("{:.6f}", value); }  // not a price

/// "101.2345"; more than four decimals only where a published level has them.
void put_level(CsvBuffer& csv, std::int64_t level) {
  std::string text = fmt::format("{}.{:08}", level / 100'000'000, level % 100'000'000);
  for (int i = 0; i < 4 && text.ends_with('0'); ++i) text.pop_back();
  csv.put_plain(text);
}

bool is_printed(std::int64_t unit_price, PackUnits pack) {
  return unit_price >= 0 && UnitPrice::from_count(unit_price).for_pack(pack).ten_thousandths() > 0;
}

void put_price(CsvBuffer& csv, std::int64_t unit_price, PackUnits pack) {
  if (is_printed(unit_price, pack)) csv.put_money(UnitPrice::from_count(unit_price).for_pack(pack));
}

/// A row of a product.
struct ProductRow {
  const Product* product;
  std::string_view category;
  PackUnits pack;
  std::int64_t price;  // UnitPrice counts, or −1
  std::int64_t best_selling;
};

void put_product(CsvBuffer& csv, const std::string& period, const ProductRow& row) {
  const Product& product = *row.product;
  for (const std::string_view cell :
       {std::string_view(period), row.category, std::string_view(product.brand), std::string_view(product.model),
        std::string_view(product.barcode), std::string_view(product.spec), std::string_view(product.unit)}) {
    csv.put_text(cell);
    csv.comma();
  }
  csv.put_plain(row.pack.to_string());
  csv.comma();
  put_price(csv, row.price, row.pack);
  csv.comma();
  put_price(csv, row.best_selling, row.pack);
  csv.comma();
  csv.comma();
  csv.put_plain("own");
  csv.end_row();
}

/// A product that has a price to write, and a name that the table can say.
bool is_written(const ProductRow& row) {
  if (!is_printed(row.price, row.pack) && !is_printed(row.best_selling, row.pack)) return false;
  return !row.product->barcode.empty() || !row.product->brand.empty();
}

std::string_view name_of(const std::vector<std::string>& categories, std::uint32_t category) {
  return category == ingest::kNone ? std::string_view() : std::string_view(categories[category]);
}

/// A month's rows; what was published comes first and stays.
struct MonthRows {
  std::map<std::string_view, std::int64_t> levels;  // by category
  std::map<std::uint32_t, ProductRow> products;     // by number
};

void add_stated(const own_index::History& history, const own_index::Stated& stated, MonthRows& rows) {
  for (const auto& [category, level] : stated.levels) rows.levels.emplace(category, level.level);
  for (const auto& [number, price] : stated.prices)
    rows.products.emplace(number, ProductRow{&history.products()[number], price.category, price.pack, price.price, price.best_selling});
}

void add_built(const own_index::History& history, const MonthFacts& facts, MonthRows& rows) {
  for (const ProductMonth& one : facts.products) {
    const std::int64_t price = one.state == ProductMonth::State::priced ? one.price : -1;
    const auto [row, added] = rows.products.emplace(
        one.product,
        ProductRow{&history.products()[one.product], name_of(history.categories(), one.category), one.pack, price, one.best_selling});
    if (added) continue;
    if (row->second.price < 0) row->second.price = price;
    if (row->second.best_selling < 0) row->second.best_selling = one.best_selling;
  }
}

void put_total(CsvBuffer& csv, const own_index::TotalMonth& total) {
  csv.put_plain(total.period.to_string());
  csv.put_plain(",*,");
  csv.put_plain(own_index::state_name(total.state));
  csv.comma();
  if (total.has_level()) csv.put_plain(fmt::format("{:.4f}", total.level));
  csv.empty_cells(14);
  csv.put_plain(ratio(1));
  csv.comma();
  double sum = 0;  // not a price
  for (const auto one : total.contribution) sum += one;
  csv.put_plain(ratio(sum));
  csv.end_row();
}

}  // namespace

CsvBuffer own_index_rows(const own_index::History& history, const own_index::OwnIndex& index, bool revise) {
  CsvBuffer csv;
  csv.put_plain("period,category,brand,model,barcode,spec,unit,pack_size,index_price,best_selling_price,level,origin\n");
  std::map<Period, MonthRows> months;
  if (!revise)
    for (const auto& [period, stated] : history.stated()) add_stated(history, stated, months[period]);
  for (const CategoryMonth& one : index.categories)
    if (one.level >= 0) months[one.period].levels.emplace(history.categories()[one.category], one.level);
  for (const MonthFacts& facts : history.months()) add_built(history, facts, months[facts.period]);
  for (auto& [month, rows] : months) {
    const std::string period = month.to_string();
    for (const auto& [category, level] : rows.levels) {
      csv.put_plain(period);
      csv.comma();
      csv.put_text(category);
      csv.empty_cells(9);
      put_level(csv, level);
      csv.comma();
      csv.put_plain("own");
      csv.end_row();
    }
    std::vector<ProductRow> products;
    for (const auto& [number, row] : rows.products)
      if (is_written(row)) products.push_back(row);
    const auto key = [](const ProductRow& row) {
      const Product& product = *row.product;
      return std::tuple(row.category, std::string_view(product.brand), std::string_view(product.model), std::string_view(product.spec),
                        std::string_view(product.barcode), std::string_view(product.unit));
    };
    std::sort(products.begin(), products.end(), [&](const ProductRow& a, const ProductRow& b) { return key(a) < key(b); });
    for (const ProductRow& row : products) put_product(csv, period, row);
  }
  return csv;
}

CsvBuffer own_index_quality(const own_index::History& history, const own_index::OwnIndex& index) {
  CsvBuffer csv;
  csv.put_plain(
      "period,category,state,level,linked_to,matched,change,change_lower,change_upper,products,with_index_price,too_few_sellers,dispersed,"
      "clearance,sellers,orders_value,orders_covered,weight,contribution\n");
  std::size_t at = 0;
  for (const own_index::TotalMonth& total : index.total) {
    for (; at < index.categories.size() && index.categories[at].period == total.period; ++at) {
      const CategoryMonth& one = index.categories[at];
      csv.put_plain(one.period.to_string());
      csv.comma();
      csv.put_text(history.categories()[one.category]);
      csv.comma();
      csv.put_plain(own_index::state_name(one.state));
      csv.comma();
      if (one.level >= 0) put_level(csv, one.level);
      csv.comma();
      const bool linked = one.linked_to.index() != 0;
      if (linked) csv.put_plain(one.linked_to.to_string());
      csv.comma();
      if (one.change.matched > 0) csv.put_integer(static_cast<std::int64_t>(one.change.matched));
      csv.comma();
      if (linked) csv.put_plain(ratio(one.change.index.value));
      csv.comma();
      if (linked && one.change.lower > 0) csv.put_plain(ratio(one.change.lower));
      csv.comma();
      if (linked && one.change.upper > 0) csv.put_plain(ratio(one.change.upper));
      csv.comma();
      for (const std::uint64_t count : {std::uint64_t{one.products}, std::uint64_t{one.priced}, std::uint64_t{one.too_few_sellers},
                                        std::uint64_t{one.dispersed}, std::uint64_t{one.clearance}, one.sellers}) {
        csv.put_integer(static_cast<std::int64_t>(count));
        csv.comma();
      }
      csv.put_fen(divide_rounded(one.orders, 1'000'000));
      csv.comma();
      if (one.orders > 0) csv.put_ratio(one.orders_priced, one.orders);
      csv.comma();
      csv.put_plain(ratio(index.weight[one.category]));
      csv.comma();
      if (one.level >= 0) csv.put_plain(ratio(total.contribution[one.category]));
      csv.end_row();
    }
    put_total(csv, total);
  }
  return csv;
}

}  // namespace fairprice::cli
