#include "engine/ingest/quote_parser.hpp"

/// Quotes a column at a time: thirty-two plain rows together, so that each loop is short and does one thing, and what one row waits for in
/// memory is fetched while the others are looked at. Whatever is not the usual way of writing marks its row as odd, and QuoteParser::parse
/// decides on it as if there were no columns. The two give the same quotes.
namespace fairprice::ingest {

namespace q = quotes_column;

namespace {

constexpr std::size_t kMost = RowScanner::PlainRows::kMost;
static_assert(kMost == QuotesOfThread::kWaiting && kMost <= 32);

/// The cells of one column.
struct Cells {
  const char* data;
  std::array<std::uint32_t, kMost> begin;
  std::array<std::uint32_t, kMost> size;
  std::string_view operator[](std::size_t i) const { return {data + begin[i], size[i]}; }
};

}  // namespace

struct QuoteParser::Batch {
  explicit Batch(const RowScanner::PlainRows& of) : rows(of) {}
  const RowScanner::PlainRows& rows;
  std::uint32_t odd = 0;  ///< a bit for each row that the row's own parser has to look at
  std::array<std::uint32_t, kMost> brand, operator_number, pack, unit;
  std::array<std::uint64_t, kMost> price, gtin;
  std::array<std::uint8_t, kMost> day, store, shop_type, comparable, in_stock;
  Cells cells;

  std::size_t count() const { return rows.count; }
  void is_odd(std::size_t i, bool odd_row) { odd |= std::uint32_t{odd_row} << i; }
  /// Whether the file has the column; its cells are in `cells` then.
  bool column(const Row& row, int column) {
    const int field = row.headings().field(column);
    if (field < 0) return false;
    cells.data = rows.data;
    rows.column(static_cast<std::size_t>(field), cells.begin, cells.size);
    return true;
  }
  /// The rows whose cell says something.
  std::size_t filled(std::array<std::uint8_t, kMost>& which) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < count(); ++i) {
      which[found] = static_cast<std::uint8_t>(i);
      found += cells.size[i] != 0;
    }
    return found;
  }
};

void QuoteParser::take_names(QuotesOfThread& local, const Row& row, Batch& batch) {
  std::array<std::uint64_t, kMost> brand_hash, shop_hash;
  const std::size_t count = batch.count();
  Cells brands;
  const bool has_brand = batch.column(row, q::brand);
  brands = batch.cells;
  if (has_brand)
    for (std::size_t i = 0; i < count; ++i) keys_.prefetch_brand(brand_hash[i] = Interner::hash_of(brands[i]));
  batch.column(row, q::shop);
  const Cells shops = batch.cells;
  for (std::size_t i = 0; i < count; ++i) keys_.prefetch_operator(shop_hash[i] = Interner::hash_of(shops[i]));
  for (std::size_t i = 0; i < count; ++i) batch.brand[i] = has_brand ? keys_.brand(brands[i], brand_hash[i]) : kNone;
  if (batch.column(row, q::model)) {
    for (std::size_t i = 0; i < count; ++i) {
      Keys::ProductSearch& search = local.waiting[i].search;
      keys_.fold(search, batch.brand[i] == Keys::kBadText ? kNone : batch.brand[i], batch.cells[i]);
      batch.is_odd(i, search.size == 0);
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) local.waiting[i].search.size = 0;
    batch.odd = ~std::uint32_t{0};
  }
  for (std::size_t i = 0; i < count; ++i) keys_.fetch(local.waiting[i].search);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t number = keys_.operator_of(shops[i], shop_hash[i]);
    batch.operator_number[i] = number;
    batch.is_odd(i, number >= (1U << 27));
  }
}

