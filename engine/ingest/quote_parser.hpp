#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/ingest/row.hpp"
#include "engine/ingest/spelling_memo.hpp"

namespace fairprice::ingest {

/// A set of (barcode, product) or (product and unit, configuration) pairs: open addressing, for what rows teach. Most rows repeat what is known.
class PairSet {
 public:
  PairSet() : slots_(1024) {}
  void insert(std::uint64_t a, std::uint32_t b);
  void prefetch(std::uint64_t a) const { __builtin_prefetch(&slots_[hash_of(a) & (slots_.size() - 1)]); }
  template <class Take>
  void each(Take&& take) const {
    for (const Slot& slot : slots_)
      if (slot.b != 0) take(slot.a, slot.b - 1);
  }

 private:
  struct Slot {
    std::uint64_t a = 0;
    std::uint32_t b = 0;  ///< + 1; 0 where free
  };
  static std::uint64_t hash_of(std::uint64_t a) {
    a *= 0x9E3779B97F4A7C15U;
    return a ^ a >> 32;
  }
  void grow();
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

/// What one thread makes of quotes.
struct QuotesOfThread : RowsOfThread {
  std::array<std::vector<QuoteTable::Chunk*>, QuoteTable::kPartitions> chunks;
  QuoteTable::Pool pool;
  std::vector<QuoteTable::WithoutProduct> pending;
  PairSet taught;
  PairSet specs;  ///< by product (lower half) and unit
  std::array<std::int64_t, 6> by_use{};
  std::vector<Month::QuotePlace> places;
  const std::function<bool(std::uint32_t product, const Quote& quote)>* wanted = nullptr;  ///< find_quotes: nothing else is kept
  std::vector<QuoteRow> found;

  /// Where the next quote of a partition goes.
  struct Cursor {
    QuoteChunk* chunk = nullptr;  ///< of narrow ones
    std::uint32_t size = QuoteChunk::kNarrow;
  };
  std::array<Cursor, QuoteTable::kPartitions> cursors;
  std::array<QuoteChunk*, QuoteTable::kPartitions> wide_chunks{};  ///< those that wide ones go to

  SpellingMemo<Keys::UnitFactor, 64> units;
  /// What a word of a column means, kUnknownWord for one that the row's own parser has to look at.
  static constexpr std::uint8_t kUnknownWord = 255;
  SpellingMemo<std::uint8_t, 16> channels, shop_types, price_kinds, in_stock, tax_included;

  /// Units with pack sizes that came up before, by a hash of the three.
  struct KnownPack {
    std::uint64_t size = 0;  ///< the cell's bytes and length; 0 for an empty one
    std::int64_t factor = 0;
    std::uint32_t unit = 0;
    std::uint32_t pack = 0;
  };
  std::array<KnownPack, 256> packs;
  static constexpr std::size_t kLongestKnownSize = 7;
  /// The size's cell in a word: bytes and length, which the lowest byte tells because a padding zero stands there.
  static std::uint64_t size_word(std::string_view size_text) {
    return size_text.empty() ? 0 : fast::right_aligned(size_text.data(), size_text.size()) ^ size_text.size();
  }
  /// Where a unit with a size stands if it is known.
  KnownPack& pack_place(const Keys::UnitFactor& unit, std::uint64_t size_word) {
    return packs[((unit.unit * 31U + static_cast<std::uint32_t>(unit.factor)) ^
                  static_cast<std::uint32_t>(size_word * 0x9E3779B97F4A7C15U >> 56)) %
                 packs.size()];
  }
  static bool is_known(const KnownPack& known, const Keys::UnitFactor& unit, std::uint64_t size_word) {
    return known.size == size_word && known.unit == unit.unit && known.factor == unit.factor;
  }

  /// Rows whose product is still being fetched: everything else of them is known.
  struct Waiting {
    Quote quote;
    std::uint64_t gtin;
    std::uint32_t brand;
    std::uint32_t spec;
    std::uint32_t unit;
    std::uint32_t row_in_block;
    bool excluded;
    bool has_texts;  ///< the file has titles or specifications; else the four below are not set
    bool has_model;  ///< brand and model both say something
    std::string_view unit_text;
    std::string_view title_text, spec_text, brand_text;  ///< stand in the block until it ends
    Keys::ProductSearch search;
  };
  static constexpr std::size_t kWaiting = 32;
  std::array<Waiting, kWaiting> waiting;
  std::size_t waiting_count = 0;

  void add(std::uint32_t product, Quote quote);
  /// Brings the place that the product's next quote will probably go to into the cache.
  void prefetch_place(std::uint32_t product) const {
    const Cursor& cursor = cursors[product % QuoteTable::kPartitions];
    __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(cursor.chunk) + cursor.size * sizeof(NarrowQuote)),
                       1);
  }
  /// Notes how full a partition's last chunk is; for all of them when the table ends.
  void close_chunk(std::size_t partition);
};

/// Understands rows of quotes. The same row gives the same quote whenever it is read.
class QuoteParser {
 public:
  explicit QuoteParser(Month& month);

  void operator()(QuotesOfThread& local, Row& row);
  /// Rows that are all plain, understood column by column; those in which something is unusual go through the call above.
  void take(QuotesOfThread& local, Row& row, RowScanner& scanner, const RowScanner::PlainRows& rows);
  /// Finishes the rows that wait for their product.
  void end_block(QuotesOfThread& local, const Row& row);

  const ExclusionMatcher& exclusions() const { return exclusions_; }

 private:
  /// The number of a row's unit and pack in QuoteTable::packs; rejects the row when there is none.
  std::uint32_t pack_of(QuotesOfThread& local, Row& row, bool in_block, std::string_view unit_text, std::string_view size_text,
                        std::uint32_t& unit);
  struct Batch;
  void take_packs(QuotesOfThread& local, const Row& row, Batch& batch);
  void take_names(QuotesOfThread& local, const Row& row, Batch& batch);
  void take_numbers(QuotesOfThread& local, const Row& row, Batch& batch);
  void take_words(QuotesOfThread& local, const Row& row, Batch& batch);
  template <bool kInBlock, class Cells>
  void parse(QuotesOfThread& local, Row& row, Cells&& cell);
  void finish(QuotesOfThread& local, const Row& place, QuotesOfThread::Waiting& row, std::uint32_t product);
  /// The row's product with the configuration that its texts state; a second-hand thing is not comparable.
  std::uint32_t read_texts(QuotesOfThread::Waiting& row, std::uint32_t product) const;
  /// Number of the texts by which a row without brand and model may be known; kNone when there are none.
  std::uint32_t title_of(const QuotesOfThread::Waiting& row) const;

  Month& month_;
  Keys& keys_;
  ExclusionMatcher exclusions_;
  std::int32_t first_;  ///< days of the period
  std::int32_t last_;
  char month_prefix_[8];  ///< "2023-11-"
};

}  // namespace fairprice::ingest
