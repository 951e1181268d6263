#include <fmt/format.h>

#include <algorithm>
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

/// A level is a multiple of 10^-4: "101.2345".
void put_level(CsvBuffer& csv, std::int64_t level) {
  csv.put_plain(fmt::format("{}.{:04}", level / 100'000'000, level % 100'000'000 / 10'000));
}

void put_price(CsvBuffer& csv, std::int64_t unit_price, PackUnits pack) {
  if (unit_price < 0) return;
  const Money price = UnitPrice::from_count(unit_price).for_pack(pack);
  if (price.ten_thousandths() > 0) csv.put_money(price);
}

void put_product(CsvBuffer& csv, const std::string& period, std::string_view category, const Product& product, const ProductMonth& one) {
  for (const std::string_view cell : {std::string_view(period), category, std::string_view(product.brand), std::string_view(product.model),
                                      std::string_view(product.barcode), std::string_view(product.spec), std::string_view(product.unit)}) {
    csv.put_text(cell);
    csv.comma();
  }
  csv.put_plain(one.pack.to_string());
  csv.comma();
  if (one.state == ProductMonth::State::priced) put_price(csv, one.price, one.pack);
  csv.comma();
  put_price(csv, one.best_selling, one.pack);
  csv.comma();
  csv.comma();
  csv.put_plain("own");
  csv.end_row();
}

/// A product that has a price to write, and a name that the table can say.
bool is_written(const Product& product, const ProductMonth& one) {
  if (one.state != ProductMonth::State::priced && one.best_selling < 0) return false;
  return !product.barcode.empty() || !product.brand.empty();
}

std::string_view name_of(const std::vector<std::string>& categories, std::uint32_t category) {
  return category == ingest::kNone ? std::string_view() : std::string_view(categories[category]);
}

void put_total(CsvBuffer& csv, const own_index::TotalMonth& total) {
  csv.put_plain(total.period.to_string());
  csv.put_plain(",*,");
  csv.put_plain(total.has_level ? "linked" : "no_orders");
  csv.comma();
  if (total.has_level) csv.put_plain(fmt::format("{:.4f}", total.level));
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
  const auto& names = history.categories();
  std::size_t at = 0;
  for (const MonthFacts& month : history.months()) {
    const std::string period = month.period.to_string();
    for (; at < index.categories.size() && index.categories[at].period == month.period; ++at) {
      const CategoryMonth& category = index.categories[at];
      if (category.level < 0 || category.state == CategoryMonth::State::published) continue;
      csv.put_plain(period);
      csv.comma();
      csv.put_text(names[category.category]);
      csv.empty_cells(9);
      put_level(csv, category.level);
      csv.comma();
      csv.put_plain("own");
      csv.end_row();
    }
    std::vector<const ProductMonth*> rows;
    for (const ProductMonth& one : month.products)
      if (is_written(history.products()[one.product], one) && (revise || !one.published)) rows.push_back(&one);
    const auto key = [&](const ProductMonth* one) {
      const Product& product = history.products()[one->product];
      return std::tuple(name_of(names, one->category), std::string_view(product.brand), std::string_view(product.model),
                        std::string_view(product.spec), std::string_view(product.barcode), std::string_view(product.unit));
    };
    std::sort(rows.begin(), rows.end(), [&](const ProductMonth* a, const ProductMonth* b) { return key(a) < key(b); });
    for (const ProductMonth* one : rows) put_product(csv, period, name_of(names, one->category), history.products()[one->product], *one);
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
