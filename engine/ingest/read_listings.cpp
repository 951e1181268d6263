#include <algorithm>
#include <map>

#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

namespace l = listings_column;

namespace {

struct Local : RowsOfThread {
  std::vector<Listing> rows;
  RowDigest digest;
};

struct ListingParser {
  Month& month;
  Keys& keys;
  ExclusionMatcher exclusions;

  void parse(Local& local, Row& row);
};

void ListingParser::parse(Local& local, Row& row) {
  Listing listing;
  listing.offset = row.offset();
  listing.listing = row.required_text(l::listing_id, [&](std::string_view text) { return keys.listing(text); });
  listing.supplier = row.required_text(l::supplier_id, [&](std::string_view text) { return keys.supplier(text); });
  listing.price = row.required_price(l::price);
  const Row::Pack size = row.pack(l::unit, l::pack_size, keys);
  listing.unit = size.unit;
  listing.unit_factor = size.factor;
  listing.pack_size = size.size;
  listing.k = size.k;
  if (const std::string_view text = row.cell(l::unit); !text.empty() && is_utf8(text)) listing.unit_text = month.unit_texts.intern(text);
  listing.category = row.text_number(l::category, keys.category(row.cell(l::category)));
  listing.brand = row.text_number(l::brand, keys.brand(row.cell(l::brand)));
  const std::string_view model = row.cell(l::model);
  listing.model_product = row.text_number(l::model, keys.product(listing.brand, model));
  listing.has_model = listing.model_product != kNone || (listing.brand != kNone && !model.empty() && is_utf8(model) && !folded_model(model).empty());
  if (!listing.has_model && row.cell(l::barcode).empty() && row.cell(l::title).empty()) row.reject(-1, ProblemCode::unrecognisable);
  listing.gtin = row.barcode(l::barcode);
  listing.spec = row.text_number(l::spec, keys.spec(row.cell(l::spec)));

  const auto discount = row.optional(l::promised_discount, [&](std::string_view text) { return parse_discount(text, row.headings().unit(l::promised_discount)); });
  if (discount.ok) listing.discount = discount.value;
  const auto listed = row.optional(l::listed_at, parse_date_cell);
  listing.original_price = row.optional_price(l::original_price);
  const auto promotion = row.optional(l::promotion_start, parse_date_cell);
  if (promotion.ok) listing.promotion_start = promotion.value.days();
  if (row.rejected()) return;
  listing.excluded = exclusions.active() && exclusions.excludes(row);

  RowDigest& d = local.digest;
  d.clear();
  d.add(std::int64_t{listing.supplier});
  for (const int column : {l::supplier_name, l::category, l::brand, l::model, l::title, l::barcode, l::spec, l::unit}) d.add(row.cell(column));
  for (const std::int64_t value : {listing.pack_size, listing.price.ten_thousandths(), std::int64_t{listing.discount},
                                   std::int64_t{listed.ok ? listed.value.days() : Date::kNone}, listing.original_price.ten_thousandths(),
                                   std::int64_t{listing.promotion_start}})
    d.add(value);
  listing.digest = d.digest();
  local.rows.push_back(listing);
}

/// Rows of one listing_id: equal ones count once, different ones are all rejected.
void settle_duplicates(Month& month) {
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
    const bool equal = std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) { return month.listings[row].digest == month.listings[rows[0]].digest; });
    std::vector<std::uint64_t> places;
    for (const std::uint32_t row : rows) places.push_back(month.listings[row].offset);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Listing& row = month.listings[rows[i]];
      if (equal && i == 0) continue;
      if (equal) duplicates.add(row.offset, "", ProblemCode::duplicate, {places[0]});
      else conflicts.add(row.offset, "", ProblemCode::conflicting_duplicate, places);
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
  read_rows(month, Table::listings, settings, locals, [&](Local& local, Row& row) { parser.parse(local, row); });
  if (month.tables["listings"].files.empty())
    throw FatalError(month.folder + "：没有 listings 表（listings.csv 等）；这是唯一必需的表",
                     month.folder + ": there is no table of listings (listings.csv, listings-*.csv or listings/*.csv), the one that must be there; nothing was run");
  std::size_t total = 0;
  for (const Local& local : locals) total += local.rows.size();
  month.listings.reserve(total);
  for (Local& local : locals) {
    month.listings.insert(month.listings.end(), local.rows.begin(), local.rows.end());
    local.rows = {};
  }
  if (month.tables["listings"].counts.read == 0)
    throw FatalError(month.tables["listings"].files[0].name + "：listings 表只有表头，没有任何商品；请检查导出",
                     month.tables["listings"].files[0].name + ": the table of listings has a heading but no row (export it again); nothing was run");
  settle_duplicates(month);
  auto& counts = month.tables["listings"].counts;
  for (const Listing& row : month.listings) ++counts.by_use[static_cast<std::size_t>(row.excluded ? RowUse::excluded : RowUse::used)];
  parser.exclusions.report(month);
}

}  // namespace fairprice::ingest
