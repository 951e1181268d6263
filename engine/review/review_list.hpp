#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/assessment/assessment.hpp"

/// The list that a person fills in: listings that nothing could match, each with the products that it may be.
namespace fairprice::review {

struct Candidate {
  std::string product;   ///< as `matches` wants it
  int percent = 0;       ///< how likely the two are one product; not calibrated on the month
  std::string_view why;  ///< "model_number", "model_series", "title", "text": what the likelihood rests on most
};

struct Entry {
  std::string listing_id, supplier_id, brand, model, title, barcode;
  std::string reason;  ///< that of review.csv
  Money price;
  /// Paid for the listing in the orders of the month's folder that name it and were not cancelled, at least its price: the money that
  /// nobody can judge before somebody answers.
  Money at_stake;
  std::vector<Candidate> candidates;  ///< five at most, the likeliest first
};

inline constexpr std::size_t kCandidates = 5;

/// One entry a row of review.csv, by `at_stake` descending, then by listing. Reads the listings again for titles of known products.
std::vector<Entry> review_list(const ingest::Month& month, const assessment::Assessments& assessments, int threads);

}  // namespace fairprice::review
