#include <algorithm>
#include <map>

#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

namespace o = orders_column;

namespace {

struct Local : RowsOfThread {
  std::vector<Order> rows;
  std::vector<PeriodOrder> in_period;
  RowDigest digest;
};

struct OrderParser {
  Month& month;
  Keys& keys;
  ExclusionMatcher exclusions;
  std::int32_t first_used;  ///< days of the window
  std::int32_t first;       ///< days of the period
  std::int32_t last;

  void parse(Local& local, Row& row);
};

void OrderParser::parse(Local& local, Row& row) {
  Order order;
  order.offset = row.offset();
  const std::string_view id = row.cell(o::order_id);
  if (id.empty()) row.reject(o::order_id, ProblemCode::missing_value);
  else if (!is_utf8(id)) row.reject(o::order_id, ProblemCode::bad_encoding);
  order.date = row.required(o::date, parse_date_cell).value;
  order.supplier = row.required_text(o::supplier_id, [&](std::string_view text) { return keys.supplier(text); });
  order.quantity = row.required(o::quantity, parse_quantity).value;
  order.unit_price = row.required_price(o::unit_price);
  const std::string_view listing = row.cell(o::listing_id);
  if (!listing.empty()) order.listing = keys.listings.find(listing);
  const Row::Pack size = row.pack(o::unit, o::pack_size, keys);
  const std::int64_t pack_size = size.size;
  order.unit = size.unit;
  order.k = size.k;  // with a unit to come from the listing: the pack size alone, its factor being 1 so far
  order.unit_from_listing = size.unit == kNone && !listing.empty();
  const std::uint32_t brand = row.text_number(o::brand, keys.brand(row.cell(o::brand)));
  const std::string_view model = row.cell(o::model);
  order.model_product = row.text_number(o::model, keys.product(brand, model));
  order.has_model = order.model_product != kNone || (brand != kNone && !model.empty() && is_utf8(model) && !folded_model(model).empty());
  if (!order.has_model && row.cell(o::barcode).empty() && listing.empty()) row.reject(-1, ProblemCode::unrecognisable);
  order.gtin = row.barcode(o::barcode);
  const std::string_view status = row.cell(o::status);
  order.status = static_cast<std::uint8_t>(status.empty() ? OrderStatus::counts : parse_status(status));

  const Money list_price = row.optional_price(o::list_price);
  const auto discount = row.optional(o::promised_discount, [&](std::string_view text) { return parse_discount(text, row.headings().unit(o::promised_discount)); });
  if (row.rejected()) return;
  const bool excluded = exclusions.active() && exclusions.excludes(row);
  const std::int32_t day = order.date.days();
  order.use = excluded ? RowUse::excluded : day < first_used || day > last ? RowUse::out_of_window
              : order.status != static_cast<std::uint8_t>(OrderStatus::counts) ? RowUse::not_comparable : RowUse::used;
  const std::string_view line = row.cell(o::line);

  RowDigest& d = local.digest;
  d.clear();
  d.add(id);
  d.add(line);
  if (!line.empty()) order.key = d.digest();
  for (const std::int64_t value : {std::int64_t{day}, std::int64_t{order.supplier}, order.quantity, order.unit_price.ten_thousandths(), pack_size,
                                   list_price.ten_thousandths(), std::int64_t{discount.ok ? discount.value : -1}})
    d.add(value);
  for (const int column : {o::listing_id, o::buyer_id, o::brand, o::model, o::barcode, o::spec, o::unit, o::status}) d.add(row.cell(column));
  order.digest = d.digest();
  if (line.empty()) order.key = order.digest;

  if (day >= first && day <= last) {
    order.in_period = static_cast<std::uint32_t>(local.in_period.size());
    const std::string_view shown = order.status == static_cast<std::uint8_t>(OrderStatus::cancelled)  ? "cancelled"
                                   : order.status == static_cast<std::uint8_t>(OrderStatus::returned) ? "returned"
                                                                                                      : status;
    local.in_period.push_back({std::string(id), std::string(line), std::string(shown), list_price, discount.ok ? discount.value : -1});
  }
  local.rows.push_back(order);
}

/// Rows of one order_id and line (without line: rows equal throughout): equal ones count once, different ones are all rejected.
void settle_duplicates(Month& month) {
  std::size_t capacity = 16;
  while (capacity < month.orders.size() * 2) capacity *= 2;
  std::vector<std::uint32_t> slots(capacity, kNone);
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;  // by the first row found
  for (std::uint32_t row = 0; row < month.orders.size(); ++row) {
    const Digest key = month.orders[row].key;
    for (std::size_t i = key.low & (capacity - 1);; i = (i + 1) & (capacity - 1)) {
      if (slots[i] == kNone) {
        slots[i] = row;
        break;
      }
      if (month.orders[slots[i]].key == key) {
        repeated[slots[i]].push_back(row);
        break;
      }
    }
  }
  if (repeated.empty()) return;
  LateProblems duplicates(month, "orders");
  LateProblems conflicts(month, "orders");
  for (auto& entry : repeated) {
    auto& rows = entry.second;
    rows.push_back(entry.first);
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return month.orders[a].offset < month.orders[b].offset; });
    const bool equal = std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) { return month.orders[row].digest == month.orders[rows[0]].digest; });
    std::vector<std::uint64_t> places;
    for (const std::uint32_t row : rows) places.push_back(month.orders[row].offset);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Order& row = month.orders[rows[i]];
      if (equal && i == 0) continue;
      if (equal) duplicates.add(row.offset, "", ProblemCode::duplicate, {places[0]});
      else conflicts.add(row.offset, "", ProblemCode::conflicting_duplicate, places);
      row.supplier = kNone;
    }
  }
  duplicates.report(ProblemAction::duplicate);
  conflicts.report(ProblemAction::rejected);
  std::erase_if(month.orders, [](const Order& row) { return row.supplier == kNone; });
}

}  // namespace

void read_orders(Month& month, const ReadSettings& settings) {
  OrderParser parser{month, *month.keys, ExclusionMatcher(month, Table::orders),
                     first_day(month.period.minus_months(settings.orders_months - 1)).days(), first_day(month.period).days(),
                     last_day(month.period).days()};
  std::vector<Local> locals;
  read_rows(month, Table::orders, settings, locals, [&](Local& local, Row& row) { parser.parse(local, row); });
  std::size_t total = 0;
  for (const Local& local : locals) total += local.rows.size();
  month.orders.reserve(total);
  for (Local& local : locals) {
    const auto shift = static_cast<std::uint32_t>(month.period_orders.size());
    for (Order& order : local.rows) {
      if (order.in_period != kNone) order.in_period += shift;
      month.orders.push_back(order);
    }
    local.rows = {};
    std::move(local.in_period.begin(), local.in_period.end(), std::back_inserter(month.period_orders));
  }
  settle_duplicates(month);
  auto& counts = month.tables["orders"].counts;
  for (const Order& row : month.orders) ++counts.by_use[static_cast<std::size_t>(row.use)];
  parser.exclusions.report(month);
}

}  // namespace fairprice::ingest
