#pragma once

#include <string>
#include <vector>

#include "engine/fairprice.hpp"

namespace fairprice::cli {

/// A supplier's own price list: a file with the columns of `listings`, of which only the price is required. Where `listing_id` is
/// absent, a row is called by its number, the first below the heading 1; where `supplier_id` is absent, `supplier` stands for it.
struct QuestionFile {
  std::vector<Question> questions;
  std::vector<std::int64_t> lines;  ///< of each question
  std::vector<Problem> problems;    ///< rows that could not be cut into the heading's fields
};

/// `path` may be `-` for standard input. Throws FatalError as the tables of a month do.
QuestionFile read_question_file(const std::string& path, const std::string& supplier);

}  // namespace fairprice::cli
