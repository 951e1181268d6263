#include "engine/matching/corpus.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <numeric>

#include "engine/base/interner.hpp"
#include "engine/base/parallel.hpp"
#include "engine/matching/colours.hpp"

namespace fairprice::matching {

namespace {

constexpr std::size_t kBlock = 4096;  // records that are cut into tokens at a time, by all threads together

struct CutRecord {
  std::vector<Token> title, brand, model, category, description;
  std::string squeezed, squeezed_text;
};

CutRecord cut(const Record& record) {
  CutRecord result;
  result.title = tokenise(record.title);
  result.brand = tokenise(record.brand);
  result.model = tokenise(record.model);
  if (!record.model.empty()) {  // a model is one code, whatever stands between its parts
    std::string whole = squeezed(record.model);
    if (whole.size() >= 3 && whole.size() <= 40) result.model.push_back({std::move(whole), TokenKind::code, Unit::none, 0, true});
  }
  result.category = tokenise(record.category);
  result.description = tokenise(record.description);
  for (Token& token : tokenise(record.other)) result.description.push_back(std::move(token));
  result.squeezed = squeezed(record.title + " " + record.model);
  result.squeezed_text = squeezed(record.description + " " + record.other);
  return result;
}

/// MMV4205 of MMV4205BT: a model number without what is written behind its last digit (colour, region, finish). Empty when too little
/// is left to mean anything, at least four characters with two digits.
std::string_view stem_of(std::string_view code) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t end = code.size();
  while (end > 0 && !is_digit(code[end - 1])) --end;
  const std::string_view stem = code.substr(0, end);
  return stem.size() >= 4 && std::count_if(stem.begin(), stem.end(), is_digit) >= 2 ? stem : std::string_view();
}

class Builder {
 public:
  explicit Builder(int threads) : threads_(threads) {}

  Documents add(const Catalogue& catalogue) {
    Documents documents;
    std::vector<CutRecord> cuts;
    for (std::size_t begin = 0; begin < catalogue.size(); begin += kBlock) {
      const std::size_t count = std::min(kBlock, catalogue.size() - begin);
      cuts.assign(count, {});
      for_each_part((count + 63) / 64, threads_, [&](std::size_t part, int) {
        for (std::size_t i = part * 64; i < std::min(count, part * 64 + 64); ++i) cuts[i] = cut(catalogue[begin + i]);
      });
      for (std::size_t i = 0; i < count; ++i) append(documents, cuts[i], catalogue[begin + i]);
    }
    return documents;
  }

  /// Brings the ids into the order of the texts, fills the vocabulary, and sorts the lists.
  Vocabulary finish(Documents& left, Documents& right) {
    const std::uint32_t size = interner_.size();
    std::vector<TokenId> sorted(size);
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(), [&](TokenId a, TokenId b) { return interner_[a] < interner_[b]; });
    std::vector<TokenId> rank(size);
    Vocabulary words;
    words.begin.push_back(0);
    for (TokenId i = 0; i < size; ++i) {
      rank[sorted[i]] = i;
      words.text += interner_[sorted[i]];
      words.begin.push_back(words.text.size());
      words.kind.push_back(static_cast<TokenKind>(interner_.value(sorted[i])));
      words.colour.push_back(colour_of(interner_[sorted[i]]));
    }
    words.records.assign(size, 0);
    for (Documents* side : {&left, &right}) {
      for (Rows<TokenId>* rows :
           {&side->title, &side->text, &side->codes, &side->text_codes, &side->stems, &side->model, &side->brand, &side->category})
        renumber(*rows, rank);
      for (TokenId& id : side->order.values) id = rank[id];
      for (const TokenId id : side->text.values) ++words.records[id];
      count_further_stems(*side, words.records);
    }
    const double all = static_cast<double>(left.size() + right.size()) + 1;
    for (const std::uint32_t records : words.records) words.weight.push_back(static_cast<float>(std::log(all / std::max(records, 1U))));
    for (Documents* side : {&left, &right}) {
      side->title_norm = norms(side->title, words);
      side->twin = twins(side->title);
      side->text_norm = norms(side->text, words);
    }
    return words;
  }

 private:
  /// A text that is a code in one record and a word in another counts as a code, whoever came first.
  TokenId intern(const Token& token) {
    const auto kind = static_cast<std::uint32_t>(token.kind);
    const TokenId id = interner_.intern(token.text, kind);
    if (interner_.value(id) < kind) interner_.set_value(id, kind);
    return id;
  }

