#include "engine/own_index/history.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"
#include "engine/catalogue/product_category.hpp"
#include "engine/catalogue/product_quotes.hpp"
#include "engine/market/market.hpp"
#include "engine/own_index/best_selling.hpp"

namespace fairprice::own_index {

using ingest::kNone;
using ingest::RowUse;
using State = ProductMonth::State;

namespace {

/// The pack in which a product is quoted most often.
PackUnits commonest_pack(const ingest::Month& month, std::span<const ingest::Quote> quotes, std::vector<std::int64_t>& packs) {
  packs.clear();
  for (const ingest::Quote& quote : quotes)
    if (quote.use == static_cast<unsigned>(RowUse::used)) packs.push_back(month.quotes.k_of_pack[quote.pack].ten_thousandths());
  std::sort(packs.begin(), packs.end());
  std::int64_t best = PackUnits::kOne;
  std::ptrdiff_t most = 0;
  for (auto i = packs.begin(); i != packs.end();) {
    const auto end = std::upper_bound(i, packs.end(), *i);
    if (end - i > most) most = end - i, best = *i;
    i = end;
  }
  return PackUnits::from_ten_thousandths(best);
}

/// A product's own facts; nothing that needs another product or month.
class Reader {
 public:
  Reader(const ingest::Month& month, const rules::PolicySet& policy, const Rules& rules)
      : month_(month), policy_(policy), rules_(rules), quotes_(month) {}

  ProductMonth read(std::uint32_t product) {
    ProductMonth facts;
    read_quotes(product, facts);
    read_orders(product, facts);
    return facts;
  }

 private:
  void read_quotes(std::uint32_t product, ProductMonth& facts) {
    if (!month_.quotes.has(product)) return;
    const auto quotes = quotes_.of(product);
    market::operator_sellers(month_, quotes, rules::Population::ecommerce_and_store, ShopType::unknown, sellers_);
    std::erase_if(sellers_, [&](const market::Seller& seller) { return month_.has_groups(seller.seller); });
    if (sellers_.empty()) return;
    market::Question question{{rules::Statistic::Kind::mean, 0}};
    question.least = rules_.sellers;
    const market::MarketAnswer answer =
        market::ask_market(sellers_, question, market::policy_of(month_, policy_, catalogue::product_category(month_, product)));
    facts.sellers = answer.kept;
    facts.pack = commonest_pack(month_, quotes, packs_);
    if (answer.why == market::MarketAnswer::Why::too_few) facts.state = State::too_few;
    if (answer.why == market::MarketAnswer::Why::dispersed) facts.state = State::dispersed;
    if (!answer.present()) return;
    facts.state = State::priced;
    facts.price = answer.price;
  }

  void read_orders(std::uint32_t product, ProductMonth& facts) {
    sales_.clear();
    for (const std::uint32_t row : month_.orders_of.of(product)) {
      const ingest::Order& order = month_.orders[row];
      const int age = month_.period - order.date.period();
      if (order.use != RowUse::used || age < 0 || age >= rules_.best_months) continue;
      const Int128 units = Int128{order.quantity} * order.k.ten_thousandths();
      if (age == 0) {
        facts.units += units;
        facts.value += Int128{order.quantity} * order.unit_price.ten_thousandths();
      }
      sales_.push_back({UnitPrice::of(order.unit_price, order.k).count(), units, order.supplier});
    }
    if (sales_.empty()) return;
    const auto best = best_selling_price(sales_, static_cast<std::size_t>(rules_.best_suppliers));
    if (best) facts.best_selling = *best;
  }

