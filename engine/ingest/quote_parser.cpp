#include "engine/ingest/quote_parser.hpp"

namespace fairprice::ingest {

namespace q = quotes_column;

namespace {

constexpr std::size_t kMostGuesses = 250'000;  // some 20 MB; beyond, the table is read again
constexpr std::uint64_t kMostPacks = std::uint64_t{1} << 22;
constexpr std::uint64_t kMostOperators = std::uint64_t{1} << 27;

/// Whether a cell is this word. The commonest words are known by their bytes; any other spelling goes to the parser of the column.
template <std::size_t kSize>
bool says(std::string_view cell, const char (&word)[kSize]) {
  return cell.size() == kSize - 1 && std::memcmp(cell.data(), word, kSize - 1) == 0;
}

}  // namespace

void PairSet::insert(std::uint64_t a, std::uint32_t b) {
  if (count_ * 2 >= slots_.size()) grow();
  for (std::size_t i = hash_of(a) & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i].b == 0) {
      slots_[i] = {a, b + 1};
      ++count_;
      return;
    }
    if (slots_[i].a == a && slots_[i].b == b + 1) return;
  }
}

void PairSet::grow() {
  std::vector<Slot> old(slots_.size() * 4);
  old.swap(slots_);
  count_ = 0;
  for (const Slot& slot : old)
    if (slot.b != 0) insert(slot.a, slot.b - 1);
}

void QuoteTable::add(std::uint32_t product, Quote quote) {
  if (pools.empty()) pools.emplace_back();
  quote.product_above = product / kPartitions & 0xFFFFFFU;
  const bool wide = !NarrowQuote::fits(quote);
  auto& list = chunks[product % kPartitions];
  // The last one of each width, or one that a thread has left half full, is among the last few.
  constexpr std::size_t kLast = 8;
  for (std::size_t i = list.size(); i > 0 && i + kLast > list.size(); --i)
    if (list[i - 1]->wide() == wide && !list[i - 1]->full()) return list[i - 1]->add(quote);
  list.push_back(pools.front().take(product % kPartitions, wide));
  list.back()->add(quote);
}

void QuoteTable::give_back(std::uint32_t partition) {
  QuoteChunkPool::give_back(std::move(chunks[partition]));
  chunks[partition] = {};
  given_back[partition] = true;
}

void QuotesOfThread::add(std::uint32_t product, Quote quote) {
  const std::size_t partition = product % QuoteTable::kPartitions;
  quote.product_above = product / QuoteTable::kPartitions & 0xFFFFFFU;
  if (!NarrowQuote::fits(quote)) [[unlikely]] {
    QuoteChunk*& chunk = wide_chunks[partition];
    if (chunk == nullptr || chunk->full()) chunks[partition].push_back(chunk = pool.take(partition, true));
    chunk->add(quote);
    return;
  }
  Cursor& cursor = cursors[partition];
  if (cursor.size == QuoteChunk::kNarrow) {
    close_chunk(partition);
    chunks[partition].push_back(cursor.chunk = pool.take(partition, false));
    cursor.size = 0;
  }
  cursor.chunk->put(cursor.size++, NarrowQuote::of(quote));
}

void QuotesOfThread::close_chunk(std::size_t partition) {
  if (cursors[partition].chunk != nullptr) cursors[partition].chunk->set_size(cursors[partition].size);
}

QuoteParser::QuoteParser(Month& month)
    : month_(month), keys_(*month.keys), exclusions_(month, Table::quotes), first_(first_day(month.period).days()),
      last_(last_day(month.period).days()) {
  const std::string text = first_day(month.period).to_string();
  std::memcpy(month_prefix_, text.data(), sizeof month_prefix_);
}

