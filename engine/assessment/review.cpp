#include "engine/assessment/review.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "engine/base/text.hpp"
#include "engine/catalogue/title/model_numbers.hpp"
#include "engine/catalogue/titles.hpp"
#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::assessment {

using ingest::kNone;

namespace {

constexpr std::size_t kCandidates = 5;
constexpr std::size_t kLeastModel = 3;

/// Products by their model's text, to find one named in a title.
class ModelsInTitles {
 public:
  explicit ModelsInTitles(const ingest::Month& month) : month_(month) {
    for (std::uint32_t product = 0; product < month.keys->products.size(); ++product) {
      const std::string_view key = month.keys->products[product];
      if (month.keys->product_brand(product) != kNone && key.size() >= 4 + kLeastModel && month.keys->products.value(product) == 0)
        products_[key.substr(4, key.size() - 4 - suffix_of(product))].push_back(product);
    }
  }
  std::vector<std::string> named_in(std::string_view title) const {
    std::vector<std::string> found;
    if (!is_utf8(title)) return found;
    const std::string canonical = canonical_text(title);
    std::string word;
    const auto end_word = [&] {
      const auto entry = products_.find(folded_model(word));
      if (entry != products_.end())
        for (const std::uint32_t product : entry->second) found.push_back(month_.keys->product_name(product));
      word.clear();
    };
    for (const char c : canonical) {
      const bool part = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '/';
      if (part)
        word.push_back(c);
      else if (!word.empty())
        end_word();
    }
    if (!word.empty()) end_word();
    // Models of several words, or behind ideographs: ThinkPad E14, 小新 Pro14.
    const title::Tokens tokens(title);
    for (const title::ModelCandidate& span : title::model_spans(tokens, tokens.size()))
      if (const auto entry = products_.find(span.text); entry != products_.end())
        for (const std::uint32_t product : entry->second) found.push_back(month_.keys->product_name(product));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > kCandidates) found.resize(kCandidates);
    return found;
  }

 private:
  /// A configuration is no part of the model that a title names.
  std::size_t suffix_of(std::uint32_t product) const {
    const std::size_t size = month_.keys->configuration(product).size();
    return size == 0 ? 0 : size + 1;
  }

  const ingest::Month& month_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> products_;
};

/// The other configurations of a model that have evidence, found by the model.
class Configurations {
 public:
  explicit Configurations(const ingest::Month& month) : month_(month) {
    for (std::uint32_t product = 0; product < month.keys->products.size(); ++product)
      if (!month.keys->configuration(product).empty()) of_model_[month.keys->base_of(product)].push_back(product);
  }
  template <class HasEvidence>
  std::vector<std::string> with_evidence(std::uint32_t product, HasEvidence&& has_evidence) const {
    std::vector<std::string> names;
    const std::uint32_t base = month_.keys->base_of(product);
    const auto found = of_model_.find(base);
    if (found == of_model_.end()) return names;
    if (base != product && has_evidence(base)) names.push_back(month_.keys->product_name(base));
    for (const std::uint32_t other : found->second)
      if (other != product && has_evidence(other)) names.push_back(month_.keys->product_name(other));
    std::sort(names.begin(), names.end());
    if (names.size() > kCandidates) names.resize(kCandidates);
    return names;
  }

 private:
  const ingest::Month& month_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> of_model_;
};

std::string reason_without_product(const ingest::Listing& listing) {
  if (listing.used) return "second_hand";
  if (listing.contradictory) return "configuration_contradictory";
  if (listing.has_model && listing.model_product == kNone) return "split_model";
  if (listing.gtin != 0) return "ambiguous_barcode";
  const auto doubt = static_cast<catalogue::TitleDoubt>(listing.title_doubt);
  return doubt == catalogue::TitleDoubt::none ? "unmatched" : std::string(catalogue::title_doubt_name(doubt));
}

}  // namespace

void list_review(const ingest::Month& month, Assessments& assessments) {
  std::vector<std::uint64_t> offsets;
  std::map<std::uint64_t, std::size_t> review_at;
  const auto has_evidence = [&](std::uint32_t product) {
    return product != kNone && (month.quotes.has(product) || !month.index_of.of(product).empty() || !month.orders_of.of(product).empty());
  };
  std::unique_ptr<Configurations> configurations;
  const auto is_configurable = [&](std::uint32_t product) {
    return !month.keys->configuration(product).empty() || (product < month.configurable.size() && month.configurable[product] != 0);
  };
  for (const Assessment& assessment : assessments.listings) {
    const ingest::Listing& listing = month.listings[assessment.row];
    Review review;
    review.row = assessment.row;
    if (listing.product == kNone) {
      review.reason = reason_without_product(listing);
    } else if (listing.basis == static_cast<std::uint8_t>(rules::MatchBasis::barcode) &&
               month.keys->product_brand(listing.product) == kNone && listing.model_product != kNone &&
               assessment.decision == rules::Decision::no_reference && has_evidence(listing.model_product)) {
      review.reason = "barcode_unknown_to_market";
      review.candidates.push_back(month.keys->product_name(listing.model_product));
    } else if (assessment.decision == rules::Decision::no_reference && is_configurable(listing.product)) {
      if (!configurations) configurations = std::make_unique<Configurations>(month);
      review.candidates = configurations->with_evidence(listing.product, has_evidence);
      if (review.candidates.empty()) continue;
      review.reason = "configuration_unknown_to_market";
    } else {
      continue;
    }
    review_at[listing.offset] = assessments.review.size();
    offsets.push_back(listing.offset);
    assessments.review.push_back(std::move(review));
  }
  if (offsets.empty()) return;
  std::sort(offsets.begin(), offsets.end());
  ingest::relocate(month, "listings", offsets,
                   [&](std::uint64_t offset, const ingest::SourceFile& file, std::int64_t, const ingest::RowScanner& row) {
                     Review& review = assessments.review[review_at[offset]];
                     const auto cell = [&](int column) {
                       const int field = file.headings.field(column);
                       return field < 0 ? std::string() : std::string(ingest::clean_cell(row.cell(static_cast<std::size_t>(field))));
                     };
                     namespace l = ingest::listings_column;
                     review.brand = cell(l::brand);
                     review.model = cell(l::model);
                     review.title = cell(l::title);
                     review.barcode = cell(l::barcode);
                   });
  std::unique_ptr<ModelsInTitles> models;
  for (Review& review : assessments.review) {
    if (!review.candidates.empty()) continue;
    if (review.reason == "split_model") {
      for (const std::uint32_t product : month.keys->split_of(month.listings[review.row].brand, review.model))
        review.candidates.push_back(month.keys->product_name(product));
      std::sort(review.candidates.begin(), review.candidates.end());
      if (review.candidates.size() > kCandidates) review.candidates.resize(kCandidates);
      continue;
    }
    if (!models) models = std::make_unique<ModelsInTitles>(month);
    review.candidates = models->named_in(review.title + " " + review.model);
  }
}

}  // namespace fairprice::assessment
