#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"
#include "engine/ingest/text_hints.hpp"

namespace fairprice::ingest {

namespace l = listings_column;

namespace {

struct Local : RowsOfThread {
  std::vector<Listing> rows;
  std::vector<Digest> digests;                     ///< of the rows
  std::set<std::string, std::less<>> rejected_of;  ///< suppliers
  RowDigest digest;
  /// Memory that is not written costs nothing, memory that has to grow is copied.
  void reserve(std::size_t count) {
    rows.reserve(count);
    digests.reserve(count);
  }

  /// Rows whose texts are still being looked up: what they wait for is on its way into the cache.
  struct Waiting {
    Listing listing;
    Digest digest;
    std::string_view id, supplier;
    std::uint64_t id_hash, supplier_hash;
    Keys::ProductSearch search;
  };
  static constexpr std::size_t kWaiting = 16;
  std::array<Waiting, kWaiting> waiting;
  std::size_t waiting_count = 0;
};

struct ListingParser {
  Month& month;
  Keys& keys;
  ExclusionMatcher exclusions;

  void operator()(Local& local, Row& row);
  void end_block(Local& local, const Row& row);
};

void ListingParser::operator()(Local& local, Row& row) {
  if (local.waiting_count == Local::kWaiting) end_block(local, row);
  Local::Waiting& waiting = local.waiting[local.waiting_count];
  Listing& listing = waiting.listing = {};
  listing.offset = row.offset();
  waiting.id = row.required_utf8(l::listing_id);
  waiting.supplier = row.required_utf8(l::supplier_id);
  waiting.id_hash = Interner::hash_of(waiting.id);
  waiting.supplier_hash = Interner::hash_of(waiting.supplier);
  keys.listings.prefetch(waiting.id_hash);
  keys.suppliers.prefetch(waiting.supplier_hash);
  listing.brand = row.text_number(l::brand, keys.brand(row.cell(l::brand)));
  const std::string_view model = row.cell(l::model);
  keys.begin(waiting.search, listing.brand, model);
  if (waiting.search.size == 0) row.text_number(l::model, waiting.search.answer);
  listing.has_model = Keys::has_model(waiting.search, model);
  listing.price = row.required_price(l::price);
  const Row::Pack size = row.pack(l::unit, l::pack_size, keys);
  listing.unit = size.unit;
  listing.pack_size = size.size;
  listing.k = size.k;
  if (const std::string_view text = row.cell(l::unit); !text.empty() && is_utf8(text)) listing.unit_text = month.unit_texts.intern(text);
  listing.category = row.text_number(l::category, keys.category(row.cell(l::category)));
  if (!listing.has_model && !row.has_barcode(l::barcode) && row.cell(l::title).empty()) row.reject(-1, ProblemCode::unrecognisable);
  listing.gtin = row.barcode(l::barcode);
  listing.spec = row.text_number(l::spec, keys.spec(row.cell(l::spec)));

  TextHints hints;
  hints.look(row.cell(l::title));
  hints.look(row.cell(l::spec));
  listing.may_state = hints.number;
  listing.may_be_used = hints.used;
  listing.may_state_pack = hints.number && (may_state_pack(row.cell(l::title)) || may_state_pack(row.cell(l::spec)));

  const auto discount = row.optional(
      l::promised_discount, [&](std::string_view text) { return parse_discount(text, row.headings().unit(l::promised_discount)); });
  if (discount.ok) listing.discount = discount.value;
  const auto listed = row.optional(l::listed_at, parse_date_cell);
  listing.original_price = row.optional_price(l::original_price);
  const auto promotion = row.optional(l::promotion_start, parse_date_cell);
  if (promotion.ok) listing.promotion_start = promotion.value.days();
  if (row.rejected()) {
    const std::string_view supplier = is_utf8(waiting.supplier) ? waiting.supplier : std::string_view();
    if (!local.rejected_of.contains(supplier)) local.rejected_of.emplace(supplier);
    return;
  }
  listing.excluded = exclusions.active() && exclusions.excludes(row);

  RowDigest& d = local.digest;
  d.clear();
  for (const int column : {l::supplier_id, l::supplier_name, l::category, l::brand, l::model, l::title, l::barcode, l::spec, l::unit})
    d.add(row.cell(column));
  for (const std::int64_t value : {listing.pack_size, listing.price.ten_thousandths(), std::int64_t{listing.discount},
                                   std::int64_t{listed.ok ? listed.value.days() : Date::kNone}, listing.original_price.ten_thousandths(),
                                   std::int64_t{listing.promotion_start}})
    d.add(value);
  waiting.digest = d.digest();
  ++local.waiting_count;
}

void ListingParser::end_block(Local& local, const Row&) {
  for (std::size_t i = 0; i < local.waiting_count; ++i) keys.look(local.waiting[i].search);
  for (std::size_t i = 0; i < local.waiting_count; ++i) {
    Local::Waiting& waiting = local.waiting[i];
    waiting.listing.listing = keys.listings.intern(waiting.id, waiting.id_hash, 0);
    waiting.listing.supplier = keys.suppliers.intern(waiting.supplier, waiting.supplier_hash, 0);
    waiting.listing.model_product = keys.end(waiting.search);
    local.rows.push_back(waiting.listing);
    local.digests.push_back(waiting.digest);
  }
  local.waiting_count = 0;
}

/// Rows of one listing_id: equal ones count once, different ones are all rejected.
void settle_duplicates(Month& month, const std::vector<Digest>& digests) {
  std::vector<std::uint32_t> first(month.keys->listings.size(), kNone);
  std::map<std::uint32_t, std::vector<std::uint32_t>> repeated;
  for (std::uint32_t row = 0; row < month.listings.size(); ++row) {
    std::uint32_t& seen = first[month.listings[row].listing];
    if (seen == kNone) {
      seen = row;
      continue;
    }
    auto& rows = repeated[month.listings[row].listing];
    if (rows.empty()) rows.push_back(seen);
    rows.push_back(row);
  }
  if (repeated.empty()) return;
  LateProblems duplicates(month, "listings");
  LateProblems conflicts(month, "listings");
  const auto by_offset = [&](std::uint32_t a, std::uint32_t b) { return month.listings[a].offset < month.listings[b].offset; };
  for (auto& entry : repeated) {
    auto& rows = entry.second;
    std::sort(rows.begin(), rows.end(), by_offset);
    const bool equal = std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) { return digests[row] == digests[rows[0]]; });
    std::vector<std::uint64_t> places;
    for (const std::uint32_t row : rows) places.push_back(month.listings[row].offset);
    if (!equal) {
      conflicts.add_all(places, ProblemCode::conflicting_duplicate);
      for (const std::uint32_t row : rows) month.suppliers_with_rejected_rows.emplace(month.keys->suppliers[month.listings[row].supplier]);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Listing& row = month.listings[rows[i]];
      if (equal && i == 0) continue;
      if (equal) duplicates.add(row.offset, "", ProblemCode::duplicate, {places[0]});
      row.listing = kNone;
    }
  }
  duplicates.report(ProblemAction::duplicate);
  conflicts.report(ProblemAction::rejected);
  std::erase_if(month.listings, [](const Listing& row) { return row.listing == kNone; });
}

}  // namespace