std::uint32_t QuoteParser::pack_of(QuotesOfThread& local, Row& row, bool in_block, std::string_view unit_text, std::string_view size_text,
                                   std::uint32_t& unit) {
  if (unit_text.empty() && (size_text.empty() || size_text == "1")) return 0;
  const auto look_up = [this](std::string_view text) { return keys_.unit(text); };
  const Keys::UnitFactor factor = in_block && !unit_text.empty() ? local.units.of(unit_text, look_up) : look_up(unit_text);
  unit = row.text_number(q::unit, factor.unit);
  // What came up before is known by the unit, its factor and the size as it stands.
  QuotesOfThread::KnownPack* known = nullptr;
  std::uint64_t size_word = 0;
  if (size_text.size() <= QuotesOfThread::kLongestKnownSize) {
    size_word = QuotesOfThread::size_word(size_text);
    known = &local.pack_place(factor, size_word);
    if (QuotesOfThread::is_known(*known, factor, size_word)) return known->pack;
  }
  const Row::Pack size = row.pack_of_size(q::pack_size, size_text, unit, factor.factor);
  if (row.rejected()) return 0;
  const std::int64_t k = size.k.ten_thousandths();
  std::uint32_t pack = 0;
  if (unit != kNone || k != PackUnits::kOne) {
    char key[12];
    std::memcpy(key, &unit, 4);
    std::memcpy(key + 4, &k, 8);
    pack = month_.quotes.packs.intern({key, sizeof key});
  }
  if (pack >= kMostPacks)
    throw FatalError("quotes：单位与包装的组合超出本程序的上限", "quotes: too many combinations of unit and pack for one run");
  if (known != nullptr) *known = {size_word, factor.factor, unit, pack};
  return pack;
}

void QuoteParser::operator()(QuotesOfThread& local, Row& row) {
  if (local.waiting_count == QuotesOfThread::kWaiting) end_block(local, row);
  if (row.scanner().plain()) [[likely]] {
    const auto& field = row.headings().field_of_column;
    const RowScanner::PlainCells cells = row.scanner().plain_cells();
    parse<true>(local, row, [&field, cells](int column) {
      const int at = field[static_cast<std::size_t>(column)];
      return at < 0 ? std::string_view() : cells[at];
    });
  } else {
    parse<false>(local, row, [&row](int column) { return row.cell(column); });
  }
}

