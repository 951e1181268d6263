#include <algorithm>

#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

namespace q = quotes_column;

namespace {

/// A set of (64-bit, 32-bit) pairs: open addressing, for barcodes and configurations that rows teach.
class PairSet {
 public:
  PairSet() : slots_(1024) {}
  void insert(std::uint64_t a, std::uint32_t b) {
    if (count_ * 2 >= slots_.size()) grow();
    place(a, b);
  }
  template <class Take>
  void each(Take&& take) const {
    for (const Slot& slot : slots_)
      if (slot.used) take(slot.a, slot.b);
  }

 private:
  struct Slot {
    std::uint64_t a = 0;
    std::uint32_t b = 0;
    bool used = false;
  };
  void place(std::uint64_t a, std::uint32_t b) {
    std::uint64_t hash = (a ^ (std::uint64_t{b} << 29)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
    for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
      if (!slots_[i].used) {
        slots_[i] = {a, b, true};
        ++count_;
        return;
      }
      if (slots_[i].a == a && slots_[i].b == b) return;
    }
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 4);
    old.swap(slots_);
    count_ = 0;
    for (const Slot& slot : old)
      if (slot.used) place(slot.a, slot.b);
  }
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

struct Local : RowsOfThread {
  std::array<std::vector<std::unique_ptr<QuoteTable::Chunk>>, QuoteTable::kPartitions> chunks;
  std::vector<QuoteTable::WithoutProduct> pending;
  PairSet taught;
  PairSet specs;
  std::array<std::int64_t, 6> by_use{};
  std::vector<Month::QuotePlace> places;

  /// Rows whose product is still being fetched: everything else of them is known. Not longer than a block.
  struct Waiting {
    Quote quote;
    std::uint64_t gtin;
    std::uint32_t brand;
    std::uint32_t spec;
    std::uint32_t unit;
    bool excluded;
    std::uint32_t row_in_block;
    std::string_view unit_text;
    Keys::ProductSearch search;
  };
  static constexpr std::size_t kWaiting = 32;
  std::array<Waiting, kWaiting> waiting;
  std::size_t waiting_count = 0;

  void add(const Quote& quote) {
    auto& list = chunks[quote.product % QuoteTable::kPartitions];
    if (list.empty() || list.back()->size == QuoteTable::kChunk) {
      list.push_back(std::make_unique_for_overwrite<QuoteTable::Chunk>());
      list.back()->size = 0;
    }
    list.back()->rows[list.back()->size++] = quote;
  }
};

struct QuoteParser {
  Month& month;
  Keys& keys;
  ExclusionMatcher exclusions;
  std::int32_t first;  ///< days of the period
  std::int32_t last;

  void operator()(Local& local, Row& row);
  /// Finishes the rows that wait for their product.
  void end_block(Local& local, const Row& row);