void read_listings(Month& month, const ReadSettings& settings) {
  ListingParser parser{month, *month.keys, ExclusionMatcher(month, Table::listings)};
  std::vector<Local> locals;
  read_rows(month, Table::listings, settings, locals, parser);
  if (month.tables["listings"].files.empty() && !settings.listings_optional)
    throw FatalError(month.folder + "：没有 listings 表（listings.csv 等）；这是唯一必需的表",
                     month.folder +
                         ": there is no table of listings (listings.csv, listings-*.csv or listings/*.csv), the one that must be there; "
                         "nothing was run");
  month.listings = joined(locals, &Local::rows);
  const std::vector<Digest> digests = joined(locals, &Local::digests);
  if (month.tables["listings"].counts.read == 0 && !month.tables["listings"].files.empty())
    throw FatalError(
        month.tables["listings"].files[0].name + "：listings 表只有表头，没有任何商品；请检查导出",
        month.tables["listings"].files[0].name + ": the table of listings has a heading but no row (export it again); nothing was run");
  for (Local& local : locals) month.suppliers_with_rejected_rows.merge(local.rejected_of);
  settle_duplicates(month, digests);
  auto& counts = month.tables["listings"].counts;
  for (const Listing& row : month.listings) ++counts.by_use[static_cast<std::size_t>(row.excluded ? RowUse::excluded : RowUse::used)];
  parser.exclusions.report(month);
}

}  // namespace fairprice::ingest