/// `cell(column)`: the row's cells, for a row without surprises straight from the scanner's marks. kInBlock: they all stand in the block
/// itself, so that some bytes behind each can be read.
template <bool kInBlock, class Cells>
void QuoteParser::parse(QuotesOfThread& local, Row& row, Cells&& cell) {
  QuotesOfThread::Waiting& waiting = local.waiting[local.waiting_count];
  const std::string_view model_text = cell(q::model);
  const std::string_view brand_text = cell(q::brand);
  const std::string_view shop = cell(q::shop);
  const std::uint32_t brand = row.text_number(q::brand, keys_.brand(brand_text));
  keys_.begin(waiting.search, brand, model_text);
  if (waiting.search.size == 0 && row.text_number(q::model, waiting.search.answer) == kNone &&
      (brand == kNone || model_text.empty() || (is_utf8(model_text) && folded_model(model_text).empty())) && !row.has_barcode(q::barcode) &&
      cell(q::title).empty())
    row.reject(-1, ProblemCode::unrecognisable);
  waiting.gtin = cell(q::barcode).empty() ? 0 : row.barcode(q::barcode);

  bool store = false;
  if (const std::string_view text = cell(q::channel); !says(text, "ecommerce")) {
    store = says(text, "store");
    if (!store) store = row.required(q::channel, parse_channel).value == Channel::store;
  }
  const std::uint32_t operator_number =
      shop.empty() ? row.required_text(q::shop, [](std::string_view) { return kNone; }) : row.text_number(q::shop, keys_.operator_of(shop));

  const std::string_view price_text = cell(q::price);
  std::int64_t price = row.headings().scale(q::price) != 1 ? 0
                       : kInBlock                          ? fast::plain_decimal_in_block(price_text)
                                                           : fast::plain_decimal(price_text);
  bool untaxed = false;
  if (price <= 0) price = row.required_price(q::price, &untaxed).ten_thousandths();

  std::int32_t day = 0;  // of the month, 0 outside the window
  const std::string_view date_text = cell(q::date);
  const unsigned tens = date_text.size() == 10 ? static_cast<unsigned char>(date_text[8]) - '0' : 10U;
  const unsigned ones = date_text.size() == 10 ? static_cast<unsigned char>(date_text[9]) - '0' : 10U;
  const auto in_month = static_cast<std::int32_t>(tens * 10 + ones);
  if (tens < 10 && ones < 10 && in_month >= 1 && in_month <= last_ - first_ + 1 && std::memcmp(date_text.data(), month_prefix_, 8) == 0) {
    day = in_month;
  } else {
    const auto date = row.required(q::date, parse_date_cell);
    if (date.value.days() >= first_ && date.value.days() <= last_) day = date.value.days() - first_ + 1;
  }
  const std::string_view unit_text = cell(q::unit);
  std::uint32_t unit = kNone;
  const std::uint32_t pack = pack_of(local, row, kInBlock, unit_text, cell(q::pack_size), unit);

  bool comparable = !untaxed;
  if (const std::string_view text = cell(q::price_kind); !text.empty() && !says(text, "regular") && !says(text, "promotion")) {
    const auto kind = row.optional(q::price_kind, parse_price_kind);
    if (kind.ok && kind.value != PriceKind::regular && kind.value != PriceKind::promotion) comparable = false;
  }
  if (const std::string_view text = cell(q::tax_included); !text.empty() && !says(text, "true")) {
    const auto tax = row.optional(q::tax_included, parse_boolean);
    if (tax.ok && !tax.value) comparable = false;
  }
  bool in_stock = true;
  if (const std::string_view text = cell(q::in_stock); !text.empty() && !says(text, "true")) {
    const auto stock = row.optional(q::in_stock, parse_boolean);
    in_stock = !stock.ok || stock.value;
  }
  ShopType shop_type = ShopType::unknown;
  if (const std::string_view text = cell(q::shop_type); !text.empty()) {
    const auto type = row.optional(q::shop_type, parse_shop_type);
    if (type.ok) shop_type = type.value;
  }
  if (row.rejected()) return;
  waiting.excluded = exclusions_.active() && exclusions_.excludes(row);
  const RowUse use = waiting.excluded ? RowUse::excluded
                     : day == 0       ? RowUse::out_of_window
                     : !comparable    ? RowUse::not_comparable
                     : !in_stock      ? RowUse::out_of_stock
                                      : RowUse::used;
  if (operator_number >= kMostOperators) throw FatalError("quotes：经营者数量超出本程序的上限", "quotes: too many operators for one run");

  Quote& quote = waiting.quote;
  quote.price = static_cast<std::uint64_t>(price) & 0xFFFFFFFFFFU;
  quote.product_above = 0;
  quote.operator_ = operator_number & 0x7FFFFFFU;
  quote.pack = pack & 0x3FFFFFU;
  quote.day = static_cast<unsigned>(day) & 31U;
  quote.use = static_cast<unsigned>(use) & 7U;
  quote.store = store ? 1 : 0;
  quote.shop_type = static_cast<unsigned>(shop_type) & 3U;
  waiting.brand = brand;
  waiting.spec = kNone;
  const auto& headings = row.headings();
  waiting.has_texts = headings.field(q::title) >= 0 || headings.field(q::spec) >= 0;
  if (waiting.has_texts) [[unlikely]] {
    waiting.title_text = cell(q::title);
    waiting.spec_text = cell(q::spec);
    waiting.brand_text = brand_text;
    waiting.has_model = Keys::has_model(waiting.search, model_text);
    if (const std::string_view text = waiting.spec_text; !text.empty()) {
      const std::uint32_t spec = keys_.spec(text);
      if (spec != Keys::kBadText) waiting.spec = spec;
    }
  }
  waiting.unit = unit;
  waiting.row_in_block = row.row_offset();
  waiting.unit_text = row.scanner().plain() ? unit_text : row.as_it_stands(q::unit);
  ++local.waiting_count;
}