  template <class T>
  static void close_sorted(Rows<T>& rows) {
    const auto first = rows.values.begin() + static_cast<std::ptrdiff_t>(rows.begin.back());
    std::sort(first, rows.values.end());
    rows.values.erase(std::unique(first, rows.values.end()), rows.values.end());
    rows.close();
  }

  void append(Documents& to, const CutRecord& record, const Record& source) {
    for (const auto* field : {&record.title, &record.brand, &record.model}) {
      for (const Token& token : *field) {
        const TokenId id = intern(token);
        to.title.values.push_back(id);
        to.text.values.push_back(id);
        if (field == &record.title && !token.compound) to.order.values.push_back(id);
        if (field == &record.brand) {
          to.brand.values.push_back(id);
          continue;
        }
        if (field == &record.model) to.model.values.push_back(id);
        if (token.kind == TokenKind::code) {
          to.codes.values.push_back(id);
          to.text_codes.values.push_back(id);
          const std::string_view stem = stem_of(token.text);
          if (!stem.empty()) to.stems.values.push_back(interner_.intern(stem, static_cast<std::uint32_t>(TokenKind::code)));
        }
        if (token.kind == TokenKind::measure)
          to.measures.values.push_back({token.unit, token.value}), to.text_measures.values.push_back({token.unit, token.value});
      }
    }
    for (const Token& token : record.category) {
      const TokenId id = intern(token);
      to.category.values.push_back(id);
      to.text.values.push_back(id);
    }
    for (const Token& token : record.description) {
      const TokenId id = intern(token);
      to.text.values.push_back(id);
      if (token.kind == TokenKind::code) to.text_codes.values.push_back(id);
      if (token.kind == TokenKind::measure) to.text_measures.values.push_back({token.unit, token.value});
    }
    for (Rows<TokenId>* rows : {&to.title, &to.text, &to.codes, &to.text_codes, &to.stems, &to.model, &to.brand, &to.category})
      close_sorted(*rows);
    to.order.close();
    close_sorted(to.measures);
    close_sorted(to.text_measures);
    to.squeezed.values.insert(to.squeezed.values.end(), record.squeezed.begin(), record.squeezed.end());
    to.squeezed.close();
    to.squeezed_text.values.insert(to.squeezed_text.values.end(), record.squeezed_text.begin(), record.squeezed_text.end());
    to.squeezed_text.close();
    to.price.push_back(source.price);
  }

  /// A stem counts in the records that have it, as a token of their text or as the stem of a longer one.
  static void count_further_stems(const Documents& side, std::vector<std::uint32_t>& records) {
    for (std::size_t row = 0; row < side.size(); ++row) {
      const auto text = side.text[row];
      for (const TokenId id : side.stems[row])
        if (!std::binary_search(text.begin(), text.end(), id)) ++records[id];
    }
  }

  void renumber(Rows<TokenId>& rows, const std::vector<TokenId>& rank) const {
    for (TokenId& id : rows.values) id = rank[id];
    for_each_part((rows.size() + kBlock - 1) / kBlock, threads_, [&](std::size_t part, int) {
      for (std::size_t row = part * kBlock; row < std::min(rows.size(), (part + 1) * kBlock); ++row) {
        const auto ids = rows.row(row);
        std::sort(ids.begin(), ids.end());
      }
    });
  }

  static std::vector<std::uint32_t> twins(const Rows<TokenId>& titles) {
    std::vector<std::uint32_t> order(titles.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto compare = [&](std::uint32_t a, std::uint32_t b) {
      const auto x = titles[a];
      const auto y = titles[b];
      return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const auto order_of_titles = compare(a, b);
      return order_of_titles != 0 ? order_of_titles < 0 : a < b;
    });
    std::vector<std::uint32_t> twin(titles.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      twin[order[i]] = i > 0 && compare(order[i - 1], order[i]) == 0 ? twin[order[i - 1]] : order[i];
    return twin;
  }

  static std::vector<float> norms(const Rows<TokenId>& rows, const Vocabulary& words) {
    std::vector<float> result(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      double sum = 0;
      for (const TokenId id : rows[row]) sum += static_cast<double>(words.weight[id]) * words.weight[id];
      result[row] = static_cast<float>(std::sqrt(sum));
    }
    return result;
  }

  int threads_;
  Interner interner_;
};

}  // namespace

Corpus build_corpus(const Catalogue& left, const Catalogue* right, int threads) {
  Corpus corpus;
  corpus.self = right == nullptr;
  Builder builder(threads);
  corpus.left = builder.add(left);
  if (right != nullptr) corpus.right = builder.add(*right);
  corpus.words = builder.finish(corpus.left, corpus.right);
  return corpus;
}

}  // namespace fairprice::matching