 private:
  void finish(Local& local, const Row& place, const Local::Waiting& row, std::uint32_t product);
};

constexpr std::uint64_t kMostPacks = std::uint64_t{1} << 22;
constexpr std::uint64_t kMostOperators = std::uint64_t{1} << 27;

void QuoteParser::operator()(Local& local, Row& row) {
  if (local.waiting_count == Local::kWaiting) end_block(local, row);
  Local::Waiting& waiting = local.waiting[local.waiting_count];
  const std::string_view channel_text = row.cell(q::channel);
  bool store = false;
  if (channel_text != "ecommerce") {
    const auto channel = row.required(q::channel, parse_channel);
    store = channel.value == Channel::store;
  }
  const std::uint32_t operator_number = row.required_text(q::shop, [&](std::string_view text) { return keys.operator_of(text); });
  const Money price = row.required_price(q::price);
  const auto date = row.required(q::date, parse_date_cell);
  const Row::Pack size = row.pack(q::unit, q::pack_size, keys);
  const std::uint32_t brand = row.text_number(q::brand, keys.brand(row.cell(q::brand)));
  const std::string_view model_text = row.cell(q::model);
  keys.begin(waiting.search, brand, model_text);
  if (waiting.search.size == 0 && row.text_number(q::model, waiting.search.answer) == kNone && (brand == kNone || model_text.empty() || (is_utf8(model_text) && folded_model(model_text).empty())) &&
      row.cell(q::barcode).empty() && row.cell(q::title).empty())
    row.reject(-1, ProblemCode::unrecognisable);
  const std::uint64_t gtin = row.barcode(q::barcode);

  bool comparable = true;
  if (!row.cell(q::price_kind).empty()) {
    const auto kind = row.optional(q::price_kind, parse_price_kind);
    comparable = !kind.ok || kind.value == PriceKind::regular || kind.value == PriceKind::promotion;
  }
  if (!row.cell(q::tax_included).empty()) {
    const auto tax = row.optional(q::tax_included, parse_boolean);
    if (tax.ok && !tax.value) comparable = false;
  }
  bool in_stock = true;
  if (!row.cell(q::in_stock).empty()) {
    const auto stock = row.optional(q::in_stock, parse_boolean);
    in_stock = !stock.ok || stock.value;
  }
  const auto shop_type = row.optional(q::shop_type, parse_shop_type);
  if (row.rejected()) return;
  const bool excluded = exclusions.active() && exclusions.excludes(row);
  const bool in_window = date.value.days() >= first && date.value.days() <= last;
  const RowUse use = excluded ? RowUse::excluded : !in_window ? RowUse::out_of_window : !comparable ? RowUse::not_comparable
                     : !in_stock ? RowUse::out_of_stock : RowUse::used;

  std::uint32_t pack = 0;
  const std::int64_t k = size.k.ten_thousandths();
  if (size.unit != kNone || k != PackUnits::kOne) {
    char key[12];
    std::memcpy(key, &size.unit, 4);
    std::memcpy(key + 4, &k, 8);
    pack = month.quotes.packs.intern({key, sizeof key});
  }
  if (pack >= kMostPacks || operator_number >= kMostOperators || row.offset() >> 40 != 0)
    throw FatalError("quotes：单位与包装的组合、经营者或数据量超出本程序的上限", "quotes: too many combinations of unit and pack, operators, or bytes for one run");

  Quote quote{};
  quote.unit_price = static_cast<std::uint64_t>(UnitPrice::of(price, size.k).count()) & ((std::uint64_t{1} << 60) - 1);
  quote.use = static_cast<unsigned>(use) & 7U;
  quote.store = store ? 1 : 0;
  quote.offset = row.offset() & 0xFFFFFFFFFFU;
  quote.pack = pack & 0x3FFFFFU;
  quote.shop_type = static_cast<unsigned>(shop_type.ok ? shop_type.value : ShopType::unknown) & 3U;
  quote.operator_ = operator_number & 0x7FFFFFFU;
  quote.day = in_window ? static_cast<std::uint32_t>(date.value.days() - first + 1) & 31U : 0;
  const std::uint32_t spec = keys.spec(row.cell(q::spec));
  waiting.quote = quote;
  waiting.gtin = gtin;
  waiting.brand = brand;
  waiting.spec = spec == Keys::kBadText ? kNone : spec;
  waiting.unit = size.unit;
  waiting.excluded = excluded;
  waiting.row_in_block = row.row_offset();
  waiting.unit_text = row.cell(q::unit);
  ++local.waiting_count;
}

void QuoteParser::end_block(Local& local, const Row& row) {
  for (std::size_t i = 0; i < local.waiting_count; ++i) keys.look(local.waiting[i].search);
  for (std::size_t i = 0; i < local.waiting_count; ++i) finish(local, row, local.waiting[i], keys.end(local.waiting[i].search));
  local.waiting_count = 0;
}

void QuoteParser::finish(Local& local, const Row& place, const Local::Waiting& row, std::uint32_t product) {
  Quote quote = row.quote;
  quote.product = product;
  const auto use = static_cast<RowUse>(quote.use);
  if (product != kNone) {
    if (row.gtin != 0 && !row.excluded) local.taught.insert(row.gtin, product);
    if (row.spec != kNone) local.specs.insert(product, row.spec);
    ++local.by_use[static_cast<std::size_t>(use)];
    // A unit that is not the one the product is likely to be counted in: the row will probably be rejected for it, so its place is kept.
    if (row.unit != kNone && product < month.likely_unit.size() && month.likely_unit[product] != kNone && month.likely_unit[product] != row.unit)
      local.places.push_back({quote.offset, place.file_name(), place.line_at(row.row_in_block), std::string(row.unit_text)});
    local.add(quote);
  } else if (row.gtin != 0) {
    local.pending.push_back({quote, row.gtin, row.brand, row.spec, row.excluded});
  } else {
    ++local.by_use[static_cast<std::size_t>(use == RowUse::used ? RowUse::unmatched : use)];
  }
}

}  // namespace

void read_quotes(Month& month, const ReadSettings& settings) {
  char plain[12];
  const std::uint32_t no_unit = kNone;
  const std::int64_t one = PackUnits::kOne;
  std::memcpy(plain, &no_unit, 4);
  std::memcpy(plain + 4, &one, 8);
  month.quotes.packs.intern({plain, sizeof plain});  // number 0

  QuoteParser parser{month, *month.keys, ExclusionMatcher(month, Table::quotes), first_day(month.period).days(), last_day(month.period).days()};
  std::vector<Local> locals;
  read_rows(month, Table::quotes, settings, locals, parser);
  auto& counts = month.tables["quotes"].counts;
  PairSet taught;
  PairSet specs;
  for (Local& local : locals) {
    for (std::size_t i = 0; i < local.by_use.size(); ++i) counts.by_use[i] += local.by_use[i];
    for (std::size_t p = 0; p < QuoteTable::kPartitions; ++p) {
      auto& whole = month.quotes.chunks[p];
      std::move(local.chunks[p].begin(), local.chunks[p].end(), std::back_inserter(whole));
    }
    month.quotes.pending.insert(month.quotes.pending.end(), local.pending.begin(), local.pending.end());
    for (Month::QuotePlace& place : local.places) month.quote_places.emplace(place.offset, std::move(place));
    local.taught.each([&](std::uint64_t gtin, std::uint32_t product) { taught.insert(gtin, product); });
    local.specs.each([&](std::uint64_t product, std::uint32_t spec) { specs.insert(product, spec); });
  }
  taught.each([&](std::uint64_t gtin, std::uint32_t product) { month.quotes.taught.emplace_back(gtin, product); });
  specs.each([&](std::uint64_t product, std::uint32_t spec) { month.quotes.specs.emplace_back(static_cast<std::uint32_t>(product), spec); });
  parser.exclusions.report(month);
}

}  // namespace fairprice::ingest
