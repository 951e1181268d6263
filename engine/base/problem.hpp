#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/base/shared_text.hpp"

namespace fairprice {

/// The language of messages. Codes, column names, decisions and notices are never translated.
enum class Language : std::uint8_t { zh, en };

/// Why a row or a cell could not be used: the stable words that people search for. Printed with `-` for `_`.
/// The table in engine/ingest/README.md says how to mend each; a test compares the two.
enum class ProblemCode : std::uint8_t {
  missing_value,
  not_an_amount,
  not_positive,
  too_large,
  rounds_to_zero,
  floor_price,
  price_range,
  price_on_request,
  tax_exclusive,
  bad_quantity,
  bad_pack,
  not_a_date,
  not_a_period,
  not_a_number,
  not_a_discount,
  ambiguous_discount,
  not_a_boolean,
  not_a_channel,
  not_a_shop_type,
  not_a_price_kind,
  not_an_origin,
  not_a_verdict,
  not_a_day_kind,
  not_a_table,
  not_a_barcode,
  unrecognisable,
  unit_mismatch,
  duplicate,
  conflicting_duplicate,
  conflicting_index,
  field_count,
  bad_quotes,
  bad_encoding,
  unreadable_file,
  bad_record,
};
inline constexpr int kProblemCodes = static_cast<int>(ProblemCode::bad_record) + 1;

/// "not-an-amount"
std::string_view code_name(ProblemCode code);

/// What was done with the row: it was rejected, it repeats another row, or only the named cell was emptied and the row goes on.
enum class ProblemAction : std::uint8_t { rejected, duplicate, emptied };
std::string_view action_name(ProblemAction action);

/// One line of rejects.csv: data that could not be understood. A value, never an exception. Kept small: a month whose file has gone wrong
/// has one for each of its rows.
struct Problem {
  SharedText table;   ///< "quotes"
  SharedText file;    ///< as found under the input folder: "quotes/part-001.csv"
  std::int64_t line;  ///< physical line on which the row starts, the first = 1; 0 for a file as a whole
  SharedText column;  ///< empty when the whole row is meant
  ProblemCode code;
  ProblemAction action;
  std::string value;  ///< as it stood in the file
  /// Further places, e.g. the other lines of a conflicting duplicate; of bad_encoding: the byte of the file, from 0; of
  /// unreadable_file and bad_record: why, in Chinese, kBetweenLanguages and English. Empty mostly.
  RareText detail;
};
static_assert(sizeof(Problem) <= 80);

inline constexpr char kBetweenLanguages = '\x1F';

/// The message of a problem in one language: what is wrong with which value, what is expected. One formatter for all.
std::string problem_message(const Problem& problem, Language language);

/// A condition that ends the command: a missing file or column, an invalid policy, contradictory decisions. Caught once, in main.
class FatalError : public std::runtime_error {
 public:
  /// `zh` and `en` say the same: where, what is wrong with which value, what is expected, what was done.
  FatalError(std::string zh, const std::string& en) : std::runtime_error(en), zh_(std::move(zh)) {}
  std::string message(Language language) const { return language == Language::zh ? zh_ : what(); }
  /// The message without its "; nothing was run", for where the command goes on.
  std::string reason(Language language) const;

 private:
  std::string zh_;
};

}  // namespace fairprice
