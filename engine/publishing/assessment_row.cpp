#include "engine/publishing/assessment_row.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace fairprice::publishing {

using assessment::Assessment;
using assessment::present;

namespace {

void put_optional(CsvBuffer& row, Money amount) {
  if (present(amount)) row.put_money(amount);
}

}  // namespace

std::string_view text_of(const Interner& texts, std::uint32_t number) {
  return number == ingest::kNone ? std::string_view() : texts[number];
}

std::string_view unit_of(const ingest::Month& month, const Assessment& assessment) {
  const ingest::Listing& listing = month.listings[assessment.row];
  if (listing.unit_text != ingest::kNone) return month.unit_texts[listing.unit_text];
  return text_of(month.keys->units, assessment.base_unit);
}

AssessmentRows::AssessmentRows(const ingest::Month& month, const rules::PolicySet& policy)
    : month_(month), keys_(*month.keys), policy_(policy), policy_of_(keys_.categories.size(), &policy.base) {
  if (policy.by_category.empty()) return;
  for (std::uint32_t i = 0; i < keys_.categories.size(); ++i) policy_of_[i] = &policy.of(keys_.categories[i]);
}

/// In: `model` is the key of the product, which starts with its brand's number.
void AssessmentRows::find_product(Texts& texts) const {
  if (texts.model.empty()) return;
  std::uint32_t brand = 0;
  std::memcpy(&brand, texts.model.data(), 4);
  texts.model.remove_prefix(4);
  if (brand == ingest::Keys::kTextMark) return;
  texts.between = " ";
  texts.brand = brand == ingest::Keys::kGtinMark ? std::string_view("GTIN") : keys_.brands[brand & ingest::Keys::kBrandBits];
}

AssessmentRows::Texts AssessmentRows::texts_of(const Assessment& assessment) const {
  const ingest::Listing& listing = month_.listings[assessment.row];
  Texts texts{&listing, text_of(keys_.listings, listing.listing), text_of(keys_.suppliers, listing.supplier), {},
              {},       text_of(keys_.products, listing.product)};
  find_product(texts);
  return texts;
}

void AssessmentRows::put_rows(CsvBuffer& rows, std::span<const Assessment> assessments) {
  constexpr std::size_t kAtOnce = 32;
  std::array<Texts, kAtOnce> texts;
  while (!assessments.empty()) {
    // Loop by loop instead of row by row: within one loop no look-up waits for another.
    const auto some = assessments.first(std::min(kAtOnce, assessments.size()));
    for (std::size_t i = 0; i < some.size(); ++i) {
      texts[i] = {&month_.listings[some[i].row], {}, {}, {}, {}, {}};
      __builtin_prefetch(texts[i].listing);
      __builtin_prefetch(reinterpret_cast<const char*>(texts[i].listing) + 64);
    }
    for (std::size_t i = 0; i < some.size(); ++i) texts[i].model = text_of(keys_.products, texts[i].listing->product);
    for (std::size_t i = 0; i < some.size(); ++i) texts[i].listing_id = text_of(keys_.listings, texts[i].listing->listing);
    for (std::size_t i = 0; i < some.size(); ++i) texts[i].supplier_id = text_of(keys_.suppliers, texts[i].listing->supplier);
    for (std::size_t i = 0; i < some.size(); ++i) {
      __builtin_prefetch(texts[i].model.data());
      __builtin_prefetch(texts[i].listing_id.data());
      __builtin_prefetch(texts[i].supplier_id.data());
    }
    for (std::size_t i = 0; i < some.size(); ++i) find_product(texts[i]);
    for (std::size_t i = 0; i < some.size(); ++i) __builtin_prefetch(texts[i].brand.data());
    for (std::size_t i = 0; i < some.size(); ++i) {
      put(rows, some[i], texts[i]);
      rows.end_row();
    }
    assessments = assessments.subspan(some.size());
  }
}

std::string_view AssessmentRows::basis_text(const Assessment& assessment, std::uint32_t category) {
  if (assessment.rung == 0) return {};
  const rules::Policy* const policy = category < policy_of_.size() ? policy_of_[category] : &policy_.base;
  for (const Basis& known : bases_)
    if (known.policy == policy && known.rung == assessment.rung && known.inputs == assessment.inputs) return known.text;
  bases_.push_back({policy, assessment.rung, assessment.inputs, monitoring_basis(assessment, *policy)});
  return bases_.back().text;
}

void AssessmentRows::put_notices(CsvBuffer& row, const Assessment& assessment, PackUnits own) {
  if (assessment.notices.empty() && assessment.reason == rules::CheckReason::none) return;
  if (assessment.reason == rules::CheckReason::pack) {  // carries a number of this listing's own
    row.put_plain(notices_text(assessment, own));
    return;
  }
  static_assert(sizeof(rules::Notices) == 2);
  const std::uint32_t key = static_cast<std::uint32_t>(assessment.reason) << 16 | std::bit_cast<std::uint16_t>(assessment.notices);
  auto known = notices_.find(key);
  if (known == notices_.end()) known = notices_.emplace(key, notices_text(assessment, own)).first;
  row.put_plain(known->second);
}

void AssessmentRows::put_market(CsvBuffer& row, const Assessment& assessment, const ingest::Listing& listing) {
  for (const Money indicator : assessment.indicators) {
    put_optional(row, indicator);
    row.comma();
  }
  const std::int64_t judged = assessment.judged.ten_thousandths();
  if (present(assessment.market_median)) {
    const std::int64_t market = assessment.market_median.ten_thousandths();
    row.put_ratio(Int128{judged} - market, market);
  }
  row.comma();
  if (!present(assessment.monitoring_price)) {
    row.empty_cells(5);
    return;
  }
  const std::int64_t reference = assessment.monitoring_price.ten_thousandths();
  row.put_money(assessment.monitoring_price);
  row.comma();
  row.put_text(basis_text(assessment, listing.category));
  row.comma();
  row.put_integer(assessment.sources_kept);
  row.comma();
  row.put_integer(assessment.sources_screened);
  row.comma();
  row.put_ratio(Int128{judged} - reference, reference);
  row.comma();
}

void AssessmentRows::put(CsvBuffer& row, const Assessment& assessment, const Texts& texts) {
  const ingest::Listing& listing = *texts.listing;
  row.put_text(texts.listing_id);
  row.comma();
  row.put_text(texts.supplier_id);
  row.comma();
  row.put_text(texts.brand, texts.between, texts.model);
  row.comma();
  row.put_plain(match_basis_name(static_cast<rules::MatchBasis>(listing.basis)));
  row.comma();
  row.put_text(text_of(keys_.categories, listing.category));
  row.comma();
  row.put_money(listing.price);
  row.comma();
  row.put_text(unit_of(month_, assessment));
  row.comma();
  row.put_decimal(listing.pack_size, 4);
  row.comma();
  put_market(row, assessment, listing);
  row.put_plain(decision_name(assessment.decision));
  row.comma();
  put_optional(row, assessment.max_fair_price);
  row.comma();
  put_notices(row, assessment, listing.k);
}

}  // namespace fairprice::publishing
