#include "engine/catalogue/confirm_packs.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/catalogue/pack_words.hpp"
#include "engine/catalogue/texts.hpp"
#include "engine/ingest/values.hpp"

namespace fairprice::catalogue {

using ingest::kNone;

namespace {

constexpr std::int64_t kMost = 100'000;  // no pack size is larger

/// counts[from] × … × counts[to]
std::int64_t product_of(const PackChain& chain, std::size_t from, std::size_t to) {
  std::int64_t product = 1;
  for (std::size_t i = from; i <= to && i < chain.steps.size(); ++i) product = std::min(product * chain.steps[i].count, kMost);
  return product;
}

/// Whether `size` is one of the counts that the text gives for what is in one `unit`: pack_size 12 of 12支/盒 under the unit 盒.
bool counts_contents(const PackChain& chain, std::int64_t size, std::uint32_t unit, const UnitOfWord& unit_of) {
  for (std::size_t outer = 0; outer < chain.steps.size(); ++outer) {
    const std::string& word = chain.steps[outer].outer;
    if (!word.empty() && unit_of(word) != unit) continue;
    for (std::size_t i = 0; i <= outer; ++i)
      if (const std::int64_t count = product_of(chain, i, outer); count > 1 && size == count * PackUnits::kOne) return true;
  }
  return false;
}

bool contradicts(const PackChain& chain, std::int64_t size, std::uint32_t unit, const UnitOfWord& unit_of, bool single) {
  for (std::size_t level = 0; level < chain.steps.size(); ++level) {
    const std::string& inner = chain.steps[level].inner;
    if (inner.empty() ? !single : unit_of(inner) != unit) continue;
    const std::size_t last = chain.steps.size() - 1;
    if (chain.says_what_is_sold()) return size != product_of(chain, level, last) * PackUnits::kOne;
    if (size == PackUnits::kOne) return false;  // one of them; the text says how they are packed
    for (std::size_t to = level; to <= last; ++to)
      if (size == product_of(chain, level, to) * PackUnits::kOne) return false;
    return true;
  }
  return counts_contents(chain, size, unit, unit_of);
}

int rank_of(std::uint32_t unit, const UnitOfWord& unit_of) {
  for (const std::string_view word : unit_words())
    if (unit_of(word) == unit) return pack_rank(word);
  return -1;
}

}  // namespace

bool contradicts_pack(const PackText& text, std::int64_t size, std::uint32_t unit, const UnitOfWord& unit_of) {
  if (text.empty() || unit == kNone) return false;
  const int rank = rank_of(unit, unit_of);
  const bool single = rank == 0 || rank == 1;
  if (!text.whole.empty() && size == PackUnits::kOne && rank >= 0 && rank < pack_rank(text.whole)) return true;  // 整箱, and one 包
  const auto speaks_of_unit = [&](const PackChain& chain) {
    return std::any_of(chain.steps.begin(), chain.steps.end(), [&](const PackStep& step) { return unit_of(step.inner) == unit; });
  };
  if (text.contradictory && std::any_of(text.chains.begin(), text.chains.end(), speaks_of_unit)) return true;
  return std::any_of(text.chains.begin(), text.chains.end(),
                     [&](const PackChain& chain) { return contradicts(chain, size, unit, unit_of, single); });
}

std::int64_t stated_factor(const PackText& text, std::uint32_t unit, std::uint32_t base, const UnitOfWord& unit_of) {
  if (text.contradictory) return 0;
  std::int64_t found = 0;
  for (const PackChain& chain : text.chains) {
    if (chain.certainty != PackCertainty::stated) continue;
    for (std::size_t from = 0; from < chain.steps.size(); ++from) {
      if (chain.steps[from].inner.empty() || unit_of(chain.steps[from].inner) != base) continue;
      for (std::size_t to = from; to < chain.steps.size(); ++to) {
        if (chain.steps[to].outer.empty() || unit_of(chain.steps[to].outer) != unit) continue;
        const std::int64_t factor = product_of(chain, from, to);
        if (found != 0 && found != factor) return 0;
        found = factor;
      }
    }
  }
  return found;
}

namespace {

class PackCheck {
 public:
  explicit PackCheck(ingest::Month& month) : month_(month) {
    for (const std::string_view word : unit_words()) {
      const auto unit = month.keys->unit(word);
      numbers_[word] = unit.factor == PackUnits::kOne ? unit.unit : kNone;
    }
    unit_of_ = [this](std::string_view word) {
      const auto found = numbers_.find(word);
      return found == numbers_.end() ? kNone : found->second;
    };
  }

  void check(ingest::Listing& listing, std::string_view title, std::string_view spec) const {
    const std::uint32_t base = month_.base_unit[listing.product];
    const std::uint32_t unit = listing.unit == kNone ? base : listing.unit;
    const PackText of_title = read_packs(title);
    const PackText of_spec = read_packs(spec);
    listing.pack_unconfirmed =
        contradicts_pack(of_title, listing.pack_size, unit, unit_of_) || contradicts_pack(of_spec, listing.pack_size, unit, unit_of_);
    if (listing.pack_unconfirmed || unit == base || base == kNone) return;
    const std::int64_t one = stated_factor(of_title, unit, base, unit_of_);
    const std::int64_t other = stated_factor(of_spec, unit, base, unit_of_);
    if ((one == 0 && other == 0) || (one != 0 && other != 0 && one != other)) return;
    const auto k = ingest::pack_units(listing.pack_size, std::max(one, other) * PackUnits::kOne);
    if (!k.ok) return;
    listing.unit = base;
    listing.k = k.value;
    listing.unit_from_text = true;
  }

 private:
  ingest::Month& month_;
  std::map<std::string_view, std::uint32_t> numbers_;
  UnitOfWord unit_of_;
};

}  // namespace

void confirm_packs(ingest::Month& month, int threads) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
  std::vector<std::uint32_t> questions;
  for (std::uint32_t row = 0; row < month.listings.size(); ++row) {
    const ingest::Listing& listing = month.listings[row];
    if (!listing.may_state_pack || listing.product == kNone) continue;
    if (listing.probe)
      questions.push_back(row);
    else
      rows.emplace_back(listing.offset, row);
  }
  if (rows.empty() && questions.empty()) return;
  const PackCheck check(month);
  for (const std::uint32_t row : questions) {
    ingest::Listing& listing = month.listings[row];
    const auto title = month.title_of_question.find(row);
    check.check(listing, title == month.title_of_question.end() ? std::string_view() : month.titles[title->second],
                listing.spec == kNone ? std::string_view() : month.keys->specs[listing.spec]);
  }
  read_texts(month, "listings", std::move(rows), threads,
             [&](const RowTexts& texts) { check.check(month.listings[texts.row], texts.title, texts.spec); });
}

}  // namespace fairprice::catalogue
