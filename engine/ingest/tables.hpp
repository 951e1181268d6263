#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/date.hpp"
#include "engine/base/money.hpp"
#include "engine/base/problem.hpp"
#include "engine/base/working_days.hpp"
#include "engine/ingest/keys.hpp"
#include "engine/ingest/quote_chunk.hpp"
#include "engine/ingest/source.hpp"

namespace fairprice::ingest {

/// The hand-over from ingest to the later stages: the understood rows of a month's tables, texts as numbers of `Keys`.
/// A row is known by its `offset`: where it starts in the table's unpacked bytes, all files one after another in order of name.
/// Absent values: kNone for numbers of texts, Date::kNone for days, -1 for amounts and counts.

/// What became of an understood row, in the order in which the contract counts.
enum class RowUse : std::uint8_t { used, excluded, out_of_window, not_comparable, out_of_stock, unmatched };

/// 128 bits of XXH3 over a row's values as understood: equal rows have equal digests.
struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const Digest&) const = default;
  auto operator<=>(const Digest&) const = default;
};

/// The base units in one pack, in half the room. What PackUnits holds beyond 2^31 is as invalid as 2^31 - 1 is.
class ShortPackUnits {
 public:
  constexpr ShortPackUnits() = default;
  constexpr ShortPackUnits(PackUnits k)
      : count_(static_cast<std::int32_t>(k.ten_thousandths() > INT32_MAX ? INT32_MAX
                                         : k.ten_thousandths() < 0       ? -1
                                                                         : k.ten_thousandths())) {}
  constexpr operator PackUnits() const { return PackUnits::from_ten_thousandths(count_); }
  constexpr std::int64_t ten_thousandths() const { return count_; }
  constexpr bool valid() const { return PackUnits(*this).valid(); }
  std::string to_string() const { return PackUnits(*this).to_string(); }

 private:
  static_assert(PackUnits::kBelow < INT32_MAX);
  std::int32_t count_ = PackUnits::kOne;
};

struct Listing {
  std::uint64_t offset = 0;
  std::uint32_t listing = kNone;  ///< Keys::listings
  std::uint32_t supplier = kNone;
  std::uint32_t category = kNone;
  std::uint32_t brand = kNone;
  std::uint32_t model_product = kNone;  ///< product by brand and model
  std::uint32_t product = kNone;        ///< set by the catalogue
  std::uint32_t unit = kNone;
  std::uint32_t unit_text = kNone;  ///< Keys::units does not hold it: ListingTable::unit_texts
  std::uint32_t spec = kNone;
  std::int32_t promotion_start = Date::kNone;
  std::uint64_t gtin = 0;                    ///< 0: none, or one that means nothing
  std::int64_t pack_size = PackUnits::kOne;  ///< count of 1/10000
  Money price;
  Money original_price = Money::from_ten_thousandths(-1);
  ShortPackUnits k;
  std::int32_t discount = -1;          ///< promised discount, count of 10^-6
  std::uint8_t basis = 5;              ///< rules::MatchBasis, set by the catalogue; 5 = unmatched
  std::uint8_t title_doubt = 0;        ///< catalogue::TitleDoubt, of a listing that only its title may name
  bool has_model : 1 = false;          ///< brand and model cells both say something, whether or not they lead to a product
  bool identity_conflict : 1 = false;  ///< set by the catalogue
  bool excluded : 1 = false;
  bool may_state : 1 = false;         ///< title or specification may state a configuration (TextHints)
  bool may_be_used : 1 = false;       ///< ... or that the thing is second-hand or refurbished
  bool used : 1 = false;              ///< it is; set by the catalogue
  bool contradictory : 1 = false;     ///< title and specification state different configurations; set by the catalogue
  bool may_state_pack : 1 = false;    ///< title or specification may speak of packs (TextHints)
  bool pack_unconfirmed : 1 = false;  ///< they contradict the pack size; set by the catalogue
  bool unit_from_text : 1 = false;    ///< they say how its unit leads to the base unit; set by the catalogue
  bool probe : 1 = false;             ///< a supplier's question (`check`): assessed, but no source for anything
  /// Base units in one of its unit, count of 1/10000: k was made of it and the pack size without a rest.
  std::int64_t unit_factor() const { return k.ten_thousandths() * PackUnits::kOne / pack_size; }
};
static_assert(sizeof(Listing) == 96);

struct Order {
  std::uint64_t offset = 0;
  std::uint32_t supplier = kNone;
  std::uint32_t listing = kNone;
  std::uint32_t product = kNone;  ///< by brand and model; the final one once the catalogue has set it
  std::uint32_t unit = kNone;
  std::uint32_t in_period = kNone;  ///< row of Month::period_orders when dated in the period
  ShortPackUnits k;                 ///< pack size alone until the catalogue has given the unit of a row without one
  std::uint64_t gtin = 0;
  std::int64_t quantity = 0;  ///< count of 1/10000
  Money unit_price;
  Date date;
  std::uint8_t status = 0;  ///< OrderStatus
  RowUse use = RowUse::used;
  bool unit_from_listing : 1 = false;  ///< the unit cell is empty
  bool has_model : 1 = false;          ///< brand and model cells both say something
  bool may_state : 1 = false;          ///< the specification may state something (TextHints)
  bool configured : 1 = false;         ///< it states a configuration; set by the catalogue
  bool used : 1 = false;               ///< a second-hand or refurbished thing; set by the catalogue
};
static_assert(sizeof(Order) == 64);

