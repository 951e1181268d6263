#include <algorithm>
#include <array>
#include <map>

#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"
#include "engine/ingest/text_hints.hpp"

namespace fairprice::ingest {

namespace o = orders_column;

namespace {

/// What tells rows apart: order_id and line (the whole row where line is empty), and the whole row.
struct OrderDigests {
  Digest key;
  Digest row;
};

struct Local : RowsOfThread {
  std::vector<Order> rows;
  std::vector<OrderDigests> digests;  ///< of the rows
  std::vector<PeriodOrder> in_period;
  RowDigest digest;
  /// Memory that is not written costs nothing, memory that has to grow is copied.
  void reserve(std::size_t count) {
    rows.reserve(count);
    digests.reserve(count);
  }

  /// Rows whose texts are still being looked up: what they wait for is on its way into the cache.
  struct Waiting {
    Order order;
    OrderDigests digests;
    std::string_view listing, supplier;
    std::uint64_t listing_hash, supplier_hash;
    Keys::ProductSearch search;
  };
  static constexpr std::size_t kWaiting = 16;
  std::array<Waiting, kWaiting> waiting;
  std::size_t waiting_count = 0;
};

struct OrderParser {
  Month& month;
  Keys& keys;
  ExclusionMatcher exclusions;
  std::int32_t first_used;  ///< days of the window
  std::int32_t first;       ///< days of the period
  std::int32_t last;