  const ingest::Month& month_;
  const rules::PolicySet& policy_;
  const Rules& rules_;
  catalogue::ProductQuotes quotes_;
  std::vector<market::Seller> sellers_;
  std::vector<Sale> sales_;
  std::vector<std::int64_t> packs_;
};

/// a < share × b
bool below(Int128 a, Ratio share, Int128 b) { return a * share.denominator < b * share.numerator; }

}  // namespace

std::uint32_t History::product_number(const ingest::Month& month, std::uint32_t product) {
  const ingest::Keys& keys = *month.keys;
  Product text;
  text.name = keys.product_name(product);
  const std::uint32_t unit = month.base_unit[product];
  if (unit != kNone) text.unit = keys.units[unit];
  const auto found = product_numbers_.find(text.name + '\n' + text.unit);
  if (found != product_numbers_.end()) return found->second;
  if (const std::uint32_t brand = keys.product_brand(product); brand != kNone) {
    text.brand = keys.brands[brand];
    text.model = keys.products[keys.base_of(product)].substr(4);
    text.spec = keys.configuration(product);
  } else if (text.name.starts_with("GTIN ")) {
    text.barcode = text.name.substr(5);
  }
  const auto number = static_cast<std::uint32_t>(products_.size());
  product_numbers_.emplace(text.name + '\n' + text.unit, number);
  products_.push_back(std::move(text));
  counted_.emplace_back();
  return number;
}

std::uint32_t History::category_number(const std::string& name) {
  const auto [found, added] = category_numbers_.emplace(name, static_cast<std::uint32_t>(categories_.size()));
  if (added) categories_.push_back(name);
  return found->second;
}

void History::add(const ingest::Month& month, const rules::PolicySet& policy, int threads) {
  const auto products = static_cast<std::uint32_t>(month.base_unit.size());
  constexpr std::size_t kParts = ingest::QuoteTable::kPartitions;
  std::vector<std::vector<std::pair<std::uint32_t, ProductMonth>>> of_part(kParts);
  for_each_part(kParts, threads, [&](std::size_t part, int) {
    Reader reader(month, policy, rules_);
    for (std::uint32_t product = static_cast<std::uint32_t>(part); product < products; product += kParts) {
      const ProductMonth facts = reader.read(product);
      // A best-selling price may come from earlier months' orders alone.
      if (facts.state != State::no_seller || facts.value > 0 || facts.best_selling >= 0) of_part[part].emplace_back(product, facts);
    }
  });

  MonthFacts facts;
  facts.period = month.period;
  // The month's own numbers depend on threads; numbers of the history follow names, so that sums are taken in the same order always.
  std::map<std::string, std::pair<std::uint32_t, const ProductMonth*>> by_name;
  for (const auto& part : of_part)
    for (const auto& [product, read] : part) by_name[month.keys->product_name(product)] = {product, &read};
  for (const auto& [name, product] : by_name) {
    facts.products.push_back(*product.second);
    ProductMonth& one = facts.products.back();
    one.product = product_number(month, product.first);
    const std::uint32_t category = catalogue::product_category(month, product.first);
    if (category != kNone) one.category = category_number(std::string(month.keys->categories[category]));
  }
  std::sort(facts.products.begin(), facts.products.end(),
            [](const ProductMonth& a, const ProductMonth& b) { return a.product < b.product; });
  facts.orders_known = std::any_of(facts.products.begin(), facts.products.end(), [](const ProductMonth& one) { return one.units > 0; });
  read_stated(month);
  mark_clearance(facts);
  months_.push_back(std::move(facts));
}

void History::read_stated(const ingest::Month& month) {
  for (const ingest::IndexLevel& row : month.levels) {
    if (!row.own || row.use == RowUse::excluded || row.category == kNone || row.period > month.period) continue;
    const std::string name(month.keys->categories[row.category]);
    const auto [known, added] = stated_[row.period].levels.emplace(name, StatedLevel{row.level, month.period});
    if (!added && known->second.level != row.level) restated_.push_back({row.period, name, known->second.stated_in, month.period});
    known->second = {row.level, month.period};
  }
  for (const ingest::IndexPrice& row : month.index) {
    if (!row.own || row.use == RowUse::excluded || row.product == kNone || row.period > month.period) continue;
    if (row.index_price < 0 && row.best_selling < 0) continue;
    const std::uint32_t category = row.category != kNone ? row.category : catalogue::product_category(month, row.product);
    StatedPrice price{category == kNone ? std::string() : std::string(month.keys->categories[category]), row.k, row.index_price,
                      row.best_selling, month.period};
    const std::uint32_t number = product_number(month, row.product);
    const auto [known, added] = stated_[row.period].prices.emplace(number, price);
    if (!added && known->second.price != price.price && known->second.stated_in != month.period)
      restated_.push_back({row.period, products_[number].name, known->second.stated_in, month.period});
    known->second = std::move(price);
  }
}

void History::mark_clearance(MonthFacts& facts) {
  for (ProductMonth& one : facts.products) {
    if (one.state != State::priced) continue;
    Counted& last = counted_[one.product];
    const bool recent = last.period != INT32_MIN && facts.period.index() - last.period <= rules_.gap;
    if (recent && rules_.clearance_price.denominator != 0 && below(one.price, rules_.clearance_price, last.price)) {
      // Sales are units ordered; of a product that nobody ordered in either month, or where a month's orders are not known, the shops that still
      // offer it.
      const bool known = facts.orders_known && last.orders_known;
      const bool ordered = known && last.units > 0;
      const bool fewer = ordered ? below(one.units, rules_.clearance_sales, last.units)
                                 : !(known && one.units > 0) && below(one.sellers, rules_.clearance_sales, last.sellers);
      if (fewer) {
        one.state = State::clearance;
        continue;
      }
    }
    last = {facts.period.index(), one.price, one.sellers, one.units, facts.orders_known};
  }
}

}  // namespace fairprice::own_index