void QuoteParser::end_block(QuotesOfThread& local, const Row& row) {
  for (std::size_t i = 0; i < local.waiting_count; ++i) keys_.look(local.waiting[i].search);
  for (std::size_t i = 0; i < local.waiting_count; ++i) finish(local, row, local.waiting[i], keys_.end(local.waiting[i].search));
  local.waiting_count = 0;
}

std::uint32_t QuoteParser::read_texts(QuotesOfThread::Waiting& row, std::uint32_t product) const {
  const Month::Described described = month_.describe(product, row.spec_text, row.title_text);
  if (described.used &&
      (row.quote.use == static_cast<unsigned>(RowUse::used) || row.quote.use == static_cast<unsigned>(RowUse::out_of_stock)))
    row.quote.use = static_cast<unsigned>(RowUse::not_comparable);
  return described.product;
}

std::uint32_t QuoteParser::title_of(const QuotesOfThread::Waiting& row) const {
  if (row.title_text.empty() || !is_utf8(row.title_text) || !is_utf8(row.spec_text) || !is_utf8(row.brand_text)) return kNone;
  std::string text(row.brand_text);
  text.append(1, '\x1F').append(row.title_text).append(1, '\x1F').append(row.spec_text);
  return month_.titles.intern(text);
}

void QuoteParser::finish(QuotesOfThread& local, const Row& place, QuotesOfThread::Waiting& row, std::uint32_t product) {
  const std::uint32_t model_product = product;
  // A table with titles or specifications goes this slower way.
  std::uint32_t title = kNone;
  if (row.has_texts) [[unlikely]] {
    if (month_.describe && !(row.title_text.empty() && row.spec_text.empty())) product = read_texts(row, product);
    if (product == kNone && !row.has_model) title = title_of(row);
  }
  // A barcode comes before brand and model: it may know a configuration that this row does not state.
  const bool by_barcode = row.gtin != 0 && (row.has_texts || month_.any_configured) && model_product < month_.configurable.size() &&
                          month_.configurable[model_product] != 0;
  if (local.wanted != nullptr) [[unlikely]] {
    std::uint32_t known = product;
    if ((known == kNone || by_barcode) && row.gtin != 0)
      if (const auto found = month_.quotes.product_of_pending.find(row.gtin); found != month_.quotes.product_of_pending.end())
        known = found->second;
    if (known == kNone && title != kNone)
      if (const auto found = month_.quotes.product_of_title.find(title); found != month_.quotes.product_of_title.end())
        known = found->second;
    if (known != kNone && (*local.wanted)(known, row.quote))
      local.found.push_back({row.quote, known, place.block_offset() + row.row_in_block});
    return;
  }
  if (product != kNone) [[likely]] {
    if (row.gtin != 0 && !row.excluded) local.taught.insert(row.gtin, product);
    if (by_barcode) [[unlikely]] {
      local.pending.push_back(
          {row.quote, row.gtin, place.block_offset() + row.row_in_block, row.brand, row.spec, row.excluded, kNone, product});
      return;
    }
    if (row.spec != kNone) local.specs.insert(product | std::uint64_t{row.unit} << 32, row.spec);
    ++local.by_use[row.quote.use];
    // A unit that is not the one the product is likely to be counted in: the row will probably be rejected for it, so its place is kept.
    // So are the places of some rows of products that nothing is known of.
    if (row.unit != kNone) {
      const std::uint32_t likely = model_product < month_.likely_unit.size() ? month_.likely_unit[model_product] : kNone;
      if (likely != row.unit && (likely != kNone || local.places.size() < kMostGuesses))
        local.places.push_back({place.block_offset() + row.row_in_block, product, row.unit, place.file_name(),
                                place.line_at(row.row_in_block), std::string(row.unit_text)});
    }
    local.add(product, row.quote);
  } else if (row.gtin != 0 || title != kNone) {
    local.pending.push_back(
        {row.quote, row.gtin, place.block_offset() + row.row_in_block, row.brand, row.spec, row.excluded, title, kNone});
  } else {
    const auto use = static_cast<RowUse>(row.quote.use);
    ++local.by_use[static_cast<std::size_t>(use == RowUse::used ? RowUse::unmatched : use)];
  }
}

}  // namespace fairprice::ingest