void QuoteParser::take_numbers(QuotesOfThread& local, const Row& row, Batch& batch) {
  const std::size_t count = batch.count();
  batch.column(row, q::price);
  if (row.headings().scale(q::price) != 1) batch.odd = ~std::uint32_t{0};
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t price = fast::plain_decimal_in_block(batch.cells[i]);
    batch.price[i] = static_cast<std::uint64_t>(price);
    batch.is_odd(i, price <= 0);
  }
  batch.column(row, q::date);
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, month_prefix_, 8);
  const auto days = static_cast<std::uint32_t>(last_ - first_);
  for (std::size_t i = 0; i < count; ++i) {
    const char* const text = batch.cells.data + batch.cells.begin[i];
    const unsigned tens = static_cast<unsigned char>(text[8]) - '0';
    const unsigned ones = static_cast<unsigned char>(text[9]) - '0';
    const unsigned day = tens * 10 + ones;
    const bool in_month = (batch.cells.size[i] == 10) & (fast::eight_bytes(text) == prefix) & (tens < 10) & (ones < 10) & (day - 1 <= days);
    batch.day[i] = static_cast<std::uint8_t>(in_month ? day : 0);
    if (!in_month) [[unlikely]] {
      const auto date = parse_date_cell(batch.cells[i]);
      const bool inside = date.ok && date.value.days() >= first_ && date.value.days() <= last_;
      if (inside) batch.day[i] = static_cast<std::uint8_t>(date.value.days() - first_ + 1);
      batch.is_odd(i, !date.ok);
    }
  }
  batch.gtin = {};
  std::array<std::uint8_t, kMost> which;
  if (batch.column(row, q::barcode))
    for (std::size_t at = 0, found = batch.filled(which); at < found; ++at) {
      const ParsedBarcode barcode = parse_gtin(batch.cells[which[at]]);
      batch.gtin[which[at]] = barcode.gtin;
      if (barcode.gtin != 0) local.taught.prefetch(barcode.gtin);
      batch.is_odd(which[at], barcode.kind == BarcodeKind::not_a_barcode);
    }
}

void QuoteParser::take_words(QuotesOfThread& local, const Row& row, Batch& batch) {
  const std::size_t count = batch.count();
  std::array<std::uint8_t, kMost> which;
  const auto meaning = [](auto word_of) {
    return [word_of](std::string_view text) {
      const auto word = word_of(text);
      return word.ok ? static_cast<std::uint8_t>(word.value) : QuotesOfThread::kUnknownWord;
    };
  };
  const auto words = [&](int column, auto& memo, std::array<std::uint8_t, kMost>& to, auto of_text) {
    if (!batch.column(row, column)) return;
    for (std::size_t at = 0, found = batch.filled(which); at < found; ++at) {
      const std::size_t i = which[at];
      to[i] = memo.of(batch.cells[i], of_text);
      batch.is_odd(i, to[i] == QuotesOfThread::kUnknownWord);
    }
  };
  batch.store.fill(QuotesOfThread::kUnknownWord);
  batch.column(row, q::channel);
  for (std::size_t i = 0; i < count; ++i) {
    if (batch.cells.size[i] == 0) {
      batch.is_odd(i, true);
      continue;
    }
    batch.store[i] = local.channels.of(batch.cells[i], meaning(parse_channel));
    batch.is_odd(i, batch.store[i] == QuotesOfThread::kUnknownWord);
  }
  batch.shop_type.fill(static_cast<std::uint8_t>(ShopType::unknown));
  words(q::shop_type, local.shop_types, batch.shop_type, meaning(parse_shop_type));
  batch.comparable.fill(1);
  words(q::price_kind, local.price_kinds, batch.comparable, [](std::string_view text) {
    const auto kind = parse_price_kind(text);
    return kind.ok ? static_cast<std::uint8_t>(kind.value == PriceKind::regular || kind.value == PriceKind::promotion)
                   : QuotesOfThread::kUnknownWord;
  });
  batch.in_stock.fill(1);
  words(q::in_stock, local.in_stock, batch.in_stock, meaning(parse_boolean));
  if (batch.column(row, q::tax_included))
    for (std::size_t at = 0, found = batch.filled(which); at < found; ++at) {
      const std::size_t i = which[at];
      const std::uint8_t taxed = local.tax_included.of(batch.cells[i], meaning(parse_boolean));
      batch.is_odd(i, taxed == QuotesOfThread::kUnknownWord);
      batch.comparable[i] &= taxed;
    }
}