/// What orders.csv prints of an order dated in the period.
struct PeriodOrder {
  std::string order_id, line, status;
  Money list_price = Money::from_ten_thousandths(-1);
  std::int32_t discount = -1;
};

struct IndexPrice {
  std::uint64_t offset = 0;
  std::uint32_t category = kNone;
  std::uint32_t brand = kNone;
  std::uint32_t model_product = kNone;
  std::uint32_t product = kNone;
  std::uint32_t unit = kNone;
  std::uint32_t spec = kNone;
  std::uint64_t gtin = 0;
  Period period;
  PackUnits k;
  std::int64_t index_price = -1;   ///< UnitPrice count
  std::int64_t best_selling = -1;  ///< UnitPrice count
  bool own = false;                ///< origin
  RowUse use = RowUse::used;
  bool has_model = false;
};

/// A category's index level in a month, count of 10^-8.
struct IndexLevel {
  std::uint64_t offset = 0;
  std::uint32_t category = kNone;
  Period period;
  std::int64_t level = 0;
  bool own = false;
  RowUse use = RowUse::used;
};

/// read = rejected + duplicate + understood, and understood = the sum of the uses.
struct RowCounts {
  std::int64_t read = 0;
  std::int64_t rejected = 0;
  std::int64_t duplicate = 0;
  std::array<std::int64_t, 6> by_use{};  ///< by RowUse
  std::int64_t understood() const { return read - rejected - duplicate; }
};

/// Rows that cannot be understood, with their places; sorted by file and line when complete.
struct TableFile {
  std::vector<SourceFile> files;
  RowCounts counts;
};

/// Quotes by partition of their product number (product % kPartitions), in pieces and in arbitrary order; what reads them brings one
/// partition at a time into order (catalogue::ProductQuotes), which then fits into the cache.
struct QuoteTable {
  static constexpr std::uint32_t kPartitions = kQuotePartitions;
  using Chunk = QuoteChunk;
  using Pool = QuoteChunkPool;
  std::vector<Pool> pools;
  std::array<std::vector<Chunk*>, kPartitions> chunks;
  std::vector<std::uint8_t> quoted;  ///< by product: whether it has a quote that is not rejected; made by the catalogue
  bool has(std::uint32_t product) const { return product < quoted.size() && quoted[product] != 0; }
  Interner packs;  ///< twelve bytes: unit (4), k (8)
  struct WithoutProduct {
    Quote quote;
    std::uint64_t gtin;
    std::uint64_t offset;
    std::uint32_t brand;
    std::uint32_t spec;
    bool excluded;
    std::uint32_t title;          ///< Month::titles; kNone: none
    std::uint32_t model_product;  ///< of a row that has brand and model too: its barcode may know the configuration; else kNone
  };
  std::vector<WithoutProduct> pending;                                  ///< what a barcode or title has still to name
  std::unordered_map<std::uint64_t, std::uint32_t> product_of_pending;  ///< what the catalogue made of their barcodes
  std::unordered_map<std::uint32_t, std::uint32_t> product_of_title;    ///< and of their titles
  std::vector<std::pair<std::uint64_t, std::uint32_t>> taught;          ///< distinct (gtin, product) of rows that have both
  struct TaughtSpec {
    std::uint32_t product, unit, spec;
  };
  std::vector<TaughtSpec> specs;  ///< distinct; the catalogue takes out those of rejected units
  std::pair<std::uint32_t, PackUnits> pack(std::uint32_t number) const {
    const std::string_view bytes = packs[number];
    std::uint32_t unit = 0;
    std::int64_t k = 0;
    __builtin_memcpy(&unit, bytes.data(), 4);
    __builtin_memcpy(&k, bytes.data() + 4, 8);
    return {unit, PackUnits::from_ten_thousandths(k)};
  }
  std::vector<PackUnits> k_of_pack;  ///< by number of the pack, once the table has been read
  UnitPrice unit_price(const Quote& quote) const {
    return UnitPrice::of(Money::from_ten_thousandths(static_cast<std::int64_t>(quote.price)), k_of_pack[quote.pack]);
  }
  /// Adds a quote of a product to its partition. Not for two threads at once.
  void add(std::uint32_t product, Quote quote);
  /// Lets a partition's quotes go, and their memory: for a month of which nothing is asked after its assessment.
  void give_back(std::uint32_t partition);
  std::array<bool, kPartitions> given_back{};
};

