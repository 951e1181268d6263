#include "engine/cases/run_figures.hpp"

#include <algorithm>
#include <set>

#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using ingest::kNone;

namespace {

std::string digits(Int128 value) {
  const bool negative = value < 0;
  std::string text;
  for (UInt128 left = negative ? -static_cast<UInt128>(value) : static_cast<UInt128>(value); left > 0; left /= 10)
    text.push_back(static_cast<char>('0' + static_cast<int>(left % 10)));
  if (text.empty()) text = "0";
  if (negative) text.push_back('-');
  std::reverse(text.begin(), text.end());
  return text;
}

Int128 number_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  Int128 value = 0;
  for (const char c : text.substr(negative ? 1 : 0))
    if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
  return negative ? -value : value;
}

Quotient of(const assessment::Share& share) { return {share.part, share.whole}; }

/// The published best-selling price of the month, by product: of several the one that counts for the index price, too, is the first used row.
std::int64_t best_selling(const ingest::Month& month, std::uint32_t product) {
  for (const std::uint32_t row : month.index_of.of(product)) {
    const ingest::IndexPrice& price = month.index[row];
    if (price.use == ingest::RowUse::used && !price.own && price.period == month.period && price.best_selling > 0)
      return price.best_selling;
  }
  return -1;
}

}  // namespace

std::string quotient_text(Quotient value) { return digits(value.part) + "/" + digits(value.whole); }

Quotient read_quotient(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  return {number_of(text.substr(0, slash)), number_of(text.substr(slash + 1))};
}

RunFigures figures_of(const ingest::Month& month, const assessment::Assessments& assessments) {
  RunFigures figures;
  figures.listings = static_cast<std::int64_t>(assessments.listings.size());
  figures.orders = static_cast<std::int64_t>(assessments.orders.size());
  figures.with_promise = assessments.orders_with_promise;
  figures.above_promise = assessments.orders_above_promise;
  figures.coverage = of(assessments.coverage);
  figures.high_by_listing = of(assessments.high_price_by_listing);
  figures.high_by_product = of(assessments.high_price_by_product);
  figures.high_by_order_value = of(assessments.high_price_by_order_value);
  for (const assessment::OrderAssessment& one : assessments.orders) {
    const ingest::Order& order = month.orders[one.row];
    const Money list = month.period_orders[order.in_period].list_price;
    figures.above_listing_price += list.ten_thousandths() >= 0 && order.unit_price > list;
    if (order.use != ingest::RowUse::used || order.product == kNone || !order.k.valid()) continue;
    const std::int64_t best = best_selling(month, order.product);
    if (best < 0) continue;
    // A pack's best-selling price is a count of 10^-8 a unit times k of 10^-4: both sides in yuan × 10^16.
    figures.deal_to_best_selling.part += Int128{order.quantity} * order.unit_price.ten_thousandths() * 100'000'000;
    figures.deal_to_best_selling.whole += Int128{order.quantity} * order.k.ten_thousandths() * best;
  }
  std::set<std::string_view> published;
  for (const ingest::IndexLevel& level : month.levels) {
    if (level.use != ingest::RowUse::used || level.period != month.period || level.category == kNone) continue;
    const std::string_view category = month.keys->categories[level.category];
    if (level.own && published.contains(category)) continue;
    if (!level.own) published.insert(category);
    figures.levels[std::string(category)] = std::to_string(level.level);
  }
  return figures;
}

std::string figures_body(const RunFigures& figures) {
  ledger::CanonicalObject levels;
  for (const auto& [category, level] : figures.levels) levels.text(category, level);
  return ledger::CanonicalObject()
      .integer("listings", figures.listings)
      .integer("orders", figures.orders)
      .integer("with_promise", figures.with_promise)
      .integer("above_promise", figures.above_promise)
      .integer("above_listing_price", figures.above_listing_price)
      .text("coverage", quotient_text(figures.coverage))
      .text("high_by_listing", quotient_text(figures.high_by_listing))
      .text("high_by_product", quotient_text(figures.high_by_product))
      .text("high_by_order_value", quotient_text(figures.high_by_order_value))
      .text("deal_to_best_selling", quotient_text(figures.deal_to_best_selling))
      .raw("levels", levels.str())
      .str();
}

RunFigures read_figures(std::string_view body) {
  RunFigures figures;
  const auto object = ledger::JsonObject::parse(body);
  if (!object) return figures;
  figures.listings = object->integer("listings");
  figures.orders = object->integer("orders");
  figures.with_promise = object->integer("with_promise");
  figures.above_promise = object->integer("above_promise");
  figures.above_listing_price = object->integer("above_listing_price");
  figures.coverage = read_quotient(object->text("coverage"));
  figures.high_by_listing = read_quotient(object->text("high_by_listing"));
  figures.high_by_product = read_quotient(object->text("high_by_product"));
  figures.high_by_order_value = read_quotient(object->text("high_by_order_value"));
  figures.deal_to_best_selling = read_quotient(object->text("deal_to_best_selling"));
  if (const auto levels = ledger::JsonObject::parse(object->raw("levels")))
    for (const std::string& category : object->names("levels")) figures.levels[category] = levels->text(category);
  return figures;
}

}  // namespace fairprice::cases
