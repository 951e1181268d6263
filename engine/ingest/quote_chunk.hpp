#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace fairprice::ingest {

/// One quote in 16 bytes, as the stages pass it on. Its row's place is not kept: the few that are asked for later are found by reading the
/// table again (find_quotes). Its product is `product_above` and the partition that it stands in.
struct Quote {
  std::uint64_t price : 40;          ///< Money count, below 10^12
  std::uint64_t product_above : 24;  ///< product / QuoteTable::kPartitions
  std::uint64_t operator_ : 27;
  std::uint64_t pack : 22;      ///< number of (unit, k) in QuoteTable::packs
  std::uint64_t day : 5;        ///< day of the month of the period, of rows in the window
  std::uint64_t use : 3;        ///< RowUse, or kRejectedUse
  std::uint64_t store : 1;      ///< channel: 1 store, 0 e-commerce
  std::uint64_t shop_type : 2;  ///< ShopType
};
static_assert(sizeof(Quote) == 16);
inline constexpr unsigned kRejectedUse = 7;  ///< of a quote whose unit turned out not to be its product's

/// The same quote in ten bytes, where its values allow it: whole fen below 2^30 (some ten million yuan), one of the first 2^19 operators, 2^13
/// products of the partition and 2^7 packs. Numbers are given in order of arrival, so what is common has a low one.
/// Eight bytes: fen 30, operator 19, product_above 13, shop_type 2, from the lowest bit up; two bytes: pack 7, day 5, use 3, store 1.
/// It is taken apart and put together by the words of a Quote, whose bit fields stand from the lowest bit up as well (the tests hold the two
/// together).
class NarrowQuote {
 public:
  static bool fits(const Quote& quote) {
    return quote.price % kPerFen == 0 && quote.price / kPerFen < 1U << 30 && quote.operator_ < 1U << 19 && quote.product_above < 1U << 13 &&
           quote.pack < 1U << 7;
  }
  static NarrowQuote of(const Quote& quote) {  // which fits
    std::array<std::uint64_t, 2> words;
    std::memcpy(words.data(), &quote, sizeof quote);
    const std::uint64_t first = (words[0] & kPrice) / kPerFen | (words[1] & 0x7FFFFU) << 30 | words[0] >> 40 << 49 | words[1] >> 58 << 62;
    const auto second = static_cast<std::uint16_t>((words[1] >> 27 & 0x7FU) | (words[1] >> 49 & 0x1FFU) << 7);
    NarrowQuote narrow;
    std::memcpy(narrow.bytes_.data(), &first, 8);
    std::memcpy(narrow.bytes_.data() + 8, &second, 2);
    return narrow;
  }
  Quote quote() const {
    std::uint64_t first = 0;
    std::memcpy(&first, bytes_.data(), 8);
    const std::uint64_t second = half();
    const std::array<std::uint64_t, 2> words = {(first & 0x3FFFFFFFU) * kPerFen | (first >> 49 & 0x1FFFU) << 40,
                                                (first >> 30 & 0x7FFFFU) | (second & 0x7FU) << 27 | second >> 7 << 49 | first >> 62 << 58};
    Quote quote;
    std::memcpy(&quote, words.data(), sizeof quote);
    return quote;
  }
  void reject() {
    const auto second = static_cast<std::uint16_t>(half() | kRejectedUse << 12);
    std::memcpy(bytes_.data() + 8, &second, 2);
  }

 private:
  static constexpr std::uint64_t kPerFen = 100;
  static constexpr std::uint64_t kPrice = 0xFFFFFFFFFFU;
  std::uint16_t half() const {
    std::uint16_t half = 0;
    std::memcpy(&half, bytes_.data() + 8, 2);
    return half;
  }
  std::array<unsigned char, 10> bytes_;
};
static_assert(sizeof(NarrowQuote) == 10 && alignof(NarrowQuote) == 1);

/// Quotes of one partition in order of arrival, all narrow or all wide.
class QuoteChunk {
 public:
  static constexpr std::size_t kBytes = 16384 - 8;
  static constexpr std::uint32_t kNarrow = kBytes / sizeof(NarrowQuote);
  static constexpr std::uint32_t kWide = kBytes / sizeof(Quote);

  void clear(bool wide) {
    size_ = 0;
    wide_ = wide;
  }
  bool wide() const { return wide_ != 0; }
  bool full() const { return size_ == (wide() ? kWide : kNarrow); }
  std::uint32_t size() const { return size_; }
  /// For who fills a chunk by `put` and counts for itself.
  void set_size(std::uint32_t size) { size_ = size; }
  /// Writes a quote's place, whatever the size says. The chunk is of its width.
  void put(std::uint32_t place, const NarrowQuote& quote) { std::memcpy(bytes_.data() + place * sizeof quote, &quote, sizeof quote); }
  void put(std::uint32_t place, const Quote& quote) { std::memcpy(bytes_.data() + place * sizeof quote, &quote, sizeof quote); }
  /// Appends one that fits a chunk of this width. Not full.
  void add(const Quote& quote) {
    if (wide())
      put(size_++, quote);
    else
      put(size_++, NarrowQuote::of(quote));
  }

  /// take(quote) for each.
  template <class Take>
  void each(Take&& take) const {
    const std::uint32_t size = size_;
    if (wide())
      for (std::uint32_t i = 0; i < size; ++i) take(at<Quote>(i));
    else
      for (std::uint32_t i = 0; i < size; ++i) take(at<NarrowQuote>(i).quote());
  }
  /// Rejects each quote for which wrong(quote) says so.
  template <class Wrong>
  void reject_if(Wrong&& wrong) {
    const std::uint32_t size = size_;
    if (wide())
      for (std::uint32_t i = 0; i < size; ++i) {
        Quote quote = at<Quote>(i);
        if (!wrong(quote)) continue;
        quote.use = kRejectedUse;
        put(i, quote);
      }
    else
      for (std::uint32_t i = 0; i < size; ++i) {
        NarrowQuote narrow = at<NarrowQuote>(i);
        if (!wrong(narrow.quote())) continue;
        narrow.reject();
        put(i, narrow);
      }
  }

 private:
  template <class Stored>
  Stored at(std::uint32_t place) const {
    Stored stored;
    std::memcpy(&stored, bytes_.data() + place * sizeof stored, sizeof stored);
    return stored;
  }
  std::array<unsigned char, kBytes> bytes_;
  std::uint32_t size_;
  std::uint32_t wide_;
};
static_assert(sizeof(QuoteChunk) == 16384);

inline constexpr std::uint32_t kQuotePartitions = 256;

/// Memory for chunks: what one thread writes. Straight from the system, and chunks of one partition side by side, so that a partition's can
/// be given back. What nothing has been written into costs nothing.
class QuoteChunkPool {
 public:
  QuoteChunk* take(std::size_t partition, bool wide);
  /// The system has their memory back, where its pages are no larger than a chunk. Nobody may look into them again.
  static void give_back(std::vector<QuoteChunk*> chunks);

 private:
  struct Unmap {
    void operator()(QuoteChunk* chunks) const;
  };
  struct Run {
    QuoteChunk* next = nullptr;
    std::uint32_t left = 0;
  };
  std::vector<std::unique_ptr<QuoteChunk, Unmap>> slabs_;
  std::size_t left_ = 0;  ///< chunks of the last slab
  std::array<Run, kQuotePartitions> runs_{};
};

}  // namespace fairprice::ingest