  void operator()(Local& local, Row& row);
  void end_block(Local& local, const Row& row);
};

/// The quantity, with the unit behind it (10台) where the row's own unit does not differ; that unit then, empty where there is none.
std::string_view unit_of_quantity(std::string_view quantity, std::string_view unit_cell, Keys& keys) {
  const std::size_t end = quantity.find_last_of("0123456789") + 1;
  const std::string_view unit = trimmed(quantity.substr(end));
  if (end == 0 || unit.empty() || !keys.knows_unit(unit)) return {};
  return unit_cell.empty() || keys.unit(unit_cell).unit == keys.unit(unit).unit ? quantity.substr(end) : std::string_view();
}

void OrderParser::operator()(Local& local, Row& row) {
  if (local.waiting_count == Local::kWaiting) end_block(local, row);
  Local::Waiting& waiting = local.waiting[local.waiting_count];
  Order& order = waiting.order = {};
  order.offset = row.offset();
  const std::string_view id = row.required_utf8(o::order_id);
  waiting.supplier = row.required_utf8(o::supplier_id);
  waiting.supplier_hash = Interner::hash_of(waiting.supplier);
  keys.suppliers.prefetch(waiting.supplier_hash);
  waiting.listing = row.cell(o::listing_id);
  waiting.listing_hash = Interner::hash_of(waiting.listing);
  if (!waiting.listing.empty()) keys.listings.prefetch(waiting.listing_hash);
  const std::uint32_t brand = row.text_number(o::brand, keys.brand(row.cell(o::brand)));
  const std::string_view model = row.cell(o::model);
  keys.begin(waiting.search, brand, model);
  if (waiting.search.size == 0) row.text_number(o::model, waiting.search.answer);
  order.has_model = Keys::has_model(waiting.search, model);
  order.date = row.required(o::date, parse_date_cell).value;
  std::string_view unit_text = row.cell(o::unit);
  order.quantity = row.required(o::quantity,
                                [&](std::string_view text) {
                                  const auto plain = parse_quantity(text);
                                  if (plain.ok) return plain;
                                  const std::string_view counted = unit_of_quantity(text, unit_text, keys);
                                  if (counted.empty()) return plain;
                                  if (unit_text.empty()) unit_text = counted;
                                  return parse_quantity(trimmed(text.substr(0, text.size() - counted.size())));
                                })
                       .value;
  order.unit_price = row.required_price(o::unit_price);
  const auto unit = keys.unit(unit_text);
  const Row::Pack size = row.pack_of_size(o::pack_size, row.cell(o::pack_size), row.text_number(o::unit, unit.unit), unit.factor);
  const std::int64_t pack_size = size.size;
  order.unit = size.unit;
  order.k = size.k;  // with a unit to come from the listing: the pack size alone, its factor being 1 so far
  order.unit_from_listing = size.unit == kNone && !waiting.listing.empty();
  if (!order.has_model && !row.has_barcode(o::barcode) && waiting.listing.empty()) row.reject(-1, ProblemCode::unrecognisable);
  order.gtin = row.barcode(o::barcode);
  if (const std::string_view spec = row.cell(o::spec); !spec.empty()) {
    TextHints hints;
    hints.look(spec);
    order.may_state = hints.number || hints.used;
  }
  const std::string_view status = row.cell(o::status);
  order.status = static_cast<std::uint8_t>(status.empty() ? OrderStatus::counts : parse_status(status));

  const Money list_price = row.optional_price(o::list_price);
  const auto discount = row.optional(
      o::promised_discount, [&](std::string_view text) { return parse_discount(text, row.headings().unit(o::promised_discount)); });
  if (row.rejected()) return;
  const bool excluded = exclusions.active() && exclusions.excludes(row);
  const std::int32_t day = order.date.days();
  order.use = excluded                                                         ? RowUse::excluded
              : day < first_used || day > last                                 ? RowUse::out_of_window
              : order.status != static_cast<std::uint8_t>(OrderStatus::counts) ? RowUse::not_comparable
                                                                               : RowUse::used;
  const std::string_view line = row.cell(o::line);

  RowDigest& d = local.digest;
  d.clear();
  d.add(id);
  d.add(line);
  if (!line.empty()) waiting.digests.key = d.digest();
  for (const std::int64_t value : {std::int64_t{day}, order.quantity, order.unit_price.ten_thousandths(), pack_size,
                                   list_price.ten_thousandths(), std::int64_t{discount.ok ? discount.value : -1}})
    d.add(value);
  for (const int column : {o::supplier_id, o::listing_id, o::buyer_id, o::brand, o::model, o::barcode, o::spec, o::unit, o::status})
    d.add(row.cell(column));
  waiting.digests.row = d.digest();
  if (line.empty()) waiting.digests.key = waiting.digests.row;

  if (day >= first && day <= last) {
    order.in_period = static_cast<std::uint32_t>(local.in_period.size());
    const std::string_view shown = order.status == static_cast<std::uint8_t>(OrderStatus::cancelled)  ? "cancelled"
                                   : order.status == static_cast<std::uint8_t>(OrderStatus::returned) ? "returned"
                                                                                                      : status;
    local.in_period.push_back({std::string(id), std::string(line), std::string(shown), list_price, discount.ok ? discount.value : -1});
  }
  ++local.waiting_count;
}

void OrderParser::end_block(Local& local, const Row&) {
  std::array<std::uint32_t, Local::kWaiting> listings;
  for (std::size_t i = 0; i < local.waiting_count; ++i) {
    keys.look(local.waiting[i].search);
    listings[i] = local.waiting[i].listing.empty() ? kNone : keys.listings.candidate(local.waiting[i].listing_hash);
  }
  for (std::size_t i = 0; i < local.waiting_count; ++i) {
    Local::Waiting& waiting = local.waiting[i];
    waiting.order.supplier = keys.suppliers.intern(waiting.supplier, waiting.supplier_hash, 0);
    if (!waiting.listing.empty())
      waiting.order.listing = listings[i] != kNone && keys.listings.is(listings[i], waiting.listing)
                                  ? listings[i]
                                  : keys.listings.find(waiting.listing, waiting.listing_hash);
    waiting.order.product = keys.end(waiting.search);
    local.rows.push_back(waiting.order);
    local.digests.push_back(waiting.digests);
  }
  local.waiting_count = 0;
}

/// Rows that have a key in common, each group by its first row. In parts by the key, each of which fits into the cache.
std::map<std::uint32_t, std::vector<std::uint32_t>> find_repeated(const std::vector<OrderDigests>& digests, int threads) {
  constexpr std::size_t kParts = 16;
  std::array<std::map<std::uint32_t, std::vector<std::uint32_t>>, kParts> found;
  for_each_part(kParts, threads, [&](std::size_t part, int) {
    std::size_t capacity = 64;
    while (capacity < digests.size() / kParts * 3) capacity *= 2;
    std::vector<std::uint32_t> slots(capacity, kNone);
    std::size_t count = 0;
    const auto place = [&](std::uint32_t row, bool fresh) {
      const Digest key = digests[row].key;
      for (std::size_t i = key.low & (slots.size() - 1);; i = (i + 1) & (slots.size() - 1)) {
        if (slots[i] == kNone) {
          slots[i] = row;
          ++count;
          return;
        }
        if (fresh && digests[slots[i]].key == key) {
          found[part][slots[i]].push_back(row);
          return;
        }
      }
    };
    for (std::uint32_t row = 0; row < digests.size(); ++row) {
      if (digests[row].key.high % kParts != part) continue;
      if (count * 4 > slots.size() * 3) {  // keys that fall into few parts
        std::vector<std::uint32_t> old(slots.size() * 4, kNone);
        old.swap(slots);
        count = 0;
        for (const std::uint32_t known : old)
          if (known != kNone) place(known, false);
      }
      place(row, true);
    }
  });
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated = std::move(found[0]);
  for (std::size_t part = 1; part < kParts; ++part) repeated.merge(found[part]);
  return repeated;
}

/// Rows of one order_id and line (without line: rows equal throughout): equal ones count once, different ones are all rejected.
void settle_duplicates(Month& month, const std::vector<OrderDigests>& digests, int threads) {
  auto repeated = find_repeated(digests, threads);
  if (repeated.empty()) return;
  LateProblems duplicates(month, "orders");
  LateProblems conflicts(month, "orders");
  for (auto& entry : repeated) {
    auto& rows = entry.second;
    rows.push_back(entry.first);
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return month.orders[a].offset < month.orders[b].offset; });
    const bool equal = std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) { return digests[row].row == digests[rows[0]].row; });
    std::vector<std::uint64_t> places;
    for (const std::uint32_t row : rows) places.push_back(month.orders[row].offset);
    if (!equal) conflicts.add_all(places, ProblemCode::conflicting_duplicate);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Order& row = month.orders[rows[i]];
      if (equal && i == 0) continue;
      if (equal) duplicates.add(row.offset, "", ProblemCode::duplicate, {places[0]});
      row.supplier = kNone;
    }
  }
  duplicates.report(ProblemAction::duplicate);
  conflicts.report(ProblemAction::rejected);
  std::erase_if(month.orders, [](const Order& row) { return row.supplier == kNone; });
}

}  // namespace

void read_orders(Month& month, const ReadSettings& settings) {
  OrderParser parser{month,
                     *month.keys,
                     ExclusionMatcher(month, Table::orders),
                     first_day(month.period.minus_months(settings.orders_months - 1)).days(),
                     first_day(month.period).days(),
                     last_day(month.period).days()};
  std::vector<Local> locals;
  read_rows(month, Table::orders, settings, locals, parser);
  std::uint32_t shift = 0;
  for (Local& local : locals) {
    if (shift > 0)
      for (Order& order : local.rows)
        if (order.in_period != kNone) order.in_period += shift;
    shift += static_cast<std::uint32_t>(local.in_period.size());
  }
  month.orders = joined(locals, &Local::rows);
  month.period_orders = joined(locals, &Local::in_period);
  settle_duplicates(month, joined(locals, &Local::digests), settings.threads);
  auto& counts = month.tables["orders"].counts;
  for (const Order& row : month.orders) ++counts.by_use[static_cast<std::size_t>(row.use)];
  parser.exclusions.report(month);
}

}  // namespace fairprice::ingest