void QuoteParser::take_packs(QuotesOfThread& local, const Row& row, Batch& batch) {
  // Units and packs: what no row has shown yet goes through the row's own parser, which makes it known.
  batch.pack.fill(0);
  batch.unit.fill(kNone);
  Cells sizes;
  const bool has_size = batch.column(row, q::pack_size);
  if (has_size) sizes = batch.cells;
  const bool has_unit = batch.column(row, q::unit);
  for (std::size_t i = 0; i < batch.count(); ++i) {
    const std::string_view size_text = has_size ? sizes[i] : std::string_view();
    const std::string_view unit_text = has_unit ? batch.cells[i] : std::string_view();
    local.waiting[i].unit_text = unit_text;
    if (unit_text.empty() && (size_text.empty() || size_text == "1")) continue;
    const Keys::UnitFactor unit = unit_text.empty() ? Keys::UnitFactor{kNone, PackUnits::kOne}
                                                    : local.units.of(unit_text, [this](std::string_view text) { return keys_.unit(text); });
    const std::uint64_t size_word = size_text.size() <= QuotesOfThread::kLongestKnownSize ? QuotesOfThread::size_word(size_text) : 0;
    const QuotesOfThread::KnownPack& known = local.pack_place(unit, size_word);
    if (size_text.size() > QuotesOfThread::kLongestKnownSize || !QuotesOfThread::is_known(known, unit, size_word)) {
      batch.is_odd(i, true);
      continue;
    }
    batch.unit[i] = known.unit;
    batch.pack[i] = known.pack;
  }
}

void QuoteParser::take(QuotesOfThread& local, Row& row, RowScanner& scanner, const RowScanner::PlainRows& rows) {
  if (local.waiting_count != 0) end_block(local, row);
  if (row.headings().has(q::title) || row.headings().has(q::spec)) {  // texts that are read go the slower way
    for (std::size_t i = 0; i < rows.count; ++i) {
      scanner.stand_on(rows, i);
      row.next();
      (*this)(local, row);
    }
    return;
  }
  Batch batch(rows);
  take_names(local, row, batch);
  take_numbers(local, row, batch);
  const std::uint32_t all = rows.count == 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << rows.count) - 1;
  for (std::uint32_t left = all & ~batch.odd; left != 0; left &= left - 1)
    keys_.look(local.waiting[static_cast<std::size_t>(__builtin_ctz(left))].search);
  take_words(local, row, batch);
  take_packs(local, row, batch);
  std::array<std::uint32_t, kMost> product;
  for (std::uint32_t left = all & ~batch.odd; left != 0; left &= left - 1) {
    const auto i = static_cast<std::size_t>(__builtin_ctz(left));
    QuotesOfThread::Waiting& waiting = local.waiting[i];
    product[i] = keys_.end(waiting.search);
    if (product[i] != kNone) local.prefetch_place(product[i]);
    waiting.excluded = false;
    if (exclusions_.active()) {
      scanner.stand_on(rows, i);
      waiting.excluded = exclusions_.excludes(row);
    }
    const RowUse use = waiting.excluded           ? RowUse::excluded
                       : batch.day[i] == 0        ? RowUse::out_of_window
                       : batch.comparable[i] == 0 ? RowUse::not_comparable
                       : batch.in_stock[i] == 0   ? RowUse::out_of_stock
                                                  : RowUse::used;
    Quote& quote = waiting.quote;
    quote.price = batch.price[i] & 0xFFFFFFFFFFU;
    quote.product_above = 0;
    quote.operator_ = batch.operator_number[i] & 0x7FFFFFFU;
    quote.pack = batch.pack[i] & 0x3FFFFFU;
    quote.day = batch.day[i] & 31U;
    quote.use = static_cast<unsigned>(use) & 7U;
    quote.store = batch.store[i] & 1U;
    quote.shop_type = batch.shop_type[i] & 3U;
    waiting.gtin = batch.gtin[i];
    waiting.brand = batch.brand[i];
    waiting.spec = kNone;
    waiting.has_texts = false;
    waiting.unit = batch.unit[i];
    waiting.row_in_block = rows.start[i];
  }
  for (std::uint32_t left = all & ~batch.odd; left != 0; left &= left - 1) {
    const auto i = static_cast<std::size_t>(__builtin_ctz(left));
    finish(local, row, local.waiting[i], product[i]);
  }
  for (std::uint32_t left = all & batch.odd; left != 0; left &= left - 1) {
    scanner.stand_on(rows, static_cast<std::size_t>(__builtin_ctz(left)));
    row.next();
    (*this)(local, row);
  }
}

}  // namespace fairprice::ingest