/// A quote found again, with where its row starts.
struct QuoteRow {
  Quote quote;
  std::uint32_t product;
  std::uint64_t offset;
};

/// A supplier's question (`check`): the cells of a row of listings.
struct Question {
  std::string listing_id, supplier_id, category, brand, model, title, barcode, spec, unit, pack_size, price, promised_discount;
};

struct Exclusion {
  std::string table;
  std::vector<std::pair<int, std::string>> cells;  ///< column of the table, text to compare with
  std::string reason, by, on, approved_by;
  std::string file;
  std::int64_t line = 0;
};

struct MatchVerdict {
  std::string listing_id, product;
  bool same = true;
  std::string by, on, approved_by, reason;
  std::string file;
  std::int64_t line = 0;
};

/// Row numbers of one table by product: rows[first[p]] .. rows[first[p + 1]].
struct RowsByProduct {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> rows;
  std::span<const std::uint32_t> of(std::uint32_t product) const {
    if (std::size_t{product} + 1 >= first.size()) return {};
    return std::span(rows).subspan(first[product], first[product + 1] - first[product]);
  }
};

/// A month as read, and as the catalogue has put it in order.
struct Month {
  Period period;
  std::string folder;
  bool raw = false;  ///< how its tables were read: ReadSettings::raw
  /// Whether index rows of origin own say what category and unit a product has. Where they do not, they keep units of their own.
  bool own_index_teaches = true;
  std::shared_ptr<Keys> keys;
  std::vector<Listing> listings;
  Interner unit_texts;
  /// Brand cell, title and specification of quotes that have neither brand and model nor barcode (with \x1F between them), and titles of questions.
  Interner titles;
  std::unordered_map<std::uint32_t, std::uint32_t> title_of_question;  ///< by row of `listings`: Month::titles
  std::vector<std::uint32_t> category_of_model;  ///< by product of brand and model, before configurations are read; set by the catalogue
  std::vector<std::uint8_t>
      configurable;             ///< by product of brand and model: whether its category has identity attributes; set by the catalogue
  bool any_configured = false;  ///< whether a listing, order or index row states a configuration; set by the catalogue
  bool any_used = false;        ///< whether a listing or order is second-hand or refurbished; set by the catalogue
  /// What title and specification add to a product known by brand and model. `product` is kNone when they contradict each other.
  struct Described {
    std::uint32_t product;
    bool used;  ///< second-hand or refurbished
  };
  /// Set by the catalogue before quotes are read; for any number of threads at once, and the same answer whenever it is asked.
  std::function<Described(std::uint32_t product, std::string_view spec, std::string_view title)> describe;
  std::vector<Order> orders;
  std::vector<PeriodOrder> period_orders;
  QuoteTable quotes;
  std::vector<IndexPrice> index;
  std::vector<IndexLevel> levels;
  RowsByProduct listings_of, orders_of, index_of;  ///< made by the catalogue
  /// By product, as far as known before quotes are read: the unit it is likely to be counted in. A hint, never a decision.
  std::vector<std::uint32_t> likely_unit;
  struct QuotePlace {
    std::uint64_t offset;
    std::uint32_t product;
    std::uint32_t unit_number;
    std::string file;
    std::int64_t line;
    std::string unit;
  };
  std::unordered_map<std::uint64_t, QuotePlace> quote_places;  ///< of quotes in another unit than the likely one
  std::vector<std::uint32_t> base_unit;                        ///< by product: Keys::units, or kNone; made by the catalogue
  std::vector<std::uint32_t> category_of;                      ///< by product; made by the catalogue
  std::vector<std::uint32_t> group_of;                         ///< by supplier: number of its group; made by the catalogue
  std::vector<std::string> party_of;                           ///< by supplier: its group_id, or its own id; made by the catalogue
  /// Suppliers with a row of listings that was rejected; the empty one: such a row whose supplier cannot be read.
  std::set<std::string, std::less<>> suppliers_with_rejected_rows;
  std::vector<std::vector<std::uint32_t>> groups_of_operator;  ///< by operator: groups that a shop of it belongs to
  std::vector<std::uint8_t> has_groups_of_operator;            ///< by operator: whether there are any, in a byte each
  bool has_groups(std::uint32_t operator_number) const {
    return operator_number < has_groups_of_operator.size() && has_groups_of_operator[operator_number] != 0;
  }
  std::vector<std::uint32_t> listing_row;       ///< by listing number: row of `listings`, or kNone
  std::vector<std::string> ambiguous_barcodes;  ///< 14 digits, sorted
  std::vector<Exclusion> exclusions;
  std::vector<MatchVerdict> matches;
  WorkingCalendar calendar;                              ///< the shipped days and the period's own; set by read_holidays
  std::map<std::string, TableFile, std::less<>> tables;  ///< by table name
  std::vector<Problem> problems;
  std::int64_t rounded_amounts = 0;  ///< cells with more than four decimals
  std::vector<std::string> warnings_zh, warnings_en;
};

}  // namespace fairprice::ingest
