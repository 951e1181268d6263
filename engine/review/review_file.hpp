#pragma once

#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/review/review_list.hpp"

namespace fairprice::review {

/// Writes the list for a person to fill in: a workbook where the name ends in .xlsx (a choice of answers, fixed headings, filters), else CSV.
/// `language` is that of headings, reasons and answers. Text from outside never becomes a formula. Written aside and renamed into place.
/// Throws FatalError.
void write_review(const std::string& path, const std::vector<Entry>& entries, Language language);

/// One answer of a filled list, ready for `matches`.
struct Answer {
  std::string listing_id, product;
  bool same = true;
  std::int64_t line = 0;  ///< of the list
};

/// Reads a filled list, .xlsx or CSV, headings in either language and any order. Rows without an answer are passed over. Throws FatalError
/// naming file, row and column: an answer that is neither same nor different, an answer beside no candidate, two `same` for one listing, a
/// product that is both.
std::vector<Answer> read_answers(const std::string& path);

}  // namespace fairprice::review
