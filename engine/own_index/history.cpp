#include "engine/own_index/history.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"
#include "engine/catalogue/product_quotes.hpp"
#include "engine/market/market.hpp"
#include "engine/own_index/best_selling.hpp"

namespace fairprice::own_index {

using ingest::kNone;
using ingest::RowUse;
using State = ProductMonth::State;

namespace {

/// The pack that stands there most often; the smallest of equal ones.
PackUnits commonest_pack(std::vector<std::int64_t>& packs) {
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

/// What most of them say; of equally many the first in the order of bytes. kNone when none says anything.
class Votes {
 public:
  void add(std::uint32_t number) {
    if (number != kNone) ++counts_[number];
  }
  std::uint32_t answer(const Interner& texts) const {
    std::uint32_t best = kNone;
    int most = 0;
    for (const auto& [number, count] : counts_)
      if (count > most || (count == most && texts[number] < texts[best])) best = number, most = count;
    return best;
  }

 private:
  std::map<std::uint32_t, int> counts_;
};

/// As catalogue::product_category, but that own index rows say nothing: what this index writes must not come back as a fact about the product.
std::uint32_t category_in_month(const ingest::Month& month, std::uint32_t product) {
  for (const std::uint32_t one : {product, month.keys->base_of(product)}) {
    Votes published;
    for (const std::uint32_t row : month.index_of.of(one))
      if (!month.index[row].own) published.add(month.index[row].category);
    if (const std::uint32_t answer = published.answer(month.keys->categories); answer != kNone) return answer;
    Votes listed;
    for (const std::uint32_t row : month.listings_of.of(one))
      if (!month.listings[row].probe && !month.listings[row].identity_conflict) listed.add(month.listings[row].category);
    if (const std::uint32_t answer = listed.answer(month.keys->categories); answer != kNone) return answer;
  }
  return kNone;
}

/// As it is printed.
std::int64_t printed(std::int64_t unit_price, PackUnits pack) {
  return UnitPrice::of(UnitPrice::from_count(unit_price).for_pack(pack), pack).count();
}

/// A product's own facts; nothing that needs another product or month.
class Reader {
 public:
  Reader(const ingest::Month& month, const Rules& rules) : month_(month), rules_(rules), quotes_(month) {}

  ProductMonth read(std::uint32_t product, const rules::Policy& policy) {
    ProductMonth facts;
    packs_.clear();
    read_quotes(product, policy, facts);
    const bool quoted = !packs_.empty();
    read_orders(product, quoted, facts);
    facts.pack = commonest_pack(packs_);
    if (facts.state != State::priced) return facts;
    facts.price = printed(facts.price, facts.pack);
    if (facts.price == 0) facts.state = State::too_small, facts.price = -1;
    return facts;
  }

 private:
  void read_quotes(std::uint32_t product, const rules::Policy& policy, ProductMonth& facts) {
    if (!month_.quotes.has(product)) return;
    const auto quotes = quotes_.of(product);
    market::operator_sellers(month_, quotes, rules::Population::ecommerce_and_store, ShopType::unknown, sellers_);
    std::erase_if(sellers_, [&](const market::Seller& seller) { return month_.has_groups(seller.seller); });
    if (sellers_.empty()) return;
    market::Question question{{rules::Statistic::Kind::mean, 0}};
    question.least = rules_.sellers;
    const market::MarketAnswer answer = market::ask_market(sellers_, question, policy);
    facts.sellers = answer.kept;
    for (const ingest::Quote& quote : quotes)
      if (quote.use == static_cast<unsigned>(RowUse::used)) packs_.push_back(month_.quotes.k_of_pack[quote.pack].ten_thousandths());
    if (answer.why == market::MarketAnswer::Why::too_few) facts.state = State::too_few;
    if (answer.why == market::MarketAnswer::Why::dispersed) facts.state = State::dispersed;
    if (!answer.present()) return;
    facts.state = State::priced;
    facts.price = answer.price;
  }

  void read_orders(std::uint32_t product, bool quoted, ProductMonth& facts) {
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
      if (!quoted) packs_.push_back(order.k.ten_thousandths());
    }
    if (sales_.empty()) return;
    const auto best = best_selling_price(sales_, static_cast<std::size_t>(rules_.best_suppliers));
    if (best) facts.best_selling = *best;
  }

  const ingest::Month& month_;
  const Rules& rules_;
  catalogue::ProductQuotes quotes_;
  std::vector<market::Seller> sellers_;
  std::vector<Sale> sales_;
  std::vector<std::int64_t> packs_;
};

/// a < share × b
bool below(Int128 a, Ratio share, Int128 b) { return a * share.denominator < b * share.numerator; }

}  // namespace

namespace {

/// What a product is called here, and in what it is counted.
Product named(const ingest::Month& month, std::uint32_t product, std::uint32_t unit) {
  const ingest::Keys& keys = *month.keys;
  Product text;
  text.name = keys.product_name(product);
  if (unit != kNone) text.unit = keys.units[unit];
  if (const std::uint32_t brand = keys.product_brand(product); brand != kNone) {
    text.brand = keys.brands[brand];
    text.model = keys.products[keys.base_of(product)].substr(4);
    text.spec = keys.configuration(product);
  } else if (text.name.starts_with("GTIN ")) {
    text.barcode = text.name.substr(5);
  }
  return text;
}

bool same_product(const Product& a, const Product& b) {
  return a.brand == b.brand && a.barcode == b.barcode && (a.unit == b.unit || a.unit.empty() || b.unit.empty());
}

}  // namespace

std::optional<std::uint32_t> History::known_product(const ingest::Month& month, std::uint32_t product, std::uint32_t unit) const {
  const Product text = named(month, product, unit);
  const auto found = product_numbers_.find(text.name);
  if (found == product_numbers_.end()) return std::nullopt;
  for (const std::uint32_t number : found->second)
    if (same_product(products_[number], text)) return number;
  return std::nullopt;
}

std::uint32_t History::product_number(const ingest::Month& month, std::uint32_t product, std::uint32_t unit) {
  Product text = named(month, product, unit);
  if (const auto known = known_product(month, product, unit)) {
    if (products_[*known].unit.empty()) products_[*known].unit = text.unit;
    return *known;
  }
  const auto number = static_cast<std::uint32_t>(products_.size());
  product_numbers_[text.name].push_back(number);
  products_.push_back(std::move(text));
  counted_.emplace_back();
  category_of_.emplace_back();
  return number;
}

/// Earlier months in which nothing said what it is take the first category that becomes known.
void History::set_category(std::uint32_t product, std::uint32_t category, Period period) {
  if (category == kNone) return;
  auto& known = category_of_[product];
  if (known.empty())
    for (MonthFacts& facts : months_) {
      const auto one = std::lower_bound(facts.products.begin(), facts.products.end(), product,
                                        [](const ProductMonth& a, std::uint32_t number) { return a.product < number; });
      if (one != facts.products.end() && one->product == product) one->category = category;
    }
  if (known.empty() || known.back().second != category) known.emplace_back(period, category);
}

std::uint32_t History::category_at(std::uint32_t product, Period period) const {
  const auto& known = category_of_[product];
  if (known.empty()) return kNone;
  const auto later =
      std::upper_bound(known.begin(), known.end(), period, [](Period wanted, const auto& one) { return wanted < one.first; });
  return later == known.begin() ? known.front().second : (later - 1)->second;
}

std::uint32_t History::category_number(const std::string& name) {
  const auto [found, added] = category_numbers_.emplace(name, static_cast<std::uint32_t>(categories_.size()));
  if (added) categories_.push_back(name);
  return found->second;
}

void History::add(const ingest::Month& month, const rules::PolicySet& policy, int threads) {
  const auto products = static_cast<std::uint32_t>(month.base_unit.size());
  constexpr std::size_t kParts = ingest::QuoteTable::kPartitions;
  struct Read {
    std::uint32_t product;
    std::string category;
    ProductMonth facts;
    bool category_alone;
  };
  std::vector<std::vector<Read>> of_part(kParts);
  for_each_part(kParts, threads, [&](std::size_t part, int) {
    Reader reader(month, rules_);
    for (std::uint32_t product = static_cast<std::uint32_t>(part); product < products; product += kParts) {
      const std::uint32_t said = category_in_month(month, product);
      std::string category;
      if (said != kNone) category = month.keys->categories[said];
      if (!month.quotes.has(product) && month.orders_of.of(product).empty()) {
        // A listing alone says of what category it will be, and was.
        if (said != kNone) of_part[part].push_back({product, std::move(category), {}, true});
        continue;
      }
      if (said == kNone)
        if (const auto known = known_product(month, product, month.base_unit[product]); known && !category_of_[*known].empty())
          category = categories_[category_of_[*known].back().second];
      const ProductMonth facts = reader.read(product, policy.by_category.empty() ? policy.base : policy.of(category));
      // A best-selling price may come from earlier months' orders alone.
      if (facts.state != State::no_seller || facts.value > 0 || facts.best_selling >= 0)
        of_part[part].push_back({product, std::move(category), facts, false});
      else if (said != kNone)
        of_part[part].push_back({product, std::move(category), facts, true});
    }
  });

  MonthFacts facts;
  facts.period = month.period;
  // The month's own numbers depend on threads; numbers of the history follow names, so that sums are taken in the same order always.
  std::vector<std::pair<std::string, const Read*>> by_name;
  for (const auto& part : of_part)
    for (const Read& read : part) {
      const bool branded = month.keys->product_brand(read.product) != kNone;  // of two that print alike one is known by its barcode alone
      by_name.emplace_back(month.keys->product_name(read.product) + (branded ? "\n" : ""), &read);
    }
  std::sort(by_name.begin(), by_name.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [name, read] : by_name) {
    const std::uint32_t number = product_number(month, read->product, month.base_unit[read->product]);
    const std::uint32_t category = read->category.empty() ? kNone : category_number(read->category);
    set_category(number, category, month.period);
    if (read->category_alone) continue;
    facts.products.push_back(read->facts);
    facts.products.back().product = number;
    facts.products.back().category = category;
  }
  std::sort(facts.products.begin(), facts.products.end(),
            [](const ProductMonth& a, const ProductMonth& b) { return a.product < b.product; });
  facts.orders_known = std::any_of(facts.products.begin(), facts.products.end(), [](const ProductMonth& one) { return one.units > 0; });
  read_stated(month);
  mark_clearance(facts);
  months_.push_back(std::move(facts));
}

void History::read_stated(const ingest::Month& month) {
  const auto state = [&](Period period, const std::string& what, std::int64_t& known, Period& stated_in, std::int64_t now) {
    if (now < 0) return;
    if (known >= 0 && known != now) restated_.push_back({period, what, stated_in, month.period});
    known = now;
    stated_in = month.period;
  };
  for (const ingest::IndexLevel& row : month.levels) {
    if (!row.own || row.use == RowUse::excluded || row.category == kNone) continue;
    const std::string name(month.keys->categories[row.category]);
    category_number(name);
    StatedLevel& level = stated_[row.period].levels[name];
    state(row.period, name, level.level, level.stated_in, row.level);
  }
  for (const ingest::IndexPrice& row : month.index) {
    if (!row.own || row.use == RowUse::excluded || row.product == kNone || (row.index_price < 0 && row.best_selling < 0)) continue;
    const std::uint32_t number = product_number(month, row.product, row.unit != kNone ? row.unit : month.base_unit[row.product]);
    StatedPrice& price = stated_[row.period].prices[number];
    if (row.category != kNone) {
      price.category = month.keys->categories[row.category];
      category_number(price.category);
    }
    if (row.index_price >= 0 || price.price < 0) price.pack = row.k;  // in which its price is told
    const std::string& name = products_[number].name;
    state(row.period, name, price.price, price.stated_in, row.index_price);
    state(row.period, name, price.best_selling, price.best_stated_in, row.best_selling);
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
